"""How ArduCopter flies to what GUIDED is told (traces ``guided_flight``, ``guided_steering``)."""

from simulator.autopilot.activities.base import SPOOL_UP_S, Activity
from simulator.autopilot.activities.rotor import Climb, Hold, go_to
from simulator.autopilot.activities.velocity import Accelerate, FlyWith
from simulator.autopilot.copter_mission import CopterMission
from simulator.autopilot.craft import Craft, Point
from simulator.autopilot.modes import COPTER_MODES

_GUIDED = COPTER_MODES[4]
_TAKEOFF_MODES = frozenset({"GUIDED", "LOITER", "POSHOLD"})


class CopterGuided(CopterMission):
    """The part of a copter that takes targets."""

    def __init__(self, craft: Craft) -> None:
        super().__init__(craft)
        self._resuming: Activity | None = None

    def take_off(self, height_m: float, steered: bool = False) -> bool:
        """Take off to a height above home; ``steered`` says that a pilot may hold the place.

        Possible in GUIDED and in the modes of a pilot that hold the height (``Mode::has_user_takeoff``).
        """
        allowed = self.mode.name in _TAKEOFF_MODES or (steered and self.mode.name == "ALT_HOLD")
        height = self.craft.home[2] + height_m
        if not allowed or not self.craft.armed or not self.landed or height <= self.craft.body.up:
            return False
        self.activity = Climb(self.craft, height, SPOOL_UP_S)
        return True

    def pause(self, stop: bool) -> bool:
        """Stop and go on, also in GUIDED."""
        if self.mode is not _GUIDED:
            return super().pause(stop)
        if stop and self._resuming is None:
            self._resuming, self.activity = self.activity, Hold(self.craft)
        elif not stop and self._resuming is not None:
            self.activity, self._resuming = self._resuming, None
        return True

    def reposition(self, point: Point) -> None:
        """Fly to a point in GUIDED."""
        self._resuming = None
        self.activity = leg = go_to(self.craft, point)
        # GUIDED steers by its position controller, whose push comes at once (PSC_JERK_XY 5).
        leg.leg.push = leg.leg.limits.acceleration

    def stop(self) -> None:
        """Stop where it is, as GUIDED does on a target it cannot make sense of."""
        self.reposition(self.craft.here)
        self.activity = Hold(self.craft)

    def fly_with(self, velocity: Point) -> None:
        """Fly with a velocity in GUIDED until ``GUID_TIMEOUT`` passes without another one.

        A heading asked for before, with a place, does not count any more.
        """
        if not isinstance(self.activity, FlyWith):
            self.nose = None
        self.activity = FlyWith(self.craft, velocity, self.craft.params["GUID_TIMEOUT"])

    def accelerate(self, acceleration: Point) -> None:
        """Fly with an acceleration in GUIDED until ``GUID_TIMEOUT`` passes without another one."""
        self.activity = Accelerate(self.craft, acceleration, self.craft.params["GUID_TIMEOUT"])
