"""Lanes that a flight follows without naming them: their bands, directions and speeds bind it all the same.

Two opposite drones in one lane never share a band, so a kilometre in a lane is flown as the lane asks (see
``geofences.heights``). Where lanes lie over each other, it is enough to do what one of them asks.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from geofences.heights import LEAST_GAP_M, LEAST_IN_LANE_M
from geofences.lanes import Lanes, Part
from geofences.legs import FlownLeg
from geofences.rounding import straightened

CLEARLY = 0.8
"""The least gain along the centreline per metre of what clearly follows a lane: within 37° of it. What is
between this and the 60° of the router depends on where a leg is cut."""

MEASURED_M = 1.0
"""How much longer a part may be than one that the router leaves out: waypoints are rounded to 5 mm."""

Span = tuple[float, float]


def overlooked_lanes(legs: Sequence[FlownLeg], lanes: Lanes) -> Iterator[str]:
    """Yield each lane that legs follow for a kilometre or more otherwise than it asks, without naming any.

    Parameters
    ----------
    legs
        Those of one way between its pads.
    lanes
        Those that are open for all of the flight.
    """
    if not legs or not lanes.corridors:
        return
    kept: list[Span] = []
    broken: defaultdict[int, list[Span]] = defaultdict(list)
    for piece in _unnamed(legs, lanes):
        (kept if _keeps(piece, lanes) else broken[piece.part.lane]).append((piece.start_m, piece.end_m))
    for lane, spans in broken.items():
        if any(end_m - start_m > LEAST_IN_LANE_M + MEASURED_M for start_m, end_m in _left(spans, kept)):
            yield f"way {legs[0].way}: follows the corridor {lanes.corridors[lane].id} otherwise than it asks"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece of a leg that follows a lane, in metres from the start of the way."""

    leg: FlownLeg
    part: Part
    start_m: float
    end_m: float


def _unnamed(legs: Sequence[FlownLeg], lanes: Lanes) -> Iterator[_Piece]:
    """Yield what follows a lane of those legs that name none; directions are those of whole straights."""
    points = [legs[0].start, *(leg.end for leg in legs)]
    at_m = [0.0, *itertools.accumulate(leg.length_m for leg in legs)]
    corners = straightened(points)
    table = np.array([points[index] for index in corners])
    for part in lanes.parts(table[:-1], table[1:], follows=CLEARLY):
        first, last = corners[part.leg], corners[part.leg + 1]
        for index in range(first, last):
            start_m = max(at_m[first] + part.start_m, at_m[index])
            end_m = min(at_m[first] + part.end_m, at_m[index + 1])
            if legs[index].to.corridor_id is None and start_m < end_m:
                yield _Piece(legs[index], part, start_m, end_m)


def _keeps(piece: _Piece, lanes: Lanes) -> bool:
    """Say whether a piece is flown in the band of its lane, in its direction, and not too fast."""
    band, limit_m_s = lanes.band(piece.part), lanes.corridors[piece.part.lane].speed_limit_m_s
    at = piece.leg.to
    if band is None or (limit_m_s is not None and at.airspeed_m_s > limit_m_s):
        return False
    return band.floor_amsl_m <= at.altitude_amsl_m <= band.ceiling_amsl_m


def _left(spans: Sequence[Span], kept: Sequence[Span]) -> Iterator[Span]:
    """Yield what some spans hold, neighbours joined, and others do not."""
    joined: list[Span] = []
    for start_m, end_m in sorted(spans):
        if joined and start_m - joined[-1][1] <= LEAST_GAP_M:
            joined[-1] = joined[-1][0], max(joined[-1][1], end_m)
        else:
            joined.append((start_m, end_m))
    for start_m, end_m in joined:
        at_m = start_m
        for low_m, high_m in sorted(kept):
            if at_m < low_m < end_m:
                yield at_m, low_m
            at_m = max(at_m, high_m) if low_m < end_m else at_m
        if at_m < end_m:
            yield at_m, end_m
