"""What each report of the flight gateway means for the sortie and its request.

Reports may come late, twice, or with gaps (after a restart). The handlers walk the tables of
`dispatch.states` step by step; a report that says nothing new changes nothing, so nothing is delivered or
closed twice.
"""

from dataclasses import replace
from datetime import datetime

from dispatch import reasons
from dispatch.lifecycle import advance_sortie, end_before_launch, move_request, move_sortie, note_on_sortie
from dispatch.states import ENDED, RequestState, SortieState, is_behind
from dispatch.stopping import stopped_for_others
from dispatch.store.outbox import CommandKind
from dispatch.store.unit_of_work import UnitOfWork
from dispatch.values import EventData, Sortie, Words
from flight.events import (
    ActionRefused,
    ActionTaken,
    AdoptionFailed,
    AlertCleared,
    AlertRaised,
    FlightAdopted,
    FlightPhase,
    Landed,
    Launched,
    LaunchFailed,
    LaunchStarted,
    PayloadReleased,
    PhaseChanged,
    PlanVerified,
    PreflightReported,
    ReturnStarted,
)

ACTOR = "flight"
"""The actor of what the gateway reports."""

CANCELLED = "cancelled"
"""The stage of a `LaunchFailed` that answers a CancelLaunch."""

ADOPTION = "adoption"
"""The stage of a `LaunchFailed` that answers an Adopt: the vehicle is at home, disarmed, with its parcel."""

MAX_ATTEMPTS = 3
"""How often a launch that restarts cut short is tried by itself."""

AT_HOME_M = 50.0
"""Farther than this from the planned landing place the aircraft must be fetched (half an approach sector)."""

_PHASE_STATES = {
    FlightPhase.TAKING_OFF: SortieState.LAUNCHED,
    FlightPhase.ENROUTE: SortieState.ENROUTE,
    FlightPhase.DELIVERING: SortieState.DELIVERING,
    FlightPhase.RETURNING: SortieState.RETURNING,
    FlightPhase.LANDING: SortieState.RETURNING,
}


def launch_started(uow: UnitOfWork, sortie: Sortie, event: LaunchStarted, at: datetime) -> None:
    """Note that the plan is being uploaded."""
    if sortie.state is not SortieState.HELD:
        advance_sortie(uow, sortie, SortieState.UPLOADING, at, ACTOR)


def plan_verified(uow: UnitOfWork, sortie: Sortie, event: PlanVerified, at: datetime) -> None:
    """Compare what was read back with what was approved, and stop the launch where they differ."""
    if is_behind(sortie.state, SortieState.VERIFIED) or sortie.state is SortieState.HELD:
        return
    if event.plan_hash != sortie.plan_hash:
        uow.outbox.put(sortie, CommandKind.CANCEL_LAUNCH, at)
        _hold(uow, sortie, reasons.foreign_plan(sortie.plan_hash, event.plan_hash), at)
        return
    verified = replace(sortie, verified_hash=event.plan_hash)
    advance_sortie(uow, verified, SortieState.VERIFIED, at, ACTOR)


def launch_failed(uow: UnitOfWork, sortie: Sortie, event: LaunchFailed, at: datetime) -> None:
    """End a launch that ended on the ground, or try it again."""
    if sortie.state in ENDED:
        return
    if sortie.launched_at is not None:
        _found_home(uow, sortie, event, at)
    elif event.stage == ADOPTION and _may_try_again(uow, sortie):
        _try_again(uow, sortie, at)
    else:
        uow.outbox.withdraw(sortie, CommandKind.LAUNCH, at)
        stopped = stopped_for_others(uow, sortie) if event.stage in {CANCELLED, ADOPTION} else None
        reason = stopped or reasons.launch_failed(event.stage, event.reason)
        end_before_launch(uow, sortie, reason, at, ACTOR, plan_again=stopped is not None)


def launched(uow: UnitOfWork, sortie: Sortie, event: Launched, at: datetime) -> None:
    """Note that the drone is in the air."""
    _in_flight(uow, sortie, SortieState.LAUNCHED, at)


def phase_changed(uow: UnitOfWork, sortie: Sortie, event: PhaseChanged, at: datetime) -> None:
    """Follow the flight into another phase."""
    if event.phase in _PHASE_STATES:
        _in_flight(uow, sortie, _PHASE_STATES[event.phase], at)


def payload_released(uow: UnitOfWork, sortie: Sortie, event: PayloadReleased, at: datetime) -> None:
    """Note that the parcel has left the drone."""
    sortie = _in_flight(uow, sortie, SortieState.DELIVERING, at)
    _delivered(uow, sortie, at)


def return_started(uow: UnitOfWork, sortie: Sortie, event: ReturnStarted, at: datetime) -> None:
    """Note that the drone turned back before the delivery."""
    _in_flight(uow, sortie, SortieState.RETURNING, at, reasons.turned_back(event.reason))


def action_refused(uow: UnitOfWork, sortie: Sortie, event: ActionRefused, at: datetime) -> None:
    """Note that the drone did not do what it was told to."""
    note_on_sortie(uow, sortie, reasons.action_refused(event.action, event.reason), at, ACTOR)


def action_taken(uow: UnitOfWork, sortie: Sortie, event: ActionTaken, at: datetime) -> None:
    """Record what the drone was seen to do off its plan, and at whose word."""
    data: EventData = {"request_id": sortie.request_id, "by": event.by, "site_id": event.site_id}
    words = reasons.in_words_of(event.reason)
    uow.journal.record(f"sortie.action_{event.action}", sortie.id, at, ACTOR, words, data)


def alert_raised(uow: UnitOfWork, sortie: Sortie, event: AlertRaised, at: datetime) -> None:
    """Record what is out of the ordinary, with its figures."""
    data: EventData = {
        "request_id": sortie.request_id,
        "situation": str(event.situation),
        "value": event.value,
        "limit": event.limit,
        "unit": event.unit,
    }
    words = reasons.in_words_of(event.text)
    uow.journal.record("sortie.alert_raised", sortie.id, at, ACTOR, words, data)


def alert_cleared(uow: UnitOfWork, sortie: Sortie, event: AlertCleared, at: datetime) -> None:
    """Record that it is over."""
    data: EventData = {"request_id": sortie.request_id, "situation": str(event.situation)}
    uow.journal.record("sortie.alert_cleared", sortie.id, at, ACTOR, data=data)


def preflight_reported(uow: UnitOfWork, sortie: Sortie, event: PreflightReported, at: datetime) -> None:
    """Record every check that did not simply pass, and who let it."""
    data: EventData = {each.name: f"{each.severity}: {each.text}" for each in event.checks}
    data = {**data, "request_id": sortie.request_id, "overridden_by": event.overridden_by}
    words = None if event.override_reason is None else reasons.in_words_of(event.override_reason)
    uow.journal.record("sortie.preflight", sortie.id, at, ACTOR, words, data)


def landed(uow: UnitOfWork, sortie: Sortie, event: Landed, at: datetime) -> None:
    """End the flight: the drone is on the ground and disarmed, here or elsewhere."""
    if is_behind(sortie.state, SortieState.LANDED):
        return
    if event.released:
        sortie = _in_flight(uow, sortie, SortieState.DELIVERING, at)
        sortie = _delivered(uow, sortie, at)
    sortie = replace(sortie, energy_used_wh=event.energy_used_wh)
    if event.distance_from_home_m > AT_HOME_M:
        _landed_away(uow, sortie, reasons.landed_away(event.distance_from_home_m), at)
    else:
        _landed_at_home(uow, sortie, at)


def flight_adopted(uow: UnitOfWork, sortie: Sortie, event: FlightAdopted, at: datetime) -> None:
    """Take up a flight that was found again after a restart, with our plan on board."""
    if event.plan_hash != sortie.plan_hash:
        _hold(uow, sortie, reasons.foreign_plan(sortie.plan_hash, event.plan_hash), at)
        return
    if sortie.state in ENDED:
        return
    uow.journal.record("sortie.adopted", sortie.id, at, ACTOR, data={"request_id": sortie.request_id})
    _in_flight(uow, replace(sortie, verified_hash=event.plan_hash), SortieState.LAUNCHED, at)


def adoption_failed(uow: UnitOfWork, sortie: Sortie, event: AdoptionFailed, at: datetime) -> None:
    """Hold a flight that was not recognised after a restart: an operator decides."""
    _hold(uow, sortie, reasons.adoption_failed(event.reason), at)


def _in_flight(
    uow: UnitOfWork, sortie: Sortie, to: SortieState, at: datetime, reason: Words | None = None
) -> Sortie:
    """Take the sortie on to a state in the air, and its request with it."""
    sortie = advance_sortie(uow, sortie, to, at, ACTOR, reason)
    request = uow.requests.get(sortie.request_id)
    if sortie.launched_at is not None and request.state is RequestState.LOADED:
        move_request(uow, request, RequestState.IN_FLIGHT, at, ACTOR)
    return sortie


def _delivered(uow: UnitOfWork, sortie: Sortie, at: datetime) -> Sortie:
    """Note the delivery, once."""
    if sortie.released_at is not None or sortie.state in ENDED:
        return sortie
    released = replace(sortie, released_at=at)
    uow.sorties.save(released)
    move_request(uow, uow.requests.get(sortie.request_id), RequestState.DELIVERED, at, ACTOR)
    return released


def _landed_at_home(uow: UnitOfWork, sortie: Sortie, at: datetime) -> None:
    reason = None if sortie.released_at is not None else reasons.not_delivered()
    sortie = _in_flight(uow, sortie, SortieState.LANDED, at, reason)
    move_sortie(uow, sortie, SortieState.CLOSED, at, ACTOR, reason)
    if reason is not None:
        move_request(uow, uow.requests.get(sortie.request_id), RequestState.RETURNED, at, ACTOR, reason)


def _landed_away(uow: UnitOfWork, sortie: Sortie, reason: Words, at: datetime) -> None:
    """Keep the sortie open, and its drone unused, until an operator has fetched it."""
    sortie = _in_flight(uow, sortie, SortieState.LAUNCHED, at)
    sortie = move_sortie(uow, sortie, SortieState.DIVERTED, at, ACTOR, reason)
    move_sortie(uow, sortie, SortieState.LANDED, at, ACTOR, reason)
    if sortie.released_at is None:
        move_request(uow, uow.requests.get(sortie.request_id), RequestState.FAILED, at, ACTOR, reason)


def _found_home(uow: UnitOfWork, sortie: Sortie, event: LaunchFailed, at: datetime) -> None:
    """End the flight of a drone that had launched, and now stands at home: nobody saw it land."""
    if event.stage == ADOPTION and not is_behind(sortie.state, SortieState.LANDED):
        _landed_at_home(uow, sortie, at)


def _may_try_again(uow: UnitOfWork, sortie: Sortie) -> bool:
    stopped = uow.outbox.holds(sortie, CommandKind.CANCEL_LAUNCH)
    return sortie.attempt < MAX_ATTEMPTS and not stopped


def _try_again(uow: UnitOfWork, sortie: Sortie, at: datetime) -> None:
    """Go back to approved, with the next attempt: a restart cut the launch short."""
    attempt = sortie.attempt + 1
    uow.outbox.withdraw(sortie, CommandKind.LAUNCH, at)
    again = replace(sortie, attempt=attempt)
    if sortie.state is SortieState.APPROVED:
        note_on_sortie(uow, again, reasons.tried_again(attempt), at, ACTOR)
        return
    move_sortie(uow, again, SortieState.APPROVED, at, ACTOR, reasons.tried_again(attempt))


def _hold(uow: UnitOfWork, sortie: Sortie, reason: Words, at: datetime) -> None:
    if sortie.state in ENDED or sortie.state in {SortieState.HELD, SortieState.LANDED}:
        return
    move_sortie(uow, sortie, SortieState.HELD, at, ACTOR, reason)
