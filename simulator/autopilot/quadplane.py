"""ArduPlane with a quadplane: its modes (traces ``quadplane/*``)."""

import math

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.activities.approach import VtolApproach, stopping_distance_m
from simulator.autopilot.activities.landing import Descend, Place
from simulator.autopilot.activities.plane import FW, MC, TO_MC, WingTo
from simulator.autopilot.activities.rotor import Hold
from simulator.autopilot.activities.unattended import Sink
from simulator.autopilot.activities.wing_loiter import Course, WingLoiter
from simulator.autopilot.craft import Craft
from simulator.autopilot.modes import INITIALISING, QUADPLANE_MODES, Mode
from simulator.autopilot.quadplane_returns import QuadplaneReturns

_AUTO, _RTL, _GUIDED, _QLAND, _QRTL = (QUADPLANE_MODES[n] for n in (10, 11, 15, 20, 21))
_LOITER_DOWN = QUADPLANE_MODES[25]
_LEAST_RTL_S = 0.9
"""RTL becomes QRTL not much sooner than a second after the change of the mode (``ModeRTL::navigate``)."""

_STRAIGHT = frozenset({"CRUISE", "FBWB"})
_NEVER = frozenset({"THERMAL", "AUTOLAND"})
"""They need a glider's sensors, and the heading of a take-off run."""

_WARNING = mavlink.MAV_SEVERITY_WARNING
_ROTOR_MODES = frozenset({"QSTABILIZE", "QHOVER", "QLOITER", "QLAND", "QACRO"})


class Quadplane(QuadplaneReturns):
    """A fixed wing that takes off and lands on rotors.

    ``fence_recovery`` says that it comes back into its fence.
    """

    contact_s = 4.0
    disarm_s = 6.0

    def __init__(self, craft: Craft) -> None:
        super().__init__(craft)
        self.mode = INITIALISING
        self.fence_recovery = False
        self._mode_at = 0.0
        craft.vtol_state = FW

    def refusal(self, mode: Mode) -> str | None:
        """Return None: ArduPlane enters every mode (but see ``enter``)."""
        return None

    def enter(self, mode: Mode) -> bool:
        """Change the mode, unless it is coming back into the fence (``FENCE_OPTIONS`` bit 0)."""
        if mode.name in _NEVER:
            if mode.name == "AUTOLAND":
                self.craft.say("Must already be flying!", _WARNING)
            self.craft.say("Flight mode change failed", _WARNING)
            return False
        locked = self.fence_recovery and int(self.craft.params["FENCE_OPTIONS"]) & 1
        if not locked or not self.craft.armed or not self.fence_watch.breaches or mode in (self.mode, _QRTL):
            return self._change(mode)
        words = f"Mode change to {mode.title} denied, in fence recovery"
        self.craft.say(words, mavlink.MAV_SEVERITY_NOTICE)
        return False

    def _change(self, mode: Mode) -> bool:
        before = self.mode
        if mode is not before:
            # An airspeed asked for counts in one mode only (``Mode::enter``).
            self.asked_m_s = None
            self._mode_at = self.craft.time
        changed = super().enter(mode)
        if before is not self.mode:
            if before.name == "AUTOTUNE":
                self.craft.say("Stopped autotune")
            if mode.name == "AUTOTUNE":
                self.craft.say("Started autotune")
                self.craft.say("Autotuning roll pitch yaw ")
        return changed

    def begin_mode(self, mode: Mode) -> None:
        """Begin to fly in a mode."""
        craft = self.craft
        if mode.name == "AUTO":
            self._begin_auto()
        elif mode.name in _ROTOR_MODES:
            craft.vtol_state = MC
            self.activity = Descend(craft) if mode is _QLAND else Sink(craft)
        elif mode is _QRTL and craft.body.on_ground:
            self.return_on_the_ground()
        elif mode is _QRTL:
            self.begin_qrtl()
        elif mode is _RTL:
            self.begin_rtl()
        elif mode is _LOITER_DOWN:
            self.begin_loiter_down()
        elif mode is _GUIDED:
            craft.emit(mavlink.MAVLink_mission_item_reached_message(0))
            if craft.params["Q_GUIDED_MODE"] == 1 and not craft.body.on_ground:
                self.stop_ahead()
            else:
                self._begin_waiting()
        else:
            self._begin_waiting()

    def _begin_auto(self) -> None:
        self.on_rotors = False
        if self.executive.start_or_resume():
            return
        if not self.executive.complete:
            self.mission_complete()

    def _begin_waiting(self) -> None:
        """Fly on the wing, from the rotors by a transition: straight in CRUISE, else in a circle."""
        craft = self.craft
        if craft.body.on_ground:
            craft.vtol_state = FW
        elif self.mode.name in _STRAIGHT:
            self.activity = Course(craft, math.degrees(craft.body.yaw), craft.body.up)
        else:
            self.activity = WingLoiter(craft, craft.here)

    def mission_complete(self) -> None:
        """Fly home."""
        self.craft.say("Mission complete, changing mode to RTL")
        self.enter(_RTL)

    def activity_done(self) -> None:
        """Go on where a flight outside a mission has ended."""
        if self.mode is _LOITER_DOWN:
            self.enter(_QLAND)
            return
        craft = self.craft
        if craft.body.on_ground or self._is_near_home:
            return
        if craft.vtol_state == TO_MC:
            craft.vtol_state = MC
        # A take-off in GUIDED ends in a hover.
        if craft.vtol_state == MC:
            self.activity = Hold(craft)
        else:
            self._begin_waiting()

    def step(self) -> None:
        """Fly one step; RTL on the wing becomes QRTL near home (``Q_RTL_MODE`` 1)."""
        super().step()
        busy = self.busy
        if self.mode is _RTL and isinstance(busy, WingTo):
            if self.craft.params["Q_RTL_MODE"] > 0:
                if self._is_near_home and self.craft.time - self._mode_at > _LEAST_RTL_S:
                    self.enter(_QRTL)
            elif busy.leg.remaining_m <= self.craft.params["WP_LOITER_RAD"]:
                self.activity = WingLoiter(self.craft, busy.leg.end)

    @property
    def _is_near_home(self) -> bool:
        """Say whether RTL is where it becomes QRTL."""
        busy, params = self.busy, self.craft.params
        if self.mode is not _RTL or not isinstance(busy, WingTo) or params["Q_RTL_MODE"] == 0:
            return False
        near_m = max(stopping_distance_m(self.craft), abs(params["WP_LOITER_RAD"]))
        return busy.leg.remaining_m <= near_m

    def touched_down(self) -> None:
        """Disarm after a landing; a payload placed on the ground waits, armed (``qp_payload_place``)."""
        busy = self.busy
        if isinstance(busy, VtolApproach) and isinstance(busy.final, Place):
            return
        self.craft.say("Land complete")
        self.disarm()

    def arm(self) -> None:
        """Switch the motors on."""
        super().arm()
        self.craft.say("Throttle armed")

    def disarm(self) -> None:
        """Switch the motors off; outside AUTO the mission goes back to its start."""
        self.switch_off()
        self.fence_recovery = False
        self.craft.say("Throttle disarmed")
        if not self.in_auto:
            self.executive.reset()
            self.activity = None
