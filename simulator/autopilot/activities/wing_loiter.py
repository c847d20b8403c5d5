"""Circles and courses on the wing: ``NAV_LOITER_*``, RTL, LOITER and GUIDED.

Source: ``WP_LOITER_RAD`` (a negative radius is flown anticlockwise) and ArduPlane's ``verify_loiter_*``
(``commands_logic.cpp``).
"""

import math

from simulator.autopilot.activities.plane import FW, Transition, least_airspeed, wing_limits
from simulator.autopilot.craft import Craft, Point
from simulator.geodesy import wrap_pi
from simulator.motion.wing import WingLeg, circle, fly
from simulator.physics import STEP_S

_ARRIVED_UP_M = 10.0
_COURSE_GAIN = 0.6
_NEAR_M = 50.0
_AHEAD_M = 1000.0


class Start:
    """The way from the rotors to the wing, towards a place, or ahead where that is here."""

    def __init__(self, craft: Craft, place: Point) -> None:
        self._craft = craft
        if math.dist(craft.body.position, place[:2]) < _NEAR_M:
            yaw = craft.body.yaw
            ahead = craft.body.north + _AHEAD_M * math.cos(yaw), craft.body.east + _AHEAD_M * math.sin(yaw)
            place = (*ahead, place[2])
        self._leg = WingLeg(craft.here, place)
        self._transition: Transition | None = None

    def step(self, airspeed: float) -> bool:
        """Fly one step of the transition; say whether it is still needed."""
        if self._craft.vtol_state == FW:
            return False
        self._transition = self._transition or Transition(self._craft)
        self._transition.step(self._leg, airspeed)
        return True


class WingLoiter:
    """Circle a point.

    Parameters
    ----------
    craft
        The aircraft.
    centre
        What to circle, and at which height.
    duration_s, turns
        Done after so long, or so many turns, on the circle.
    radius_m
        The radius; negative for anticlockwise; ``WP_LOITER_RAD`` where 0.
    to_height
        Whether reaching the height ends it.
    """

    def __init__(
        self,
        craft: Craft,
        centre: Point,
        duration_s: float = math.inf,
        turns: float = math.inf,
        radius_m: float = 0.0,
        to_height: bool = False,
    ) -> None:
        self._craft = craft
        self.centre = centre
        self.airspeed = craft.params["AIRSPEED_CRUISE"]
        self._left_s = duration_s
        self._left_rad = turns * math.tau
        self._radius_m = radius_m or craft.params["WP_LOITER_RAD"]
        self._to_height = to_height
        self._limits = wing_limits(craft)
        self._start = Start(craft, centre)
        self._bearing: float | None = None

    def step(self) -> bool:
        """Fly one step; done after the duration, the turns, or at the height."""
        craft = self._craft
        if craft.body.on_ground:
            return False
        if self._start.step(self.airspeed):
            return False
        airspeed = least_airspeed(craft, self.airspeed)
        fly(craft.body, self._lateral(), airspeed, self.centre[2], self._limits)
        self._count()
        return self._left_s <= 0.0 or self._left_rad <= 0.0 or (self._to_height and self._is_there())

    def _lateral(self) -> float:
        """Return the acceleration to the right; a circle to the left is one to the right in a mirror."""
        body, centre = self._craft.body, self.centre
        if self._radius_m > 0.0:
            return circle(body, centre[:2], self._radius_m, self._limits)
        speed, l1_m = body.ground_speed, self._limits.l1_distance_m(body.ground_speed)
        radius_m = -self._radius_m
        out_north, out_east = body.north - centre[0], body.east - centre[1]
        away = math.hypot(out_north, out_east)
        aside = min(1.0, max(-1.0, (away - radius_m) / l1_m))
        tangent = math.atan2(out_east, out_north) - math.pi / 2
        eta = wrap_pi(tangent - math.asin(aside) - math.atan2(body.v_east, body.v_north))
        eta = min(math.pi / 2, max(-math.pi / 2, eta))
        near = 1.0 if abs(away - radius_m) < radius_m / 2 else 0.0
        return 2.0 * speed * speed / l1_m * math.sin(eta) - near * speed * speed / radius_m

    def _count(self) -> None:
        """Count time and turns once the circle is reached."""
        body = self._craft.body
        north, east = body.north - self.centre[0], body.east - self.centre[1]
        if self._bearing is None and math.hypot(north, east) > 1.2 * abs(self._radius_m):
            return
        bearing = math.atan2(east, north)
        if self._bearing is not None:
            self._left_rad -= abs(wrap_pi(bearing - self._bearing))
        self._bearing = bearing
        self._left_s -= STEP_S

    def _is_there(self) -> bool:
        return self._bearing is not None and abs(self._craft.body.up - self.centre[2]) < _ARRIVED_UP_M


class Course:
    """Fly a heading at a height (``GUIDED_CHANGE_HEADING``, CRUISE); never done."""

    def __init__(self, craft: Craft, heading_deg: float, up_m: float) -> None:
        self._craft = craft
        self._heading = math.radians(heading_deg)
        self.centre: Point = (craft.body.north, craft.body.east, up_m)
        self.airspeed = craft.params["AIRSPEED_CRUISE"]
        self._limits = wing_limits(craft)
        ahead = math.cos(self._heading) * _AHEAD_M, math.sin(self._heading) * _AHEAD_M
        self._start = Start(craft, (craft.body.north + ahead[0], craft.body.east + ahead[1], up_m))

    def step(self) -> bool:
        """Fly one step."""
        if self._start.step(self.airspeed):
            return False
        body = self._craft.body
        error = wrap_pi(self._heading - math.atan2(body.v_east, body.v_north))
        lateral = _COURSE_GAIN * max(1.0, body.ground_speed) * error
        airspeed = least_airspeed(self._craft, self.airspeed)
        fly(body, lateral, airspeed, self.centre[2], self._limits)
        return False
