"""A quadplane's way from the wing down to a place.

Stages, distances and texts are those of the traces ``qp_auto_delivery`` and ``qp_rtl``: approach at the
middle of ``AIRSPEED_MIN`` and ``AIRSPEED_CRUISE``; airbrake; position 1 along v² = v₀² - 2ad; position 2 from
10 m on.
"""

import math
from collections.abc import Callable
from dataclasses import replace
from enum import Enum, auto

from simulator.autopilot.activities.base import Activity, rotor_limits
from simulator.autopilot.activities.plane import FW, MC, TO_FW, TO_MC, Transition, least_airspeed, wing_limits
from simulator.autopilot.activities.rotor import Maker
from simulator.autopilot.craft import Craft, Point
from simulator.motion.hover import HoverLimits, drive, hold
from simulator.motion.wing import WingLeg, fly
from simulator.physics import STEP_S

_APPROACH_M_S2 = 0.4
_BRAKE_M_S2 = 0.75
_POSITION1_M_S2 = 4.0
_POSITION2_M_S2 = 3.0
_POSITION2_M = 10.0
_POSITION2_M_S = 7.5
_FAR = 1.5
"""From fewer stopping distances it brakes without an approach (``QuadPlane::transition_threshold``)."""

_EARLY_S = 2.0
"""A landing from afar begins to brake so long before it has to."""

_AIRBRAKE_S = 0.9
_CLOSING_M_S, _TOO_FAST = 19.0, 1.2
"""The airbrake lasts about a second, then until the aircraft is slow, or faster than it may close in."""

_SETTLE_S = 1.4
_SETTLED_M = 2.0


class _Stage(Enum):
    APPROACH = auto()
    AIRBRAKE = auto()
    POSITION1 = auto()
    POSITION2 = auto()
    FINAL = auto()


def stopping_distance_m(craft: Craft) -> float:
    """Return how far an aircraft flies until it stands, with ``Q_TRANS_DECEL``: v² / 2a."""
    return craft.body.ground_speed**2 / (2.0 * craft.params["Q_TRANS_DECEL"])


class VtolApproach:
    """Fly to a place, stop over it, and begin what is to be done there.

    Parameters
    ----------
    craft
        The aircraft.
    start, place
        The line of the approach; the height of ``place`` is that of the approach.
    final
        Makes the activity that follows (landing, placing the payload).

    From within one and a half stopping distances it brakes at once, from cruise.
    """

    def __init__(self, craft: Craft, start: Point, place: Point, final: Maker) -> None:
        self._craft = craft
        self._leg = WingLeg(start, place)
        self._make_final = final
        self._limits = wing_limits(craft, _APPROACH_M_S2)
        self._deceleration = 0.0
        self._up_m = place[2]
        self._transition: Transition | None = None
        self._braked_s = self._settled_s = 0.0
        self._final: Activity | None = None
        self._leg.lateral(craft.body, self._limits)
        self._stage = _Stage.APPROACH
        self._begin()
        self._steps: dict[_Stage, Callable[[], None]] = {
            _Stage.APPROACH: self._step_approach,
            _Stage.AIRBRAKE: self._step_airbrake,
            _Stage.POSITION1: self._step_position1,
            _Stage.POSITION2: self._step_position2,
        }

    @property
    def final(self) -> Activity | None:
        """What goes on over the place, once it does."""
        return self._final

    def _begin(self) -> None:
        craft, left_m = self._craft, self._leg.remaining_m
        stopping_m = stopping_distance_m(craft)
        on_rotors = craft.vtol_state in (MC, TO_MC)
        if on_rotors and left_m < max(_FAR * stopping_m, _FAR * abs(craft.params["WP_LOITER_RAD"])):
            self._begin_position2()
        elif not on_rotors and left_m < _FAR * stopping_m:
            self._begin_airbrake(stopping_m)
        else:
            craft.say(f"VTOL approach d={left_m:.1f}")
            if on_rotors:
                self._transition = Transition(craft)

    def step(self) -> bool:
        """Fly one step; done when what follows the approach is."""
        if self._final is not None:
            return self._final.step()
        self._steps[self._stage]()
        return False

    def _fly(self, airspeed: float) -> None:
        lateral = self._leg.lateral(self._craft.body, self._limits)
        fly(self._craft.body, lateral, airspeed, self._leg.end[2], self._limits)

    def _step_approach(self) -> None:
        params = self._craft.params
        if self._craft.vtol_state != FW and self._transition is not None:
            self._transition.step(self._leg, params["AIRSPEED_CRUISE"])
            return
        slow = (params["AIRSPEED_MIN"] + params["AIRSPEED_CRUISE"]) / 2.0
        self._fly(least_airspeed(self._craft, slow))
        stopping_m = stopping_distance_m(self._craft) + _EARLY_S * self._craft.body.ground_speed
        if self._leg.remaining_m <= stopping_m:
            self._begin_airbrake(stopping_m)

    def _begin_airbrake(self, stopping_m: float) -> None:
        # From here on it keeps its height (traces ``qp_rtl``, ``qp_guided_heights``).
        self._up_m = self._craft.body.up
        self._stage = _Stage.AIRBRAKE
        self._craft.vtol_state = TO_FW
        self._limits = wing_limits(self._craft, _BRAKE_M_S2)
        distance = f"d={self._leg.remaining_m:.0f} sd={stopping_m:.0f}"
        speed = self._craft.body.ground_speed
        self._craft.say(f"VTOL airbrake v={speed:.1f} {distance} h={self._height():.1f}")

    def _step_airbrake(self) -> None:
        body = self._craft.body
        fly(body, self._leg.lateral(body, self._limits), 0.0, self._up_m, self._limits)
        params = self._craft.params
        closing = min(_CLOSING_M_S, math.sqrt(2.0 * params["Q_TRANS_DECEL"] * self._leg.remaining_m))
        ends = body.airspeed < params["Q_ASSIST_SPEED"] or body.ground_speed > _TOO_FAST * closing
        self._braked_s += STEP_S
        if ends and self._braked_s > _AIRBRAKE_S:
            self._begin_position1()

    def _begin_position1(self) -> None:
        self._brake()
        speed, left_m = self._craft.body.ground_speed, self._leg.remaining_m
        where = f"v={speed:.1f} d={left_m:.1f} h={self._height():.1f}"
        self._craft.say(f"VTOL position1 {where} dc={math.sqrt(2.0 * left_m * self._deceleration):.1f}")

    def _brake(self) -> None:
        speed, left_m = self._craft.body.ground_speed, self._leg.remaining_m
        self._stage = _Stage.POSITION1
        self._craft.vtol_state = TO_MC
        self._deceleration = max(
            0.5, (speed**2 - _POSITION2_M_S**2) / (2.0 * max(1.0, left_m - _POSITION2_M))
        )

    def _step_position1(self) -> None:
        body = self._craft.body
        to_north, to_east = self._leg.end[0] - body.north, self._leg.end[1] - body.east
        left_m = max(math.hypot(to_north, to_east), 1e-6)
        self._leg.remaining_m = left_m
        speed = math.sqrt(_POSITION2_M_S**2 + 2.0 * self._deceleration * max(0.0, left_m - _POSITION2_M))
        drive(
            body,
            to_north / left_m * speed,
            to_east / left_m * speed,
            0.3 * (self._up_m - body.up),
            self._rotors(_POSITION1_M_S2),
            pushed=True,
        )
        if left_m <= _POSITION2_M:
            self._begin_position2()

    def _begin_position2(self) -> None:
        body = self._craft.body
        self._up_m = body.up
        self._stage = _Stage.POSITION2
        self._craft.vtol_state = MC
        where = f"v={body.ground_speed:.1f} d={self._leg.remaining_m:.1f} h={self._height():.1f}"
        self._craft.say(f"VTOL position2 started {where}")

    def _step_position2(self) -> None:
        body = self._craft.body
        over = (*self._leg.end[:2], self._up_m)
        hold(body, over, self._rotors(_POSITION2_M_S2))
        left_m = math.hypot(self._leg.end[0] - body.north, self._leg.end[1] - body.east)
        self._leg.remaining_m = left_m
        self._settled_s += STEP_S
        if self._settled_s >= _SETTLE_S and left_m < _SETTLED_M:
            self._stage = _Stage.FINAL
            self._arrive()

    def _arrive(self) -> None:
        self._craft.say("Land descend started")
        self._final = self._make_final(self._craft)

    def _rotors(self, acceleration: float) -> HoverLimits:
        return replace(rotor_limits(self._craft), speed=_POSITION2_M_S, acceleration=acceleration)

    def _height(self) -> float:
        return self._craft.body.up - self._craft.home[2]
