"""One tick: what the database wants, compared with what is, and the next steps that follow.

Planning takes too long for a transaction. It works on what one transaction has read; another writes the
result, after a look whether it still fits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from dispatch import reasons
from dispatch.assign import Assignment, Candidate, Errand, RoundTrip, Unroutable, assign, types_to_route
from dispatch.fleet import as_candidate
from dispatch.intake import pad_of
from dispatch.launching import launch_if_ready, outdated
from dispatch.lifecycle import end_before_launch, move_request, move_sortie, note_on_request
from dispatch.overdue import give_up_overdue
from dispatch.reservations import Claims, reservations
from dispatch.services import ACTOR, Services
from dispatch.states import RequestState, SortieState
from dispatch.stopping import stop_late_launches
from dispatch.store.records import ProvedPlan
from dispatch.store.unit_of_work import UnitOfWork
from dispatch.traffic import claims_now, expected_claims
from dispatch.values import DroneType, EventData, Request, Sortie, Words
from flight.errors import FlightError
from geofences.deconflict import StillInConflict
from geofences.errors import GeofencesError, NoRoute


@dataclass(frozen=True)
class _Planned:
    """A sortie that is planned and proved, and not written yet."""

    sortie: Sortie
    plan: ProvedPlan
    chosen: Candidate
    others: Words | None
    waits_for: Words | None


def tick(services: Services, now: datetime) -> None:
    """Give up who is lost, stop late launches, drop old plans, plan, apply the policy, order launches.

    While everybody that has a sortie is in the air, and nobody waits, there is nothing to do but to look.
    """
    with services.store.reading() as uow:
        active = uow.sorties.active()
    give_up_overdue(services, active, now)
    anybody_unlaunched = any(sortie.launched_at is None for sortie in active)
    if anybody_unlaunched:
        stop_late_launches(services, now)
        _drop_outdated(services, now)
    with services.store.reading() as uow:
        waiting = uow.requests.all([RequestState.ACCEPTED])
    for request in waiting:
        _plan_request(services, request, now)
    if not (anybody_unlaunched or waiting):
        return
    _apply_policy(services, now)
    with services.store.reading() as uow:
        approved = [each for each in uow.sorties.active() if each.state is SortieState.APPROVED]
        approved.sort(key=lambda sortie: uow.requests.get(sortie.request_id).queue_key)
    for sortie in approved:
        launch_if_ready(services, sortie.id, now)


def _drop_outdated(services: Services, now: datetime) -> None:
    """Take back plans that nobody has approved and that could not be flown any more."""
    with services.store.writing() as uow:
        for sortie in uow.sorties.active():
            if sortie.state is SortieState.PLANNED:
                reason = outdated(services, uow.sorties.plan(sortie.id), now)
                if reason is not None:
                    end_before_launch(uow, sortie, reason, now, ACTOR, plan_again=True)


def _plan_request(services: Services, request: Request, now: datetime) -> None:
    errand = _errand(services, request)
    with services.store.reading() as uow:
        candidates = _candidates(services, uow, request)
        expected = expected_claims(services, uow, now, request.queue_key)
        flying = claims_now(services, uow, now) if services.shares_air else {}
    types = types_to_route(errand, candidates)
    trips = {each.id: _trip(services, each, errand, now, (expected, flying)) for each in types}
    assignment = assign(errand, candidates, trips)
    if assignment.chosen is None or assignment.trip is None:
        _note_unassigned(services, request.id, assignment, now)
        return
    try:
        planned = _prepare(services, request, assignment, assignment.chosen, assignment.trip, now)
    except (GeofencesError, FlightError) as error:
        _fail(services, request.id, reasons.not_provable(str(error)), now)
        return
    _write(services, planned, now)


def _errand(services: Services, request: Request) -> Errand:
    return Errand(
        mass_kg=request.mass_kg,
        temperature=request.temperature,
        origin_pad_id=pad_of("from_site_id", request.from_site_id, services.sites).id,
        destination_pad_id=pad_of("to_site_id", request.to_site_id, services.sites).id,
    )


def _candidates(services: Services, uow: UnitOfWork, request: Request) -> list[Candidate]:
    holders = {sortie.drone_id: sortie for sortie in uow.sorties.active()}
    candidates = []
    for drone in uow.drones.all():
        holder = holders.get(drone.id)
        if holder is None:
            candidates.append(as_candidate(services, drone))
        elif _gives_way(uow, holder, request):
            candidates.append(as_candidate(services, drone, displaces=holder.id))
        else:
            candidates.append(as_candidate(services, drone, busy_with=holder.id))
    return candidates


def _gives_way(uow: UnitOfWork, holder: Sortie, request: Request) -> bool:
    """Say whether a sortie that nobody has approved yet stands back for a more urgent request."""
    held_for = uow.requests.get(holder.request_id)
    return holder.state is SortieState.PLANNED and request.urgency.rank < held_for.urgency.rank


def _trip(
    services: Services, drone_type: DroneType, errand: Errand, now: datetime, taken: Sequence[Claims]
) -> RoundTrip | Unroutable:
    """Return a trip that keeps clear of the first of some claims that leave it a time at all.

    When it starts is decided at the order to launch; a plan that nobody approves grounds no other.
    """
    try:
        trip = services.planner.propose(drone_type, errand, now)
    except NoRoute as error:
        return Unroutable(reasons.no_route(error.reason, error.blocking_zones))
    crowded = Unroutable(reasons.no_fleet(), may_pass=True)
    for claims in taken:
        try:
            return services.planner.separated(trip, reservations(claims))
        except StillInConflict as error:
            crowded = Unroutable(_crowded(error, claims), may_pass=True)
    return crowded


def _crowded(error: StillInConflict, claims: Claims) -> Words:
    first = error.reservations[0]
    if claims[first].is_whole:
        return reasons.corridor_reserved(first)
    return reasons.air_reserved(first, error.free_from)


def _prepare(
    services: Services,
    request: Request,
    assignment: Assignment,
    chosen: Candidate,
    trip: RoundTrip,
    now: datetime,
) -> _Planned:
    with services.store.writing() as uow:
        sortie_id = services.new_id(uow, "S")
    plan = services.planner.prepare(
        sortie_id, chosen.drone, chosen.drone_type, trip, chosen.available_wh, request.mass_kg
    )
    sortie = Sortie(
        id=sortie_id,
        request_id=request.id,
        drone_id=chosen.drone.id,
        attempt=1,
        state=SortieState.PLANNED,
        created_at=now,
        plan_hash=plan.flight_plan.hash,
        planned_duration_s=trip.duration_s,
        planned_energy_wh=trip.energy_wh,
        arrives_at=trip.arrives_at,
    )
    others = assignment.reason if assignment.refusals else None
    return _Planned(sortie, plan, chosen, others, trip.waits_for)


def _write(services: Services, planned: _Planned, now: datetime) -> None:
    with services.store.writing() as uow:
        sortie = planned.sortie
        request = uow.requests.get(sortie.request_id)
        if request.state is not RequestState.ACCEPTED or not _make_way(uow, planned, now):
            return
        uow.sorties.save(replace(sortie, reason=planned.waits_for))
        uow.sorties.add_plan(sortie.id, planned.plan)
        data: EventData = {
            "request_id": request.id,
            "drone_id": sortie.drone_id,
            "plan_hash": sortie.plan_hash,
            "arrives_at": sortie.arrives_at.isoformat(),
            "late_s": max(0.0, (sortie.arrives_at - request.deadline).total_seconds()),
        }
        uow.journal.record("sortie.planned", sortie.id, now, ACTOR, planned.others, data)
        waits_for = planned.waits_for
        move_request(uow, request, RequestState.PLANNED, now, ACTOR, waits_for, sortie_id=sortie.id)


def _make_way(uow: UnitOfWork, planned: _Planned, now: datetime) -> bool:
    """Free the drone of the sortie that gives way; say whether the drone is still to be had."""
    holders = [each for each in uow.sorties.active() if each.drone_id == planned.sortie.drone_id]
    for holder in holders:
        if holder.id != planned.chosen.displaces or holder.state is not SortieState.PLANNED:
            return False
        reason = reasons.gave_way(planned.sortie.request_id)
        end_before_launch(uow, holder, reason, now, ACTOR, plan_again=True)
    return True


def _note_unassigned(services: Services, request_id: str, assignment: Assignment, now: datetime) -> None:
    """Keep why no drone flies: the request waits where that may pass, and fails where it cannot."""
    if not assignment.may_pass:
        _fail(services, request_id, assignment.reason, now)
        return
    with services.store.writing() as uow:
        request = uow.requests.get(request_id)
        if request.state is RequestState.ACCEPTED:
            note_on_request(uow, request, assignment.reason, now, ACTOR)


def _fail(services: Services, request_id: str, reason: Words, now: datetime) -> None:
    with services.store.writing() as uow:
        request = uow.requests.get(request_id)
        if request.state is RequestState.ACCEPTED:
            move_request(uow, request, RequestState.FAILED, now, ACTOR, reason)


def _apply_policy(services: Services, now: datetime) -> None:
    with services.store.writing() as uow:
        for sortie in uow.sorties.active():
            request = uow.requests.get(sortie.request_id)
            decision = services.policy.decide(request, sortie)
            if decision.approve and sortie.state is SortieState.PLANNED:
                actor = services.policy.name
                move_sortie(uow, sortie, SortieState.APPROVED, now, actor, approved_by=actor)
            if decision.confirm_loaded and request.state is RequestState.PLANNED:
                move_request(uow, request, RequestState.LOADED, now, services.policy.name)
