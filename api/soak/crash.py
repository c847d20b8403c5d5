"""Killing the service: at any step of its work, and between any two.

A kill is an exception that no handler of the service catches (it is no ``Exception``), raised at a crash
point. What the process held in memory is gone then; what the database has committed stays.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from dispatch.store.store import Store
from dispatch.store.unit_of_work import UnitOfWork
from flight.events import FlightEvent

T = TypeVar("T")


class Place(StrEnum):
    """The crash points: where the service may be when it dies."""

    BETWEEN_STEPS = "between two steps"
    RECEIVING = "before a datagram is taken in"
    SENDING = "before a datagram is sent"
    HANDLING = "before a flight event is handled"
    HANDLED = "after a flight event was handled"
    READING = "before the database is read"
    BEGINNING = "before a transaction"
    COMMITTING = "before a transaction is committed"
    COMMITTED = "after a transaction was committed"
    PUBLISHING = "between a transaction and its publication"
    PUBLISHED = "after a command was published, before it is marked as sent"


class Killed(BaseException):
    """The process of the service has ended.

    Parameters
    ----------
    place
        Where it was.
    down_s
        How long it stays down.
    """

    def __init__(self, place: Place, down_s: float) -> None:
        self.place = place
        self.down_s = down_s
        super().__init__(place)


@dataclass(frozen=True)
class Crash:
    """One kill.

    Parameters
    ----------
    after_s
        From the start of the world, or from the flight event ``upon`` where one is named.
    upon
        Name of the class of the flight event, for example ``LaunchStarted`` for a crash during upload.
    skip
        How many crash points are passed first, so that every one of them has its turn.
    place
        Only points of this kind count; any where None.
    down_s
        How long until the service is started again.
    """

    after_s: float
    upon: str | None = None
    skip: int = 0
    place: Place | None = None
    down_s: float = 5.0


@dataclass
class _Pending:
    crash: Crash
    at: float | None
    left: int = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.crash.skip


class CrashGate:
    """Counts crash points, and kills where it is due.

    It is open while the service works; what the judges ask of it meanwhile is no work of its own.

    Parameters
    ----------
    crashes
        The kills to come.
    start
        Unix time of the start of the world.
    """

    def __init__(self, crashes: Sequence[Crash] = (), start: float = 0.0) -> None:
        self.kills: list[tuple[float, Place]] = []
        self.now = start
        self.is_open = False
        self._pending = [_Pending(each, None if each.upon else start + each.after_s) for each in crashes]

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Let kills through."""
        self.is_open = True
        try:
            yield
        finally:
            self.is_open = False

    def note(self, event: FlightEvent) -> None:
        """Let time count from an event for the kills that wait for it."""
        for pending in self._pending:
            if pending.at is None and pending.crash.upon == type(event).__name__:
                pending.at = self.now + pending.crash.after_s

    def reach(self, place: Place) -> None:
        """Pass a crash point; raise Killed where one is due and the gate is open."""
        if not self.is_open:
            return
        for pending in self._pending:
            crash = pending.crash
            if pending.at is None or self.now < pending.at or crash.place not in (None, place):
                continue
            if pending.left == 0:
                self._pending.remove(pending)
                self.kills.append((self.now, place))
                raise Killed(place, crash.down_s)
            pending.left -= 1


class CrashingStore(Store):
    """A database in whose transactions the service may die; what it had not committed is rolled back."""

    def __init__(self, store: Store, gate: CrashGate) -> None:
        self._store = store
        self._gate = gate

    @contextmanager
    def writing(self) -> Iterator[UnitOfWork]:
        """Give a unit of work, with crash points around and inside its transaction."""
        self._gate.reach(Place.BEGINNING)
        with self._store.writing() as uow:
            yield uow
            self._gate.reach(Place.COMMITTING)
        self._gate.reach(Place.COMMITTED)

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """Give a unit of work for looking only."""
        self._gate.reach(Place.READING)
        with self._store.reading() as uow:
            yield uow

    def close(self) -> None:
        """Leave the database open: it outlives the service."""


def published(submit: Callable[[T], None], gate: CrashGate) -> Callable[[T], None]:
    """Return a publication with crash points around it."""

    def crashing(command: T) -> None:
        gate.reach(Place.PUBLISHING)
        submit(command)
        gate.reach(Place.PUBLISHED)

    return crashing
