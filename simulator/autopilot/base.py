"""The part of the autopilot that copter and quadplane share: modes, arming, landing, mission, servos."""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.activities.base import ROTOR_SETTINGS, Activity, rotor_limits
from simulator.autopilot.activities.rotor import Hold
from simulator.autopilot.conditions import condition
from simulator.autopilot.craft import Craft, Point
from simulator.autopilot.estimator import Estimator
from simulator.autopilot.executive import Executive
from simulator.autopilot.fence import ALL, FenceWatch
from simulator.autopilot.later import Later
from simulator.autopilot.lists.items import Item
from simulator.autopilot.modes import MODES, Mode
from simulator.geodesy import wrap_pi
from simulator.motion.hover import HoverLeg
from simulator.physics import STEP_S

ON_GROUND: int = mavlink.MAV_LANDED_STATE_ON_GROUND
IN_AIR: int = mavlink.MAV_LANDED_STATE_IN_AIR
TAKING_OFF: int = mavlink.MAV_LANDED_STATE_TAKEOFF
LANDING: int = mavlink.MAV_LANDED_STATE_LANDING
STANDBY: int = mavlink.MAV_STATE_STANDBY
ACTIVE: int = mavlink.MAV_STATE_ACTIVE
CRITICAL: int = mavlink.MAV_STATE_CRITICAL
SPEED_TYPE_GROUNDSPEED: int = mavlink.SPEED_TYPE_GROUNDSPEED
_TURN_RATE = math.radians(60.0)
"""``ATC_SLEW_YAW``, 6000 centidegrees a second."""

_WARNING = mavlink.MAV_SEVERITY_WARNING


class Autopilot(ABC):
    """Modes and flight of one aircraft.

    ``failsafes`` names those in force (``gcs``, ``battery``); while there is one, the heartbeat says
    critical. ``home_moved`` says that home is to be announced. ``nose`` is a heading and a rate asked for
    (radians, radians a second). ``mode_changes`` are the modes entered since somebody looked; each is worth a
    heartbeat at once. ``testing_motors`` says that a motor turns for a test: the heartbeat says armed.
    """

    contact_s: float
    """Time from touching the ground to the landed state."""

    disarm_s: float
    """Time from touching the ground to disarming after a landing."""

    def __init__(self, craft: Craft) -> None:
        self.craft = craft
        self.mission, self.fence, self.rally = craft.memory.mission, craft.memory.fence, craft.memory.rally
        self.fence_watch = FenceWatch(craft, self.fence)
        self.executive = Executive(craft, self.mission, self)
        self.modes = MODES[craft.config.vehicle_class]
        self.mode: Mode = self.modes[0]
        self.mode_changes: list[Mode] = []
        self.activity: Activity | None = None
        self.failsafes: set[str] = set()
        self.battery_problem: str | None = None
        self.landed = True
        self.armed_at = 0.0
        self.estimator = Estimator(craft)
        self.later = Later()
        self.home_locked = False
        self.home_moved = False
        self.testing_motors = False
        self.nose: tuple[float, float] | None = None
        self._contact_s = 0.0
        self._landing = False

    @property
    def in_auto(self) -> bool:
        """Say whether the mission is flown."""
        return self.mode.name in {"AUTO", "AUTO_RTL"}

    @property
    def busy(self) -> Activity | None:
        """What is being flown."""
        return self.executive.activity if self.in_auto else self.activity

    def set_mode(self, number: int) -> bool:
        """Change the mode as a ground station's request does; say whether it was done."""
        mode = self.modes.get(number)
        if mode is None:
            self.craft.say(f"No such mode {number}", _WARNING)
            return False
        return self.enter(mode)

    def enter(self, mode: Mode) -> bool:
        """Change the mode; say whether it was done."""
        if mode is self.mode:
            return True
        refusal = self.refusal(mode)
        if refusal is not None:
            self.craft.say(f"Mode change to {mode.title} failed: {refusal}", _WARNING)
            return False
        self.executive.stop()
        self.activity = self.nose = None
        self.mode = mode
        self.mode_changes.append(mode)
        self.begin_mode(mode)
        if self.fence_watch.breaches:
            self.craft.say("Manual recovery started")
        return True

    @abstractmethod
    def refusal(self, mode: Mode) -> str | None:
        """Return why a mode cannot be entered now, or None."""

    @abstractmethod
    def begin_mode(self, mode: Mode) -> None:
        """Begin to fly in a mode."""

    @abstractmethod
    def return_home(self) -> None:
        """Fly home without regard to the mission."""

    @abstractmethod
    def follow_return_path(self) -> bool:
        """Go on with the mission on its return path; False where it has none."""

    @abstractmethod
    def follow_landing_sequence(self) -> bool:
        """Go on with the mission at its landing sequence; False where it has none."""

    @abstractmethod
    def begin_item(self, item: Item, start: Point | None, following: Point | None) -> Activity:
        """Begin a navigation item (see ``executive.Pilot``)."""

    @abstractmethod
    def reached_text(self, seq: int, item: Item, activity: Activity) -> str | None:
        """Return what is said when an item is done."""

    @abstractmethod
    def mission_complete(self) -> None:
        """Act when the mission has no further item."""

    def do_item(self, item: Item) -> None:
        """Carry out an item that takes no time."""
        first, second = item.params[:2]
        match item.command:
            case mavlink.MAV_CMD_DO_SET_SERVO:
                self.craft.set_servo(int(first), int(second))
            case mavlink.MAV_CMD_DO_GRIPPER:
                self.craft.say(
                    "Gripper Grabbed" if second == mavlink.GRIPPER_ACTION_GRAB else "Gripper Released"
                )
            case mavlink.MAV_CMD_DO_FENCE_ENABLE:
                self.fence_watch.enable(first == 1.0, int(second) or ALL)
            case mavlink.MAV_CMD_DO_CHANGE_SPEED:
                self.change_speed(second, int(first))
            case mavlink.MAV_CMD_DO_SET_HOME:
                here = first == 1.0 or not item.has_place
                self.set_home(self.craft.here if here else self.craft.place(item))

    def condition(self, item: Item) -> Callable[[], bool]:
        """Begin a condition of a mission."""
        return condition(self, item)

    def pause(self, stop: bool) -> bool:
        """Stop on a leg in AUTO, or go on (``DO_PAUSE_CONTINUE``); say whether that could be done."""
        if not self.in_auto or (stop and not self.on_leg):
            return False
        if self.executive.running:
            self.executive.paused = stop
            self.activity = Hold(self.craft) if stop else None
        return True

    @property
    def on_leg(self) -> bool:
        """Say whether a waypoint is being flown to."""
        leg = getattr(self.busy, "leg", None)
        return leg is not None and leg.remaining_m > 0.0

    def turn_to(self, angle_deg: float, rate_deg_s: float, direction: int, relative: bool) -> float:
        """Turn the nose; return how long it will take, s.

        ``direction`` 1 is clockwise and -1 anticlockwise, 0 the shorter way; a rate of 0 is the usual one.
        """
        yaw = self.craft.body.yaw
        rate = math.radians(rate_deg_s) if rate_deg_s > 0.0 else _TURN_RATE
        turn = math.radians(angle_deg) * (-1 if direction < 0 else 1)
        if not relative:
            turn = wrap_pi(math.radians(angle_deg) - yaw)
        self.nose = (wrap_pi(yaw + turn), rate)
        return abs(wrap_pi(turn)) / rate

    @abstractmethod
    def change_speed(self, speed_m_s: float, kind: int = SPEED_TYPE_GROUNDSPEED) -> bool:
        """Set a speed of the flight along legs; ``kind`` is a ``SPEED_TYPE``."""

    def mission_changed(self) -> None:
        """Take note of another mission: on the ground it begins at its start."""
        if not self.craft.armed:
            self.executive.reset()

    def setting_changed(self, name: str) -> None:
        """Let a parameter that was set work on what is being flown."""
        leg = getattr(self.busy, "leg", None)
        if name.startswith(ROTOR_SETTINGS) and isinstance(leg, HoverLeg):
            leg.limits = rotor_limits(self.craft)

    def step(self) -> None:
        """Ask for the motion of the next step, and notice take-off and landing."""
        self.later.step(self.craft.time)
        self.estimator.step()
        self.craft.body.stand(self.craft.armed)
        if self.nose is not None:
            self.craft.body.turn_nose(*self.nose)
        if self.craft.armed:
            if self.in_auto and not self.executive.paused:
                self.executive.step()
            elif self.activity is not None and self.activity.step():
                self.activity_done()
            self._watch_ground()

    @abstractmethod
    def activity_done(self) -> None:
        """Act when what was flown outside a mission is done."""

    def crash(self) -> None:
        """Switch off what lies broken on the ground, and stay there."""
        self.switch_off()
        self.executive.stop()
        self.activity = None
        self.craft.say("Crash: Disarming", mavlink.MAV_SEVERITY_EMERGENCY)

    def _watch_ground(self) -> None:
        body = self.craft.body
        if not body.on_ground:
            self._contact_s = 0.0
            if self.landed:
                self.landed = False
            return
        self._contact_s += STEP_S
        if not self.landed and self._contact_s >= self.contact_s:
            self.landed = True
            self._landing = True
        if self._landing and self._contact_s >= self.disarm_s:
            self._landing = False
            self.touched_down()

    @abstractmethod
    def touched_down(self) -> None:
        """Act some time after touching the ground."""

    def arm(self) -> None:
        """Switch the motors on; home is where the aircraft stands."""
        craft = self.craft
        craft.armed = True
        self.armed_at = craft.time
        self._landing = False
        if not self.home_locked:
            craft.home = craft.here
        self.store_home()
        self.fence_watch.armed()

    def set_home(self, point: Point, locked: bool = False) -> None:
        """Move home; a locked one is not moved by arming (``AP_AHRS::lock_home``)."""
        self.craft.home = point
        self.home_locked = self.home_locked or locked
        self.home_moved = True
        self.store_home()

    @abstractmethod
    def disarm(self) -> None:
        """Switch the motors off."""

    def switch_off(self) -> None:
        """Stop the motors; in the air the aircraft falls."""
        self.craft.armed = False
        self.nose = None
        self.fence_watch.disarmed()
        self.landed = True
        self._landing = False

    def store_home(self) -> None:
        """Put home into item 0 of the mission and tell everybody."""
        craft = self.craft
        craft.home_known = True
        latitude, longitude, altitude = craft.degrees(craft.home)
        self.mission.set_home(round(latitude * 1e7), round(longitude * 1e7), altitude)

    def landed_state(self) -> int:
        """Return ``MAV_LANDED_STATE``."""
        return ON_GROUND if self.landed else IN_AIR

    def system_status(self) -> int:
        """Return ``MAV_STATE`` for the heartbeat."""
        if self.failsafes:
            return CRITICAL
        return STANDBY if self.landed else ACTIVE
