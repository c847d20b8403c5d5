"""Loops of a mission (``DO_JUMP``): where they lead, and how often they have been flown."""

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.craft import Craft
from simulator.autopilot.lists.items import Item

_KEEP_COUNTERS = 4
"""``MIS_OPTIONS`` bit 2 (DontZeroCounter): a loop that has ended is not flown again."""


class Jumps:
    """Counts how often each jump was made."""

    def __init__(self, craft: Craft) -> None:
        self._craft = craft
        self._done: dict[int, int] = {}

    def forget(self) -> None:
        """Begin to count anew."""
        self._done.clear()

    def leap(self, seq: int, item: Item, length: int) -> int:
        """Make a jump; return where it leads, 0, which ends the mission, if it leads nowhere."""
        target, repeats = int(item.params[0]), int(item.params[1])
        done = self._done.get(seq, 0)
        if not 0 < target < length:
            return 0
        if 0 <= repeats <= done:
            if not int(self._craft.params["MIS_OPTIONS"]) & _KEEP_COUNTERS:
                self._done.pop(seq, None)
            return seq + 1
        self._done[seq] = done + 1
        self._craft.say(f"Mission: {seq} Jump {done + 1}/{'unlimited' if repeats < 0 else repeats}")
        return target

    def target(self, seq: int, item: Item) -> int:
        """Return where a jump would lead next; 0 for what is no jump, or none any more."""
        repeats = int(item.params[1])
        spent = 0 <= repeats <= self._done.get(seq, 0)
        return 0 if item.command != mavlink.MAV_CMD_DO_JUMP or spent else int(item.params[0])
