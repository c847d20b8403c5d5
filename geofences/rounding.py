"""Corners as an aircraft that cannot turn on the spot flies them: arcs that touch both legs.

At a corner of angle t an arc of radius r leaves the first leg r tan(t/2) before the corner, and passes
r (1 / cos(t/2) - 1) inside it (the circle that touches two lines). A corner is flyable where the tangents
of neighbours fit in the leg between them, and where the arc stays inside the certified corridor. The straight
legs are longer than the arcs (2 tan(t/2) > t), so lengths, times and energies of a route are of the legs.
"""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shapely import LineString

from geofences.errors import TurnError
from geofences.shapes import XY, bearing_deg, point_at

TRACKING_M = 50.0
"""How far an aircraft may be from the rounded track (gusts, position error, a late turn); the rest of half a
corridor's width is for the arc. Of 200 m wide corridors that is one half each."""

CHORD_ERROR_M = 0.1
"""Arcs are drawn as chords that pass at most this much further inside the corner, never outside."""

LARGEST_HALF_TURN = math.radians(89.99)
"""Straight back needs no end of room; with this it is 600 km, which is never there either."""

STRAIGHT_M = 0.02
"""A point so near to the line between its neighbours is no corner: positions are rounded to 1e-7 degrees."""

ROUNDED_M = 0.05
"""The same for points that have been rounded: what was straight before must be so after."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A corner: its place in the list of points, its angle, and what an arc there needs."""

    index: int
    at: XY
    turn_deg: float
    tangent_m: float
    cut_m: float


@dataclass(frozen=True, slots=True)
class TurnProblem:
    """A corner that cannot be flown, why, and how many metres are missing."""

    turn: Turn
    reason: str
    missing_m: float


def turn_deg(before: XY, at: XY, after: XY) -> float:
    """Return the change of direction at a corner, to the right positive, -180 to 180."""
    change_deg = bearing_deg(at, after) - bearing_deg(before, at)
    return (change_deg + 180.0) % 360.0 - 180.0


def turns(points: Sequence[XY], turn_radius_m: float) -> list[Turn]:
    """Return the corners of a chain of points."""
    return [
        _turn(index, points[index - 1], points[index], points[index + 1], turn_radius_m)
        for index in range(1, len(points) - 1)
    ]


def straightened(points: Sequence[XY], off_m: float = STRAIGHT_M) -> list[int]:
    """Return the indices of the ends and of the points at which the chain really turns."""
    kept = [0]
    for index in range(1, len(points) - 1):
        if _off_line_m(points[kept[-1]], points[index], points[index + 1]) > off_m:
            kept.append(index)
    return [*kept, len(points) - 1]


def turn_problems(
    points: Sequence[XY], half_widths_m: Sequence[float], turn_radius_m: float
) -> Iterator[TurnProblem]:
    """Yield each corner that cannot be flown, once for each reason.

    Parameters
    ----------
    half_widths_m
        Half width of the corridor of each leg, one fewer than points.
    """
    kept = straightened(points)
    corners = turns([points[index] for index in kept], turn_radius_m)
    widths_m = [min(half_widths_m[start:end]) for start, end in itertools.pairwise(kept)]
    tangents_m = [0.0, *(corner.tangent_m for corner in corners), 0.0]
    for corner, (width_m, next_width_m) in zip(corners, itertools.pairwise(widths_m), strict=True):
        allowed_m = max(0.0, min(width_m, next_width_m) - TRACKING_M)
        if corner.cut_m > allowed_m:
            reason = f"the arc would pass {corner.cut_m:.0f} m inside, allowed are {allowed_m:.0f} m"
            yield TurnProblem(corner, reason, corner.cut_m - allowed_m)
        for end in (corner.index - 1, corner.index):
            room_m = math.dist(points[kept[end]], points[kept[end + 1]])
            needed_m = tangents_m[end] + tangents_m[end + 1]
            if needed_m > room_m:
                reason = f"a leg of {room_m:.0f} m beside it is shorter than {needed_m:.0f} m"
                yield TurnProblem(corner, reason, needed_m - room_m)


def rounded_track(points: Sequence[XY], turn_radius_m: float) -> LineString:
    """Return the line that is flown: the legs, with each corner as an arc of chords.

    Raises
    ------
    TurnError
        Where the arcs of two neighbours do not fit in the leg between them.
    """
    corners_at = [points[index] for index in straightened(points, ROUNDED_M)]
    line = [corners_at[0]]
    corners = turns(corners_at, turn_radius_m)
    tangents_m = [0.0, *(corner.tangent_m for corner in corners), 0.0]
    for index, (start, end) in enumerate(itertools.pairwise(corners_at)):
        if tangents_m[index] + tangents_m[index + 1] > math.dist(start, end) + STRAIGHT_M:
            raise TurnError(start, f"its leg is too short for turns with a radius of {turn_radius_m:g} m")
    for corner in corners:
        line += _arc(corners_at[corner.index - 1], corner, corners_at[corner.index + 1], turn_radius_m)
    return LineString([*line, corners_at[-1]])


def _turn(index: int, before: XY, at: XY, after: XY, turn_radius_m: float) -> Turn:
    angle_deg = turn_deg(before, at, after)
    half = math.radians(abs(angle_deg)) / 2
    if turn_radius_m == 0.0:
        return Turn(index, at, angle_deg, 0.0, 0.0)
    half = min(half, LARGEST_HALF_TURN)
    cut_m = turn_radius_m * (1 / math.cos(half) - 1)
    return Turn(index, at, angle_deg, turn_radius_m * math.tan(half), cut_m)


def _arc(before: XY, corner: Turn, after: XY, turn_radius_m: float) -> list[XY]:
    """Return points of the arc at a corner, from where it leaves one leg to where it joins the next."""
    if turn_radius_m == 0.0:
        return [corner.at]
    side_deg = math.copysign(90.0, corner.turn_deg)
    course_deg = bearing_deg(before, corner.at)
    begin = point_at(corner.at, course_deg + 180.0, corner.tangent_m)
    centre = point_at(begin, course_deg + side_deg, turn_radius_m)
    step_deg = 2 * math.degrees(math.acos(max(0.0, 1 - CHORD_ERROR_M / turn_radius_m)))
    count = max(1, math.ceil(abs(corner.turn_deg) / step_deg))
    inner = [
        point_at(centre, course_deg - side_deg + corner.turn_deg * part / count, turn_radius_m)
        for part in range(1, count)
    ]
    return [begin, *inner, point_at(corner.at, bearing_deg(corner.at, after), corner.tangent_m)]


def _off_line_m(start: XY, point: XY, end: XY) -> float:
    """Return how far a point lies from the segment between its neighbours."""
    (east, north), (x, y) = ((each[0] - start[0], each[1] - start[1]) for each in (end, point))
    length_2 = east * east + north * north
    along = 0.0 if length_2 == 0.0 else min(1.0, max(0.0, (x * east + y * north) / length_2))
    return math.hypot(x - along * east, y - along * north)
