"""What all monitors have in common: an alert is raised once and cleared once."""

from abc import ABC, abstractmethod
from typing import ClassVar, NamedTuple

from flight.events import AlertCleared, AlertRaised
from flight.order import Order
from flight.procedure import Announcement
from flight.situations import Situation
from flight.supervision.look import Look


class Reading(NamedTuple):
    """A number and its limit, and what follows from them.

    ``beyond`` raises an alert and ``within`` clears it; what is neither changes nothing. An alert is about
    its ``subject``: a reading beyond about another one is another alert.
    """

    value: float
    limit: float
    beyond: bool
    within: bool
    subject: str = ""


def at_most(value: float, limit: float, clear_at: float, subject: str = "") -> Reading:
    """Return a reading that should stay under a limit; equal to it is beyond."""
    return Reading(value, limit, value >= limit, value <= clear_at, subject)


def at_least(value: float, limit: float, clear_at: float) -> Reading:
    """Return a reading that should stay above a limit; equal to it is beyond."""
    return Reading(value, limit, value <= limit, value >= clear_at)


class Monitor(ABC):
    """Watches for one situation.

    A reading has to be beyond its limit for ``hold_s`` to raise the alert, and within for as long to clear
    it, so that neither a gust nor one wrong message does. What cannot be read changes nothing: loss only
    delays.
    """

    situation: ClassVar[Situation]
    unit: ClassVar[str]
    hold_s: ClassVar[float] = 2.0

    def __init__(self) -> None:
        self.alert: AlertRaised | None = None
        self._subject = ""
        self._turning_since: float | None = None

    @abstractmethod
    def read(self, look: Look) -> Reading | None:
        """Return the reading; None if it cannot be told now."""

    @abstractmethod
    def text(self, look: Look, reading: Reading) -> str:
        """Say a reading beyond its limit in a sentence."""

    def update(self, look: Look, order: Order) -> list[Announcement]:
        """Read; return what is new."""
        reading = self.read(look)
        if reading is None:
            return []
        is_other = self.alert is not None and reading.beyond and reading.subject != self._subject
        turns = is_other or (reading.beyond if self.alert is None else reading.within)
        if not turns:
            self._turning_since = None
            return []
        if self._turning_since is None:
            self._turning_since = look.now
        if look.now - self._turning_since < self.hold_s:
            return []
        self._turning_since = None
        cleared = [] if self.alert is None else [self.clear(reading.value, order)]
        return [*cleared, self._raise(look, reading, order)] if reading.beyond else cleared

    def clear(self, value: float, order: Order) -> Announcement:
        """End the alert."""
        self.alert = None
        return order.announce(AlertCleared, situation=self.situation, value=value, unit=self.unit)

    def _raise(self, look: Look, reading: Reading, order: Order) -> Announcement:
        self._subject = reading.subject
        self.alert = AlertRaised(
            at=look.now,
            vehicle=order.plan.vehicle,
            sortie_id=order.sortie_id,
            attempt=order.attempt,
            situation=self.situation,
            phase=look.phase,
            value=reading.value,
            limit=reading.limit,
            unit=self.unit,
            text=self.text(look, reading),
        )
        return _already(self.alert)


def _already(alert: AlertRaised) -> Announcement:
    """Return an announcement of an event that has its time."""
    return lambda _: alert
