"""Waiting above the pad for the receiver."""

from flight.geodesy import distance_m
from flight.situations import Situation
from flight.supervision.look import Look
from flight.supervision.monitors.base import Monitor, Reading
from flight.supervision.track import Track

LAST_S = 10.0
"""So long before the end of its wait the vehicle is as good as on its way home: the wait is there to answer,
and to tell it sooner would end it sooner."""

ARRIVED_M = 50.0
"""From here on it waits, and no longer flies there."""


class PadNotClear(Monitor):
    """The wait above the pad is nearly over, and nobody said that it is clear; or somebody said it is not."""

    situation = Situation.PAD_NOT_CLEAR
    unit = "s"
    hold_s = 0.0

    def __init__(self, track: Track) -> None:
        super().__init__()
        hold_seq = track.plan.hold_seq
        self._hold_seq = hold_seq
        self._place = None if hold_seq is None else track.points[hold_seq]
        self._lasts_s = 0.0 if hold_seq is None else track.plan.mission[hold_seq].param1
        self._limit_s = max(0.0, self._lasts_s - LAST_S)
        self._arrived_at: float | None = None

    def read(self, look: Look) -> Reading | None:
        """Return for how long it has been waiting; a pad that is said not to be clear is told at once."""
        if self._place is None or look.seq is None:
            return None
        waits = look.seq == self._hold_seq and not look.pad_clear
        if not waits:
            self._arrived_at = None
            return Reading(0.0, self._limit_s, beyond=False, within=True)
        if self._arrived_at is None and look.place and distance_m(look.place, self._place) <= ARRIVED_M:
            self._arrived_at = look.now
        if self._arrived_at is None:
            return None
        waited_s = look.now - self._arrived_at
        is_refused = look.pad_clear is False
        beyond = is_refused or waited_s >= self._limit_s
        return Reading(waited_s, self._limit_s, beyond, within=False)

    def text(self, look: Look, reading: Reading) -> str:
        """Say what was said, and what comes of it."""
        said = "has not said that the pad is clear" if look.pad_clear is None else "said that it is not clear"
        left_s = max(0.0, self._lasts_s - reading.value)
        return f"the receiver {said}; the vehicle goes home with its payload in {left_s:.0f} s"
