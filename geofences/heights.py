"""At which height, in which lane and how fast each piece of a way is flown.

A piece that follows a lane for a kilometre or more flies in the lane's band for its direction, so that two
opposite drones in one lane never share a band; every other piece flies in the band of its way (out or home).
Between pieces of different bands the aircraft climbs or sinks at the start of the piece that it comes to, and
that piece begins so much earlier, on the open sea, that the change is over when the lane is reached.
"""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from geofences.lanes import Lanes, Part
from geofences.shapes import XY
from geofences.values import AltitudeBand

LEAST_IN_LANE_M = 1_000.0
"""Less than this in a lane is a crossing: a climb and a descent of 25 m take 250 m and 420 m at 25 m/s."""

LEAST_GAP_M = 0.4
"""Waypoints are not put nearer to each other than this; a proof lets a leg leave its lane by half a metre."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a way, in metres from its start: its band, and the lane that gives it."""

    start_m: float
    end_m: float
    band: AltitudeBand
    corridor_id: str | None = None
    limit_m_s: float = math.inf

    @property
    def flown(self) -> tuple[float, float]:
        """What the aircraft notices: the altitude and the speed limit."""
        return self.band.middle_amsl_m, self.limit_m_s


@dataclass(frozen=True, slots=True)
class Leg:
    """A straight leg to a point, as it is flown."""

    end: XY
    half_width_m: float
    altitude_amsl_m: float
    corridor_id: str | None
    limit_m_s: float


@dataclass(frozen=True, slots=True)
class HeightRules:
    """What decides on heights.

    Parameters
    ----------
    band
        The band of the way outside lanes.
    lanes
        The lanes that are open.
    approaches
        The number of legs at the start and at the end (0 or 1 each) that belong to a pad, not to a lane.
    climb_per_m, descent_per_m
        Height gained and lost for each metre over ground, at most.
    """

    band: AltitudeBand
    lanes: Lanes
    approaches: tuple[int, int]
    climb_per_m: float
    descent_per_m: float

    def change_m(self, before_amsl_m: float, after_amsl_m: float) -> float:
        """Return the distance over ground that a change of altitude takes."""
        rise_m = after_amsl_m - before_amsl_m
        return rise_m / self.climb_per_m if rise_m > 0.0 else -rise_m / self.descent_per_m


def legs_in_bands(points: Sequence[XY], half_widths_m: Sequence[float], rules: HeightRules) -> list[Leg]:
    """Return the legs of a way, with waypoints added where band or speed change.

    Parameters
    ----------
    points
        The corners, both ends included, shape (n, 2), in metres.
    half_widths_m
        Half width of the corridor of each leg, shape (n - 1,).
    """
    at_m = _distances_m(points)
    pieces = _pieces(points, at_m, rules)
    legs = []
    number, start_m = 0, 0.0
    for end_m, end in _stops(points, at_m, pieces, rules):
        piece = _longest(pieces, start_m, end_m)
        altitude_amsl_m, limit_m_s = piece.flown
        corridor_id = piece.corridor_id if _names_lane(piece, start_m, end_m, rules) else None
        legs.append(Leg(end, half_widths_m[number], altitude_amsl_m, corridor_id, limit_m_s))
        number, start_m = number + (end is points[number + 1]), end_m
    return legs


def _distances_m(points: Sequence[XY]) -> list[float]:
    lengths_m = (math.dist(start, end) for start, end in itertools.pairwise(points))
    return list(itertools.accumulate(lengths_m, initial=0.0))


def _pieces(points: Sequence[XY], at_m: list[float], rules: HeightRules) -> list[Piece]:
    """Return the pieces from start to end, without gaps."""
    first, last = rules.approaches[0], len(points) - 1 - rules.approaches[1]
    cruise = Piece(at_m[first], at_m[last], rules.band)
    pieces = [cruise]
    for piece in _in_lanes(points, at_m, rules):
        pieces = [each for old in pieces for each in _laid_over(old, piece)]
    pieces = [
        *([Piece(0.0, at_m[first], rules.band)] if first else []),
        *pieces,
        *([Piece(at_m[last], at_m[-1], rules.band)] if rules.approaches[1] else []),
    ]
    return _with_changes(pieces, rules)


def _in_lanes(points: Sequence[XY], at_m: list[float], rules: HeightRules) -> list[Piece]:
    """Return what follows a lane, the longest first; parts of one lane on neighbouring legs are one."""
    if not rules.lanes.corridors:
        return []
    table = np.array(points)
    open_: dict[tuple[int, bool], Piece] = {}
    found = []
    for part in rules.lanes.parts(table[:-1], table[1:]):
        key = part.lane, part.along
        piece = _piece(part, at_m[part.leg], rules.lanes)
        if piece is None:
            continue
        if key in open_ and piece.start_m - open_[key].end_m <= LEAST_GAP_M:
            piece = replace(piece, start_m=open_[key].start_m)
        elif key in open_:
            found.append(open_[key])
        open_[key] = piece
    found += open_.values()
    return sorted(found, key=lambda each: (each.start_m - each.end_m, each.corridor_id or ""))


def _piece(part: Part, leg_start_m: float, lanes: Lanes) -> Piece | None:
    band = lanes.band(part)
    if band is None:
        return None
    corridor = lanes.corridors[part.lane]
    limit_m_s = math.inf if corridor.speed_limit_m_s is None else corridor.speed_limit_m_s
    return Piece(leg_start_m + part.start_m, leg_start_m + part.end_m, band, corridor.id, limit_m_s)


def _laid_over(old: Piece, new: Piece) -> Iterator[Piece]:
    """Yield the pieces of an old one with a lane laid over it, unless it is taken or too short."""
    start_m, end_m = max(old.start_m, new.start_m), min(old.end_m, new.end_m)
    if old.corridor_id is not None or end_m - start_m < LEAST_IN_LANE_M:
        yield old
        return
    if start_m > old.start_m:
        yield replace(old, end_m=start_m)
    yield replace(new, start_m=start_m, end_m=end_m)
    if end_m < old.end_m:
        yield replace(old, start_m=end_m)


def _with_changes(pieces: list[Piece], rules: HeightRules) -> list[Piece]:
    """Let a lane's piece begin earlier on the sea by what a change of altitude takes, half of it at most."""
    result = pieces[:1]
    for index, piece in enumerate(pieces[1:], start=1):
        before = result[-1]
        sea = before.corridor_id is None and not (index == 1 and rules.approaches[0])
        if sea and piece.corridor_id is not None:
            change_m = rules.change_m(before.band.middle_amsl_m, piece.band.middle_amsl_m)
            start_m = before.end_m - min(change_m, (before.end_m - before.start_m) / 2)
            result[-1:] = [replace(before, end_m=start_m), replace(piece, start_m=start_m)]
        else:
            result.append(piece)
    return result


def _stops(
    points: Sequence[XY], at_m: list[float], pieces: list[Piece], rules: HeightRules
) -> Iterator[tuple[float, XY]]:
    """Yield distance and place of all waypoints but the first: corners, and where changes begin and end."""
    extra_m = [each for each in _changes_m(pieces, rules) if min(abs(m - each) for m in at_m) > LEAST_GAP_M]
    for (start, start_m), (end, end_m) in itertools.pairwise(zip(points, at_m, strict=True)):
        last_m = start_m
        for stop_m in sorted(extra_m):
            if start_m < stop_m < end_m and stop_m - last_m > LEAST_GAP_M:
                part = (stop_m - start_m) / (end_m - start_m)
                yield stop_m, (start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1]))
                last_m = stop_m
        yield end_m, end


def _changes_m(pieces: list[Piece], rules: HeightRules) -> Iterator[float]:
    """Yield where altitude, speed or the lane named change, and where a climb or descent is over."""
    for before, piece in itertools.pairwise(pieces):
        if before.flown != piece.flown or _differs(piece, rules):
            change_m = rules.change_m(before.band.middle_amsl_m, piece.band.middle_amsl_m)
            yield piece.start_m
            yield min(piece.start_m + change_m, piece.end_m)


def _differs(piece: Piece, rules: HeightRules) -> bool:
    """Say whether a piece is flown otherwise than the open sea, so that its lane must be named."""
    return piece.flown != (rules.band.middle_amsl_m, math.inf)


def _names_lane(piece: Piece, start_m: float, end_m: float, rules: HeightRules) -> bool:
    """Say whether a leg names the lane of its piece: always if it needs the lane's band, else if inside."""
    inside = piece.start_m - LEAST_GAP_M <= start_m and end_m <= piece.end_m + LEAST_GAP_M
    return inside or _differs(piece, rules)


def _longest(pieces: list[Piece], start_m: float, end_m: float) -> Piece:
    """Return the piece that covers most of a leg (they fly alike, but for what is shorter than a metre)."""
    return max(pieces, key=lambda each: min(each.end_m, end_m) - max(each.start_m, start_m))
