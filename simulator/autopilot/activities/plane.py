"""Activities of a quadplane: legs on the wing with the transition before them, and the way back to rotors."""

import math
from dataclasses import replace

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.activities.base import rotor_limits
from simulator.autopilot.craft import Craft, Point
from simulator.motion.hover import HoverLeg, drive
from simulator.motion.wing import WingLeg, WingLimits, fly, turn_distance_m
from simulator.physics import STEP_S

MC = mavlink.MAV_VTOL_STATE_MC
TO_FW = mavlink.MAV_VTOL_STATE_TRANSITION_TO_FW
TO_MC = mavlink.MAV_VTOL_STATE_TRANSITION_TO_MC
FW = mavlink.MAV_VTOL_STATE_FW

PUSHER_M_S2 = 4.2
"""Acceleration in the transition: 18 m/s after 4.4 s (trace ``qp_auto_delivery``)."""

_LATE_TRANSITION_M_S2 = 1.2
_SLOPES_FROM_M = 20.0
"""From lower down it does not climb along the leg, but at once (``Plane::setup_alt_slope``)."""

_ASIDE_GAIN = 0.5
_ASIDE_M_S = 4.0
_HEIGHT_GAIN = 0.3
_LIFT_OFF_M_S = 1.0
_YAW_RATE = math.radians(45.0)
_THROTTLE_M_S2 = 1.5
_VERTICAL_M = 1.0


def wing_limits(craft: Craft, acceleration: float = _THROTTLE_M_S2) -> WingLimits:
    """Return the limits of flight on the wing from parameters."""
    params = craft.params
    return WingLimits(
        acceleration=acceleration,
        bank=math.radians(params["ROLL_LIMIT_DEG"]),
        climb=params["TECS_CLMB_MAX"],
        sink=params["TECS_SINK_MAX"],
        l1_time_s=params["NAVL1_PERIOD"] * params["NAVL1_DAMPING"] / math.pi,
    )


def least_airspeed(craft: Craft, wanted: float) -> float:
    """Return an airspeed at which the speed over ground is not below ``MIN_GROUNDSPEED``, m/s."""
    body, params = craft.body, craft.params
    missing = params["MIN_GROUNDSPEED"] - body.ground_speed
    if missing <= 0.0:
        return wanted
    return min(params["AIRSPEED_MAX"], max(wanted, body.airspeed + missing))


class Transition:
    """From rotors to the wing: the pusher accelerates along the leg while the rotors carry."""

    def __init__(self, craft: Craft) -> None:
        self._craft = craft
        self._fast_for_s: float | None = None
        craft.vtol_state = TO_FW
        craft.say(f"Transition started airspeed {craft.body.airspeed:.1f}")

    def step(self, leg: WingLeg, airspeed: float) -> bool:
        """Fly one step along a leg; done ``Q_TRANSITION_MS`` after the airspeed is there."""
        craft, body = self._craft, self._craft.body
        self._accelerate(leg, airspeed)
        if self._fast_for_s is not None:
            self._fast_for_s += STEP_S
        elif body.airspeed >= craft.params["Q_ASSIST_SPEED"]:
            self._fast_for_s = 0.0
            craft.say(f"Transition airspeed reached {body.airspeed:.1f}")
        if self._fast_for_s is None or self._fast_for_s < craft.params["Q_TRANSITION_MS"] / 1000.0:
            return False
        craft.vtol_state = FW
        craft.say("Transition done")
        return True

    def _accelerate(self, leg: WingLeg, airspeed: float) -> None:
        body = self._craft.body
        limit = PUSHER_M_S2 if self._fast_for_s is None else _LATE_TRANSITION_M_S2
        speed = body.ground_speed + (0.0 if body.airspeed >= airspeed else limit * STEP_S)
        bearing = leg.measure(body)
        north, east = math.cos(bearing), math.sin(bearing)
        aside = min(_ASIDE_M_S, max(-_ASIDE_M_S, -_ASIDE_GAIN * leg.crosstrack_m))
        body.turn_nose(bearing, _YAW_RATE)
        rising = _LIFT_OFF_M_S if body.on_ground else -math.inf
        drive(
            body,
            north * speed - east * aside,
            east * speed + north * aside,
            max(rising, _HEIGHT_GAIN * (leg.height() - body.up)),
            replace(rotor_limits(self._craft), acceleration=PUSHER_M_S2 * 1.5),
            pushed=True,
        )


class WingTo:
    """Fly a leg on the wing; reached at the turn distance before its end, or on passing it."""

    def __init__(self, craft: Craft, start: Point, end: Point, turn_rad: float) -> None:
        self._craft = craft
        low = craft.body.up - craft.home[2] < _SLOPES_FROM_M and craft.body.up < end[2]
        self.leg = WingLeg((*start[:2], end[2]) if low else start, end)
        self._turn_rad = turn_rad
        self._limits = wing_limits(craft)
        self._transition: Transition | None = None
        self.airspeed = craft.params["AIRSPEED_CRUISE"]

    def step(self) -> bool:
        """Fly one step."""
        craft = self._craft
        if craft.vtol_state != FW:
            self._transition = self._transition or Transition(craft)
            self._transition.step(self.leg, self.airspeed)
        else:
            lateral = self.leg.lateral(craft.body, self._limits)
            airspeed = least_airspeed(craft, self.airspeed)
            fly(craft.body, lateral, airspeed, self.leg.height(), self._limits)
        return self._reached()

    def _reached(self) -> bool:
        l1_m = self._limits.l1_distance_m(self._craft.body.ground_speed)
        near = turn_distance_m(self._craft.params["WP_RADIUS"], l1_m, self._turn_rad)
        return self.leg.passed or self.leg.remaining_m <= near

    def report(self, seq: int) -> str:
        """Return ArduPlane's words for the end of the leg."""
        verb = "Passed" if self.leg.passed else "Reached"
        return f"{verb} waypoint #{seq} dist {self.leg.remaining_m:.0f}m"


class VtolLeg:
    """A waypoint flown on rotors (``Q_WP_SPEED``); from the wing it slows down by ``Q_TRANS_DECEL``."""

    def __init__(self, craft: Craft, start: Point, end: Point) -> None:
        self._craft = craft
        self._leg = HoverLeg(start, end, rotor_limits(craft))
        self._slow = self._leg.limits
        self._is_vertical = math.dist(start[:2], end[:2]) < _VERTICAL_M

    def step(self) -> bool:
        """Fly one step; done when it stands at the end."""
        craft, body = self._craft, self._craft.body
        craft.vtol_state = MC
        fast = body.ground_speed > self._slow.speed + 1.0
        deceleration = craft.params["Q_TRANS_DECEL"]
        slow = self._slow
        self._leg.limits = replace(slow, acceleration=deceleration) if fast else slow
        # Straight above or below the start it counts as reached at once (``Plane::verify_nav_wp``).
        return self._leg.step(body) or self._is_vertical

    @property
    def remaining_m(self) -> float:
        """Distance to the end."""
        return self._leg.remaining_m
