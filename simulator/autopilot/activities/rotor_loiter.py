"""Loiter items of a quadplane that flies on rotors: no circle, but a hover over the place."""

import math

from simulator.autopilot.activities.base import rotor_limits
from simulator.autopilot.activities.plane import MC
from simulator.autopilot.craft import Craft, Point
from simulator.motion.hover import hold
from simulator.physics import STEP_S

_AT_PLACE_M = 3.0
"""``Plane::reached_loiter_target``."""

_AT_HEIGHT_M = 5.0
"""``Plane::loiter_angle_update``: the height counts as reached so far from it, above or below."""


class RotorLoiter:
    """Hover over a place at its height.

    Parameters
    ----------
    duration_s
        How long, from the arrival over the place on (``NAV_LOITER_TIME``); None: until the height is reached
        (``NAV_LOITER_TO_ALT``).
    fresh
        Whether the position controller begins anew, which it says.
    """

    def __init__(self, craft: Craft, place: Point, duration_s: float | None, fresh: bool) -> None:
        self._craft = craft
        self._place = place
        self._left_s = duration_s
        self._fresh = fresh
        self._there = False
        self._limits = rotor_limits(craft)

    def step(self) -> bool:
        """Fly one step; done after the time, or at the height."""
        craft, body = self._craft, self._craft.body
        craft.vtol_state = MC
        hold(body, self._place, self._limits)
        left_m = math.dist(body.position, self._place[:2])
        if not self._there and left_m < _AT_PLACE_M:
            self._there = True
            self._announce(left_m)
        if not self._there:
            return False
        if self._left_s is None:
            return left_m < _AT_PLACE_M and abs(body.up - self._place[2]) < _AT_HEIGHT_M
        self._left_s -= STEP_S
        return self._left_s <= 0.0

    def _announce(self, left_m: float) -> None:
        body = self._craft.body
        if self._fresh:
            height_m = body.up - self._craft.home[2]
            self._craft.say(
                f"VTOL position2 started v={body.ground_speed:.1f} d={left_m:.1f} h={height_m:.1f}"
            )
