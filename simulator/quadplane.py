"""ArduPlane with a quadplane: its modes and how it flies mission items (traces ``quadplane/*``)."""

import math

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.activities.approach import VtolApproach
from simulator.activities.base import Activity
from simulator.activities.plane import FW, MC, TO_FW, TO_MC, VtolLeg, WingLoiter, WingTo
from simulator.activities.rotor import Climb, Descend, Hold, Maker, Place, Sink, go_to
from simulator.autopilot import Autopilot
from simulator.craft import Craft, Point
from simulator.geodesy import wrap_pi
from simulator.lists.items import LANDINGS, TAKEOFFS, Item
from simulator.modes import INITIALISING, QUADPLANE_MODES, Mode

_AUTO, _RTL, _LOITER, _GUIDED, _QLOITER, _QLAND, _QRTL = (
    QUADPLANE_MODES[n] for n in (10, 11, 12, 15, 19, 20, 21)
)
_ROTOR_MODES = frozenset({"QSTABILIZE", "QHOVER", "QLOITER", "QLAND"})
_RETURN_PATH_ONLY = 4
"""``RTL_AUTOLAND``: go to the return path of the mission if there is one, else fly RTL."""

_LIFT_OFF_S = 0.4


class Quadplane(Autopilot):
    """A fixed wing that takes off and lands on rotors."""

    contact_s = 4.0
    disarm_s = 6.0

    def __init__(self, craft: Craft) -> None:
        super().__init__(craft)
        self.mode = INITIALISING
        self.on_rotors = False
        craft.vtol_state = FW

    def begin_mode(self, mode: Mode) -> None:
        """Begin to fly in a mode."""
        craft = self.craft
        if mode.name == "AUTO":
            self._begin_auto()
        elif mode.name in _ROTOR_MODES:
            craft.vtol_state = MC
            self.activity = Descend(craft) if mode is _QLAND else Sink(craft)
        elif mode is _QRTL:
            over_home = (craft.home[0], craft.home[1], craft.body.up)
            self.activity = VtolApproach(craft, craft.here, over_home, Descend, gentle=False)
        elif mode is _RTL:
            self._begin_rtl()
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
        """Circle on the wing, stay on rotors, wait on the ground."""
        craft = self.craft
        if craft.body.on_ground:
            craft.vtol_state = FW
        else:
            self.activity = WingLoiter(craft, craft.here) if craft.vtol_state == FW else Hold(craft)

    def _begin_rtl(self) -> None:
        craft = self.craft
        if craft.body.on_ground:
            return
        if craft.params["RTL_AUTOLAND"] == _RETURN_PATH_ONLY and self._rejoin():
            return
        home = craft.home
        self.activity = WingTo(
            craft, craft.here, (home[0], home[1], home[2] + craft.params["RTL_ALTITUDE"]), 0.0
        )

    def _rejoin(self) -> bool:
        """Enter AUTO on the return path."""
        if not self.executive.join_return_path():
            return False
        self.mode, self.activity = _AUTO, None
        self.mode_changes.append(_AUTO)
        self._begin_auto()
        self.craft.say("Return path started")
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
            return self._approach(item, start or craft.here, Descend)
        if command == mavlink.MAV_CMD_NAV_PAYLOAD_PLACE:
            return self._approach(item, start or craft.here, lambda c: Place(c, item.params[0]))
        if command == mavlink.MAV_CMD_NAV_LOITER_UNLIM:
            return WingLoiter(craft, craft.place(item))
        if command == mavlink.MAV_CMD_NAV_LOITER_TIME:
            return WingLoiter(craft, craft.place(item), item.params[0])
        return self._leg(item, start or craft.here, following)

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
        if vtol_state not in (MC, FW):
            return False
        self.on_rotors = vtol_state == MC
        return True

    def reached_text(self, seq: int, item: Item, activity: Activity) -> str | None:
        """Return ArduPlane's words for a finished item."""
        if isinstance(activity, WingTo):
            return activity.report(seq)
        if isinstance(activity, VtolLeg):
            return f"Reached waypoint #{seq} dist {activity.remaining_m:.0f}m"
        return None

    def mission_complete(self) -> None:
        """Fly home."""
        self.craft.say("Mission complete, changing mode to RTL")
        self.enter(_RTL)

    def change_speed(self, speed_m_s: float) -> bool:
        """Set ``AIRSPEED_CRUISE`` for this flight, within the limits of the wing."""
        params = self.craft.params
        if not params["AIRSPEED_MIN"] <= speed_m_s <= params["AIRSPEED_MAX"]:
            return False
        params.store("AIRSPEED_CRUISE", speed_m_s)
        if isinstance(self.busy, WingTo):
            self.busy.airspeed = speed_m_s
        return True

    def take_off(self, height_m: float) -> bool:
        """Take off vertically in GUIDED to a height above home."""
        if self.mode is not _GUIDED or not self.craft.armed or not self.landed:
            return False
        self.craft.vtol_state = TO_MC
        self.craft.say("VTOL Position1 d=0.0")
        self.activity = Climb(self.craft, self.craft.home[2] + height_m, _LIFT_OFF_S)
        return True

    def reposition(self, point: Point) -> None:
        """Go to a point in GUIDED: circle it on the wing, stay over it on rotors."""
        craft = self.craft
        self.activity = WingLoiter(craft, point) if craft.vtol_state in (FW, TO_FW) else go_to(craft, point)

    def activity_done(self) -> None:
        """Go on where a flight outside a mission has ended."""
        if not self.craft.body.on_ground:
            self.craft.vtol_state = MC if self.craft.vtol_state == TO_MC else self.craft.vtol_state
            self._begin_waiting()

    def step(self) -> None:
        """Fly one step; RTL on the wing becomes QRTL near home (``Q_RTL_MODE`` 1)."""
        super().step()
        busy = self.busy
        if self.mode is _RTL and isinstance(busy, WingTo):
            body, params = self.craft.body, self.craft.params
            stopping_m = body.ground_speed**2 / (2.0 * params["Q_TRANS_DECEL"])
            if params["Q_RTL_MODE"] > 0 and busy.leg.remaining_m <= stopping_m:
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
        self.craft.say("Throttle disarmed")
        if not self.in_auto:
            self.executive.reset()
            self.activity = None
