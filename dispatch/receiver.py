"""The receiver's word on the pad: clear, or not now. The drone waits above for it, and goes home without."""

from datetime import datetime

from dispatch.errors import Conflict
from dispatch.services import Services
from dispatch.states import SortieState
from dispatch.store.outbox import CommandKind
from dispatch.store.unit_of_work import UnitOfWork
from dispatch.values import EventData, Request, Sortie
from flight.plan import FlightPlan

ASKED_IN = frozenset({SortieState.DELIVERING, SortieState.HELD})
"""While the drone is above the pad. A word given earlier would be old when it counts."""


def answer_pad(services: Services, request_id: str, actor: str, now: datetime, *, clear: bool) -> Request:
    """Say whether the pad at the destination is clear.

    Raises
    ------
    Conflict
        No drone waits for it.
    """
    with services.store.writing() as uow:
        request = uow.requests.get(request_id)
        sortie = None if request.sortie_id is None else uow.sorties.get(request.sortie_id)
        if sortie is None or not _waits(uow, sortie):
            raise Conflict(
                f"no drone waits above the pad for request {request_id}",
                "answer when the drone has arrived above the pad",
                "いま上空で待っているドローンはありません",
            )
        uow.outbox.put(sortie, CommandKind.CLEAR_PAD, now, actor, {"clear": clear})
        data: EventData = {"request_id": request.id, "clear": float(clear)}
        uow.journal.record("sortie.pad_answered", sortie.id, now, actor, data=data)
        return request


def waits_for_receiver(sortie: Sortie, plan: FlightPlan) -> bool:
    """Say whether the drone of a sortie is above the pad and may not descend without a word."""
    is_there = sortie.state in ASKED_IN and SortieState.DELIVERING in (sortie.state, sortie.held_from)
    return is_there and sortie.released_at is None and plan.hold_seq is not None


def _waits(uow: UnitOfWork, sortie: Sortie) -> bool:
    return waits_for_receiver(sortie, uow.sorties.plan(sortie.id).flight_plan)
