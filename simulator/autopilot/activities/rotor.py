"""Activities on rotors: what a copter does all the time and a quadplane near the ground."""

import math
from collections.abc import Callable

from simulator.autopilot.activities.base import Activity, rotor_limits
from simulator.autopilot.craft import Craft, Point
from simulator.motion.hover import HoverLeg, HoverLimits, drive, hold
from simulator.physics import STEP_S

_ARRIVED_UP_M = 0.3
_STILL_UP_M_S = 0.3
_RESET_M = 5.0
"""A step of the estimate this long is a reset, no flight."""

Maker = Callable[[Craft], Activity]
"""Begins an activity when its turn comes."""


class Hold:
    """Stay where the aircraft comes to a stop."""

    def __init__(self, craft: Craft, duration_s: float = math.inf) -> None:
        self._craft = craft
        self._left_s = duration_s
        self._point: Point | None = None
        self._before = craft.here
        self._limits = rotor_limits(craft)

    def step(self) -> bool:
        """Brake, then hold; done after the duration.

        Where the estimate is reset, the point moves with it (``AC_PosControl::handle_ekf_xy_reset``).
        """
        body = self._craft.body
        if self._point is not None and math.dist(self._before, self._craft.here) > _RESET_M:
            pairs = zip(self._point, self._craft.here, self._before, strict=True)
            north, east, up = (point + now - before for point, now, before in pairs)
            self._point = (north, east, up)
        self._before = self._craft.here
        self._left_s -= STEP_S
        if body.on_ground:
            return self._left_s <= 0.0
        if self._point is None and body.ground_speed < 0.2 and abs(body.v_up) < 0.2:
            self._point = self._craft.here
        if self._point is None:
            drive(body, 0.0, 0.0, 0.0, self._limits)
        else:
            hold(body, self._point, self._limits)
        return self._left_s <= 0.0


class Climb:
    """Rise vertically to a height; take-off when it begins on the ground."""

    def __init__(self, craft: Craft, height_m: float, spool_up_s: float) -> None:
        self._craft = craft
        self._target: Point = (craft.body.north, craft.body.east, max(height_m, craft.body.up))
        self._wait_s = spool_up_s if craft.body.on_ground else 0.0
        self._limits = rotor_limits(craft)

    def step(self) -> bool:
        """Rise one step; done at the height."""
        body = self._craft.body
        self._wait_s -= STEP_S
        if self._wait_s > 0.0:
            return False
        hold(body, self._target, self._limits)
        return body.up >= self._target[2] - _ARRIVED_UP_M and body.v_up < _STILL_UP_M_S


class RotorLeg:
    """Fly a leg and, at its end, stay for a while."""

    def __init__(self, craft: Craft, leg: HoverLeg, hold_s: float = 0.0) -> None:
        self._craft = craft
        self.leg = leg
        self._hold_s = hold_s
        self._arrived = False

    def step(self) -> bool:
        """Fly one step; done after the stay."""
        if not self._arrived:
            self._arrived = self.leg.step(self._craft.body)
            return self._arrived and self._hold_s <= 0.0
        self._hold_s -= STEP_S
        hold(self._craft.body, self.leg.end, self.leg.limits)
        return self._hold_s <= 0.0


class Sequence:
    """Activities one after the other; each is made when its turn comes."""

    def __init__(self, craft: Craft, *makers: Maker) -> None:
        self._craft = craft
        self._makers = list(makers)
        self.current = self._makers.pop(0)(craft)

    def step(self) -> bool:
        """Fly one step of the present one; done after the last."""
        if not self.current.step():
            return False
        if not self._makers:
            return True
        self.current = self._makers.pop(0)(self._craft)
        return False


def go_to(craft: Craft, point: Point, limits: HoverLimits | None = None) -> RotorLeg:
    """Return a flight from here to a point, with a stop there."""
    return RotorLeg(craft, HoverLeg.to(craft.body, point, limits or rotor_limits(craft)))
