"""The skeleton of a micro-service: its slot, its own messages, its timer, and its stated longest time."""

from abc import abstractmethod
from collections.abc import Hashable
from typing import TypeVar

from flight.errors import FlightError, LocalFlightError
from flight.protocol.messages import Message
from flight.protocol.operation import Operation, Target

Outcome = TypeVar("Outcome")

SLOT_WAIT_S = 60.0
"""How long to wait for an operation of the same kind with the same vehicle: a command is over within 40 s,
and nothing that is urgent should be started behind a transfer."""

SLOT_POLL_S = 0.25
"""How often to look whether the slot is free."""


class Conversation(Operation[Outcome]):
    """An operation that takes its turn and is over after `longest_s`.

    Parameters
    ----------
    target
        The vehicle.
    stage
        The step of the transaction for error texts, for example ``"mission upload"``.
    """

    def __init__(self, target: Target, stage: str) -> None:
        super().__init__()
        self._target = target
        self._stage = stage
        self._entered = False
        self._ends_at = 0.0

    @property
    @abstractmethod
    def longest_s(self) -> float:
        """After this time, once it has its turn, it is over, whatever the vehicle does."""

    @property
    @abstractmethod
    def slot(self) -> Hashable:
        """What it shares with nobody: no operation of this vehicle with an equal slot runs beside it."""

    def start(self, now: float) -> None:
        """Begin, or wait for the turn."""
        self._ends_at = now + SLOT_WAIT_S
        self._enter(now)

    def receive(self, message: Message, now: float) -> None:
        """Take a message of the vehicle, of those that are meant for this station."""
        if not self.done and self._entered:
            self._take(message, now)

    def handle_timer(self, now: float) -> None:
        """Act on the time."""
        if self.done:
            return
        if not self._entered:
            self._enter(now)
        elif now >= self._ends_at:
            self._fail(self._too_late())
        elif self._due(now):
            self._act(now)

    def next_timer(self) -> float | None:
        """Return when `handle_timer` wants to be called."""
        if self.done:
            return None
        return self._ends_at if self._timer is None else min(self._timer, self._ends_at)

    @property
    def _system(self) -> tuple[int, int]:
        """The first two fields of a message to the vehicle."""
        return self._target.system_id, self._target.component_id

    def _enter(self, now: float) -> None:
        ends_at = now + self.longest_s
        if self._target.slots.take(self.slot, self, now, ends_at):
            self._entered, self._ends_at = True, ends_at
            self._begin(now)
        elif now >= self._ends_at:
            self._fail(LocalFlightError(f"{self._stage}: another one of the same kind is still under way"))
        else:
            self._timer = now + SLOT_POLL_S

    @abstractmethod
    def _begin(self, now: float) -> None:
        """Say the first word."""

    @abstractmethod
    def _take(self, message: Message, now: float) -> None:
        """Take a message, now that it is our turn."""

    @abstractmethod
    def _act(self, now: float) -> None:
        """Act when the timer has come."""

    @abstractmethod
    def _too_late(self) -> FlightError:
        """Return the error that tells how far it came in its longest time."""
