"""Counts what arrives over one link: lost frames and messages per second, over the last moments."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from flight.protocol.messages import Message
from flight.protocol.sequence import SequenceFilter

WINDOW_S = 20.0
"""The figures are those of the window under way and of the one before."""

LEAST_FRAMES = 10
"""From fewer frames no loss is told."""

LEAST_S = 1.0
"""From a shorter time no rate is told."""


@dataclass(slots=True)
class _Window:
    """What came since a time; ``expected`` and ``arrived`` are the sequence filter's figures at its begin."""

    begun: float
    expected: int = 0
    arrived: int = 0
    counts: dict[type[Message], int] = field(default_factory=lambda: defaultdict(int))


class LinkMeter:
    """Judges each frame as new or not, and keeps the figures."""

    __slots__ = ("_before", "_filter", "_window")

    def __init__(self) -> None:
        self._filter = SequenceFilter()
        self._window: _Window | None = None
        self._before: _Window | None = None

    def note(self, message: Message | None, sequence: int, now: float) -> bool:
        """Count a frame; say whether it is newer than all before it."""
        window = self._window
        if window is None or now - window.begun >= WINDOW_S:
            window = self._roll(now)
        if message is not None:
            window.counts[type(message)] += 1
        return self._filter.is_new(sequence, now)

    @property
    def loss(self) -> float | None:
        """The lost share of the frames, 0 to 1; ``None`` while too little came to tell."""
        first = self._before or self._window
        if first is None:
            return None
        expected, arrived = self._filter.expected - first.expected, self._filter.arrived - first.arrived
        return None if expected < LEAST_FRAMES else min(1.0, max(0.0, 1 - arrived / expected))

    def rates_hz(self, now: float) -> Mapping[str, float]:
        """Return the messages per second by their name; metrics ask in another thread, hence a copy."""
        first = self._before or self._window
        if first is None or now - first.begun < LEAST_S:
            return {}
        counts: dict[str, int] = defaultdict(int)
        for window in (self._before, self._window):
            for kind, count in dict(window.counts).items() if window is not None else ():
                counts[kind.NAME] += count
        return {name: count / (now - first.begun) for name, count in counts.items()}

    def _roll(self, now: float) -> _Window:
        self._before = self._window
        self._window = _Window(now, self._filter.expected, self._filter.arrived)
        return self._window
