"""The track that is flown with turns, worked out anew: each arc from the middle line of its corner.

The centre of a circle that touches both legs lies on the line that halves their angle, r / cos(t/2) from the
corner, for a turn by t; the arc begins and ends r tan(t/2) from it.
"""

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import shapely

from geofences.judge_parts import TOLERANCE_M, Segment, lines_of
from geofences.rounding import TRACKING_M

ARC_STEP_DEG = 2.0

LEAST_TURN_DEG = 1.0
"""Less is no corner: waypoints are rounded to 5 mm and may be a metre apart. Such arcs are nothing."""

REVERSAL_DEG = 179.0
"""No arc touches both legs of such a turn."""

Floats = npt.NDArray[np.float64]


def track_violations(segments: list[Segment], turn_radius_m: float) -> Iterator[str]:
    """Yield the corners whose arcs do not fit their legs, or leave too little room for tracking."""
    if turn_radius_m <= 0.0:
        return
    points, names = _corners(segments)
    steps = np.diff(points, axis=0)
    at_m = np.concatenate([[0.0], np.cumsum(np.hypot(*steps.T))])
    courses = np.arctan2(steps[:, 1], steps[:, 0])
    turns = (np.diff(courses) + math.pi) % (2 * math.pi) - math.pi
    busy_until_m = 0.0
    for index in np.flatnonzero(np.abs(turns) > math.radians(LEAST_TURN_DEG)):
        name, turn = names[index], float(turns[index])
        if abs(turn) > math.radians(REVERSAL_DEG):
            yield f"{name}: turns back on itself"
            continue
        reach_m = turn_radius_m * math.tan(abs(turn) / 2)
        if at_m[index + 1] - reach_m < busy_until_m - TOLERANCE_M:
            yield f"{name}: the turn at its end begins before the last one is over"
        busy_until_m = at_m[index + 1] + reach_m
        arc = _arc(points[index + 1], float(courses[index]), turn, turn_radius_m)
        if _room_m(arc, segments) < TRACKING_M - TOLERANCE_M:
            yield f"{name}: the turn at its end leaves less than {TRACKING_M:g} m of the corridor"
    if busy_until_m > at_m[-1] + TOLERANCE_M:
        yield f"{segments[-1].name}: ends within a turn"


def _corners(segments: list[Segment]) -> tuple[Floats, list[str]]:
    """Return the points without bends as small as positions are exact, and the names of the legs before.

    Such a bend at the end of a leg of half a metre would else count as a turn of a degree. A point that is
    kept stays where it is: beside a sharp corner a third of a metre decides whether the next turn fits.
    """
    points = np.array([segments[0].start, *(segment.end for segment in segments)])
    kept = [0]
    for index in range(1, len(points) - 1):
        if _bends(*points[[kept[-1], index, index + 1]]):
            kept.append(index)
    kept.append(len(points) - 1)
    return points[kept], [segments[each - 1].name for each in kept[1:]]


def _bends(before: Floats, at: Floats, after: Floats) -> bool:
    """Say whether a point lies off the line between its neighbours, or beyond one of them."""
    first, second, chord = at - before, after - at, after - before
    beside_m2 = abs(chord[0] * first[1] - chord[1] * first[0])
    return bool(beside_m2 > TOLERANCE_M * math.hypot(*chord) or first @ second < 0.0)


def _arc(corner: Floats, course: float, turn: float, radius_m: float) -> Floats:
    """Return points of the arc, shape (n, 2)."""
    inward = course + turn / 2 + math.copysign(math.pi / 2, turn)
    centre = corner + radius_m / math.cos(turn / 2) * np.array([math.cos(inward), math.sin(inward)])
    count = max(2, math.ceil(math.degrees(abs(turn)) / ARC_STEP_DEG) + 1)
    # Seen from the centre, the arc lies around the direction of the corner, half the turn to each side.
    angles = inward + math.pi + np.linspace(-turn / 2, turn / 2, count)
    return np.asarray(centre + radius_m * np.column_stack([np.cos(angles), np.sin(angles)]))


def _room_m(arc: Floats, segments: list[Segment]) -> float:
    """Return the smallest distance from an arc to the edge of the corridors."""
    widths_m = np.array([each.half_width_m for each in segments])
    apart_m = shapely.distance(shapely.points(arc)[:, None], lines_of(segments)[None, :])
    return float((widths_m - apart_m).max(axis=1).min())
