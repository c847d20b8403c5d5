"""Stopping a launch that may not take off any more, because others fly.

A launch was ordered for the air as it was then, to take off within a window. Where it takes longer, or
another leaves its plan meanwhile, the gateway is told to stop it; it does as long as nothing has armed. The
request is planned again.
"""

from datetime import datetime, timedelta

from dispatch import reasons
from dispatch.reservations import LAUNCH_WINDOW_S
from dispatch.services import ACTOR, Services
from dispatch.states import SortieState
from dispatch.store.outbox import CommandKind
from dispatch.store.unit_of_work import UnitOfWork
from dispatch.traffic import in_the_way_of, is_launching, shares_corridor_with
from dispatch.values import EventData, Sortie, Words

PATIENCE_S = 120.0
"""After so long a launch is stopped: a minute before the end of its window, so that an arming that is under
way (10 s, ``flight.launching.arming``), a tick and the way of the command fit in."""

STOP_ORDERED = "sortie.stop_ordered"


def stop_late_launches(services: Services, now: datetime) -> None:
    """Order the end of every launch that others in the air leave no room for."""
    with services.store.reading() as uow:
        launching = [each.id for each in uow.sorties.active() if is_launching(uow, each)]
    if not launching:
        return
    with services.store.writing() as uow:
        for sortie in map(uow.sorties.get, launching):
            if sortie.state is not SortieState.HELD and is_launching(uow, sortie):
                reason = _objection(services, uow, sortie, now)
                if reason is not None and not uow.outbox.holds(sortie, CommandKind.CANCEL_LAUNCH):
                    _stop(uow, sortie, reason, now)


def stopped_for_others(uow: UnitOfWork, sortie: Sortie) -> Words | None:
    """Return why dispatch itself ordered the end of a launch; None where a person did, or nobody."""
    stops = [event for event in uow.journal.of(sortie.id) if event.type == STOP_ORDERED]
    by_people = any(event.actor != ACTOR for event in stops)
    return None if by_people or not stops else stops[0].reason


def _objection(services: Services, uow: UnitOfWork, sortie: Sortie, now: datetime) -> Words | None:
    orders = [event.at for event in uow.journal.of(sortie.id) if event.type == "sortie.launch_ordered"]
    ordered_at = max(orders, default=sortie.created_at)
    left = ordered_at + timedelta(seconds=LAUNCH_WINDOW_S) - now
    in_the_way = in_the_way_of(services, uow, sortie, now, max(0.0, left.total_seconds()))
    if in_the_way is not None or now < ordered_at + timedelta(seconds=PATIENCE_S):
        return in_the_way
    sharing = shares_corridor_with(services, uow, sortie)
    return None if sharing is None else reasons.launch_stopped(sharing)


def _stop(uow: UnitOfWork, sortie: Sortie, reason: Words, now: datetime) -> None:
    uow.outbox.put(sortie, CommandKind.CANCEL_LAUNCH, now)
    data: EventData = {"request_id": sortie.request_id}
    uow.journal.record(STOP_ORDERED, sortie.id, now, ACTOR, reason, data)
