"""How ArduPlane with a quadplane flies the items of a mission (traces ``quadplane/*``)."""

import math
from functools import partial

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.activities.approach import VtolApproach
from simulator.autopilot.activities.base import Activity
from simulator.autopilot.activities.landing import Descend, Place
from simulator.autopilot.activities.plane import FW, MC, VtolLeg, WingTo
from simulator.autopilot.activities.rotor import Climb, Hold, Maker
from simulator.autopilot.activities.rotor_loiter import RotorLoiter
from simulator.autopilot.activities.wing_loiter import Course, WingLoiter
from simulator.autopilot.base import SPEED_TYPE_GROUNDSPEED, Autopilot
from simulator.autopilot.craft import Craft, Point
from simulator.autopilot.lists.items import LANDINGS, TAKEOFFS, Item
from simulator.autopilot.modes import QUADPLANE_MODES
from simulator.geodesy import wrap_pi

_RTL = QUADPLANE_MODES[11]
_PASSED_M = 0.5
LIFT_OFF_S = 0.4
"""A quadplane's rotors take so long to lift it."""

_LOITER_WORDS = {
    mavlink.MAV_CMD_NAV_LOITER_TIME: "Loiter time complete",
    mavlink.MAV_CMD_NAV_LOITER_TURNS: "Loiter orbits complete",
    mavlink.MAV_CMD_NAV_LOITER_TO_ALT: "Loiter to alt complete",
}

_HOVERED = frozenset({mavlink.MAV_CMD_NAV_LOITER_TIME, mavlink.MAV_CMD_NAV_LOITER_TO_ALT})
"""Loiter items that are a hover on rotors."""


class QuadplaneMission(Autopilot):
    """The part of a quadplane that flies missions.

    ``on_rotors`` says that the legs are flown on rotors; ``asked_m_s`` is an airspeed asked for.
    """

    def __init__(self, craft: Craft) -> None:
        super().__init__(craft)
        self.on_rotors = False
        self.asked_m_s: float | None = None

    def begin_item(self, item: Item, start: Point | None, following: Point | None) -> Activity:
        """Begin a navigation item."""
        craft = self.craft
        command = item.command
        if command in TAKEOFFS:
            craft.vtol_state = MC
            return Climb(craft, craft.height(item.z_m, item.frame), LIFT_OFF_S)
        if command == mavlink.MAV_CMD_NAV_DELAY:
            craft.say(f"Delaying {item.params[0]:.0f} sec")
            # An armed ArduPlane does not wait (``ModeAuto::verify_nav_delay``).
            return Hold(craft, 0.0)
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
        if self.on_rotors and command in _HOVERED:
            return self._hover(item)
        return self._hurried(self._circle(item) or self._leg(item, start or craft.here, following))

    def _hover(self, item: Item) -> RotorLoiter:
        """Return the hover of a loiter item on rotors."""
        duration_s = item.params[0] if item.command == mavlink.MAV_CMD_NAV_LOITER_TIME else None
        fresh = not isinstance(self.executive.activity, RotorLoiter)
        return RotorLoiter(self.craft, self.craft.place(item), duration_s, fresh)

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
        if isinstance(activity, WingLoiter | RotorLoiter):
            return _LOITER_WORDS.get(item.command)
        if isinstance(activity, VtolLeg):
            verb = "Passed" if activity.remaining_m < _PASSED_M else "Reached"
            return f"{verb} waypoint #{seq} dist {activity.remaining_m:.0f}m"
        return None

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
