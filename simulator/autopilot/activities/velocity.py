"""Flying with a velocity or an acceleration that somebody asks for, in GUIDED."""

import math

from simulator.autopilot.activities.base import rotor_limits
from simulator.autopilot.craft import Craft, Point
from simulator.motion.hover import drive
from simulator.physics import STEP_S

_CIRCLE = 2
"""Bit of ``FENCE_TYPE``."""

_AVOID_FENCES = 1
"""Bit of ``AVOID_ENABLE``."""

_CREEP_M_S = 0.3
_TURNS_FROM_M_S = 0.5
"""Faster than 5 % of ``WPNAV_SPEED``, the nose turns to where a velocity leads (``AC_PosControl``)."""

_YAW_RATE = math.radians(60.0)


class FlyWith:
    """Fly with a velocity (north, east, up, m/s) for a time."""

    def __init__(self, craft: Craft, velocity: Point, duration_s: float) -> None:
        self._craft = craft
        self._velocity = velocity
        self._left_s = duration_s
        self._limits = rotor_limits(craft)

    def step(self) -> bool:
        """Fly one step; done after the time."""
        self._left_s -= STEP_S
        north, east, up = self._velocity
        share = self._share_inside_circle(north, east)
        if math.hypot(north, east) > _TURNS_FROM_M_S:
            self._craft.body.turn_nose(math.atan2(east, north), _YAW_RATE)
        drive(self._craft.body, north * share, east * share, up, self._limits)
        return self._left_s <= 0.0

    def _share_inside_circle(self, north: float, east: float) -> float:
        """Slow down towards a circle fence and creep over it (``AVOID_*``, trace ``fence_breach``)."""
        craft, params = self._craft, self._craft.params
        watched = params["FENCE_ENABLE"] and int(params["FENCE_TYPE"]) & _CIRCLE
        if not watched or not int(params["AVOID_ENABLE"]) & _AVOID_FENCES:
            return 1.0
        out_north, out_east = craft.body.north - craft.home[0], craft.body.east - craft.home[1]
        away_m = max(_CREEP_M_S, math.hypot(out_north, out_east))
        outward = (north * out_north + east * out_east) / away_m
        left_m = max(0.0, params["FENCE_RADIUS"] - params["FENCE_MARGIN"] - away_m)
        allowed = max(_CREEP_M_S, math.sqrt(params["AVOID_ACCEL_MAX"] * left_m))
        return min(1.0, allowed / outward) if outward > 0.0 else 1.0


class Accelerate:
    """Fly with an acceleration (north, east, up, m/s²) for a time."""

    def __init__(self, craft: Craft, acceleration: Point, duration_s: float) -> None:
        self._craft = craft
        self._acceleration = acceleration
        body = craft.body
        self._velocity = (body.v_north, body.v_east, body.v_up)
        self._left_s = duration_s
        self._limits = rotor_limits(craft)

    def step(self) -> bool:
        """Fly one step; done after the time."""
        self._left_s -= STEP_S
        pairs = zip(self._velocity, self._acceleration, strict=True)
        north, east, up = (speed + change * STEP_S for speed, change in pairs)
        self._velocity = (north, east, up)
        drive(self._craft.body, north, east, up, self._limits)
        return self._left_s <= 0.0
