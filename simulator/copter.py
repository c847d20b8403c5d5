"""ArduCopter: its modes and how it flies mission items (traces ``copter/*``)."""

import math

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.activities.base import SPOOL_UP_S, Activity, rotor_limits
from simulator.activities.rotor import (
    Climb,
    Descend,
    FlyWith,
    Hold,
    Place,
    RotorLeg,
    Sequence,
    Sink,
    go_to,
    land_at,
    return_to_launch,
)
from simulator.autopilot import IN_AIR, LANDING, ON_GROUND, TAKING_OFF, Autopilot
from simulator.craft import Point
from simulator.geodesy import wrap_pi
from simulator.lists.items import LANDINGS, TAKEOFFS, Item
from simulator.modes import COPTER_MODES, Mode
from simulator.motion.hover import HoverLeg, corner_speed

_WARNING = mavlink.MAV_SEVERITY_WARNING
_AUTO, _GUIDED, _RTL, _LAND, _BRAKE, _AUTO_RTL = (COPTER_MODES[n] for n in (3, 4, 6, 9, 17, 27))
_CONTINUE_AFTER_LAND = 2
_SILENT = TAKEOFFS | {mavlink.MAV_CMD_NAV_DELAY, mavlink.MAV_CMD_NAV_PAYLOAD_PLACE}
"""Items without a ``Reached command`` text."""


class Copter(Autopilot):
    """A multicopter."""

    contact_s = 1.6
    disarm_s = 2.0

    def begin_mode(self, mode: Mode) -> None:
        """Begin to fly in a mode."""
        craft = self.craft
        if mode.name == "AUTO" and craft.armed:
            self.executive.start_or_resume()
        elif mode.name == "LAND":
            self.activity = Descend(craft)
        elif mode.name in {"RTL", "SMART_RTL"}:
            self.activity = return_to_launch(craft)
        elif mode.name in {"GUIDED", "BRAKE", "CIRCLE"}:
            self.activity = Hold(craft)
        elif mode.name != "AUTO":
            self.activity = Sink(craft)

    def set_mode(self, number: int) -> bool:
        """Change the mode; AUTO_RTL is entered only where there is a way home."""
        if number != _AUTO_RTL.number:
            return super().set_mode(number)
        if self.follow_return_path():
            self.mode_changes.append(self.mode)
            return True
        self.craft.say("Unable to start landing sequence", _WARNING)
        self.craft.say("Mode change to AUTO RTL failed: No return path or landing sequence found", _WARNING)
        return False

    def return_home(self) -> None:
        """Enter RTL."""
        self.enter(_RTL)

    def follow_return_path(self) -> bool:
        """Enter AUTO_RTL: AUTO on the nearest leg of the return path, or on the landing sequence."""
        if not self.executive.join_return_path() and not self.executive.join_landing_sequence():
            return False
        self.activity = None
        # No heartbeat at once: the new mode comes with the next regular one (return_path_command).
        self.mode = _AUTO_RTL
        if self.craft.armed:
            self.executive.start_or_resume()
        self.craft.say("Return path started")
        return True

    def begin_item(self, item: Item, start: Point | None, following: Point | None) -> Activity:
        """Begin a navigation item."""
        craft = self.craft
        command = item.command
        if command in TAKEOFFS:
            return Climb(craft, craft.height(item.z_m, item.frame), SPOOL_UP_S)
        if command == mavlink.MAV_CMD_NAV_DELAY:
            craft.say(f"Delaying {item.params[0]:.0f} sec")
            return Hold(craft, item.params[0])
        if command in LANDINGS:
            return land_at(craft, craft.place(item)[:2])
        if command == mavlink.MAV_CMD_NAV_RETURN_TO_LAUNCH:
            return return_to_launch(craft)
        if command == mavlink.MAV_CMD_NAV_PAYLOAD_PLACE:
            place = craft.place(item)
            over = (place[0], place[1], craft.body.up)
            return Sequence(craft, lambda c: go_to(c, over), lambda c: Place(c, item.params[0]))
        return self._leg(item, start, following)

    def _leg(self, item: Item, start: Point | None, following: Point | None) -> RotorLeg:
        craft = self.craft
        end, limits = craft.place(item), rotor_limits(craft)
        stay_s = math.inf if item.command == mavlink.MAV_CMD_NAV_LOITER_UNLIM else item.params[0]
        start = start or craft.here
        speed, turn = 0.0, math.pi
        if following is not None and stay_s <= 0.0 and not self._stops_after(item):
            bearing_in = math.atan2(end[1] - start[1], end[0] - start[0])
            bearing_out = math.atan2(following[1] - end[1], following[0] - end[0])
            turn = abs(wrap_pi(bearing_out - bearing_in))
            speed = corner_speed(turn, limits)
        return RotorLeg(craft, HoverLeg(start, end, limits, speed, turn), stay_s)

    def _stops_after(self, item: Item) -> bool:
        """Say whether the next navigation item begins from a stop: a landing does."""
        later = self.mission.items()[self.executive.index + 1 :]
        following = next((each for each in later if each.is_navigation), None)
        return following is None or following.command in LANDINGS or following.command in _SILENT

    def reached_text(self, seq: int, item: Item, activity: Activity) -> str | None:
        """Return ArduCopter's words for a finished item."""
        return None if item.command in _SILENT else f"Reached command #{seq}"

    def mission_complete(self) -> None:
        """Disarm on the ground, stay in the air."""
        if self.landed and self.craft.armed:
            self.disarm()
        elif self.craft.armed:
            self.enter(COPTER_MODES[5])

    def change_speed(self, speed_m_s: float) -> bool:
        """Set ``WPNAV_SPEED`` for this flight."""
        if speed_m_s <= 0:
            return False
        self.craft.params.store("WPNAV_SPEED", speed_m_s * 100.0)
        leg = getattr(self.busy, "leg", None)
        if isinstance(leg, HoverLeg):
            leg.limits = leg.limits.with_speed(speed_m_s)
        return True

    def take_off(self, height_m: float) -> bool:
        """Take off in GUIDED to a height above home."""
        if self.mode is not _GUIDED or not self.craft.armed or not self.landed:
            return False
        self.activity = Climb(self.craft, self.craft.home[2] + height_m, SPOOL_UP_S)
        return True

    def reposition(self, point: Point) -> None:
        """Fly to a point in GUIDED."""
        self.activity = go_to(self.craft, point)

    def fly_with(self, velocity: Point) -> None:
        """Fly with a velocity in GUIDED until ``GUID_TIMEOUT`` passes without another one."""
        self.activity = FlyWith(self.craft, velocity, self.craft.params["GUID_TIMEOUT"])

    def activity_done(self) -> None:
        """Stay where a flight outside a mission has ended."""
        if not self.craft.body.on_ground:
            self.activity = Hold(self.craft)

    def step(self) -> None:
        """Fly one step; switch off after ``DISARM_DELAY`` on the ground with nothing to do."""
        super().step()
        craft = self.craft
        waiting = craft.armed and self.landed and not isinstance(self.busy, Climb | Sequence)
        if not waiting:
            self.armed_at = craft.time
        elif craft.time - self.armed_at >= craft.params["DISARM_DELAY"] > 0:
            self.disarm()

    def touched_down(self) -> None:
        """Disarm after a landing, unless ``MIS_OPTIONS`` 2 lets the mission take off again."""
        may_go_on = self.in_auto and int(self.craft.params["MIS_OPTIONS"]) & _CONTINUE_AFTER_LAND
        if may_go_on and self.executive.go_on_with_takeoff():
            return
        if isinstance(self.busy, Descend | Sequence):
            self.disarm()

    def arm(self) -> None:
        """Switch the motors on."""
        super().arm()
        self.craft.say("Arming motors")

    def disarm(self) -> None:
        """Switch the motors off; the mission goes back to its start, and in AUTO begins again."""
        self.switch_off()
        self.craft.say("Disarming motors")
        self.executive.reset()
        if self.in_auto:
            self.mode = _AUTO
            self.executive.start_or_resume()
        self.activity = None

    def landed_state(self) -> int:
        """Return ``MAV_LANDED_STATE``: take-off up to the first height, landing from the descent on."""
        if self.landed:
            return ON_GROUND
        busy = self.busy
        if isinstance(busy, Sequence):
            busy = busy.current
        if isinstance(busy, Descend):
            return LANDING
        return TAKING_OFF if isinstance(busy, Climb) else IN_AIR
