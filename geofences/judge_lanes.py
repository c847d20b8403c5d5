"""Lanes that a flight follows without naming them, found from dense points: what they ask holds as well."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import shapely

from geofences.judge_parts import TOLERANCE_M, Flags, Lane, Points, Segment
from geofences.route import RouteWaypoint

STEP_M = 50.0

FOLLOWS = 0.8
"""Gain along the centreline, per metre, of what follows a lane beyond doubt (within 37° of it)."""

LONGEST_CROSSING_M = 1_000.0 + 2 * STEP_M
"""Less than a kilometre in a lane is a crossing; points tell its length to one step at each end."""

Rows = npt.NDArray[np.intp]


def overlooked_lanes(
    segments: Sequence[Segment], ends: Sequence[RouteWaypoint], lanes: Sequence[Lane]
) -> Iterator[str]:
    """Yield each lane that a way follows for long in a wrong band, direction or speed, without naming any.

    Parameters
    ----------
    segments
        Those of the way between its pads.
    ends
        The waypoint at the end of each.
    """
    if not segments:
        return
    tables = [shapely.get_coordinates(shapely.segmentize(each.line, STEP_M)) for each in segments]
    owners = np.repeat(np.arange(len(tables)), [len(each) for each in tables])
    points, straights = np.concatenate(tables), _straights(segments)[owners]
    unnamed = np.array([each.corridor_id is None for each in ends])[owners]
    kept, broken = np.zeros(len(points), dtype=np.bool_), []
    for lane in lanes:
        breaks = np.zeros(len(points), dtype=np.bool_)
        for rows, along in _followed(points, straights, lane):
            fits = np.array([_keeps(ends[owner], lane, along) for owner in owners[rows]])
            kept[rows] |= fits
            breaks[rows] = ~fits
        broken.append(breaks & unnamed)
    for lane, breaks in zip(lanes, broken, strict=True):
        if _longest_m(points, breaks & ~kept) > LONGEST_CROSSING_M:
            yield f"{segments[0].name}: the way follows the corridor {lane.corridor.id} against its rules"


def _straights(segments: Sequence[Segment]) -> Rows:
    """Return for each segment the number of the straight line that it is a part of."""
    numbers, first = [0], 0
    for index in range(1, len(segments)):
        chord = shapely.LineString([segments[first].start, segments[index].end])
        if chord.distance(shapely.Point(segments[index].start)) > TOLERANCE_M:
            first = index
        numbers.append(first)
    return np.array(numbers, dtype=np.intp)


def _followed(points: Points, straights: Rows, lane: Lane) -> Iterator[tuple[Rows, bool]]:
    """Yield the points of each straight in a lane and beside its centreline, where it follows the lane."""
    spots = shapely.points(points)
    at_m = shapely.line_locate_point(lane.line, spots)
    rows = np.flatnonzero((at_m > 0.0) & (at_m < lane.line.length))
    rows = rows[lane.holds(spots[rows])]
    cuts = np.flatnonzero((np.diff(rows) > 1) | (np.diff(straights[rows]) != 0)) + 1
    for part in np.split(rows, cuts):
        if len(part) > 1:
            gained_m = float(at_m[part[-1]] - at_m[part[0]])
            if abs(gained_m) >= FOLLOWS * math.dist(points[part[0]], points[part[-1]]) > 0.0:
                yield part, gained_m > 0.0


def _keeps(end: RouteWaypoint, lane: Lane, along: bool) -> bool:
    band = lane.corridor.outbound if along else lane.corridor.inbound
    limit_m_s = lane.corridor.speed_limit_m_s
    slow = limit_m_s is None or end.airspeed_m_s <= limit_m_s
    return slow and band is not None and band.floor_amsl_m <= end.altitude_amsl_m <= band.ceiling_amsl_m


def _longest_m(points: Points, flags: Flags) -> float:
    """Return the length of the longest chain of flagged points that follow each other."""
    rows = np.flatnonzero(flags)
    chains = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1)
    return max(float(np.hypot(*np.diff(points[each], axis=0).T).sum()) for each in chains)
