"""Items as ArduPilot stores them: what is refused, and what comes back.

Source: ``ardupilot-traces/README.md`` ("what comes back") and the trace ``copter/mission_upload``; the
table was read off the downloads there, command by command.
"""

import math
import struct
from dataclasses import dataclass
from typing import Final

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.values import VehicleClass

LATITUDE_LIMIT_E7: Final = 900_000_000
LONGITUDE_LIMIT_E7: Final = 1_800_000_000
ALTITUDE_LIMIT_M: Final = 80_000.0
"""ArduPilot keeps altitudes in 24 bits of centimetres; 1e6 m was refused with 12 in the trace."""

_GLOBAL_FRAMES = frozenset({0, 2, 5})
_RELATIVE_FRAMES = frozenset({3, 6})
_TERRAIN_FRAMES = frozenset({10, 11})

_PLACES: dict[int, tuple[int, ...]] = {
    mavlink.MAV_CMD_NAV_WAYPOINT: (1,),
    mavlink.MAV_CMD_NAV_LOITER_UNLIM: (3,),
    mavlink.MAV_CMD_NAV_LOITER_TURNS: (1, 3),
    mavlink.MAV_CMD_NAV_LOITER_TIME: (1,),
    mavlink.MAV_CMD_NAV_LAND: (1,),
    mavlink.MAV_CMD_NAV_TAKEOFF: (1,),
    mavlink.MAV_CMD_NAV_LOITER_TO_ALT: (2,),
    mavlink.MAV_CMD_NAV_SPLINE_WAYPOINT: (1,),
    mavlink.MAV_CMD_NAV_VTOL_TAKEOFF: (),
    mavlink.MAV_CMD_NAV_VTOL_LAND: (),
    mavlink.MAV_CMD_NAV_PAYLOAD_PLACE: (1,),
    mavlink.MAV_CMD_DO_SET_HOME: (1,),
    mavlink.MAV_CMD_DO_RETURN_PATH_START: (),
    mavlink.MAV_CMD_DO_LAND_START: (),
    mavlink.MAV_CMD_DO_SET_ROI: (),
}
"""Commands with a position, and the parameters of each that are kept."""

_ACTIONS: dict[int, tuple[int, ...]] = {
    mavlink.MAV_CMD_NAV_RETURN_TO_LAUNCH: (),
    mavlink.MAV_CMD_NAV_DELAY: (1, 2, 3, 4),
    mavlink.MAV_CMD_CONDITION_DELAY: (1,),
    mavlink.MAV_CMD_CONDITION_DISTANCE: (1,),
    mavlink.MAV_CMD_CONDITION_YAW: (1, 2, 3, 4),
    mavlink.MAV_CMD_DO_JUMP: (1, 2),
    mavlink.MAV_CMD_DO_CHANGE_SPEED: (1, 2, 3),
    mavlink.MAV_CMD_DO_SET_RELAY: (1, 2),
    mavlink.MAV_CMD_DO_REPEAT_RELAY: (1, 2, 3),
    mavlink.MAV_CMD_DO_SET_SERVO: (1, 2),
    mavlink.MAV_CMD_DO_REPEAT_SERVO: (1, 2, 3, 4),
    mavlink.MAV_CMD_DO_SET_CAM_TRIGG_DIST: (1,),
    mavlink.MAV_CMD_DO_FENCE_ENABLE: (1,),
    mavlink.MAV_CMD_DO_PARACHUTE: (1,),
    mavlink.MAV_CMD_DO_GRIPPER: (1, 2),
    mavlink.MAV_CMD_DO_VTOL_TRANSITION: (1,),
    mavlink.MAV_CMD_DO_WINCH: (1, 2, 3, 4),
    mavlink.MAV_CMD_NAV_SCRIPT_TIME: (1, 2, 3, 4),
}
"""Commands without a position, and the parameters of each that are kept."""

NAVIGATION = frozenset(
    {
        mavlink.MAV_CMD_NAV_WAYPOINT,
        mavlink.MAV_CMD_NAV_LOITER_UNLIM,
        mavlink.MAV_CMD_NAV_LOITER_TURNS,
        mavlink.MAV_CMD_NAV_LOITER_TIME,
        mavlink.MAV_CMD_NAV_LAND,
        mavlink.MAV_CMD_NAV_TAKEOFF,
        mavlink.MAV_CMD_NAV_LOITER_TO_ALT,
        mavlink.MAV_CMD_NAV_SPLINE_WAYPOINT,
        mavlink.MAV_CMD_NAV_VTOL_TAKEOFF,
        mavlink.MAV_CMD_NAV_VTOL_LAND,
        mavlink.MAV_CMD_NAV_PAYLOAD_PLACE,
        mavlink.MAV_CMD_NAV_RETURN_TO_LAUNCH,
        mavlink.MAV_CMD_NAV_DELAY,
        mavlink.MAV_CMD_NAV_SCRIPT_TIME,
    }
)
LANDINGS = frozenset({mavlink.MAV_CMD_NAV_LAND, mavlink.MAV_CMD_NAV_VTOL_LAND})
TAKEOFFS = frozenset({mavlink.MAV_CMD_NAV_TAKEOFF, mavlink.MAV_CMD_NAV_VTOL_TAKEOFF})


class RefusedItemError(Exception):
    """An item that is not stored; ``result`` is the ``MAV_MISSION_RESULT`` to answer with."""

    def __init__(self, result: int) -> None:
        self.result = result
        super().__init__(f"mission result {result}")


@dataclass(frozen=True, slots=True)
class Item:
    """One stored item, in the form in which it is given back."""

    command: int
    frame: int = 0
    params: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    x_e7: int = 0
    y_e7: int = 0
    z_m: float = 0.0

    @property
    def has_place(self) -> bool:
        """Say whether the item names a position other than 0, 0."""
        return self.command in _PLACES and (self.x_e7 != 0 or self.y_e7 != 0)

    @property
    def is_navigation(self) -> bool:
        """Say whether the mission waits for this item."""
        return self.command in NAVIGATION


def single(value: float) -> float:
    """Return a number as a 32-bit float carries it."""
    return float(struct.unpack("<f", struct.pack("<f", value))[0])


def check_position(x_e7: int, y_e7: int, z_m: float) -> None:
    """Raise RefusedItemError with 10, 11 or 12 for a bad latitude, longitude or altitude."""
    if abs(x_e7) > LATITUDE_LIMIT_E7:
        raise RefusedItemError(mavlink.MAV_MISSION_INVALID_PARAM5_X)
    if abs(y_e7) > LONGITUDE_LIMIT_E7:
        raise RefusedItemError(mavlink.MAV_MISSION_INVALID_PARAM6_Y)
    if not math.isfinite(z_m) or abs(z_m) > ALTITUDE_LIMIT_M:
        raise RefusedItemError(mavlink.MAV_MISSION_INVALID_PARAM7)


def mission_item(item: Item, vehicle_class: VehicleClass) -> Item:
    """Return a mission item as it is stored, or raise RefusedItemError."""
    if item.command in _ACTIONS:
        return Item(item.command, 0, _kept(item.params, _ACTIONS[item.command]))
    if item.command not in _PLACES:
        raise RefusedItemError(mavlink.MAV_MISSION_UNSUPPORTED)
    frame = place_frame(item.frame)
    check_position(item.x_e7, item.y_e7, item.z_m)
    params = _place_params(item, vehicle_class)
    # The altitude is kept in whole centimetres, cut off after a multiplication of 32-bit floats.
    altitude_m = single(math.trunc(single(item.z_m * 100.0)) / 100.0)
    return Item(item.command, frame, params, item.x_e7, item.y_e7, altitude_m)


def place_frame(frame: int) -> int:
    """Return the frame a position comes back in, or raise RefusedItemError."""
    if frame in _GLOBAL_FRAMES:
        return 0
    if frame in _RELATIVE_FRAMES:
        return 3
    if frame in _TERRAIN_FRAMES:
        return 10
    raise RefusedItemError(mavlink.MAV_MISSION_UNSUPPORTED_FRAME)


def _place_params(item: Item, vehicle_class: VehicleClass) -> tuple[float, float, float, float]:
    if item.command == mavlink.MAV_CMD_NAV_WAYPOINT and vehicle_class is VehicleClass.QUADPLANE:
        # ArduPlane keeps acceptance radius and pass-by in a byte each, and no hold.
        radius, pass_by = (float(min(255, max(0, int(_number(value))))) for value in item.params[1:3])
        return 0.0, radius, pass_by, 0.0
    first, second, third, fourth = _kept(item.params, _PLACES[item.command])
    if item.command == mavlink.MAV_CMD_NAV_LAND:
        fourth = -1.0 if _number(item.params[3]) < 0 else 1.0
    if item.command == mavlink.MAV_CMD_NAV_LOITER_TIME:
        third = -1.0 if _number(item.params[2]) < 0 else 1.0
    return first, second, third, fourth


def _kept(
    params: tuple[float, float, float, float], numbers: tuple[int, ...]
) -> tuple[float, float, float, float]:
    kept = [_number(value) if index in numbers else 0.0 for index, value in enumerate(params, start=1)]
    return kept[0], kept[1], kept[2], kept[3]


def _number(value: float) -> float:
    return 0.0 if math.isnan(value) else single(value)
