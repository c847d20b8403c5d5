"""How far a vehicle is from the line that it should be on, and how far it may be."""

from typing import NamedTuple

from flight.geodesy import Point
from flight.plan import VehicleClass
from flight.supervision.legs import Leg
from flight.supervision.track import Track

ABOUT_TURN_M = 220.0
"""How far aside a quadplane comes that turns about: two radii of its widest turn, 110 m (bank 45 degrees at
32.8 m/s over ground). A copter turns on the spot."""


class Lane(NamedTuple):
    """A leg, and half the width of what is certified around it."""

    leg: Leg
    half_width_m: float


class Aside(NamedTuple):
    """How far from its line a vehicle is, and how far it may be."""

    distance_m: float
    limit_m: float


class Corridor:
    """The lanes in which a vehicle may be while an item is current.

    At a corner both legs count, since a quadplane turns early (``WP_RADIUS``). An early return joins the way
    home in a straight line, and a divert may begin in a turn: so the straight line from where a jump was seen
    counts, too, until the next item.
    """

    def __init__(self, track: Track) -> None:
        self._track = track
        self._about_m = ABOUT_TURN_M if track.plan.vehicle_class is VehicleClass.QUADPLANE else 0.0
        self._half_widths_m = _half_widths_m(track)
        self._lanes = [self._lanes_of(seq) for seq in range(len(track.points))]
        self._join: tuple[int, Lane] | None = None

    def join(self, seq: int, place: Point) -> None:
        """Note that a vehicle jumps from a place to an item."""
        if self._half_widths_m:
            half_width_m = self._half_widths_m[seq] + self._about_m
            self._join = (seq, Lane(Leg(place, self._track.points[seq]), half_width_m))

    def aside(self, seq: int, place: Point) -> Aside | None:
        """Return how far aside a place is, seen from the lane that it is best in; None without corridor."""
        if not self._half_widths_m:
            return None
        lanes = self._lanes[seq]
        if self._join is not None and self._join[0] == seq:
            lanes = (*lanes, self._join[1])
        return min((Aside(lane.leg.locate(place)[0], lane.half_width_m) for lane in lanes), key=_share)

    def _lanes_of(self, seq: int) -> tuple[Lane, ...]:
        """Return the leg that ends at an item, and those before and behind it; at a stop, its place."""
        if not self._half_widths_m:
            return ()
        legs = self._track.legs
        before = next((each for each in range(seq - 1, 0, -1) if legs[each].length_m), seq)
        after = next((each for each in range(seq + 1, len(legs)) if legs[each].length_m), seq)
        seqs = dict.fromkeys((seq, before, after, *self._left_by(seq)))
        return tuple(Lane(legs[each], self._half_widths_m[each]) for each in seqs)

    def _left_by(self, seq: int) -> list[int]:
        """Return the legs that a divert leaves when it enters at an item, with the corner before them."""
        return [
            each
            for divert in self._track.plan.diverts
            if divert.enter_seq == seq
            for each in range(max(1, divert.from_seq - 1), divert.to_seq + 1)
            if self._track.legs[each].length_m
        ]


def _share(aside: Aside) -> float:
    return aside.distance_m / aside.limit_m


def _half_widths_m(track: Track) -> list[float]:
    """Return half a width for every item, or none at all where the plan has none.

    Where an item has none of its own, as above the pads, the nearest one before (or else behind) holds; on
    the ways to divert sites, the widest of the plan.
    """
    told = [each.half_width_m for each in track.plan.expected]
    known = [each for each in told if each]
    if not known:
        return []
    widths, last_m = [], known[0]
    for each in told:
        last_m = each or last_m
        widths.append(last_m)
    return widths + [max(known)] * (len(track.points) - len(widths))
