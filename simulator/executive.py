"""The AUTO executive: which mission item is flown, and what is said about it.

Order of texts and messages as recorded in ``copter/auto_delivery``, ``copter/return_path_*`` and
``quadplane/qp_auto_delivery``.
"""

import math
from enum import IntEnum
from typing import Protocol

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.activities.base import Activity
from simulator.craft import Craft, Point
from simulator.geodesy import distance_to_segment
from simulator.lists.items import LANDINGS, NAVIGATION, TAKEOFFS, Item
from simulator.lists.stores import MissionStore

NAMES = {
    mavlink.MAV_CMD_NAV_WAYPOINT: "WP",
    mavlink.MAV_CMD_NAV_LOITER_UNLIM: "LoitUnlim",
    mavlink.MAV_CMD_NAV_LOITER_TURNS: "LoitTurns",
    mavlink.MAV_CMD_NAV_LOITER_TIME: "LoitTime",
    mavlink.MAV_CMD_NAV_RETURN_TO_LAUNCH: "RTL",
    mavlink.MAV_CMD_NAV_LAND: "Land",
    mavlink.MAV_CMD_NAV_TAKEOFF: "Takeoff",
    mavlink.MAV_CMD_NAV_LOITER_TO_ALT: "LoitAltitude",
    mavlink.MAV_CMD_NAV_SPLINE_WAYPOINT: "SplineWP",
    mavlink.MAV_CMD_NAV_VTOL_TAKEOFF: "VTOLTakeoff",
    mavlink.MAV_CMD_NAV_VTOL_LAND: "VTOLLand",
    mavlink.MAV_CMD_NAV_DELAY: "Delay",
    mavlink.MAV_CMD_NAV_PAYLOAD_PLACE: "PayloadPlace",
    mavlink.MAV_CMD_NAV_SCRIPT_TIME: "NavScriptTime",
    mavlink.MAV_CMD_CONDITION_DELAY: "CondDelay",
    mavlink.MAV_CMD_CONDITION_DISTANCE: "CondDistance",
    mavlink.MAV_CMD_CONDITION_YAW: "CondYaw",
    mavlink.MAV_CMD_DO_CHANGE_SPEED: "ChangeSpeed",
    mavlink.MAV_CMD_DO_SET_HOME: "SetHome",
    mavlink.MAV_CMD_DO_SET_RELAY: "SetRelay",
    mavlink.MAV_CMD_DO_REPEAT_RELAY: "RepeatRelay",
    mavlink.MAV_CMD_DO_SET_SERVO: "SetServo",
    mavlink.MAV_CMD_DO_REPEAT_SERVO: "RepeatServo",
    mavlink.MAV_CMD_DO_RETURN_PATH_START: "ReturnPathStart",
    mavlink.MAV_CMD_DO_LAND_START: "LandStart",
    mavlink.MAV_CMD_DO_SET_ROI: "SetROI",
    mavlink.MAV_CMD_DO_SET_CAM_TRIGG_DIST: "SetCamTrigDist",
    mavlink.MAV_CMD_DO_FENCE_ENABLE: "FenceEnable",
    mavlink.MAV_CMD_DO_PARACHUTE: "Parachute",
    mavlink.MAV_CMD_DO_GRIPPER: "Gripper",
    mavlink.MAV_CMD_DO_VTOL_TRANSITION: "VTOLTransition",
    mavlink.MAV_CMD_DO_WINCH: "Winch",
}
"""ArduPilot's short names of the commands."""

_VERIFIED_BY_VEHICLE = frozenset(
    {
        mavlink.MAV_CMD_DO_RETURN_PATH_START,
        mavlink.MAV_CMD_DO_LAND_START,
        mavlink.MAV_CMD_DO_VTOL_TRANSITION,
        mavlink.MAV_CMD_DO_CHANGE_SPEED,
        mavlink.MAV_CMD_DO_SET_HOME,
    }
)
"""Commands whose completion is announced as ``MISSION_ITEM_REACHED``, in place of the waypoint just before
them.

Recorded for ``DO_RETURN_PATH_START`` (``return_path_in_mission``: 5 is announced for waypoint 4) and not for
``DO_SET_SERVO`` (``auto_delivery``). The other ones go the same way through ArduPilot's ``verify_command``.
"""

_MARKERS = frozenset({mavlink.MAV_CMD_DO_RETURN_PATH_START, mavlink.MAV_CMD_DO_LAND_START})
_JUMP_LIMIT = 100
"""Items passed over without one to fly: a mission of jumps only would run for ever."""


class MissionState(IntEnum):
    """``MISSION_STATE`` of ``MISSION_CURRENT``."""

    NO_MISSION = 1
    NOT_STARTED = 2
    ACTIVE = 3
    PAUSED = 4
    COMPLETE = 5


class Pilot(Protocol):
    """Who flies the items: the copter or the quadplane."""

    def begin_item(self, item: Item, start: Point | None, following: Point | None) -> Activity:
        """Begin a navigation item.

        ``start`` is the end of the item before it (None: from here), ``following`` the place of the next one.
        """
        ...

    def reached_text(self, seq: int, item: Item, activity: Activity) -> str | None:
        """Return what is said when an item is done."""
        ...

    def do_item(self, item: Item) -> None:
        """Carry out an item that takes no time."""
        ...

    def mission_complete(self) -> None:
        """Act when there is no further item."""
        ...


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
        self.activity: Activity | None = None
        self._end: Point | None = None
        self._late: list[int] = []
        self._jumps: dict[int, int] = {}

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

    def start_or_resume(self) -> bool:
        """Begin at item 1, or go on with the present one from here; False without a mission."""
        if len(self._mission) < 2:
            return False
        self._end = None
        self.running, self.paused, self.complete = True, False, False
        return self._advance(self.index if 0 < self.index < len(self._mission) else 1)

    def stop(self) -> None:
        """Leave AUTO; the item is kept for later."""
        self.running = self.paused = False
        self.activity = None

    def reset(self) -> None:
        """Go back to the beginning."""
        self.stop()
        self.index = 0
        self.in_return_path = False
        self._jumps.clear()

    def jump(self, seq: int) -> bool:
        """Make an item the current one; 0 means the first."""
        if not 0 <= seq < max(1, len(self._mission)):
            return False
        if self.running:
            self._end = None
            self.in_return_path = any(self._mission[n].command in _MARKERS for n in range(1, seq))
            return self._advance(max(1, seq))
        self.index = seq
        return True

    def step(self) -> None:
        """Fly one step of the current item, and go on to the next one when it is done."""
        if not self.running or self.paused or self.activity is None:
            return
        if self._late:
            self._do(self._late.pop(0))
        if self.activity.step():
            self._finish()

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
        item = self._mission[seq]
        if item.command in LANDINGS:
            # Nothing is announced: the landing ends with the disarming.
            return
        following = self._mission[seq + 1] if seq + 1 < len(self._mission) else None
        marked = following is not None and following.command in _VERIFIED_BY_VEHICLE
        self._announce(seq + 1 if marked else seq)
        text = self._pilot.reached_text(seq, item, activity)
        if text is not None:
            self._craft.say(text)
        self._end = self._craft.place(item) if item.has_place else None
        self._advance(seq + 1)

    def _announce(self, seq: int) -> None:
        self._craft.emit(mavlink.MAVLink_mission_item_reached_message(seq))

    def _advance(self, seq: int) -> bool:
        """Begin the next navigation item; its first action comes before it, the others after it."""
        for action in self._late:
            self._do(action)
        actions: list[int] = []
        for _ in range(_JUMP_LIMIT):
            if seq >= len(self._mission):
                break
            item = self._mission[seq]
            if item.is_navigation:
                self._begin(seq, item, actions)
                return True
            seq = self._after_jump(seq, item) if item.command == mavlink.MAV_CMD_DO_JUMP else seq + 1
            if item.command != mavlink.MAV_CMD_DO_JUMP:
                actions.append(seq - 1)
        for action in actions:
            self._do(action)
        self.running, self.complete, self.activity, self._late = False, True, None, []
        self._pilot.mission_complete()
        return False

    def _after_jump(self, seq: int, item: Item) -> int:
        target, repeats = int(item.params[0]), int(item.params[1])
        done = self._jumps.get(seq, 0)
        if not 0 < target < len(self._mission) or (0 <= repeats <= done):
            return seq + 1
        self._jumps[seq] = done + 1
        return target

    def _begin(self, seq: int, item: Item, actions: list[int]) -> None:
        if actions:
            self._do(actions[0], announced=True)
        self._late = actions[1:]
        self.index = seq
        self._craft.say(f"Mission: {seq} {NAMES.get(item.command, '?')}")
        self.activity = self._pilot.begin_item(item, self._end, self._next_place(seq))

    def _do(self, seq: int, announced: bool = False) -> None:
        item = self._mission[seq]
        self._craft.say(f"Mission: {seq} {NAMES.get(item.command, '?')}")
        if item.command in _MARKERS:
            self.in_return_path = True
        self._pilot.do_item(item)
        if item.command in _VERIFIED_BY_VEHICLE and not announced:
            self._announce(seq)

    def _next_place(self, seq: int) -> Point | None:
        """Return the place of the navigation item after this one, if it has one."""
        for number in range(seq + 1, len(self._mission)):
            item = self._mission[number]
            if item.is_navigation:
                return self._craft.place(item) if item.has_place else None
        return None

    def join_return_path(self) -> bool:
        """Go to the end of the nearest leg after any ``DO_RETURN_PATH_START``; False where there is none.

        Nearest in the plane and by straight line, whatever lies between (``return_path_join_early``).
        """
        best, best_m = 0, float("inf")
        for start, item in enumerate(self._mission.items()):
            if item.command == mavlink.MAV_CMD_DO_RETURN_PATH_START:
                seq, distance_m = self._nearest_leg(start)
                if distance_m < best_m:
                    best, best_m = seq, distance_m
        if best == 0:
            return False
        self._join(best)
        return True

    def join_landing_sequence(self) -> bool:
        """Go to the nearest ``DO_LAND_START``; False where there is none."""
        starts = [
            seq
            for seq, item in enumerate(self._mission.items())
            if item.command == mavlink.MAV_CMD_DO_LAND_START
        ]
        if not starts:
            return False
        here = self._craft.body.position
        places = {seq: self._craft.place(self._mission[seq])[:2] for seq in starts}
        nearest = min(starts, key=lambda seq: math.dist(here, places[seq]))
        self._join(nearest + 1)
        return True

    def _join(self, seq: int) -> None:
        self.index = seq
        self._end = None
        self.in_return_path = True
        self.running = False

    def _nearest_leg(self, start: int) -> tuple[int, float]:
        here = self._craft.body.position
        previous: tuple[float, float] | None = None
        best, best_m = 0, float("inf")
        for seq in range(start, len(self._mission)):
            item = self._mission[seq]
            if item.has_place:
                place = self._craft.place(item)[:2]
                distance_m = distance_to_segment(here, previous or place, place)
                if item.is_navigation and distance_m < best_m:
                    best, best_m = seq, distance_m
                previous = place
            if item.command in LANDINGS:
                break
        return best, best_m
