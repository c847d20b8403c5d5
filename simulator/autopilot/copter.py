"""ArduCopter: its modes, take-off and landing (traces ``copter/*``)."""

import math

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.activities.homeward import return_to_launch, smart_return
from simulator.autopilot.activities.landing import Descend
from simulator.autopilot.activities.orbit import Orbit
from simulator.autopilot.activities.rotor import Climb, Hold, Sequence
from simulator.autopilot.activities.unattended import Sink
from simulator.autopilot.base import (
    IN_AIR,
    LANDING,
    ON_GROUND,
    TAKING_OFF,
)
from simulator.autopilot.copter_guided import CopterGuided
from simulator.autopilot.copter_modes import init_refusal
from simulator.autopilot.craft import Craft, Point
from simulator.autopilot.modes import COPTER_MODES, Mode
from simulator.physics import STEP_S

_WARNING = mavlink.MAV_SEVERITY_WARNING
_AUTO, _RTL, _LAND, _SMART_RTL, _AUTO_RTL = (COPTER_MODES[n] for n in (3, 6, 9, 21, 27))
_LAND_PAUSE_S = 4.0
"""A failsafe waits so long over the place before it lands (``LAND_WITH_DELAY_MS``)."""

_PATH_TIMEOUT_S = 15.0
"""``SMARTRTL_TIMEOUT``: so long without a point of the way."""

_CONTINUE_AFTER_LAND = 2


class Copter(CopterGuided):
    """A multicopter."""

    contact_s = 1.6
    disarm_s = 2.0

    def __init__(self, craft: Craft) -> None:
        super().__init__(craft)
        self._lost_s = 0.0

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
        words = self.executive.join_return_path() or self.executive.join_landing_sequence()
        if words is not None:
            return self._fly_home(words)
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
        words = self.executive.join_return_path()
        return self._found_no("return path") if words is None else self._fly_home(words)

    def follow_landing_sequence(self) -> bool:
        """Enter AUTO_RTL: AUTO at the landing sequence."""
        words = self.executive.join_landing_sequence()
        if words is not None:
            return self._fly_home(words)
        self.craft.say("Unable to start landing sequence", _WARNING)
        return self._found_no("landing sequence")

    def _fly_home(self, words: str) -> bool:
        """Enter AUTO_RTL where AUTO can be entered; the mission has jumped anyhow."""
        if not self.in_auto and self.refusal(_AUTO) is not None:
            self.craft.say(words)
            return self.enter(_AUTO)
        self.activity = None
        # No heartbeat at once: the new mode comes with the next regular one (return_path_command).
        self.mode = _AUTO_RTL
        if not self.executive.running:
            self.executive.start_or_resume()
        self.craft.say(words)
        return True

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
        self._watch_smart_return()
        if self.mode is _AUTO_RTL and not self.executive.on_way_home:
            # The mission was sent elsewhere (``ModeAuto::run``).
            self.mode = _AUTO
        waiting = craft.armed and self.landed and not isinstance(self.busy, Climb | Sequence)
        if not waiting:
            self.armed_at = craft.time
        elif craft.time - self.armed_at >= craft.params["DISARM_DELAY"] > 0:
            self.disarm()

    def _watch_smart_return(self) -> None:
        """Give up the way for Smart RTL after a while in the air without a position (trace ``gps_loss``)."""
        if self.landed or self.position_ok:
            self._lost_s = 0.0
            return
        before, self._lost_s = self._lost_s, self._lost_s + STEP_S
        if before < _PATH_TIMEOUT_S <= self._lost_s:
            self.path.clear()
            self.craft.say("SmartRTL deactivated: bad position", _WARNING)

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
