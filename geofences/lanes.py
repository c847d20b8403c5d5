"""Where straight legs run along or against sea lanes: forbidden, slower, or in the lane's band.

A part of a leg inside a lane follows it if it gains at least half of its own length along the centreline
(its mean direction is within 60° of the lane's), goes against it if it loses as much, and else crosses it.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString, Polygon

from geofences.values import AltitudeBand
from geofences.zones import Corridor

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

FOLLOWS = math.cos(math.radians(60.0))
"""The least gain along the centreline per metre of a leg that follows a lane."""

TOUCH_M = 1.0
"""A shorter part of a leg inside a lane only touches it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a leg inside a lane, in metres from the leg's start; ``along`` the lane or against it."""

    leg: int
    lane: int
    start_m: float
    end_m: float
    along: bool


class Lanes:
    """The open corridors on the local map.

    Parameters
    ----------
    corridors
        The lanes.
    centrelines, areas
        Their middle and their area, in metres.
    """

    def __init__(
        self, corridors: Sequence[Corridor], centrelines: Sequence[LineString], areas: Sequence[Polygon]
    ) -> None:
        self.corridors = tuple(corridors)
        self._lines = np.array(centrelines, dtype=object)
        self._areas = np.array(areas, dtype=object)
        shapely.prepare(self._areas)
        shapely.prepare(self._lines)
        self._tree = shapely.STRtree(self._areas)
        self._one_way = [number for number, each in enumerate(corridors) if each.inbound is None]
        self._limited = [number for number, each in enumerate(corridors) if each.speed_limit_m_s is not None]

    @property
    def has_rules(self) -> bool:
        """Say whether any lane is one-way or has a speed limit."""
        return bool(self._one_way or self._limited)

    def one_way_areas(self) -> list[Polygon]:
        """Return the areas of the lanes that lead one way only."""
        return [self._areas[number] for number in self._one_way]

    def band(self, part: Part) -> AltitudeBand | None:
        """Return the band of a lane in the direction of a part; None against a one-way lane."""
        corridor = self.corridors[part.lane]
        return corridor.outbound if part.along else corridor.inbound

    def parts(self, starts: Floats, ends: Floats, *, follows: float = FOLLOWS) -> Iterator[Part]:
        """Yield the parts of legs, shapes (n, 2), that follow a lane or go against it.

        Parameters
        ----------
        follows
            The least gain along the centreline per metre.
        """
        legs = shapely.linestrings(np.stack([starts, ends], axis=1))
        leg_of, lane_of = self._tree.query(legs, predicate="intersects")
        pieces, pair_of = shapely.get_parts(
            shapely.intersection(legs[leg_of], self._areas[lane_of]), return_index=True
        )
        real = shapely.length(pieces) > TOUCH_M
        pieces, leg_of, lane_of = pieces[real], leg_of[pair_of[real]], lane_of[pair_of[real]]
        from_m = shapely.line_locate_point(legs[leg_of], shapely.get_point(pieces, 0))
        to_m = shapely.line_locate_point(legs[leg_of], shapely.get_point(pieces, -1))
        lines = self._lines[lane_of]
        gained_m = shapely.line_locate_point(
            lines, shapely.get_point(pieces, -1)
        ) - shapely.line_locate_point(lines, shapely.get_point(pieces, 0))
        gained_m = np.where(from_m <= to_m, gained_m, -gained_m)
        begin_m, end_m = np.minimum(from_m, to_m), np.maximum(from_m, to_m)
        for row in np.lexsort((lane_of, begin_m, leg_of)):
            if abs(gained_m[row]) >= follows * (end_m[row] - begin_m[row]):
                yield Part(
                    int(leg_of[row]),
                    int(lane_of[row]),
                    float(begin_m[row]),
                    float(end_m[row]),
                    bool(gained_m[row] > 0.0),
                )

    def _parts_of_those_in(self, numbers: Sequence[int], starts: Floats, ends: Floats) -> Iterator[Part]:
        """Yield the parts of those legs that meet one of some lanes: few lanes have rules, so few legs do."""
        starts, ends = np.broadcast_arrays(starts, ends)
        area = shapely.union_all(self._areas[list(numbers)])
        shapely.prepare(area)
        low, high = np.reshape(shapely.bounds(area), (2, 2))
        near = ~((np.maximum(starts, ends) < low) | (np.minimum(starts, ends) > high)).any(axis=1)
        rows = np.flatnonzero(near)
        rows = rows[
            shapely.intersects(area, shapely.linestrings(np.stack([starts[rows], ends[rows]], axis=1)))
        ]
        for part in self.parts(starts[rows], ends[rows]):
            yield replace(part, leg=int(rows[part.leg]))

    def against_one_way(self, starts: Floats, ends: Floats) -> Flags:
        """Say which legs run against a one-way lane where no other lane allows their direction."""
        found = np.zeros(len(ends), dtype=np.bool_)
        if not self._one_way:
            return found
        by_leg: defaultdict[int, list[Part]] = defaultdict(list)
        for part in self._parts_of_those_in(self._one_way, starts, ends):
            by_leg[part.leg].append(part)
        for leg, parts in by_leg.items():
            allowed = [(each.start_m, each.end_m) for each in parts if self.band(each) is not None]
            found[leg] = any(
                _uncovered_m(each.start_m, each.end_m, allowed) > TOUCH_M
                for each in parts
                if self.band(each) is None
            )
        return found

    def slow_parts(self, starts: Floats, ends: Floats) -> list[tuple[float, Floats]]:
        """Return each speed limit with the part of each leg, 0 to 1, where it is the lowest there."""
        if not self._limited:
            return []
        starts, ends = np.broadcast_arrays(starts, ends)
        length_m = np.hypot(*(ends - starts).T)
        by_leg: defaultdict[int, list[tuple[float, float, float]]] = defaultdict(list)
        for part in self._parts_of_those_in(self._limited, starts, ends):
            limit_m_s = self.corridors[part.lane].speed_limit_m_s
            if limit_m_s is not None:
                by_leg[part.leg].append((limit_m_s, part.start_m, part.end_m))
        limits: defaultdict[float, Floats] = defaultdict(lambda: np.zeros(len(ends)))
        for leg, spans in by_leg.items():
            for limit_m_s, slow_m in _slow_m(spans):
                limits[limit_m_s][leg] += slow_m / length_m[leg]
        return [(limit_m_s, np.minimum(part, 1.0)) for limit_m_s, part in sorted(limits.items())]


def _slow_m(spans: Sequence[tuple[float, float, float]]) -> Iterator[tuple[float, float]]:
    """Yield limits with the metres on which they hold: each metre of overlapping spans counts once."""
    slower: list[tuple[float, float]] = []
    for limit_m_s, start_m, end_m in sorted(spans):
        yield limit_m_s, _uncovered_m(start_m, end_m, slower)
        slower.append((start_m, end_m))


def _uncovered_m(start_m: float, end_m: float, covers: Sequence[tuple[float, float]]) -> float:
    """Return how much of a span lies in none of some others."""
    left_m, at_m = 0.0, start_m
    for low_m, high_m in sorted(covers):
        if low_m > at_m:
            left_m += min(low_m, end_m) - at_m
        at_m = max(at_m, min(high_m, end_m))
        if at_m >= end_m:
            return left_m
    return left_m + end_m - at_m
