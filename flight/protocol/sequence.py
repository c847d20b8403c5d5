"""The sequence numbers of a vehicle's frames: which were overtaken or doubled on the way."""

WINDOW = 128
"""Half of the 256 numbers: a number behind the newest by less than this is old, else it is ahead."""

FORGET_AFTER_S = 3.0
"""After such a silence any number is new: the vehicle may have started again from 0."""


class SequenceFilter:
    """Says which frames are newer than all before them, so that telemetry never goes back in time.

    Source: https://mavlink.io/en/guide/serialization.html (packet sequence).
    """

    def __init__(self) -> None:
        self._newest: int | None = None
        self._at = 0.0

    def is_new(self, sequence: int, now: float) -> bool:
        """Judge a frame, and remember it if it is new."""
        newest, quiet_s = self._newest, now - self._at
        if newest is not None and quiet_s < FORGET_AFTER_S and not 0 < (sequence - newest) % 256 < WINDOW:
            return False
        self._newest, self._at = sequence, now
        return True
