"""Activities on rotors: what a copter does all the time and a quadplane near the ground."""

import math
from collections.abc import Callable
from dataclasses import replace

from simulator.activities.base import Activity, rotor_limits
from simulator.craft import Craft, Point
from simulator.motion.hover import HoverLeg, HoverLimits, drive, hold, vertical_speed
from simulator.physics import STEP_S
from simulator.receiver import THROTTLE

_ARRIVED_UP_M = 0.3
_STILL_UP_M_S = 0.3
_CEILING, _CIRCLE, _FLOOR = 1, 2, 8
"""Bits of ``FENCE_TYPE``."""

_CREEP_M_S = 0.3
_STOPPED_M_S = 0.5
_TURNS_FROM_M_S = 0.5
"""Faster than 5 % of ``WPNAV_SPEED``, the nose turns to where a velocity leads (``AC_PosControl``)."""

_YAW_RATE = math.radians(60.0)
_RESET_M = 5.0
"""A step of the estimate this long is a reset, no flight."""

_AVOID_FENCES = 1
"""Bit of ``AVOID_ENABLE``."""


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


class Sink:
    """A pilot's mode without a pilot: hold the place, climb and sink with the throttle stick.

    Without a stick input the simulated stick is low, and the aircraft sinks with ``PILOT_SPEED_UP`` (2.5 m/s;
    ``PILOT_SPEED_DN`` 0 means the same speed).
    """

    _STICK_DEAD_ZONE_US = 100
    _SPEED_M_S = 2.5

    def __init__(self, craft: Craft) -> None:
        self._craft = craft
        self._limits = replace(rotor_limits(craft), acceleration_up=2.5)

    def step(self) -> bool:
        """Fly one step; never done."""
        body = self._craft.body
        stick = max(-1.0, min(1.0, (self._craft.stick_us(THROTTLE) - 1500) / 500.0))
        if abs(stick) * 500 < self._STICK_DEAD_ZONE_US:
            stick = 0.0
        if not body.on_ground or stick > 0.0:
            drive(body, 0.0, 0.0, self._within_fence(stick * self._SPEED_M_S), self._limits)
        return False

    def _within_fence(self, speed_m_s: float) -> float:
        """Stop ``FENCE_MARGIN`` inside ceiling and floor of a fence (``AC_Avoid::adjust_velocity_z``)."""
        craft = self._craft
        params = craft.params
        if not params["FENCE_ENABLE"] or not int(params["AVOID_ENABLE"]) & _AVOID_FENCES:
            return speed_m_s
        kinds, margin_m = int(params["FENCE_TYPE"]), params["FENCE_MARGIN"]
        height_m = craft.body.up - craft.home[2]
        if kinds & _CEILING:
            left_m = params["FENCE_ALT_MAX"] - margin_m - height_m
            speed_m_s = min(speed_m_s, max(0.0, vertical_speed(left_m, self._limits)))
        if kinds & _FLOOR:
            left_m = params["FENCE_ALT_MIN"] + margin_m - height_m
            speed_m_s = max(speed_m_s, min(0.0, vertical_speed(left_m, self._limits)))
        return speed_m_s


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


class Descend:
    """Sink vertically to the ground.

    The copter slows down at ``LAND_ALT_LOW`` (10 m) to ``LAND_SPEED``; the quadplane at ``Q_LAND_FINAL_ALT``
    (6 m) to ``Q_LAND_FINAL_SPD``, and says so. Without a place (north, east) it comes down where it stops.
    """

    def __init__(self, craft: Craft, place: tuple[float, float] | None = None) -> None:
        self._craft = craft
        self._point = place
        self._limits = rotor_limits(craft)
        params = craft.params
        if craft.airframe.wings:
            self._low_m, self._final_m_s = params["Q_LAND_FINAL_ALT"], params["Q_LAND_FINAL_SPD"]
        else:
            self._low_m, self._final_m_s = params["LAND_ALT_LOW"] / 100.0, params["LAND_SPEED"] / 100.0
        self._announced = False
        self._sinking = False

    def step(self) -> bool:
        """Sink one step; done on the ground."""
        body = self._craft.body
        if body.on_ground:
            if self._sinking:
                self._sinking = False
                self._craft.say(f"SIM Hit ground at {self._final_m_s:.6f} m/s")
            return True
        self._sinking = True
        height = body.up
        if height <= self._low_m and not self._announced:
            self._announced = True
            if self._craft.airframe.wings:
                self._craft.say("Land final started")
        speed = min(
            self._limits.descent, math.sqrt(self._final_m_s**2 + 2.0 * max(0.0, height - self._low_m))
        )
        if self._point is None and body.ground_speed < _STOPPED_M_S:
            self._point = body.position
        north, east = self._point or body.position
        drive(body, (north - body.north) * 0.5, (east - body.east) * 0.5, -speed, self._limits)
        return False


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


def land_at(craft: Craft, point: tuple[float, float]) -> Sequence:
    """Return a copter's landing: to the place at the present height, a stop, and down."""
    there = (point[0], point[1], craft.body.up)
    return Sequence(craft, lambda c: go_to(c, there), Descend)


class Place:
    """``NAV_PAYLOAD_PLACE``: sink by at most ``largest_descent_m`` and rise again (``qp_auto_delivery``).

    With a limit, reaching it ends the descent with ``Payload place aborted``. Without one the aircraft lands,
    and an ArduPlane waits there for ever (trace ``qp_payload_place``).
    """

    def __init__(
        self, craft: Craft, largest_descent_m: float, place: tuple[float, float] | None = None
    ) -> None:
        self._craft = craft
        self._from_m = craft.body.up
        self._floor_m = craft.body.up - largest_descent_m if largest_descent_m > 0 else -math.inf
        self._down: Descend | None = Descend(craft, place)
        self._up: Climb | None = None

    def step(self) -> bool:
        """Sink, then rise; done at the height where it began."""
        if self._up is not None:
            return self._up.step()
        craft = self._craft
        if self._down is not None and not self._down.step():
            if craft.body.up <= self._floor_m:
                craft.say("Payload place aborted")
                self._up = Climb(craft, self._from_m, 0.0)
            return False
        if self._down is not None:
            craft.say("Land complete")
            self._down = None
        return False
