"""The order to launch: given once all that it needs is there, and not before.

Needed are the approval, the goods on board, air that nobody else holds, a drone that is heard and
charged, a plan that is not too old, and a proof that still holds in the present airspace. The order goes into
the outbox; whatever is missing is written on the sortie, and the next tick looks again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from dispatch import reasons
from dispatch.assign import Candidate, energy_shortage, unreachable
from dispatch.fleet import as_candidate
from dispatch.lifecycle import end_before_launch, note_on_sortie
from dispatch.services import ACTOR, Services
from dispatch.states import RequestState, SortieState
from dispatch.store.outbox import CommandKind
from dispatch.store.records import ProvedPlan
from dispatch.store.unit_of_work import UnitOfWork
from dispatch.traffic import in_the_way_of
from dispatch.values import EventData, Request, Sortie, Words
from geofences.certificate import START_WINDOW_S
from geofences.errors import CertificateError


@dataclass(frozen=True)
class Readiness:
    """All that the order to launch one sortie depends on, as read in one transaction."""

    sortie: Sortie
    request: Request
    plan: ProvedPlan
    candidate: Candidate
    in_the_way: Words | None


def launch_if_ready(services: Services, sortie_id: str, now: datetime) -> None:
    """Order the launch of an approved sortie, or write down what it waits for.

    A plan that is out of date is thrown away, and its request planned again.
    """
    with services.store.reading() as uow:
        readiness = _read(services, uow, sortie_id, now)
    if readiness is None:
        return
    # Checking the proof takes too long for a transaction: what may have changed meanwhile is read again.
    complete = outdated(services, readiness.plan, now) is None and _missing(readiness) is None
    disproof = _disproof(services, readiness.plan, now) if complete else None
    with services.store.writing() as uow:
        readiness = _read(services, uow, sortie_id, now)
        if readiness is not None:
            _decide(services, uow, readiness, now, disproof, proof_checked=complete)


def awaits_launch(uow: UnitOfWork, sortie: Sortie) -> bool:
    """Say whether a sortie is approved and its launch has not been ordered."""
    return sortie.state is SortieState.APPROVED and not uow.outbox.holds(sortie, CommandKind.LAUNCH)


def launch_has_gone_out(uow: UnitOfWork, sortie: Sortie) -> bool:
    """Say whether an approved sortie's launch was sent, so that the gateway may be at it."""
    return sortie.state is SortieState.APPROVED and uow.outbox.has_sent(sortie, CommandKind.LAUNCH)


def outdated(services: Services, plan: ProvedPlan, now: datetime) -> Words | None:
    """Return why a plan that has not been flown is of no use any more."""
    if plan.certificate.airspace_version != services.planner.airspace_version:
        return reasons.airspace_changed()
    if now > plan.way_out.departure + timedelta(seconds=START_WINDOW_S):
        return reasons.plan_too_old()
    return None


def _read(services: Services, uow: UnitOfWork, sortie_id: str, now: datetime) -> Readiness | None:
    sortie = uow.sorties.get(sortie_id)
    if not awaits_launch(uow, sortie):
        return None
    return Readiness(
        sortie=sortie,
        request=uow.requests.get(sortie.request_id),
        plan=uow.sorties.plan(sortie.id),
        candidate=as_candidate(services, uow.drones.get(sortie.drone_id)),
        in_the_way=in_the_way_of(services, uow, sortie, now),
    )


def _missing(readiness: Readiness) -> Words | None:
    if readiness.request.state is not RequestState.LOADED:
        return reasons.waits_for_loading()
    if readiness.in_the_way is not None:
        return readiness.in_the_way
    problem = unreachable(readiness.candidate) or energy_shortage(
        readiness.candidate, readiness.sortie.planned_energy_wh
    )
    return problem and reasons.about(readiness.candidate.drone.id, problem)


def _disproof(services: Services, plan: ProvedPlan, now: datetime) -> Words | None:
    try:
        services.planner.verify(plan, now)
    except CertificateError as error:
        return reasons.not_provable(str(error))
    return None


def _decide(
    services: Services,
    uow: UnitOfWork,
    readiness: Readiness,
    now: datetime,
    disproof: Words | None,
    *,
    proof_checked: bool,
) -> None:
    sortie = readiness.sortie
    stale = outdated(services, readiness.plan, now)
    missing = _missing(readiness)
    if stale is not None:
        end_before_launch(uow, sortie, stale, now, ACTOR, plan_again=True)
    elif missing is not None:
        note_on_sortie(uow, sortie, missing, now, ACTOR)
    elif disproof is not None:
        # A proof that fails in its own airspace is not cured by planning the same again: a person must look.
        end_before_launch(uow, sortie, disproof, now, ACTOR, plan_again=False)
    elif proof_checked:
        _order(uow, sortie, now)


def _order(uow: UnitOfWork, sortie: Sortie, now: datetime) -> None:
    uow.outbox.put(sortie, CommandKind.LAUNCH, now)
    data: EventData = {
        "request_id": sortie.request_id,
        "attempt": sortie.attempt,
        "plan_hash": sortie.plan_hash,
    }
    uow.journal.record("sortie.launch_ordered", sortie.id, now, ACTOR, data=data)
