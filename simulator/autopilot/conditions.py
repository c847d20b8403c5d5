"""Conditions of a mission: what holds the actions after them back.

Source: ArduPilot's ``ModeAuto``: ``verify_wait_delay``, ``verify_within_distance``, ``verify_yaw``.
"""

from collections.abc import Callable
from typing import Protocol

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.activities.base import Activity
from simulator.autopilot.craft import Craft
from simulator.autopilot.lists.items import Item


class Turner(Protocol):
    """The part of an autopilot that conditions look at."""

    craft: Craft

    @property
    def busy(self) -> Activity | None:
        """What is being flown."""
        ...

    def turn_to(self, angle_deg: float, rate_deg_s: float, direction: int, relative: bool) -> float:
        """Turn the nose; return how long it will take, s."""
        ...


def condition(autopilot: Turner, item: Item) -> Callable[[], bool]:
    """Begin a condition; return what says whether it is fulfilled."""
    craft = autopilot.craft
    first, second, third, fourth = item.params
    if item.command == mavlink.MAV_CMD_CONDITION_DISTANCE:
        return lambda: _remaining_m(autopilot) < first
    wait_s = first
    if item.command == mavlink.MAV_CMD_CONDITION_YAW:
        wait_s = autopilot.turn_to(first, second, int(third), fourth == 1.0)
    until = craft.time + wait_s
    return lambda: craft.time > until


def _remaining_m(autopilot: Turner) -> float:
    leg = getattr(autopilot.busy, "leg", None)
    return leg.remaining_m if leg is not None else 0.0
