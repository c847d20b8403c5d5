"""Fewer corners for an aircraft that cannot turn on the spot.

A shortest path goes round a cape in many small steps. Two corners near each other that turn to the same side
become one, where the lines before and after them meet: further out from the obstacle, never nearer.
"""

import math
from collections.abc import Callable, Iterator, Sequence

from geofences.shapes import XY, bearing_deg, point_at

SHORTEST_LEG_M = 250.0
"""Ten seconds of flight: with less a fixed wing that cuts corners by 90 m hardly flies straight."""

SHARPEST_TURN_DEG = 50.0
"""A turn of this size at a radius of 110 m begins 51 m before the corner and passes 11 m inside it."""


def merge_corners(path: Sequence[XY], is_free: Callable[[XY, XY], bool]) -> list[XY]:
    """Return the path with short legs removed where the area allows it; both ends stay.

    Parameters
    ----------
    is_free
        Says whether a segment lies in the free area.
    """
    points = list(path)
    while (index_and_corner := next(_merges(points, is_free), None)) is not None:
        index, corner = index_and_corner
        points[index : index + 2] = [corner]
    return points


def _merges(points: Sequence[XY], is_free: Callable[[XY, XY], bool]) -> Iterator[tuple[int, XY]]:
    """Yield the legs that may become one corner, shortest first, as index of their start and that corner."""
    short = [index for index in range(1, len(points) - 2) if _leg_m(points, index) < SHORTEST_LEG_M]
    for index in sorted(short, key=lambda each: _leg_m(points, each)):
        before, first, second, after = points[index - 1 : index + 3]
        corner = _meeting_point(before, first, second, after)
        if corner is not None and is_free(before, corner) and is_free(corner, after):
            yield index, corner


def _leg_m(points: Sequence[XY], index: int) -> float:
    return math.dist(points[index], points[index + 1])


def _meeting_point(before: XY, first: XY, second: XY, after: XY) -> XY | None:
    """Return where the legs before and after meet, if both turns go to one side and are not too sharp."""
    bearings = [bearing_deg(before, first), bearing_deg(first, second), bearing_deg(second, after)]
    turns = [_turn_deg(bearings[0], bearings[1]), _turn_deg(bearings[1], bearings[2])]
    total_deg = abs(sum(turns))
    if turns[0] * turns[1] <= 0.0 or total_deg > SHARPEST_TURN_DEG:
        return None
    ahead_m = (
        math.dist(first, second) * math.sin(math.radians(abs(turns[1]))) / math.sin(math.radians(total_deg))
    )
    return point_at(first, bearings[0], ahead_m)


def _turn_deg(bearing: float, next_bearing: float) -> float:
    return (next_bearing - bearing + 180.0) % 360.0 - 180.0
