"""A quadplane's ways home: RTL on the wing, QRTL on rotors, the return path and the landing sequence."""

import math
from functools import partial

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.activities.approach import VtolApproach
from simulator.autopilot.activities.homeward import return_target
from simulator.autopilot.activities.landing import Descend
from simulator.autopilot.activities.plane import FW, MC, TO_FW, TO_MC, WingTo
from simulator.autopilot.activities.rotor import Climb, Sequence
from simulator.autopilot.activities.wing_loiter import WingLoiter
from simulator.autopilot.modes import QUADPLANE_MODES
from simulator.autopilot.quadplane_guided import QuadplaneGuided

_AUTO, _RTL, _QLAND, _QRTL = (QUADPLANE_MODES[n] for n in (10, 11, 20, 21))
_WARNING = mavlink.MAV_SEVERITY_WARNING
_STAGES_ON_THE_GROUND = (
    "VTOL position1 v=0.0 d=0.0 h=0.1 dc=0.0",
    "VTOL position2 started v=0.0 d=0.0 h=0.1",
    "Land descend started",
    "Land final started",
)
_IMMEDIATE_LANDING = 2
"""``RTL_AUTOLAND``: go to the landing sequence at once."""

_RETURN_PATH_ONLY = 4
"""``RTL_AUTOLAND``: go to the return path of the mission if there is one, else fly RTL."""

_RETURN_RADII = 1.5
"""QRTL from within so many ``WP_LOITER_RAD`` stays on rotors (``ModeQRTL::get_VTOL_return_radius``)."""

_LEVEL_OFF_M = 4.5
"""On its way down to ``Q_RTL_ALT`` on the wing it comes no lower (traces ``qp_guided``, 19.5 m)."""


class QuadplaneReturns(QuadplaneGuided):
    """The part of a quadplane that finds its way home."""

    def return_on_the_ground(self) -> None:
        """Go through the stages of a landing without leaving the ground (trace ``qp_modes``)."""
        craft = self.craft
        craft.vtol_state = FW
        craft.say("VTOL airbrake v=0.0 d=0 sd=0 h=0.1")

        def land() -> None:
            if self.mode is _QRTL:
                craft.vtol_state = MC
                for words in _STAGES_ON_THE_GROUND:
                    craft.say(words)

        self.later.put(1.0, land)

    def begin_qrtl(self) -> None:
        """Land at home or a rally point, on rotors; from afar come in on the wing (``ModeQRTL::_enter``).

        The height of the way is ``Q_RTL_ALT``, or that of the rally point.
        """
        craft = self.craft
        target = return_target(craft)
        place = target[:2]
        height = craft.home[2] + craft.params["Q_RTL_ALT"] if target == craft.home else target[2]
        left_m = math.dist(craft.body.position, place)
        radius_m = _RETURN_RADII * abs(craft.params["WP_LOITER_RAD"])
        least = height if left_m >= radius_m else craft.home[2] + craft.params["Q_RTL_ALT_MIN"]
        over = (*place, min(max(craft.body.up, least), height + _LEVEL_OFF_M))
        approach = partial(VtolApproach, start=craft.here, place=over, final=partial(Descend, place=place))
        if craft.vtol_state == TO_FW:
            # The rotors still carry it.
            craft.vtol_state = MC
        on_rotors = craft.vtol_state in (MC, TO_MC)
        if on_rotors and left_m < radius_m:
            craft.say(f"VTOL position1 d={left_m:.1f} r={radius_m:.1f}")
        if on_rotors and craft.body.up < least:
            self.activity = Sequence(craft, lambda c: Climb(c, least, 0.0), approach)
        else:
            self.activity = approach(craft)

    def begin_loiter_down(self) -> None:
        """Circle down to ``Q_RTL_ALT`` and land from there; on rotors land at once."""
        craft = self.craft
        if craft.vtol_state != FW or craft.body.on_ground:
            self.enter(_QLAND)
            return
        point = (*craft.body.position, craft.home[2] + craft.params["Q_RTL_ALT"])
        self.activity = WingLoiter(craft, point, to_height=True)

    def begin_rtl(self) -> None:
        """Go home as ``RTL_AUTOLAND`` says: on a way of the mission, or straight, on the wing."""
        craft = self.craft
        if craft.body.on_ground:
            return
        autoland = craft.params["RTL_AUTOLAND"]
        if autoland == _RETURN_PATH_ONLY and self._rejoin():
            return
        if autoland == _IMMEDIATE_LANDING and self.follow_landing_sequence():
            return
        target = return_target(craft)
        height = craft.home[2] + craft.params["RTL_ALTITUDE"] if target == craft.home else target[2]
        self.activity = WingTo(craft, craft.here, (target[0], target[1], height), 0.0)

    def _rejoin(self) -> bool:
        """Enter AUTO on the return path."""
        return self._join(self.executive.join_return_path())

    def follow_landing_sequence(self) -> bool:
        """Go on in AUTO at the landing sequence."""
        if self._join(self.executive.join_landing_sequence()):
            return True
        self.craft.say("Unable to start landing sequence", mavlink.MAV_SEVERITY_WARNING)
        return False

    def _join(self, words: str | None) -> bool:
        if words is None:
            return False
        if not self.executive.running:
            self.mode, self.activity = _AUTO, None
            self.mode_changes.append(_AUTO)
            self.begin_mode(_AUTO)
        self.craft.say(words)
        return True

    def return_home(self) -> None:
        """Enter RTL, which may lead to the return path."""
        self.enter(_RTL)

    def follow_return_path(self) -> bool:
        """Go on in AUTO on the nearest leg of the return path."""
        return self._rejoin()
