"""ArduPlane with a quadplane: its modes and how it flies mission items (traces ``quadplane/*``)."""

import math
from functools import partial

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.activities.approach import VtolApproach, stopping_distance_m
from simulator.activities.base import Activity
from simulator.activities.homeward import return_target
from simulator.activities.plane import FW, MC, TO_FW, TO_MC, VtolLeg, WingTo
from simulator.activities.rotor import Climb, Descend, Hold, Maker, Place, Sequence, Sink, go_to
from simulator.activities.wing_loiter import Course, WingLoiter
from simulator.autopilot import SPEED_TYPE_GROUNDSPEED, Autopilot
from simulator.craft import Craft, Point
from simulator.geodesy import wrap_pi
from simulator.lists.items import LANDINGS, TAKEOFFS, Item
from simulator.modes import INITIALISING, QUADPLANE_MODES, Mode

_AUTO, _RTL, _LOITER, _GUIDED, _QLOITER, _QLAND, _QRTL = (
    QUADPLANE_MODES[n] for n in (10, 11, 12, 15, 19, 20, 21)
)
_LOITER_DOWN = QUADPLANE_MODES[25]
_STAGES_ON_THE_GROUND = (
    "VTOL position1 v=0.0 d=0.0 h=0.1 dc=0.0",
    "VTOL position2 started v=0.0 d=0.0 h=0.1",
    "Land descend started",
    "Land final started",
)
_PASSED_M = 0.5
_STRAIGHT = frozenset({"CRUISE", "FBWB"})
_NEVER = frozenset({"THERMAL", "AUTOLAND"})
"""They need a glider's sensors, and the heading of a take-off run."""

_WARNING = mavlink.MAV_SEVERITY_WARNING
_ROTOR_MODES = frozenset({"QSTABILIZE", "QHOVER", "QLOITER", "QLAND", "QACRO"})
_IMMEDIATE_LANDING = 2
"""``RTL_AUTOLAND``: go to the landing sequence at once."""

_RETURN_PATH_ONLY = 4
"""``RTL_AUTOLAND``: go to the return path of the mission if there is one, else fly RTL."""

_RETURN_RADII = 1.5
"""QRTL from within so many ``WP_LOITER_RAD`` stays on rotors (``ModeQRTL::get_VTOL_return_radius``)."""

_LEVEL_OFF_M = 4.5
"""On its way down to ``Q_RTL_ALT`` on the wing it comes no lower (traces ``qp_guided``, 19.5 m)."""

_LIFT_OFF_S = 0.4
_LOITER_WORDS = {
    mavlink.MAV_CMD_NAV_LOITER_TIME: "Loiter time complete",
    mavlink.MAV_CMD_NAV_LOITER_TURNS: "Loiter orbits complete",
    mavlink.MAV_CMD_NAV_LOITER_TO_ALT: "Loiter to alt complete",
}


class Quadplane(Autopilot):
    """A fixed wing that takes off and lands on rotors.

    ``on_rotors`` says that the legs of a mission are flown on rotors, ``fence_recovery`` that it is coming back
    into its fence; ``asked_m_s`` is an airspeed asked for.
    """

    contact_s = 4.0
    disarm_s = 6.0

    def __init__(self, craft: Craft) -> None:
        super().__init__(craft)
        self.mode = INITIALISING
        self.on_rotors = False
        self.fence_recovery = False
        self.asked_m_s: float | None = None
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
            self._return_on_the_ground()
        elif mode is _QRTL:
            self._begin_qrtl()
        elif mode is _RTL:
            self._begin_rtl()
        elif mode is _LOITER_DOWN:
            self._begin_loiter_down()
        elif mode is _GUIDED:
            craft.emit(mavlink.MAVLink_mission_item_reached_message(0))
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

    def _return_on_the_ground(self) -> None:
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

    def _begin_qrtl(self) -> None:
        """Land at home on rotors; from afar come in on the wing, at ``Q_RTL_ALT`` (``ModeQRTL::_enter``)."""
        craft = self.craft
        home = craft.home[:2]
        height = craft.home[2] + craft.params["Q_RTL_ALT"]
        far = math.dist(craft.body.position, home) >= _RETURN_RADII * abs(craft.params["WP_LOITER_RAD"])
        least = height if far else craft.home[2] + craft.params["Q_RTL_ALT_MIN"]
        over_home = (*home, min(max(craft.body.up, least), height + _LEVEL_OFF_M))
        approach = partial(VtolApproach, start=craft.here, place=over_home, final=partial(Descend, place=home))
        if craft.vtol_state in (MC, TO_MC) and craft.body.up < least:
            self.activity = Sequence(craft, lambda c: Climb(c, least, 0.0), approach)
        else:
            self.activity = approach(craft)

    def _begin_loiter_down(self) -> None:
        """Circle down to ``Q_RTL_ALT`` and land from there; on rotors land at once."""
        craft = self.craft
        if craft.vtol_state != FW or craft.body.on_ground:
            self.enter(_QLAND)
            return
        point = (*craft.body.position, craft.home[2] + craft.params["Q_RTL_ALT"])
        self.activity = WingLoiter(craft, point, to_height=True)

    def _begin_rtl(self) -> None:
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
        return self._join(self.executive.join_return_path(), "Return path started")

    def follow_landing_sequence(self) -> bool:
        """Go on in AUTO at the landing sequence."""
        if self._join(self.executive.join_landing_sequence(), "Landing sequence start"):
            return True
        self.craft.say("Unable to start landing sequence", mavlink.MAV_SEVERITY_WARNING)
        return False

    def _join(self, joined: bool, words: str) -> bool:
        if not joined:
            return False
        self.mode, self.activity = _AUTO, None
        self.mode_changes.append(_AUTO)
        self._begin_auto()
        self.craft.say(words)
        return True

    def return_home(self) -> None:
        """Enter RTL, which may lead to the return path."""
        self.enter(_RTL)

    def follow_return_path(self) -> bool:
        """Go on in AUTO on the nearest leg of the return path."""
        return self._rejoin()

    def begin_item(self, item: Item, start: Point | None, following: Point | None) -> Activity:
        """Begin a navigation item."""
        craft = self.craft
        command = item.command
        if command in TAKEOFFS:
            craft.vtol_state = MC
            return Climb(craft, craft.height(item.z_m, item.frame), _LIFT_OFF_S)
        if command == mavlink.MAV_CMD_NAV_DELAY:
            craft.say(f"Delaying {item.params[0]:.0f} sec")
            return Hold(craft, item.params[0])
        if command in LANDINGS:
            place = craft.place(item)[:2]
            return self._approach(item, start or craft.here, partial(Descend, place=place))
        if command == mavlink.MAV_CMD_NAV_PAYLOAD_PLACE:
            place = craft.place(item)[:2]
            final = partial(Place, largest_descent_m=item.params[0], place=place)
            return self._approach(item, start or craft.here, final)
        if command == mavlink.MAV_CMD_NAV_RETURN_TO_LAUNCH:
            self.enter(_RTL)
            return Hold(craft)
        return self._hurried(self._circle(item) or self._leg(item, start or craft.here, following))

    def _hurried(self, activity: Activity) -> Activity:
        """Return an activity that flies with the airspeed asked for in this mode, if one was."""
        if self.asked_m_s is not None and isinstance(activity, WingTo | WingLoiter | Course):
            activity.airspeed = self.asked_m_s
        return activity

    def _circle(self, item: Item) -> WingLoiter | None:
        """Return the circles of a loiter item."""
        craft, first, third = self.craft, item.params[0], item.params[2]
        place = craft.place(item)
        match item.command:
            case mavlink.MAV_CMD_NAV_LOITER_UNLIM:
                return WingLoiter(craft, place, radius_m=third)
            case mavlink.MAV_CMD_NAV_LOITER_TIME:
                # Its third parameter keeps the direction only.
                return WingLoiter(craft, place, first, radius_m=third * craft.params["WP_LOITER_RAD"])
            case mavlink.MAV_CMD_NAV_LOITER_TURNS:
                return WingLoiter(craft, place, turns=first, radius_m=third)
            case mavlink.MAV_CMD_NAV_LOITER_TO_ALT:
                return WingLoiter(craft, place, radius_m=item.params[1], to_height=True)
        return None

    def _approach(self, item: Item, start: Point, final: Maker) -> VtolApproach:
        """Begin an approach along the line from the waypoint before, at its height."""
        north, east, _ = self.craft.place(item)
        return VtolApproach(self.craft, start, (north, east, start[2]), final)

    def _leg(self, item: Item, start: Point, following: Point | None) -> Activity:
        craft = self.craft
        end = craft.place(item)
        if self.on_rotors:
            return VtolLeg(craft, start if craft.vtol_state == MC else craft.here, end)
        turn = math.pi / 2
        if following is not None:
            bearing_in = math.atan2(end[1] - start[1], end[0] - start[0])
            turn = wrap_pi(math.atan2(following[1] - end[1], following[0] - end[0]) - bearing_in)
        return WingTo(craft, start, end, turn)

    def do_item(self, item: Item) -> None:
        """Carry out an item that takes no time; the transition decides how the next legs are flown."""
        if item.command == mavlink.MAV_CMD_DO_VTOL_TRANSITION:
            self.transition_to(int(item.params[0]))
        else:
            super().do_item(item)

    def transition_to(self, vtol_state: int) -> bool:
        """Fly the next legs on rotors (3) or on the wing (4)."""
        if not self.in_auto or vtol_state not in (MC, FW):
            words = "Invalid VTOL mode" if self.in_auto else "VTOL transition only in AUTO"
            self.craft.say(words, mavlink.MAV_SEVERITY_NOTICE)
            return False
        on_rotors = vtol_state == MC
        if on_rotors != self.on_rotors:
            words = "Entered VTOL mode" if on_rotors else "Exited VTOL mode"
            self.craft.say(words, mavlink.MAV_SEVERITY_NOTICE)
        self.on_rotors = on_rotors
        return True

    def reached_text(self, seq: int, item: Item, activity: Activity) -> str | None:
        """Return ArduPlane's words for a finished item."""
        if isinstance(activity, WingTo):
            return activity.report(seq)
        if isinstance(activity, WingLoiter):
            return _LOITER_WORDS.get(item.command)
        if isinstance(activity, VtolLeg):
            verb = "Passed" if activity.remaining_m < _PASSED_M else "Reached"
            return f"{verb} waypoint #{seq} dist {activity.remaining_m:.0f}m"
        return None

    def mission_complete(self) -> None:
        """Fly home."""
        self.craft.say("Mission complete, changing mode to RTL")
        self.enter(_RTL)

    def change_speed(self, speed_m_s: float, kind: int = SPEED_TYPE_GROUNDSPEED) -> bool:
        """Set the airspeed (0) within the limits of the wing; a least ground speed (1) is taken note of."""
        params = self.craft.params
        if kind == SPEED_TYPE_GROUNDSPEED:
            self.craft.say(f"Set groundspeed {max(0, int(speed_m_s))}")
            params.store("MIN_GROUNDSPEED", speed_m_s)
            return True
        if kind != mavlink.SPEED_TYPE_AIRSPEED or not (
            params["AIRSPEED_MIN"] <= speed_m_s <= params["AIRSPEED_MAX"]
        ):
            return False
        self.craft.say(f"Set airspeed {int(speed_m_s)} m/s")
        self.asked_m_s = speed_m_s
        if self.busy is not None:
            self._hurried(self.busy)
        return True

    def take_off(self, height_m: float) -> bool:
        """Take off vertically in GUIDED to a height above the ground here."""
        refusal = None
        if self.mode is not _GUIDED:
            refusal = "User Takeoff only in GUIDED mode"
        elif not self.craft.armed:
            refusal = "Must be armed for takeoff"
        elif not self.landed and self.craft.vtol_state != FW:
            # On the wing it does not count as flying: the lift motors stand still.
            refusal = "Already flying - no takeoff"
        if refusal is not None:
            self.craft.say(refusal)
            return False
        self.craft.vtol_state = TO_MC
        self.craft.say("VTOL Position1 d=0.0")
        self.activity = Climb(self.craft, self.craft.body.up + height_m, _LIFT_OFF_S)
        return True

    def reposition(self, point: Point, radius_m: float | None = None, anticlockwise: bool = False) -> None:
        """Circle a point in GUIDED; with ``Q_GUIDED_MODE`` 1 stay over it on rotors, if it is on them."""
        craft = self.craft
        if craft.vtol_state not in (FW, TO_FW) and craft.params["Q_GUIDED_MODE"] == 1:
            self.activity = go_to(craft, point)
            return
        radius = radius_m or abs(craft.params["WP_LOITER_RAD"])
        self.activity = self._hurried(WingLoiter(craft, point, radius_m=-radius if anticlockwise else radius))

    def change_height(self, up_m: float) -> None:
        """Go on in GUIDED at another height above the pad."""
        busy = self.busy
        if isinstance(busy, WingLoiter | Course):
            busy.centre = (busy.centre[0], busy.centre[1], up_m)
        else:
            self.activity = go_to(self.craft, (*self.craft.body.position, up_m))

    def fly_heading(self, heading_deg: float | None) -> None:
        """Fly a heading in GUIDED; None circles here again."""
        up_m = self.busy.centre[2] if isinstance(self.busy, WingLoiter | Course) else self.craft.body.up
        if heading_deg is None:
            self.activity = self._hurried(WingLoiter(self.craft, (*self.craft.body.position, up_m)))
        elif self.craft.vtol_state == FW:
            self.activity = self._hurried(Course(self.craft, heading_deg, up_m))

    def activity_done(self) -> None:
        """Go on where a flight outside a mission has ended."""
        if self.mode is _LOITER_DOWN:
            self.enter(_QLAND)
            return
        craft = self.craft
        if craft.body.on_ground:
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
            params = self.craft.params
            near = busy.leg.remaining_m <= stopping_distance_m(self.craft)
            if params["Q_RTL_MODE"] > 0 and near:
                self.enter(_QRTL)
            elif busy.leg.remaining_m <= params["WP_LOITER_RAD"]:
                self.activity = WingLoiter(self.craft, busy.leg.end)

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
