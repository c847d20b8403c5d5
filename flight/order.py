"""An order that dispatch gave for one sortie, and the events that answer it."""

from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from flight.events import SortieEvent
from flight.plan import FlightPlan
from flight.procedure import Announcement

E = TypeVar("E", bound=SortieEvent)


@dataclass(frozen=True)
class Order:
    """One attempt to fly one sortie with one plan."""

    sortie_id: str
    attempt: int
    plan: FlightPlan

    @property
    def key(self) -> tuple[str, int]:
        """What makes commands idempotent."""
        return self.sortie_id, self.attempt

    def announce(self, kind: type[E], **details: Any) -> Announcement:
        """Return an event about this order that lacks only its time."""
        return partial(
            kind,
            vehicle=self.plan.vehicle,
            sortie_id=self.sortie_id,
            attempt=self.attempt,
            **details,
        )
