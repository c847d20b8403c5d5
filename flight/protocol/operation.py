"""What every micro-service has in common: five verbs, a stated longest time, and an outcome."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from flight.errors import FlightError, LocalFlightError
from flight.protocol.messages import Message
from flight.protocol.slots import Slots

Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class Target:
    """The MAVLink system and component that an operation speaks to (component 1 is the autopilot).

    ``slots`` is what is in flight to this vehicle already; it belongs to the vehicle and outlives the
    operations.
    """

    system_id: int
    component_id: int = 1
    slots: Slots = field(default_factory=Slots, compare=False, repr=False)


class Operation(ABC, Generic[Outcome]):
    """A conversation with one vehicle that ends with an outcome or an error of ours.

    The caller starts it, passes every message of the vehicle, calls `handle_timer` when `next_timer` has
    come, and sends what `take_messages` returns, until it is ``done``. It reads no clock: ``now`` is an
    argument.
    """

    def __init__(self) -> None:
        self.done = False
        self._outbox: list[Message] = []
        self._timer: float | None = None
        self._values: list[Outcome] = []
        self._error: FlightError | None = None

    @abstractmethod
    def start(self, now: float) -> None:
        """Begin."""

    @abstractmethod
    def receive(self, message: Message, now: float) -> None:
        """Take a message of the vehicle, related or not."""

    @abstractmethod
    def handle_timer(self, now: float) -> None:
        """Act on the time; does nothing before `next_timer`."""

    def abandon(self) -> None:
        """End without an outcome, because nobody waits for it any more; what is left to send is sent."""
        self._fail(LocalFlightError(f"{type(self).__name__} was abandoned"))

    def next_timer(self) -> float | None:
        """Return when `handle_timer` wants to be called, or ``None``."""
        return None if self.done else self._timer

    def take_messages(self) -> list[Message]:
        """Return the messages to send, and forget them."""
        messages, self._outbox = self._outbox, []
        return messages

    def result(self) -> Outcome:
        """Return the outcome of a finished operation, or raise its error."""
        if self._error is not None:
            raise self._error
        return self._values[0]

    def _send(self, message: Message) -> None:
        self._outbox.append(message)

    def _due(self, now: float) -> bool:
        return not self.done and self._timer is not None and now >= self._timer

    def _succeed(self, value: Outcome) -> None:
        if not self.done:
            self.done = True
            self._values.append(value)

    def _fail(self, error: FlightError) -> None:
        if not self.done:
            self.done = True
            self._error = error
