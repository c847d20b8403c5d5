"""Circles on rotors: ``NAV_LOITER_TURNS``, ``NAV_LOITER_TO_ALT`` and the mode CIRCLE.

Sources: ``CIRCLE_RADIUS``, ``CIRCLE_RATE``; ArduPilot's ``AC_Circle.cpp`` (the speed on the circle is limited
by half the acceleration of the waypoint controller) and ``ModeAuto::verify_circle``.
"""

import math

from simulator.autopilot.activities.base import rotor_limits
from simulator.autopilot.activities.rotor import RotorLeg, go_to
from simulator.autopilot.craft import Craft, Point
from simulator.motion.hover import drive, vertical_speed
from simulator.physics import STEP_S

_INWARD_GAIN = 0.5


class Orbit:
    """Fly around a centre at its height; done after the turns.

    Parameters
    ----------
    craft
        The aircraft.
    centre
        What to fly around; the height is that of the circle.
    radius_m
        0 for ``CIRCLE_RADIUS``; a negative one is flown anticlockwise.
    turns
        How often.
    announced
        Whether the turns are counted aloud, as in a mission.
    """

    def __init__(
        self, craft: Craft, centre: Point, radius_m: float, turns: float = math.inf, announced: bool = False
    ) -> None:
        self._craft = craft
        self._centre = centre
        self._radius_m = abs(radius_m) or craft.params["CIRCLE_RADIUS"] / 100.0
        self._way = -1.0 if radius_m < 0.0 else 1.0
        self._turns = turns
        self._announced = announced
        self._limits = rotor_limits(craft)
        self._angle = 0.0
        self._circles = -1
        self._approach: RotorLeg | None = go_to(craft, self._edge())

    def _edge(self) -> Point:
        """Return the nearest point of the circle."""
        north, east = self._craft.body.north - self._centre[0], self._craft.body.east - self._centre[1]
        away = math.hypot(north, east)
        if away < 0.1:
            # From its middle the copter leaves for the circle backwards, as the nose looks inwards.
            north, east, away = -math.cos(self._craft.body.yaw), -math.sin(self._craft.body.yaw), 1.0
        share = self._radius_m / away
        return self._centre[0] + north * share, self._centre[1] + east * share, self._centre[2]

    def step(self) -> bool:
        """Fly one step."""
        if self._approach is not None:
            if self._approach.step():
                self._approach = None
            return False
        self._count()
        body, limits = self._craft.body, self._limits
        north, east = body.north - self._centre[0], body.east - self._centre[1]
        bearing, away = math.atan2(east, north), math.hypot(north, east)
        fastest = min(limits.speed, math.sqrt(0.5 * limits.acceleration * self._radius_m))
        rate = min(math.radians(abs(self._craft.params["CIRCLE_RATE"])), fastest / self._radius_m)
        self._angle += rate * STEP_S
        along = bearing + self._way * math.pi / 2
        speed, inward = rate * self._radius_m, _INWARD_GAIN * (away - self._radius_m)
        body.turn_nose(bearing + math.pi, rate + 1.0)
        drive(
            body,
            speed * math.cos(along) - inward * math.cos(bearing),
            speed * math.sin(along) - inward * math.sin(bearing),
            vertical_speed(self._centre[2] - body.up, limits),
            limits,
        )
        return self._angle >= self._turns * math.tau

    def _count(self) -> None:
        circles = int(self._angle / math.tau)
        if self._announced and circles != self._circles:
            self._circles = circles
            self._craft.say(f"Mission: starting circle {circles + 1}/{int(self._turns)}")
