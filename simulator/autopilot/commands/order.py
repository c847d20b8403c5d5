"""A command as it arrived, and what its handlers work on."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.calibration import Calibration
from simulator.autopilot.copter import Copter
from simulator.autopilot.craft import Craft, Point
from simulator.autopilot.lists.items import ALTITUDE_LIMIT_M, LATITUDE_LIMIT_E7, LONGITUDE_LIMIT_E7
from simulator.autopilot.quadplane import Quadplane
from simulator.autopilot.streams import Streams
from simulator.autopilot.telemetry.state import State
from simulator.comms.radio import Sender

ACCEPTED: int = mavlink.MAV_RESULT_ACCEPTED
REJECTED: int = mavlink.MAV_RESULT_TEMPORARILY_REJECTED
DENIED: int = mavlink.MAV_RESULT_DENIED
UNSUPPORTED: int = mavlink.MAV_RESULT_UNSUPPORTED
FAILED: int = mavlink.MAV_RESULT_FAILED
IN_PROGRESS: int = mavlink.MAV_RESULT_IN_PROGRESS

GLOBAL: int = mavlink.MAV_FRAME_GLOBAL
RELATIVE: int = mavlink.MAV_FRAME_GLOBAL_RELATIVE_ALT
PLACE_FRAMES = frozenset({0, 3, 5, 6, 10, 11})


@dataclass(frozen=True, slots=True)
class Order:
    """A ``COMMAND_LONG`` (``frame`` None) or ``COMMAND_INT`` (``x``, ``y`` in degrees × 1e7)."""

    command: int
    params: tuple[float, float, float, float]
    x: float
    y: float
    z: float
    frame: int | None
    sender: Sender

    def placed(self, frame: int) -> "Order":
        """Return the order as a COMMAND_INT; a COMMAND_LONG gives degrees, in a frame ArduPilot assumes."""
        if self.frame is not None:
            return self
        x, y = (0 if math.isnan(value) else int(value * 1e7) for value in (self.x, self.y))
        return replace(self, x=x, y=y, frame=frame)

    @property
    def at_zero(self) -> bool:
        """Say whether latitude and longitude are 0."""
        return self.x == 0 and self.y == 0

    @property
    def has_latlng(self) -> bool:
        """Say whether latitude and longitude are possible ones."""
        return abs(self.x) <= LATITUDE_LIMIT_E7 and abs(self.y) <= LONGITUDE_LIMIT_E7


@dataclass(frozen=True)
class Context:
    """What commands work on."""

    pilot: Copter | Quadplane
    streams: Streams
    state: State
    reboot: Callable[[], None]
    calibration: Calibration

    @property
    def craft(self) -> Craft:
        """The aircraft."""
        return self.pilot.craft

    @property
    def copter(self) -> Copter:
        """The autopilot of a copter, for the commands that only a copter knows."""
        if not isinstance(self.pilot, Copter):
            raise TypeError("a command for copters reached a quadplane")
        return self.pilot

    @property
    def quadplane(self) -> Quadplane:
        """The autopilot of a quadplane, for the commands that only a quadplane knows."""
        if not isinstance(self.pilot, Quadplane):
            raise TypeError("a command for quadplanes reached a copter")
        return self.pilot

    @property
    def wings(self) -> bool:
        """Say whether it is a quadplane."""
        return self.craft.airframe.wings

    def can_store(self, order: Order) -> bool:
        """Say whether altitude and frame of a place can be stored (``location_from_command_t``)."""
        if not abs(order.z) <= ALTITUDE_LIMIT_M:
            return False
        if order.frame not in PLACE_FRAMES:
            self.craft.say(f"Unknown mavlink coordinate frame {order.frame}")
        return order.frame in PLACE_FRAMES

    def point(self, order: Order) -> Point:
        """Return where an order with a place points."""
        north, east = self.craft.frame.local_from_e7(int(order.x), int(order.y))
        return north, east, self.craft.height(order.z, order.frame or GLOBAL)

    def mode(self, copter: int, plane: int) -> int:
        """Enter the mode of this kind of vehicle; return the result."""
        return ACCEPTED if self.pilot.set_mode(plane if self.wings else copter) else FAILED


Handler = Callable[[Context, Order], int]
