"""Corners that an aircraft which cannot turn on the spot can fly.

A shortest path goes round a cape in many small steps. Two corners near each other that turn to the same side
become one, where the lines before and after them meet: further out from the obstacle, never nearer. A corner
that is too sharp becomes two or three gentler ones, also further out.
"""

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from geofences.errors import TurnError
from geofences.rounding import TurnProblem, turn_deg, turn_problems
from geofences.shapes import XY, bearing_deg, point_at

SHORTEST_LEG_M = 250.0
"""Ten seconds of flight: with less a fixed wing that cuts corners by 90 m hardly flies straight."""

SHARPEST_TURN_DEG = 50.0
"""A turn of this size at a radius of 110 m begins 51 m before the corner and passes 11 m inside it."""

LEG_SCALES = (1.02, 1.3, 1.8, 2.5)
"""Lengths of a leg between split corners, in what two tangents need: short ones first, near the path."""

REJOINS = (2.5, 4.0, 8.0)
"""Where a wide turn is back on the old leg, from the corner, in legs between its split corners."""

MOST_REPAIRS = 30
"""A path has two gates and seldom another sharp corner; one that needs more than this is hopeless."""

IsFree = Callable[[XY, XY], bool]
Repair = tuple[int, int, list[XY]]
"""The first and the last corner that go, and the chain of points instead."""


@dataclass(frozen=True, slots=True)
class Turning:
    """What a path must keep to be flown: radius of turns, and half the width of its corridors.

    ``pinned`` are the first and last legs that may not move (1 where the path begins or ends at a pad: the
    approach is a straight line from pad to gate).
    """

    radius_m: float
    half_width_m: float
    pinned: tuple[int, int] = (0, 0)

    def problems(self, points: Sequence[XY]) -> list[TurnProblem]:
        """Return the corners that cannot be flown."""
        return list(turn_problems(points, [self.half_width_m] * (len(points) - 1), self.radius_m))


def flyable_path(points: Sequence[XY], turning: Turning, is_free: IsFree) -> list[XY]:
    """Return the path with corners that can be flown; both ends and the pinned legs stay.

    Parameters
    ----------
    points
        The path, pads included.
    is_free
        Says whether a segment lies in the free area.

    Raises
    ------
    TurnError
        Where a corner cannot be made flyable.
    """
    path = list(points)
    if turning.radius_m == 0.0:
        return path
    first, last = turning.pinned
    end = len(path) - last
    path[first:end] = merge_corners(path[first:end], is_free)
    for _ in range(MOST_REPAIRS):
        problems = turning.problems(path)
        if not problems:
            return path
        better = next(_better(path, problems, turning, is_free), None)
        if better is None:
            break
        path = better
    turn = problems[0].turn
    raise TurnError(turn.at, f"{problems[0].reason} for a turn of {abs(turn.turn_deg):.0f}°")


def merge_corners(path: Sequence[XY], is_free: IsFree) -> list[XY]:
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


def _better(
    path: list[XY], problems: list[TurnProblem], turning: Turning, is_free: IsFree
) -> Iterator[list[XY]]:
    """Yield free paths whose corners lack half the metres or fewer, those that lack least first."""
    enough_m = _lacking_m(problems) / 2
    ranked = []
    for at in dict.fromkeys(problem.turn.at for problem in problems):
        index = path.index(at)
        for first, last, chain in (*_splits(path, index, turning), *_spreads(path, index, turning)):
            repaired = [*path[:first], *chain, *path[last + 1 :]]
            ranked.append((_lacking_m(turning.problems(repaired)), repaired))
    for lacking_m, repaired in sorted(ranked, key=lambda each: each[0]):
        if lacking_m <= enough_m and _is_free(path, repaired, is_free):
            yield repaired


def _lacking_m(problems: list[TurnProblem]) -> float:
    return sum(problem.missing_m for problem in problems)


def _is_free(path: list[XY], repaired: list[XY], is_free: IsFree) -> bool:
    """Say whether all new legs of a repair are free; those that it keeps are, or are pinned approaches."""
    kept = set(itertools.pairwise(path))
    return all(leg in kept or is_free(*leg) for leg in itertools.pairwise(repaired))


def _is_pinned(path: list[XY], index: int, turning: Turning) -> tuple[bool, bool]:
    """Say whether a point is the gate behind the first leg, or that before the last one."""
    first, last = turning.pinned
    return bool(first) and index <= 1, bool(last) and index >= len(path) - 2


def _splits(path: list[XY], index: int, turning: Turning) -> Iterator[Repair]:
    """Yield two and three corners instead of one: around it, after it, before it.

    A near neighbour may stand where the turn needs room, so the same is tried without each of them.
    """
    for first, last in ((index, index), (index, index + 1), (index - 1, index)):
        if _may_go(path, first, last, index, turning):
            before, after = path[first - 1], path[last + 1]
            for chain in _chains(before, path[index], after, _is_pinned(path, index, turning), turning):
                yield first, last, chain


def _may_go(path: list[XY], first: int, last: int, index: int, turning: Turning) -> bool:
    """Say whether the corners between two, but for one of them, may be left out: no end and no gate."""
    if first < 1 or last > len(path) - 2:
        return False
    others = [each for each in range(first, last + 1) if each != index]
    return not any(any(_is_pinned(path, each, turning)) for each in others)


def _chains(before: XY, at: XY, after: XY, pinned: tuple[bool, bool], turning: Turning) -> Iterator[list[XY]]:
    """Yield chains of gentler corners instead of one; a gate stays where it is."""
    at_first, at_last = pinned
    for count in (2, 3):
        for scale in LEG_SCALES:
            if not (at_first or at_last):
                yield _around(before, at, after, count, scale, turning)
            if not at_last:
                yield from _wide(before, at, after, count, scale, turning)
            if not at_first:
                yield from (chain[::-1] for chain in _wide(after, at, before, count, scale, turning))


def _spreads(path: list[XY], index: int, turning: Turning) -> Iterator[Repair]:
    """Yield a corner and a near neighbour drawn apart along the leg between them."""
    for first in (index - 1, index):
        if not 0 < first < len(path) - 2:
            continue
        fixed = any(_is_pinned(path, first, turning)), any(_is_pinned(path, first + 1, turning))
        course_deg = bearing_deg(path[first], path[first + 1])
        for scale in LEG_SCALES:
            apart_m = scale * turning.radius_m
            yield (
                first,
                first + 1,
                [
                    path[first] if fixed[0] else point_at(path[first], course_deg + 180.0, apart_m),
                    path[first + 1] if fixed[1] else point_at(path[first + 1], course_deg, apart_m),
                ],
            )


def _around(before: XY, at: XY, after: XY, count: int, scale: float, turning: Turning) -> list[XY]:
    """Return corners of equal turn, whose chain touches the old corner from outside."""
    step_deg = turn_deg(before, at, after) / count
    leg_m = _leg_between_m(step_deg, scale, turning)
    course_deg = bearing_deg(before, at)
    if count == 2:
        middle_deg = course_deg + step_deg
        return [point_at(at, middle_deg + 180.0, leg_m / 2), point_at(at, middle_deg, leg_m / 2)]
    first = point_at(at, course_deg + step_deg + 180.0, leg_m)
    return [first, at, point_at(at, course_deg + 2 * step_deg, leg_m)]


def _beyond(before: XY, at: XY, after: XY, count: int, scale: float, turning: Turning) -> list[XY]:
    """Return the old corner with a smaller turn, and the rest of the turn in corners beyond it."""
    step_deg = turn_deg(before, at, after) / count
    leg_m = _leg_between_m(step_deg, scale, turning)
    chain, course_deg = [at], bearing_deg(before, at)
    for _ in range(count - 1):
        course_deg += step_deg
        chain.append(point_at(chain[-1], course_deg, leg_m))
    return chain


def _wide(before: XY, at: XY, after: XY, count: int, scale: float, turning: Turning) -> Iterator[list[XY]]:
    """Yield the chain beyond a corner, also with a way back to the old leg: there may be room only there."""
    chain = _beyond(before, at, after, count, scale, turning)
    yield chain
    for part in REJOINS:
        back_m = part * math.dist(chain[-2], chain[-1])
        if back_m < math.dist(at, after):
            yield [*chain, point_at(at, bearing_deg(at, after), back_m)]


def _leg_between_m(step_deg: float, scale: float, turning: Turning) -> float:
    return scale * 2 * turning.radius_m * math.tan(math.radians(abs(step_deg)) / 2)


def _merges(points: Sequence[XY], is_free: IsFree) -> Iterator[tuple[int, XY]]:
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
    changes_deg = turn_deg(before, first, second), turn_deg(first, second, after)
    total_deg = abs(sum(changes_deg))
    if changes_deg[0] * changes_deg[1] <= 0.0 or total_deg > SHARPEST_TURN_DEG:
        return None
    sine = math.sin(math.radians(total_deg))
    ahead_m = math.dist(first, second) * math.sin(math.radians(abs(changes_deg[1]))) / sine
    return point_at(first, bearing_deg(before, first), ahead_m)
