"""Why ArduCopter does not enter a mode (the ``init`` functions of its modes)."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.craft import Craft
from simulator.autopilot.lists.items import TAKEOFFS, Item
from simulator.autopilot.lists.stores import MissionStore
from simulator.autopilot.modes import Mode
from simulator.autopilot.receiver import THROTTLE

_FAILED = "init failed"
_NEVER = frozenset({"FLOWHOLD", "FLIP", "AUTOTUNE", "TURTLE"})
"""They need an optical flow sensor, a pilot's hands, or reversible motors."""

_MANUAL = frozenset({"STABILIZE", "ACRO", "DRIFT"})
_MANUAL_BEFORE = frozenset({"STABILIZE", "ACRO"})
_NON_TAKEOFF_US = 1250
"""A throttle stick above this would lift the copter off the ground."""


def init_refusal(
    craft: Craft, mission: MissionStore, current: int, before: Mode, mode: Mode, landed: bool
) -> str | None:
    """Return why a mode cannot be entered from another one, or None; say what ArduPilot says beside it.

    ``current`` is the item at which the mission would begin.
    """
    if not craft.armed:
        return _words_for_missing(craft, mode)
    if mode.name == "AUTO":
        return _auto_refusal(craft, mission.items()[max(1, current) :], landed)
    from_autopilot = before.name not in _MANUAL_BEFORE
    if landed and mode.name in _MANUAL and from_autopilot and craft.stick_us(THROTTLE) > _NON_TAKEOFF_US:
        return "throttle too high"
    return _FAILED if mode.name == "THROW" else _words_for_missing(craft, mode)


def _words_for_missing(craft: Craft, mode: Mode) -> str | None:
    if mode.name == "FOLLOW":
        craft.say("Set FOLL_ENABLE = 1", mavlink.MAV_SEVERITY_WARNING)
        return _FAILED
    if mode.name == "SYSTEMID":
        craft.say("No axis selected, SID_AXIS = 0", mavlink.MAV_SEVERITY_WARNING)
        return _FAILED
    return _FAILED if mode.name in _NEVER else None


def _auto_refusal(craft: Craft, items: tuple[Item, ...], landed: bool) -> str | None:
    if not items:
        return _FAILED
    delay = mavlink.MAV_CMD_NAV_DELAY
    first = next((item for item in items if item.is_navigation and item.command != delay), None)
    if landed and (first is None or first.command not in TAKEOFFS):
        craft.say("Auto: Missing Takeoff Cmd", mavlink.MAV_SEVERITY_CRITICAL)
        return _FAILED
    return None
