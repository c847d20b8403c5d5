"""Between which heights above home a plan flies each of its items, and how far outside a vehicle is."""

from collections.abc import Iterator

from flight.plan import FlightPlan
from flight.protocol.names import Command, Frame
from flight.supervision.track import Track

Band = tuple[float, float]
"""Lower and upper height above home in metres."""


class Heights:
    """Compares a height with those of the item under way.

    Parameters
    ----------
    track
        The plan; one that expects nothing says nothing of heights.
    """

    def __init__(self, track: Track) -> None:
        self._bands = bands_of(track) if track.plan.expected else ()
        self._jumped_at_m: float | None = None

    def jump(self, height_m: float | None) -> None:
        """Note that the flight goes on elsewhere in its plan, from a height that may be any."""
        self._jumped_at_m = height_m

    def off_m(self, seq: int, height_m: float | None) -> float | None:
        """Return how far above (positive) or below (negative) its item's heights a vehicle is.

        After a jump what lies between there and the heights of the item is no deviation, until these are
        reached.
        """
        if height_m is None or not self._bands:
            return None
        band = self._bands[seq]
        off_m = _outside_m(height_m, band)
        if off_m == 0.0:
            self._jumped_at_m = None
        if self._jumped_at_m is None:
            return off_m
        return _outside_m(height_m, (min(band[0], self._jumped_at_m), max(band[1], self._jumped_at_m)))

    def descended(self, seq: int, height_m: float | None) -> float:
        """Return which part of an item's heights is behind a vehicle that goes down, 0 to 1."""
        low_m, high_m = self._bands[seq]
        if height_m is None or high_m <= low_m:
            return 0.0
        return min(1.0, max(0.0, (high_m - height_m) / (high_m - low_m)))


def bands_of(track: Track) -> tuple[Band, ...]:
    """Return for each item the heights from where its leg begins to where it ends.

    Items at one place may be flown late: a quadplane takes a waypoint above the one before as reached at once
    and goes on climbing (``Plane::verify_nav_wp``). So their heights count together, from the first of them.
    """
    heights = _heights(track.plan)
    return tuple(_band(track, heights, seq) for seq in range(len(heights)))


def _heights(plan: FlightPlan) -> list[float]:
    """Return the height at which each item ends; those that have none end at the one before."""
    heights = [0.0]
    for seq, item in enumerate(plan.mission[1:], start=1):
        expected_m = plan.expected[seq].altitude_m if seq < len(plan.expected) else None
        own_m = item.z_m if item.frame == Frame.GLOBAL_RELATIVE_ALT else heights[-1]
        heights.append(own_m if expected_m is None else expected_m)
    return heights


def _band(track: Track, heights: list[float], seq: int) -> Band:
    first = seq
    while first > 0 and track.legs[first].length_m == 0.0:
        first -= 1
    from_m = heights[_seq_before(track, first)]
    seen = [from_m, *heights[first : seq + 1], *_lowest_placed(track.plan, heights, seq)]
    return min(seen), max(seen)


def _seq_before(track: Track, seq: int) -> int:
    """Return the item before; before the first of a divert, that is the end of the leg that it leaves."""
    for divert in track.plan.diverts:
        if divert.enter_seq == seq:
            return divert.from_seq - 1
    return max(0, seq - 1)


def _lowest_placed(plan: FlightPlan, heights: list[float], seq: int) -> Iterator[float]:
    """Yield how low a placement goes: by up to ``param1`` metres (recorded), and up again."""
    item = plan.mission[seq]
    if item.command == Command.NAV_PAYLOAD_PLACE:
        yield heights[seq] - item.param1


def _outside_m(height_m: float, band: Band) -> float:
    """Return how far a height is above (positive) or below (negative) a band; 0 within."""
    return max(0.0, height_m - band[1]) + min(0.0, height_m - band[0])
