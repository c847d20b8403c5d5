"""Where a mission is joined for its way home; nearest by straight line, whatever lies between.

Traces ``return_path_join_early``, ``land_start``.
"""

import math
from collections.abc import Sequence

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.craft import Craft
from simulator.autopilot.lists.items import LANDINGS, Item
from simulator.geodesy import distance_to_segment


def return_leg(craft: Craft, items: Sequence[Item]) -> int:
    """Return the end of the nearest leg after any ``DO_RETURN_PATH_START``; 0 where there is none."""
    best, best_m = 0, math.inf
    for start, item in enumerate(items):
        if item.command == mavlink.MAV_CMD_DO_RETURN_PATH_START:
            seq, distance_m = _nearest_leg(craft, items, start)
            if distance_m < best_m:
                best, best_m = seq, distance_m
    return best


def _nearest_leg(craft: Craft, items: Sequence[Item], start: int) -> tuple[int, float]:
    here = craft.body.position
    previous: tuple[float, float] | None = None
    best, best_m = 0, math.inf
    for seq in range(start, len(items)):
        item = items[seq]
        if item.has_place:
            place = craft.place(item)[:2]
            distance_m = distance_to_segment(here, previous or place, place)
            if item.is_navigation and distance_m < best_m:
                best, best_m = seq, distance_m
            previous = place
        if item.command in LANDINGS:
            break
    return best, best_m


def landing_start(craft: Craft, items: Sequence[Item]) -> int:
    """Return the nearest ``DO_LAND_START``; 0 where there is none.

    One without a place counts as at the next item that has one (``AP_Mission::get_landing_sequence_start``).
    """
    starts = [seq for seq, item in enumerate(items) if item.command == mavlink.MAV_CMD_DO_LAND_START]
    return min(starts, key=lambda seq: _distance_m(craft, items[seq:]), default=0)


def _distance_m(craft: Craft, items: Sequence[Item]) -> float:
    placed = next((item for item in items if item.has_place), None)
    return math.inf if placed is None else math.dist(craft.body.position, craft.place(placed)[:2])
