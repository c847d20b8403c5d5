"""Between which heights above home a plan flies each of its items."""

from collections.abc import Iterator

from flight.plan import FlightPlan
from flight.protocol.names import Command, Frame
from flight.supervision.track import Track

Band = tuple[float, float]
"""Lower and upper height above home in metres."""


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


def outside_m(height_m: float, band: Band) -> float:
    """Return how far a height is above (positive) or below (negative) a band; 0 within."""
    return max(0.0, height_m - band[1]) + min(0.0, height_m - band[0])
