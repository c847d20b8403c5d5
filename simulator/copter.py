"""ArduCopter: its modes and how it flies mission items (traces ``copter/*``)."""

import math

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.activities.base import SPOOL_UP_S, Activity, rotor_limits
from simulator.activities.homeward import Path, return_to_launch, smart_return
from simulator.activities.orbit import Orbit
from simulator.activities.rotor import (
    Accelerate,
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
)
from simulator.autopilot import (
    IN_AIR,
    LANDING,
    ON_GROUND,
    SPEED_TYPE_GROUNDSPEED,
    TAKING_OFF,
    Autopilot,
)
from simulator.copter_modes import init_refusal
from simulator.craft import Craft, Point
from simulator.geodesy import wrap_pi
from simulator.lists.items import LANDINGS, TAKEOFFS, Item
from simulator.modes import COPTER_MODES, Mode
from simulator.motion.hover import HoverLeg, corner_speed

_WARNING = mavlink.MAV_SEVERITY_WARNING
_AUTO, _GUIDED, _RTL, _LAND, _SMART_RTL, _AUTO_RTL = (COPTER_MODES[n] for n in (3, 4, 6, 9, 21, 27))
_LAND_PAUSE_S = 4.0
"""A failsafe waits so long over the place before it lands (``LAND_WITH_DELAY_MS``)."""

_CONTINUE_AFTER_LAND = 2
_TURNING_M_S = 0.5
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

_TAKEOFF_MODES = frozenset({"GUIDED", "LOITER", "POSHOLD"})


class Copter(Autopilot):
    """A multicopter."""

    contact_s = 1.6
    disarm_s = 2.0

    def __init__(self, craft: Craft) -> None:
        super().__init__(craft)
        self.path = Path()
        self._resuming: Activity | None = None

    @property
    def position_ok(self) -> bool:
        """Say whether modes that need a position can be flown."""
        return "ekf" not in self.failsafes and self.estimator.has_position

    def refusal(self, mode: Mode) -> str | None:
        """Return why a mode cannot be entered; a disarmed copter may enter nearly all."""
        if self.craft.armed and mode.needs_position and not self.position_ok:
            return "requires position"
        current = self.executive.index
        return init_refusal(self.craft, self.mission, current, self.mode, mode, self.landed)

    def begin_mode(self, mode: Mode) -> None:
        """Begin to fly in a mode."""
        craft = self.craft
        match mode.name:
            case "AUTO":
                # Disarmed it begins as well, and stays where it is.
                self.executive.start_or_resume()
            case "LAND":
                self.activity = Descend(craft)
            case "RTL":
                self.activity = return_to_launch(craft)
            case "SMART_RTL":
                self.activity = smart_return(craft, self.path)
            case "GUIDED" | "GUIDED_NOGPS" | "BRAKE":
                self.activity = Hold(craft)
            case "CIRCLE":
                self.activity = Orbit(craft, self._ahead(craft.params["CIRCLE_RADIUS"] / 100.0), 0.0)
            case _:
                self.activity = Sink(craft)

    def _ahead(self, distance_m: float) -> Point:
        body = self.craft.body
        north = body.north + distance_m * math.cos(body.yaw)
        return north, body.east + distance_m * math.sin(body.yaw), body.up

    def land_after_pause(self) -> None:
        """Enter LAND as failsafes do: with a pause before the descent."""
        self.enter(_LAND)
        if not self.craft.body.on_ground:
            self.activity = Sequence(self.craft, lambda c: Hold(c, _LAND_PAUSE_S), Descend)

    def set_mode(self, number: int) -> bool:
        """Change the mode; AUTO_RTL is entered only where there is a way home."""
        if number != _AUTO_RTL.number:
            return super().set_mode(number)
        done = self.fly_back()
        if done:
            self.mode_changes.append(self.mode)
        return done

    def fly_back(self) -> bool:
        """Enter AUTO_RTL: on the return path, or else at the landing sequence."""
        if self._join(self.executive.join_return_path(), "Return path started"):
            return True
        if self._join(self.executive.join_landing_sequence(), "Landing sequence start"):
            return True
        self.craft.say("Unable to start landing sequence", _WARNING)
        return self._found_no("return path or landing sequence")

    def _found_no(self, what: str) -> bool:
        self.craft.say(f"Mode change to AUTO RTL failed: No {what} found", _WARNING)
        return False

    def return_home(self) -> None:
        """Enter RTL."""
        self.enter(_RTL)

    def follow_return_path(self) -> bool:
        """Enter AUTO_RTL: AUTO on the nearest leg of the return path."""
        joined = self._join(self.executive.join_return_path(), "Return path started")
        return joined or self._found_no("return path")

    def follow_landing_sequence(self) -> bool:
        """Enter AUTO_RTL: AUTO at the landing sequence."""
        if self._join(self.executive.join_landing_sequence(), "Landing sequence start"):
            return True
        self.craft.say("Unable to start landing sequence", _WARNING)
        return self._found_no("landing sequence")

    def _join(self, joined: bool, words: str) -> bool:
        if not joined:
            return False
        self.activity = None
        # No heartbeat at once: the new mode comes with the next regular one (return_path_command).
        self.mode = _AUTO_RTL
        self.executive.start_or_resume()
        self.craft.say(words)
        return True

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

    def change_speed(self, speed_m_s: float, kind: int = SPEED_TYPE_GROUNDSPEED) -> bool:
        """Set a speed for this flight: along the ground (airspeed is taken for it), up (2) or down (3)."""
        if speed_m_s <= 0 or kind not in _SPEEDS:
            return False
        self.craft.params.store(_SPEEDS[kind], speed_m_s * 100.0)
        leg = getattr(self.busy, "leg", None)
        if isinstance(leg, HoverLeg) and _SPEEDS[kind] == "WPNAV_SPEED":
            leg.limits = leg.limits.with_speed(speed_m_s)
        return True

    def take_off(self, height_m: float, steered: bool = False) -> bool:
        """Take off to a height above home; ``steered`` says that a pilot may hold the place.

        Possible in GUIDED and in the modes of a pilot that hold the height (``Mode::has_user_takeoff``).
        """
        allowed = self.mode.name in _TAKEOFF_MODES or (steered and self.mode.name == "ALT_HOLD")
        height = self.craft.home[2] + height_m
        if not allowed or not self.craft.armed or not self.landed or height <= self.craft.body.up:
            return False
        self.activity = Climb(self.craft, height, SPOOL_UP_S)
        return True

    def mission_changed(self) -> None:
        """In AUTO, begin the present leg anew if what comes next is another (``ModeAuto::run``)."""
        super().mission_changed()
        if self.craft.armed and isinstance(self.executive.activity, RotorLeg) and self.executive.replan():
            self.craft.say("Auto mission changed, restarted command", mavlink.MAV_SEVERITY_CRITICAL)

    def pause(self, stop: bool) -> bool:
        """Stop and go on, also in GUIDED."""
        if self.mode is not _GUIDED:
            return super().pause(stop)
        if stop and self._resuming is None:
            self._resuming, self.activity = self.activity, Hold(self.craft)
        elif not stop and self._resuming is not None:
            self.activity, self._resuming = self._resuming, None
        return True

    def reposition(self, point: Point) -> None:
        """Fly to a point in GUIDED."""
        self._resuming = None
        self.activity = leg = go_to(self.craft, point)
        # GUIDED steers by its position controller, whose push comes at once (PSC_JERK_XY 5).
        leg.leg.push = leg.leg.limits.acceleration

    def stop(self) -> None:
        """Stop where it is, as GUIDED does on a target it cannot make sense of."""
        self.reposition(self.craft.here)
        self.activity = Hold(self.craft)

    def fly_with(self, velocity: Point) -> None:
        """Fly with a velocity in GUIDED until ``GUID_TIMEOUT`` passes without another one.

        A heading asked for before, with a place, does not count any more.
        """
        if not isinstance(self.activity, FlyWith):
            self.nose = None
        self.activity = FlyWith(self.craft, velocity, self.craft.params["GUID_TIMEOUT"])

    def accelerate(self, acceleration: Point) -> None:
        """Fly with an acceleration in GUIDED until ``GUID_TIMEOUT`` passes without another one."""
        self.activity = Accelerate(self.craft, acceleration, self.craft.params["GUID_TIMEOUT"])

    def activity_done(self) -> None:
        """Stay where a flight outside a mission has ended; a pilot's mode goes back to its pilot."""
        if self.craft.body.on_ground:
            return
        self.activity = Hold(self.craft) if self.mode.guided else Sink(self.craft)

    def step(self) -> None:
        """Fly one step; switch off after ``DISARM_DELAY`` on the ground with nothing to do."""
        super().step()
        craft = self.craft
        if craft.armed and not self.landed and self.mode is not _SMART_RTL:
            self.path.pass_by(craft.here)
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
        self.path.clear()
        self.craft.say("Arming motors")

    def disarm(self) -> None:
        """Switch the motors off; the mission goes back to its start, and in AUTO begins again."""
        self.switch_off()
        self.craft.say("Disarming motors")
        over = self.executive.complete
        self.executive.reset()
        if self.in_auto:
            self.mode = _AUTO
            if not over:
                self.executive.start_or_resume()
        self.activity = None

    def landed_state(self) -> int:
        """Return ``MAV_LANDED_STATE``: take-off up to the first height, landing from the descent on."""
        if self.landed:
            return ON_GROUND
        if self.mode is _LAND:
            return LANDING
        busy = self.busy
        while isinstance(busy, Sequence):
            busy = busy.current
        if isinstance(busy, Descend):
            return LANDING
        return TAKING_OFF if isinstance(busy, Climb) else IN_AIR
