"""After a restart: the truth is on the vehicles, so ask for it before anything else."""

from collections.abc import Iterable
from datetime import datetime

from dispatch.launching import launch_has_gone_out
from dispatch.services import ACTOR, Services
from dispatch.states import SortieState
from dispatch.store.outbox import CommandKind
from dispatch.store.unit_of_work import UnitOfWork
from dispatch.values import EventData, Sortie

_NOTHING_ON_BOARD = frozenset({SortieState.PLANNED, SortieState.LANDED})

_ORDERED, _ADOPTED = "sortie.adoption_ordered", "sortie.adopted"


def recover(services: Services, now: datetime) -> None:
    """Have every flight taken up again whose launch may have begun."""
    with services.store.writing() as uow:
        adopt_flights(uow, uow.sorties.active(), now)


def adopt_flights(uow: UnitOfWork, sorties: Iterable[Sortie], now: datetime) -> None:
    """Have those of some flights taken up again whose launch may have begun.

    A Launch that has not gone out needs nothing: the relay sends it. Once a sortie has moved on, a Launch
    left unsent by a crash is void: the drone may be in the air.
    """
    for sortie in sorties:
        if _may_have_begun(uow, sortie):
            uow.outbox.withdraw(sortie, CommandKind.LAUNCH, now)
            uow.outbox.put(sortie, CommandKind.ADOPT, now)
            data: EventData = {"request_id": sortie.request_id, "attempt": sortie.attempt}
            uow.journal.record(_ORDERED, sortie.id, now, ACTOR, data=data)


def adopt_again(uow: UnitOfWork, sortie: Sortie, now: datetime) -> None:
    """Have a flight taken up that could not be, now that its drone is heard again.

    A drone may be out of reach for longer than its gateway waits. Nobody watches it until it is adopted, and
    no order reaches it.
    """
    told = [event.type for event in uow.journal.of(sortie.id) if event.type in (_ORDERED, _ADOPTED)]
    if sortie.state is SortieState.HELD and told[-1:] == [_ORDERED]:
        adopt_flights(uow, [sortie], now)


def _may_have_begun(uow: UnitOfWork, sortie: Sortie) -> bool:
    if sortie.state is SortieState.APPROVED:
        return launch_has_gone_out(uow, sortie)
    return sortie.state not in _NOTHING_ON_BOARD
