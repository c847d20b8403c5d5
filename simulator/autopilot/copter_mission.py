"""How ArduCopter flies the items of a mission (traces ``copter/*``)."""

import math

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.activities.base import SPOOL_UP_S, Activity, rotor_limits
from simulator.autopilot.activities.homeward import Path, return_to_launch
from simulator.autopilot.activities.landing import Place, land_at
from simulator.autopilot.activities.orbit import Orbit
from simulator.autopilot.activities.rotor import Climb, Hold, RotorLeg, Sequence, go_to
from simulator.autopilot.base import (
    SPEED_TYPE_GROUNDSPEED,
    Autopilot,
)
from simulator.autopilot.craft import Craft, Point
from simulator.autopilot.lists.items import LANDINGS, TAKEOFFS, Item
from simulator.geodesy import wrap_pi
from simulator.motion.hover import HoverLeg, corner_speed

_TURNING_M_S = 0.5
_THROUGH_M_S = 1.0
_SPOOL_AGAIN_S = 0.8
"""From a landing in mid-mission it lifts off sooner: the rotors turn (trace ``two_landings``)."""

_SILENT = TAKEOFFS | {
    mavlink.MAV_CMD_NAV_DELAY,
    mavlink.MAV_CMD_NAV_PAYLOAD_PLACE,
    mavlink.MAV_CMD_NAV_LOITER_TURNS,
    mavlink.MAV_CMD_NAV_LOITER_TO_ALT,
    mavlink.MAV_CMD_NAV_RETURN_TO_LAUNCH,
}
"""Items without a ``Reached command`` text."""

_SPEEDS = {0: "WPNAV_SPEED", 1: "WPNAV_SPEED", 2: "WPNAV_SPEED_UP", 3: "WPNAV_SPEED_DN"}
"""What each ``SPEED_TYPE`` sets."""


class CopterMission(Autopilot):
    """The part of a copter that flies missions; ``path`` is the way flown since the take-off."""

    def __init__(self, craft: Craft) -> None:
        super().__init__(craft)
        self.path = Path()

    def begin_item(self, item: Item, start: Point | None, following: Point | None) -> Activity:
        """Begin a navigation item."""
        craft = self.craft
        command = item.command
        if command in TAKEOFFS:
            spool_up_s = _SPOOL_AGAIN_S if self.path.begun else SPOOL_UP_S
            return Climb(craft, craft.height(item.z_m, item.frame), spool_up_s)
        if command == mavlink.MAV_CMD_NAV_DELAY:
            craft.say(f"Delaying {item.params[0]:.0f} sec")
            return Hold(craft, item.params[0])
        if command in LANDINGS:
            return land_at(craft, craft.place(item)[:2])
        if command == mavlink.MAV_CMD_NAV_RETURN_TO_LAUNCH:
            return return_to_launch(craft)
        if command == mavlink.MAV_CMD_NAV_LOITER_TURNS:
            return Orbit(craft, self._centre(item), item.params[2], item.params[0], announced=True)
        if command == mavlink.MAV_CMD_NAV_LOITER_TO_ALT:
            north, east, up = self._centre(item)
            return Sequence(
                craft, lambda c: go_to(c, (north, east, c.body.up)), lambda c: go_to(c, (north, east, up))
            )
        if command == mavlink.MAV_CMD_NAV_PAYLOAD_PLACE:
            place = craft.place(item)
            over = (place[0], place[1], craft.body.up)
            return Sequence(craft, lambda c: go_to(c, over), lambda c: Place(c, item.params[0]))
        return self._leg(item, start, following)

    def _centre(self, item: Item) -> Point:
        """Return where an item is; without an altitude of its own, at the present height."""
        north, east, up = self.craft.place(item)
        return north, east, up if item.z_m != 0.0 else self.craft.body.up

    def _leg(self, item: Item, start: Point | None, following: Point | None) -> RotorLeg:
        craft = self.craft
        end, limits = craft.place(item), rotor_limits(craft)
        stay_s = math.inf if item.command == mavlink.MAV_CMD_NAV_LOITER_UNLIM else item.params[0]
        entry_m_s = 0.0 if start is None else min(limits.speed, craft.body.ground_speed)
        start = start or craft.here
        speed, turn = 0.0, math.pi
        if following is not None and stay_s <= 0.0 and not self._stops_after(item):
            bearing_in = math.atan2(end[1] - start[1], end[0] - start[0])
            bearing_out = math.atan2(following[1] - end[1], following[0] - end[0])
            turn = abs(wrap_pi(bearing_out - bearing_in))
            # Where it turns back it is slow, but does not wait until it stands still.
            speed = max(_TURNING_M_S, corner_speed(turn, limits))
        leg = HoverLeg(start, end, limits, speed, turn, entry_speed=entry_m_s)
        if entry_m_s > _THROUGH_M_S:
            # Through a corner it accelerates on without a new start.
            leg.push = limits.acceleration
        return RotorLeg(craft, leg, stay_s)

    def _stops_after(self, item: Item) -> bool:
        """Say whether the next navigation item begins from a stop: a landing does."""
        later = self.mission.items()[self.executive.index + 1 :]
        following = next((each for each in later if each.is_navigation), None)
        return following is None or following.command in LANDINGS or following.command in _SILENT

    def reached_text(self, seq: int, item: Item, activity: Activity) -> str | None:
        """Return ArduCopter's words for a finished item."""
        return None if item.command in _SILENT else f"Reached command #{seq}"

    def mission_complete(self) -> None:
        """Disarm on the ground; in the air stay where it is, in AUTO (``ModeAuto::exit_mission``)."""
        if self.landed and self.craft.armed:
            self.disarm()
        elif self.craft.armed:
            self.executive.activity = Hold(self.craft)

    def mission_changed(self) -> None:
        """In AUTO, begin the present leg anew if what comes next is another (``ModeAuto::run``)."""
        super().mission_changed()
        if self.craft.armed and isinstance(self.executive.activity, RotorLeg) and self.executive.replan():
            self.craft.say("Auto mission changed, restarted command", mavlink.MAV_SEVERITY_CRITICAL)

    def change_speed(self, speed_m_s: float, kind: int = SPEED_TYPE_GROUNDSPEED) -> bool:
        """Set a speed for this flight: along the ground (airspeed is taken for it), up (2) or down (3)."""
        if speed_m_s <= 0 or kind not in _SPEEDS:
            return False
        self.craft.params.store(_SPEEDS[kind], speed_m_s * 100.0)
        leg = getattr(self.busy, "leg", None)
        if isinstance(leg, HoverLeg) and _SPEEDS[kind] == "WPNAV_SPEED":
            leg.limits = leg.limits.with_speed(speed_m_s)
        return True
