"""Targets in GUIDED (trace ``copter/guided_flight``)."""

from typing import Any, Final

from simulator.autopilot import Autopilot
from simulator.copter import Copter
from simulator.craft import Point
from simulator.quadplane import Quadplane

GUIDED_TARGET: Final = 2
"""``current`` of a mission item that is a target to fly to now."""

_POSITION_IGNORED = 0b000000000111
_VELOCITY_IGNORED = 0b000000111000
"""Bits of ``POSITION_TARGET_TYPEMASK``."""


def on_global_target(autopilot: Autopilot, message: Any) -> None:
    """Take ``SET_POSITION_TARGET_GLOBAL_INT``."""
    craft = autopilot.craft
    north, east = craft.frame.local_from_e7(message.lat_int, message.lon_int)
    _fly(autopilot, message, (north, east, craft.height(message.alt, message.coordinate_frame)))


def on_local_target(autopilot: Autopilot, message: Any) -> None:
    """Take ``SET_POSITION_TARGET_LOCAL_NED``, whose origin is home."""
    home = autopilot.craft.home
    _fly(autopilot, message, (home[0] + message.x, home[1] + message.y, home[2] - message.z))


def on_guided_item(autopilot: Copter | Quadplane, message: Any) -> bool:
    """Take a mission item with ``current`` 2: the old form of a target (DroneKit's ``simple_goto``)."""
    if autopilot.mode.name != "GUIDED" or autopilot.landed:
        return False
    craft = autopilot.craft
    x, y = message.x, message.y
    if message.get_type() == "MISSION_ITEM":
        x, y = round(x * 1e7), round(y * 1e7)
    autopilot.reposition((*craft.frame.local_from_e7(x, y), craft.height(message.z, message.frame)))
    return True


def _fly(autopilot: Autopilot, message: Any, point: Point) -> None:
    """Obey in a copter that is in the air in GUIDED; anything else takes no notice."""
    if not isinstance(autopilot, Copter) or autopilot.mode.name != "GUIDED" or autopilot.landed:
        return
    if not message.type_mask & _POSITION_IGNORED:
        autopilot.reposition(point)
    elif not message.type_mask & _VELOCITY_IGNORED:
        autopilot.fly_with((message.vx, message.vy, -message.vz))
