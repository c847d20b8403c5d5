"""What each report of the flight gateway means for the sortie and its request.

Reports may come late, twice, or with gaps (after a restart). The handlers walk the tables of
`dispatch.states` step by step; a report that says nothing new changes nothing, so nothing is delivered or
closed twice.
"""

from dataclasses import replace
from datetime import datetime

from dispatch import flight_words, reasons
from dispatch.flight_record import flight_record
from dispatch.intake import Sites
from dispatch.lifecycle import (
    advance_sortie,
    end_before_launch,
    move_request,
    move_sortie,
    note_on_request,
    note_on_sortie,
)
from dispatch.services import FLIGHT
from dispatch.states import ENDED, RequestState, SortieState, is_behind
from dispatch.stopping import stopped_for_others
from dispatch.store.outbox import CommandKind
from dispatch.store.unit_of_work import UnitOfWork
from dispatch.values import Sortie, Words
from flight.events import (
    AdoptionFailed,
    FlightAdopted,
    FlightPhase,
    Landed,
    Launched,
    LaunchFailed,
    LaunchStarted,
    PayloadReleased,
    PhaseChanged,
    PlanVerified,
    ReturnStarted,
    Severity,
)
from flight.situations import Action, Situation

CANCELLED = "cancelled"
"""The stage of a `LaunchFailed` that answers a CancelLaunch."""

ADOPTION = "adoption"
"""The stage of a `LaunchFailed` that answers an Adopt: the vehicle is at home, disarmed, with its parcel."""

PREFLIGHT = "preflight"
"""The stage of a `LaunchFailed` after checks that nobody let pass."""

NOBODY_ANSWERED = flight_words.CONTINGENCY + Situation.PAD_NOT_CLEAR
"""Chose to let the plan go on, which leads home from above a pad that nobody called clear."""

_FAILURES = frozenset({Severity.SOFT_FAILURE, Severity.HARD_FAILURE})

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


def launch_started(sites: Sites, uow: UnitOfWork, sortie: Sortie, event: LaunchStarted, at: datetime) -> None:
    """Note that the plan is being uploaded; of a drone that has flown this is old news."""
    if sortie.state is not SortieState.HELD and sortie.launched_at is None:
        advance_sortie(uow, sortie, SortieState.UPLOADING, at, FLIGHT)


def plan_verified(sites: Sites, uow: UnitOfWork, sortie: Sortie, event: PlanVerified, at: datetime) -> None:
    """Compare what was read back with what was approved, and stop the launch where they differ."""
    is_old = is_behind(sortie.state, SortieState.VERIFIED) or sortie.launched_at is not None
    if is_old or sortie.state is SortieState.HELD:
        return
    if event.plan_hash != sortie.plan_hash:
        uow.outbox.put(sortie, CommandKind.CANCEL_LAUNCH, at)
        _hold(uow, sortie, reasons.foreign_plan(sortie.plan_hash, event.plan_hash), at)
        return
    verified = replace(sortie, verified_hash=event.plan_hash)
    advance_sortie(uow, verified, SortieState.VERIFIED, at, FLIGHT)


def launch_failed(sites: Sites, uow: UnitOfWork, sortie: Sortie, event: LaunchFailed, at: datetime) -> None:
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
        reason = stopped or _why_not_launched(uow, sortie, event)
        end_before_launch(uow, sortie, reason, at, FLIGHT, plan_again=stopped is not None)


def _why_not_launched(uow: UnitOfWork, sortie: Sortie, event: LaunchFailed) -> Words:
    """Say what ended a launch; a preflight by the names of its checks, as residents read them."""
    preflight = flight_record(uow.journal.of(sortie.id)).preflight
    if event.stage != PREFLIGHT or preflight is None:
        return reasons.launch_failed(event.stage, event.reason)
    failed = [each.name for each in preflight.checks if each.severity in _FAILURES]
    return reasons.preflight_failed(event.reason, [flight_words.check_name(name) for name in failed])


def launched(sites: Sites, uow: UnitOfWork, sortie: Sortie, event: Launched, at: datetime) -> None:
    """Note that the drone is in the air."""
    _in_flight(uow, sortie, SortieState.LAUNCHED, at)


def phase_changed(sites: Sites, uow: UnitOfWork, sortie: Sortie, event: PhaseChanged, at: datetime) -> None:
    """Follow the flight into another phase; off its plan, the phases of the plan say nothing."""
    if event.phase in _PHASE_STATES and not _goes_elsewhere(uow, sortie):
        _in_flight(uow, sortie, _PHASE_STATES[event.phase], at)


def payload_released(
    sites: Sites, uow: UnitOfWork, sortie: Sortie, event: PayloadReleased, at: datetime
) -> None:
    """Note that the parcel has left the drone."""
    if not _goes_elsewhere(uow, sortie):
        sortie = _in_flight(uow, sortie, SortieState.DELIVERING, at)
    _delivered(uow, sortie, at)


def return_started(sites: Sites, uow: UnitOfWork, sortie: Sortie, event: ReturnStarted, at: datetime) -> None:
    """Note that the drone turned back before the delivery."""
    if _goes_elsewhere(uow, sortie) or sortie.state is SortieState.RETURNING:
        return
    words = reasons.turned_back(event.reason)
    if _waited_in_vain(uow, sortie):
        words = flight_words.acting(Action.RETURN, NOBODY_ANSWERED, None)
    sortie = _in_flight(uow, sortie, SortieState.RETURNING, at, words)
    request = uow.requests.get(sortie.request_id)
    if request.state is RequestState.IN_FLIGHT:
        note_on_request(uow, request, words, at, FLIGHT)


def landed(sites: Sites, uow: UnitOfWork, sortie: Sortie, event: Landed, at: datetime) -> None:
    """End the flight: the drone is on the ground and disarmed, here or elsewhere."""
    if is_behind(sortie.state, SortieState.LANDED):
        return
    if event.released:
        if not _goes_elsewhere(uow, sortie):
            sortie = _in_flight(uow, sortie, SortieState.DELIVERING, at)
        sortie = _delivered(uow, sortie, at)
    sortie = replace(sortie, energy_used_wh=event.energy_used_wh)
    site = None if event.site_id is None else sites.get(event.site_id)
    if site is not None:
        _landed_away(uow, sortie, reasons.landed_at_site(site), at)
    elif event.distance_from_home_m > AT_HOME_M:
        _landed_away(uow, sortie, reasons.landed_away(event.distance_from_home_m), at)
    else:
        _landed_at_home(uow, sortie, at)


def flight_adopted(sites: Sites, uow: UnitOfWork, sortie: Sortie, event: FlightAdopted, at: datetime) -> None:
    """Take up a flight that was found again after a restart, with our plan on board."""
    if event.plan_hash != sortie.plan_hash:
        _hold(uow, sortie, reasons.foreign_plan(sortie.plan_hash, event.plan_hash), at)
        return
    if sortie.state in ENDED:
        return
    uow.journal.record("sortie.adopted", sortie.id, at, FLIGHT, data={"request_id": sortie.request_id})
    found = replace(sortie, verified_hash=event.plan_hash)
    if _goes_elsewhere(uow, sortie) or _holds(uow, sortie):
        uow.sorties.save(found)
    else:
        _in_flight(uow, found, SortieState.LAUNCHED, at)


def adoption_failed(
    sites: Sites, uow: UnitOfWork, sortie: Sortie, event: AdoptionFailed, at: datetime
) -> None:
    """Hold a flight that was not recognised after a restart: an operator decides."""
    _hold(uow, sortie, reasons.adoption_failed(event.reason), at)


def _in_flight(
    uow: UnitOfWork, sortie: Sortie, to: SortieState, at: datetime, reason: Words | None = None
) -> Sortie:
    """Take the sortie on to a state in the air, and its request with it."""
    sortie = advance_sortie(uow, sortie, to, at, FLIGHT, reason)
    request = uow.requests.get(sortie.request_id)
    if sortie.launched_at is not None and request.state is RequestState.LOADED:
        move_request(uow, request, RequestState.IN_FLIGHT, at, FLIGHT)
    return sortie


def _goes_elsewhere(uow: UnitOfWork, sortie: Sortie) -> bool:
    """Say whether a drone comes down elsewhere than planned: it diverts, or its motors were stopped."""
    terminated = sortie.state is SortieState.LOST and _last_action(uow, sortie) is Action.TERMINATE
    return sortie.state is SortieState.DIVERTED or terminated


def _holds(uow: UnitOfWork, sortie: Sortie) -> bool:
    """Say whether a held drone waits in the air because it was told to."""
    return sortie.state is SortieState.HELD and _last_action(uow, sortie) is Action.HOLD


def _last_action(uow: UnitOfWork, sortie: Sortie) -> Action | None:
    """Return what the drone was last seen to do off its plan."""
    taken = flight_record(uow.journal.of(sortie.id)).last_taken
    return None if taken is None else Action(taken.action)


def _delivered(uow: UnitOfWork, sortie: Sortie, at: datetime) -> Sortie:
    """Note the delivery, once."""
    if sortie.released_at is not None or sortie.state in ENDED:
        return sortie
    released = replace(sortie, released_at=at)
    uow.sorties.save(released)
    move_request(uow, uow.requests.get(sortie.request_id), RequestState.DELIVERED, at, FLIGHT)
    return released


def _landed_at_home(uow: UnitOfWork, sortie: Sortie, at: datetime) -> None:
    reason = None if sortie.released_at is not None else reasons.not_delivered(_why_home(uow, sortie))
    sortie = _in_flight(uow, sortie, SortieState.LANDED, at, reason)
    move_sortie(uow, sortie, SortieState.CLOSED, at, FLIGHT, reason)
    if reason is not None:
        move_request(uow, uow.requests.get(sortie.request_id), RequestState.RETURNED, at, FLIGHT, reason)


def _why_home(uow: UnitOfWork, sortie: Sortie) -> Words | None:
    """Return why a drone went home with its parcel, where that is known."""
    taken = flight_record(uow.journal.of(sortie.id)).last_taken
    is_told = taken is not None and (taken.action == Action.RETURN or taken.by == NOBODY_ANSWERED)
    return flight_words.why(taken.by) if taken is not None and is_told else None


def _waited_in_vain(uow: UnitOfWork, sortie: Sortie) -> bool:
    """Say whether the wait above the pad was over: then the plan itself leads home."""
    taken = flight_record(uow.journal.of(sortie.id)).last_taken
    return taken is not None and taken.by == NOBODY_ANSWERED


def _landed_away(uow: UnitOfWork, sortie: Sortie, reason: Words, at: datetime) -> None:
    """Keep the sortie open, and its drone unused, until an operator has fetched it."""
    if not _goes_elsewhere(uow, sortie):
        sortie = _in_flight(uow, sortie, SortieState.LAUNCHED, at)
        sortie = move_sortie(uow, sortie, SortieState.DIVERTED, at, FLIGHT, reason)
    move_sortie(uow, sortie, SortieState.LANDED, at, FLIGHT, reason)
    if sortie.released_at is None:
        move_request(uow, uow.requests.get(sortie.request_id), RequestState.FAILED, at, FLIGHT, reason)


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
        note_on_sortie(uow, again, reasons.tried_again(attempt), at, FLIGHT)
        return
    move_sortie(uow, again, SortieState.APPROVED, at, FLIGHT, reasons.tried_again(attempt))


def _hold(uow: UnitOfWork, sortie: Sortie, reason: Words, at: datetime) -> None:
    if sortie.state is SortieState.HELD:
        note_on_sortie(uow, sortie, reason, at, FLIGHT)
    elif sortie.state not in ENDED and sortie.state is not SortieState.LANDED:
        move_sortie(uow, sortie, SortieState.HELD, at, FLIGHT, reason)
