"""Procedures: generators that yield operations and events, and the runner that carries them out.

A procedure reads from top to bottom as what is done with a vehicle; the waiting between the lines is here.
"""

from collections.abc import Callable, Generator, Iterator
from functools import partial
from typing import Any, Generic, TypeVar

from flight.errors import FlightError, RemoteFlightError
from flight.events import FlightEvent
from flight.protocol.messages import Message
from flight.protocol.operation import Operation

T = TypeVar("T")

Announcement = Callable[[float], FlightEvent]
"""An event that only lacks its time, mostly ``partial(Event, vehicle=…)``."""

Step = Operation[Any] | Announcement

Procedure = Generator[Step, None, T]
"""Yields steps, each of which is over when it goes on, and returns what came of them."""

POLL_S = 0.5
"""How often a condition is looked at without a message: conditions with a time in them change by
themselves."""


def perform(operation: Operation[T]) -> Procedure[T]:
    """Carry out an operation inside a procedure: return its outcome, or raise its error."""
    yield operation
    return operation.result()


class WaitUntil(Operation[None]):
    """Wait until a condition on the vehicle's telemetry holds.

    Parameters
    ----------
    condition
        Looks at the telemetry, which is up to date when it is called; gets ``now``.
    timeout_s
        After this time the wait fails with ``error()``; ``None`` waits for ever.
    error
        Makes the error at the time of the failure, so that it can quote the vehicle's last words.
    """

    def __init__(
        self,
        condition: Callable[[float], bool],
        timeout_s: float | None = None,
        error: Callable[[], FlightError] = lambda: RemoteFlightError("wait", "timed out"),
    ) -> None:
        super().__init__()
        self._condition = condition
        self._timeout_s = timeout_s
        self._error_of = error
        self._deadline: float | None = None

    def start(self, now: float) -> None:
        """Look once, at once."""
        self._deadline = None if self._timeout_s is None else now + self._timeout_s
        self._look(now)

    def receive(self, message: Message, now: float) -> None:
        """Look again: any message may have changed the telemetry."""
        self._look(now)

    def handle_timer(self, now: float) -> None:
        """Look again, and give up when it is time."""
        if self._due(now):
            self._look(now)

    def _look(self, now: float) -> None:
        self._timer = now + POLL_S
        if self._condition(now):
            self._succeed(None)
        elif self._deadline is not None and now >= self._deadline:
            self._fail(self._error_of())


class Runner(Generic[T]):
    """Carries out one procedure for one vehicle.

    An exception of an operation is raised inside the procedure, at the line that waits for it, so that the
    procedure's own clean-up sees every failure, expected or not.
    """

    def __init__(self, procedure: Procedure[T]) -> None:
        self.done = False
        self.value: T | None = None
        self._procedure = procedure
        self._operation: Operation[Any] | None = None
        self._messages: list[Message] = []
        self._events: list[FlightEvent] = []

    def start(self, now: float) -> None:
        """Run up to the first operation that has to wait."""
        self._advance(self._resume, now)

    def receive(self, message: Message, now: float) -> None:
        """Pass a message of the vehicle to the operation under way."""
        self._drive(lambda operation: operation.receive(message, now), now)

    def handle_timer(self, now: float) -> None:
        """Pass the time to the operation under way."""
        self._drive(lambda operation: operation.handle_timer(now), now)

    def interrupt(self, error: FlightError, now: float) -> None:
        """Raise an error in the procedure at the place where it waits."""
        if not self.done:
            if self._operation is not None:
                self._operation.abandon()
            self._collect()
            self._advance(partial(self._procedure.throw, error), now)

    def next_timer(self) -> float | None:
        """Return when `handle_timer` wants to be called."""
        return None if self._operation is None else self._operation.next_timer()

    def take_messages(self) -> list[Message]:
        """Return the messages to send, and forget them."""
        self._collect()
        messages, self._messages = self._messages, []
        return messages

    def take_events(self) -> Iterator[FlightEvent]:
        """Yield the events announced since the last call."""
        events, self._events = self._events, []
        yield from events

    def _drive(self, call: Callable[[Operation[Any]], None], now: float) -> None:
        operation = self._operation
        if operation is None:
            return
        try:
            call(operation)
        except Exception as error:
            self._advance(partial(self._procedure.throw, error), now)
            return
        if operation.done:
            self._collect()
            self._advance(self._resume, now)

    def _advance(self, resume: Callable[[], Step], now: float) -> None:
        try:
            next_step: Callable[[], Step] | None = resume
            while next_step is not None:
                next_step = self._begin(next_step(), now)
        except StopIteration as stop:
            self.done, self.value, self._operation = True, stop.value, None
        except Exception:
            self.done, self._operation = True, None
            raise

    def _begin(self, step: Step, now: float) -> Callable[[], Step] | None:
        """Start a step; return how to go on if it is over already."""
        self._operation = None
        try:
            if not isinstance(step, Operation):
                self._events.append(step(now))
                return self._resume
            self._operation = step
            step.start(now)
        except Exception as error:
            return partial(self._procedure.throw, error)
        if not step.done:
            return None
        self._collect()
        return self._resume

    def _resume(self) -> Step:
        return next(self._procedure)

    def _collect(self) -> None:
        if self._operation is not None:
            self._messages.extend(self._operation.take_messages())
