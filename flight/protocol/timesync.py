"""``TIMESYNC``: how far the vehicle's clock is from ours, and how long a message takes there and back.

Source: https://mavlink.io/en/services/timesync.html
"""

from collections import deque
from dataclasses import dataclass

from flight.protocol.messages import TimeSync

INTERVAL_S = 10.0
"""As often as ArduPilot asks itself (recorded)."""

KEPT_SAMPLES = 8
KEPT_REQUESTS = 4
"""An answer that comes later than this many requests says more of the link than of the clock."""

NANOSECONDS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class ClockSample:
    """One answer: the vehicle's clock minus ours, and the time there and back."""

    offset_s: float
    round_trip_s: float


class TimeSyncer:
    """Asks, and answers who asks.

    Nothing is commanded by it, and nothing is judged by the vehicle's clock: it begins at boot, and without
    a signature anybody could answer. The round trip is a figure of the link.
    """

    def __init__(self) -> None:
        self._next = 0.0
        self._asked: deque[int] = deque(maxlen=KEPT_REQUESTS)
        self._samples: deque[ClockSample] = deque(maxlen=KEPT_SAMPLES)

    def next_timer(self) -> float:
        """Return when to ask next."""
        return self._next

    def request(self, now: float) -> TimeSync | None:
        """Return the question, if it is time for it."""
        if now < self._next:
            return None
        self._next = now + INTERVAL_S
        self._asked.append(_nanoseconds(now))
        return TimeSync(0, self._asked[-1])

    def receive(self, message: TimeSync, now: float) -> TimeSync | None:
        """Take a message; return the answer, if it was a question."""
        if message.tc1 == 0:
            return TimeSync(_nanoseconds(now), message.ts1)
        if message.ts1 in self._asked:
            self._asked.remove(message.ts1)
            self._samples.append(_sample(message, now))
        return None

    @property
    def best(self) -> ClockSample | None:
        """The newest samples' one with the shortest round trip: the least disturbed by queues."""
        return min(self._samples, key=lambda sample: sample.round_trip_s, default=None)


def _nanoseconds(now: float) -> int:
    return round(now * NANOSECONDS)


def _sample(message: TimeSync, now: float) -> ClockSample:
    """Take the vehicle's time as that of the middle between question and answer."""
    received = _nanoseconds(now)
    round_trip = max(0, received - message.ts1)
    middle = message.ts1 + round_trip // 2
    return ClockSample((message.tc1 - middle) / NANOSECONDS, round_trip / NANOSECONDS)
