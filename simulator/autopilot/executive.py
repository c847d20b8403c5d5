"""The AUTO executive: which mission item is flown, and what is said about it.

Order of texts and messages as recorded in ``copter/auto_delivery``, ``copter/return_path_*`` and
``quadplane/qp_auto_delivery``.
"""

from collections.abc import Callable
from enum import IntEnum
from itertools import islice

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot import joining
from simulator.autopilot.activities.base import Activity
from simulator.autopilot.craft import Craft, Point
from simulator.autopilot.jumps import Jumps
from simulator.autopilot.lists.items import LANDINGS, NAVIGATION, TAKEOFFS, Item
from simulator.autopilot.lists.stores import MissionStore
from simulator.autopilot.mission_names import NAMES
from simulator.autopilot.mission_pilot import Pilot

_VERIFIED_BY_VEHICLE = frozenset(
    {
        mavlink.MAV_CMD_DO_RETURN_PATH_START,
        mavlink.MAV_CMD_DO_LAND_START,
        mavlink.MAV_CMD_DO_VTOL_TRANSITION,
        mavlink.MAV_CMD_DO_CHANGE_SPEED,
        mavlink.MAV_CMD_DO_SET_HOME,
        mavlink.MAV_CMD_DO_SET_ROI,
        mavlink.MAV_CMD_DO_WINCH,
    }
)
"""Commands whose completion is announced as ``MISSION_ITEM_REACHED``, in place of the waypoint just before
them.

Recorded for ``DO_RETURN_PATH_START`` (``return_path_in_mission``: 5 is announced for waypoint 4) and not for
``DO_SET_SERVO`` (``auto_delivery``). The other ones go the same way through ArduPilot's ``verify_command``.
"""

_CONDITIONS = frozenset(
    {
        mavlink.MAV_CMD_CONDITION_DELAY,
        mavlink.MAV_CMD_CONDITION_DISTANCE,
        mavlink.MAV_CMD_CONDITION_YAW,
    }
)
"""Commands that hold the actions after them back; the flight to the waypoint goes on."""

_UNANNOUNCED = frozenset({mavlink.MAV_CMD_NAV_LOITER_TO_ALT})
"""Navigation items whose end ArduCopter does not announce (``ModeAuto::verify_command``)."""

_LOOK_AHEAD = 3
"""So many navigation items are looked at for a change (``AP_Mission_ChangeDetector``)."""

_JUMP_LIMIT = 64
"""Jumps without an item to fly between them end the mission (``AP_Mission::get_next_cmd``)."""


class MissionState(IntEnum):
    """``MISSION_STATE`` of ``MISSION_CURRENT``."""

    NO_MISSION = 1
    NOT_STARTED = 2
    ACTIVE = 3
    PAUSED = 4
    COMPLETE = 5


class Executive:
    """Runs a mission through a pilot."""

    def __init__(self, craft: Craft, mission: MissionStore, pilot: Pilot) -> None:
        self._craft = craft
        self._mission = mission
        self._pilot = pilot
        self.index = 0
        self.running = False
        self.paused = False
        self.complete = False
        self.in_return_path = False
        self.in_landing_sequence = False
        self.activity: Activity | None = None
        self.last_reached: int | None = None
        self._flown: Item | None = None
        self._ahead: tuple[Item, ...] = ()
        self._end: Point | None = None
        self._late: list[int] = []
        self._waiting: tuple[int, Callable[[], bool]] | None = None
        self._jumps = Jumps(craft)

    @property
    def state(self) -> MissionState:
        """The state that ``MISSION_CURRENT`` shows."""
        if len(self._mission) < 2:
            return MissionState.NO_MISSION
        if self.complete:
            return MissionState.COMPLETE
        if not self.running:
            return MissionState.NOT_STARTED
        return MissionState.PAUSED if self.paused else MissionState.ACTIVE

    @property
    def item(self) -> Item | None:
        """The navigation item being flown."""
        return self._mission[self.index] if 0 < self.index < len(self._mission) else None

    @property
    def on_way_home(self) -> bool:
        """Say whether a return path or a landing is flown, or the mission is over."""
        return self.in_return_path or self.in_landing_sequence or self.complete

    def start_or_resume(self) -> bool:
        """Begin at item 1, or go on with the present one from here; False without a mission."""
        if len(self._mission) < 2:
            return False
        self._end = None
        if self.complete:
            self.index = 1
            self._jumps.forget()
        self.running, self.paused, self.complete = True, False, False
        return self._advance(self.index if 0 < self.index < len(self._mission) else 1)

    def stop(self) -> None:
        """Leave AUTO; the item is kept for later, and whether it is on a way home is not."""
        self.running = self.paused = False
        self.in_return_path = self.in_landing_sequence = False
        self.activity = self._waiting = None

    def reset(self) -> None:
        """Go back to the beginning."""
        self.stop()
        self.index = 0
        self._jumps.forget()

    def forget_jumps(self) -> None:
        """Set all jump counters back."""
        self._jumps.forget()

    def jump(self, seq: int) -> bool:
        """Make an item the current one; 0 means the first."""
        if not 0 <= seq < max(1, len(self._mission)):
            return False
        self.in_return_path = self.in_landing_sequence = False
        if self.running:
            self._end = None
            return self._advance(max(1, seq))
        self.index = seq
        return True

    def step(self) -> None:
        """Fly one step of the current item, and go on to the next one when it is done."""
        if not self.running or self.paused or self.activity is None:
            return
        self._go_on_with_actions()
        if self.activity.step():
            self._finish()

    def _go_on_with_actions(self) -> None:
        """Start the next action, unless a condition is still waited for."""
        if self._waiting is not None:
            seq, fulfilled = self._waiting
            if fulfilled():
                self._waiting = None
                self._announce(seq)
        elif self._late:
            self._do(self._late.pop(0))

    def replan(self) -> bool:
        """Begin the present item anew if it, or the two after it, are others than before; say whether so."""
        if not self.running or self._next_items(self.index) == self._ahead:
            return False
        self._end = None
        return self._advance(self.index)

    def _next_items(self, seq: int) -> tuple[Item, ...]:
        later = (item for item in self._mission.items()[seq:] if item.is_navigation)
        return tuple(islice(later, _LOOK_AHEAD))

    def go_on_with_takeoff(self) -> bool:
        """Leave a landing for the take-off that follows it, delays apart; False where none follows."""
        for seq in range(self.index + 1, len(self._mission)):
            command = self._mission[seq].command
            if command in TAKEOFFS:
                self._announce(self.index)
                self._end = None
                return self._advance(self.index + 1)
            if command in NAVIGATION and command != mavlink.MAV_CMD_NAV_DELAY:
                break
        return False

    def _finish(self) -> None:
        seq, activity = self.index, self.activity
        if activity is None:
            return
        item = self._flown
        if item is None:
            return
        if item.command == mavlink.MAV_CMD_NAV_RETURN_TO_LAUNCH and not self._pilot.landed:
            # It ends on the ground, once the landing is certain.
            return
        if item.command in LANDINGS:
            # Nothing is announced: the landing ends with the disarming.
            return
        following = self._mission[seq + 1] if seq + 1 < len(self._mission) else None
        marked = following is not None and following.command in _VERIFIED_BY_VEHICLE
        if item.command not in _UNANNOUNCED or self._craft.airframe.wings:
            self._announce(seq + 1 if marked else seq)
        text = self._pilot.reached_text(seq, item, activity)
        if text is not None:
            self._craft.say(text)
        self._end = self._craft.place(item) if item.has_place else None
        self._advance(seq + 1, finished=True)

    def _announce(self, seq: int) -> None:
        self.last_reached = seq
        self._craft.emit(mavlink.MAVLink_mission_item_reached_message(seq))

    def _advance(self, seq: int, finished: bool = False) -> bool:
        """Begin the next navigation item; its first action comes before it, the others after it."""
        self._drop_actions()
        actions: list[int] = []
        jumps = 0
        while 0 < seq < len(self._mission) and jumps <= _JUMP_LIMIT:
            item = self._mission[seq]
            if item.is_navigation:
                self._begin(seq, item, actions, finished)
                return True
            if item.command == mavlink.MAV_CMD_DO_JUMP:
                seq, jumps = self._jumps.leap(seq, item, len(self._mission)), jumps + 1
            else:
                actions.append(seq)
                seq += 1
        for number, action in enumerate(actions):
            self._do(action, announced=finished and number == 0)
        self._waiting = None
        self.running, self.complete, self.activity = False, True, None
        self._pilot.mission_complete()
        return False

    def _drop_actions(self) -> None:
        """Do what is still to be done for the item that ends; what waits for a condition is never done."""
        while self._late and self._waiting is None:
            self._do(self._late.pop(0))
        self._late, self._waiting = [], None

    def _begin(self, seq: int, item: Item, actions: list[int], finished: bool) -> None:
        """Begin an item; ``finished`` says that the end of the one before has been announced."""
        if actions:
            self._do(actions[0], announced=finished)
        self._late = actions[1:]
        self.index, self._flown, self._ahead = seq, item, self._next_items(seq)
        if item.command in LANDINGS:
            self.in_landing_sequence = True
        elif item.command in TAKEOFFS:
            self.in_return_path = self.in_landing_sequence = False
        self._craft.say(f"Mission: {seq} {NAMES.get(item.command, '?')}")
        self.activity = self._pilot.begin_item(item, self._end, self._next_place(seq))

    def _do(self, seq: int, announced: bool = False) -> None:
        item = self._mission[seq]
        self._craft.say(f"Mission: {seq} {NAMES.get(item.command, '?')}")
        if item.command == mavlink.MAV_CMD_DO_RETURN_PATH_START:
            self.in_return_path = True
        if item.command == mavlink.MAV_CMD_DO_LAND_START:
            self.in_landing_sequence = True
        if item.command in _CONDITIONS:
            self._waiting = seq, self._pilot.condition(item)
            return
        self._pilot.do_item(item)
        if item.command in _VERIFIED_BY_VEHICLE and not announced:
            self._announce(seq)

    def _next_place(self, seq: int) -> Point | None:
        """Return the place of the navigation item after this one, jumps included, if it has one."""
        following = seq + 1
        for _ in range(len(self._mission)):
            if not 0 < following < len(self._mission):
                break
            item = self._mission[following]
            if item.is_navigation:
                return self._craft.place(item) if item.has_place else None
            following = self._jumps.target(following, item) or following + 1
        return None

    def join_return_path(self) -> str | None:
        """Go on at the end of the nearest leg of a return path; return the words for it, None without one.

        A way home that is being flown is left alone (``AP_Mission::jump_to_closest_mission_leg``).
        """
        if self.running and self.in_landing_sequence:
            return "Landing sequence active"
        if self.running and self.in_return_path:
            return "Return path active"
        if not self._join(joining.return_leg(self._craft, self._mission.items())):
            return None
        self.in_return_path = True
        return "Return path started"

    def join_landing_sequence(self) -> str | None:
        """Go on at the nearest landing sequence; return the words for it, None where there is none."""
        if not self._join(joining.landing_start(self._craft, self._mission.items())):
            return None
        self.in_landing_sequence = True
        return "Landing sequence start"

    def _join(self, seq: int) -> bool:
        if seq == 0:
            return False
        self.stop()
        self.index, self._end = seq, None
        return True
