"""Which part of the flight each mission item belongs to, for what is expected there and for its divert."""

from dataclasses import dataclass

from geofences.route import Way


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a mission item ends.

    Parameters
    ----------
    way, leg
        The leg that the item belongs to; legs are numbered by the waypoint that they end at. What is done at
        the stop belongs to the last leg of the way out.
    part
        How far along the leg the item ends, 0 (where it begins) to 1.
    stopped_s
        Time since the vehicle came over the pad of the stop; ``None`` before and after the stop.
    landed
        Whether it is the landing at the end of its way, or is done behind it.
    flown
        Whether the item leads along the leg, so that its corridor and height hold.
    """

    way: Way
    leg: int
    part: float = 0.0
    stopped_s: float | None = None
    flown: bool = False
    landed: bool = False
