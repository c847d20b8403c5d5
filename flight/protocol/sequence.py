"""The sequence numbers of a vehicle's frames: which were overtaken, doubled or lost on the way.

Source: https://mavlink.io/en/guide/serialization.html (packet sequence)
"""

NUMBERS = 256

WINDOW = NUMBERS // 2
"""A number behind the newest by less than this is old, else it is ahead."""

FORGET_AFTER_S = 3.0
"""After such a silence any number is new: the vehicle may have started again from 0."""


class SequenceFilter:
    """Says which frames of one link are newer than all before, so that telemetry never goes back in time.

    ``expected`` counts the numbers that went by, ``arrived`` the frames that came, so that the difference is
    what was lost. A frame that came late is no loss; one that came twice is counted twice.
    """

    __slots__ = ("_at", "_newest", "arrived", "expected")

    def __init__(self) -> None:
        self.expected = 0
        self.arrived = 0
        self._newest: int | None = None
        self._at = 0.0

    def is_new(self, sequence: int, now: float) -> bool:
        """Judge a frame, and remember it if it is new."""
        self.arrived += 1
        newest = self._newest
        if newest is None or now - self._at >= FORGET_AFTER_S:
            step = 1
        else:
            step = (sequence - newest) % NUMBERS
            if not 0 < step < WINDOW:
                return False
        self.expected += step
        self._newest, self._at = sequence, now
        return True


class DoubleFilter:
    """Knows a frame again that came before, over whichever link.

    Two links may carry one stream (a router sends each frame over both), or a stream each with numbers of
    its own. The number finds the frame before, and all its bytes say whether it is the same.
    """

    __slots__ = ("_seen",)

    def __init__(self) -> None:
        self._seen: dict[int, tuple[int, float]] = {}

    def is_double(self, sequence: int, frame: bytes, now: float) -> bool:
        """Say whether this frame came within the last seconds."""
        before = self._seen.get(sequence)
        return before is not None and before[0] == hash(frame) and now - before[1] < FORGET_AFTER_S

    def remember(self, sequence: int, frame: bytes, now: float) -> None:
        """Remember a frame that was taken."""
        self._seen[sequence] = (hash(frame), now)
