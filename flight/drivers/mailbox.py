"""Events from the thread that flies to the threads that wait for them."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition

from flight.errors import FlightError
from flight.events import FlightEvent
from flight.transports.clock import Clock

KEPT_EVENTS = 1000
"""A flight has some thirty; of a script that never asks for them the newest are kept."""

Wants = Callable[[FlightEvent], bool]


class Mailbox:
    """Gives every reader each event once; when it was ended, every wait ends with its error."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._changed = Condition()
        self._readers: list[tuple[deque[FlightEvent], Wants]] = []
        self._error: FlightError | None = None

    def put(self, event: FlightEvent) -> None:
        """Hand an event to all readers that want it."""
        with self._changed:
            for queue, wants in self._readers:
                if wants(event):
                    queue.append(event)
            self._changed.notify_all()

    def end(self, error: FlightError) -> None:
        """Let no wait last any longer; the first error counts."""
        with self._changed:
            self._error = self._error or error
            self._changed.notify_all()

    def check(self) -> None:
        """Raise the error if it was ended."""
        with self._changed:
            if self._error is not None:
                raise self._error

    def open(self, wants: Wants) -> deque[FlightEvent]:
        """Return the queue of a new reader, which gets of what is put from now on all that it wants."""
        queue: deque[FlightEvent] = deque(maxlen=KEPT_EVENTS)
        with self._changed:
            self._readers.append((queue, wants))
        return queue

    @contextmanager
    def reader(self, wants: Wants) -> Iterator[deque[FlightEvent]]:
        """Open a queue for a while."""
        queue = self.open(wants)
        try:
            yield queue
        finally:
            with self._changed:
                self._readers = [each for each in self._readers if each[0] is not queue]

    def take(self, queue: deque[FlightEvent], until: float) -> FlightEvent | None:
        """Return the next event of a queue, waiting for it up to a time; ``None`` if none came."""
        with self._changed:
            while not queue:
                if self._error is not None:
                    raise self._error
                left_s = self._clock.wall_s(until - self._clock.now())
                if left_s <= 0.0:
                    return None
                self._changed.wait(left_s)
            return queue.popleft()
