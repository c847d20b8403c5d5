"""Drones that should have landed long ago: lost where they are silent, held for an operator where not.

The sortie keeps air and drone, which may still be flying, and an operator ends it once somebody has looked.
If more is heard of the drone, the sortie goes on where it is.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from dispatch import reasons
from dispatch.lifecycle import move_sortie, note_on_request
from dispatch.services import ACTOR, Services
from dispatch.states import RequestState, SortieState
from dispatch.store.unit_of_work import UnitOfWork
from dispatch.values import Sortie, Words
from flight.link_state import LinkState

OVERDUE_S = 900.0
"""After the planned end of the flight. Wind on both ways costs a third of half an hour, and a gateway that
was started anew waits ten minutes for a heartbeat (``flight.launching.adoption``)."""

_IN_THE_AIR = frozenset(
    {
        SortieState.LAUNCHED,
        SortieState.ENROUTE,
        SortieState.DELIVERING,
        SortieState.RETURNING,
        SortieState.HELD,
    }
)


def give_up_overdue(services: Services, sorties: Iterable[Sortie], now: datetime) -> None:
    """Call those lost that are overdue and silent; hold those that are overdue and heard."""
    overdue = [sortie.id for sortie in sorties if _is_overdue(sortie, now)]
    if not overdue:
        return
    with services.store.writing() as uow:
        for sortie in map(uow.sorties.get, overdue):
            due_at = _due_at(sortie)
            if due_at is None or not _is_overdue(sortie, now):
                continue
            if _is_silent(services, uow, sortie):
                _note(uow, sortie, SortieState.LOST, reasons.overdue(due_at), now)
            elif not _has_been_held(uow, sortie, due_at):
                _note(uow, sortie, SortieState.HELD, reasons.late(due_at), now)


def _due_at(sortie: Sortie) -> datetime | None:
    """Return when a flight should have ended; None where it has not begun."""
    if sortie.launched_at is None:
        return None
    return sortie.launched_at + timedelta(seconds=sortie.planned_duration_s)


def _is_overdue(sortie: Sortie, now: datetime) -> bool:
    due_at = _due_at(sortie)
    return sortie.state in _IN_THE_AIR and due_at is not None and now >= due_at + timedelta(seconds=OVERDUE_S)


def _is_silent(services: Services, uow: UnitOfWork, sortie: Sortie) -> bool:
    snapshot = services.fleet.snapshot(uow.drones.get(sortie.drone_id).address)
    return snapshot is None or snapshot.link is LinkState.LOST


def _has_been_held(uow: UnitOfWork, sortie: Sortie, since: datetime) -> bool:
    """Say whether an operator has been told already: a sortie that goes on is not held a second time."""
    is_held = sortie.state is SortieState.HELD
    return is_held or any(
        event.type == "sortie.held" and event.at >= since for event in uow.journal.of(sortie.id)
    )


def _note(uow: UnitOfWork, sortie: Sortie, to: SortieState, reason: Words, now: datetime) -> None:
    move_sortie(uow, sortie, to, now, ACTOR, reason)
    request = uow.requests.get(sortie.request_id)
    if request.state is RequestState.IN_FLIGHT:
        note_on_request(uow, request, reason, now, ACTOR)
