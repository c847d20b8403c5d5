"""What is reported about a flight beside its usual way: alerts, actions, preflight.

An action counts when the drone was seen to do it (``ActionTaken``), whoever asked for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from dispatch import flight_words, reasons
from dispatch.flight_record import CHECK_PREFIX
from dispatch.intake import Sites
from dispatch.lifecycle import advance_sortie, move_sortie, note_on_request, note_on_sortie
from dispatch.services import FLIGHT
from dispatch.states import ENDED, RequestState, SortieState
from dispatch.store.unit_of_work import UnitOfWork
from dispatch.values import EventData, Sortie, Words
from flight.events import (
    ActionRefused,
    ActionTaken,
    AlertCleared,
    AlertRaised,
    PreflightReported,
    Severity,
    UploadFailed,
)
from flight.situations import Action

_OVER = ENDED | {SortieState.LANDED}


def action_taken(sites: Sites, uow: UnitOfWork, sortie: Sortie, event: ActionTaken, at: datetime) -> None:
    """Follow what the drone was seen to do off its plan, and tell those who wait why."""
    site = None if event.site_id is None else sites.get(event.site_id)
    words = flight_words.acting(event.action, event.by, site)
    if sortie.state not in _OVER and event.action is not Action.CONTINUE:
        sortie = _STEPS[event.action](uow, sortie, words, at)
        uow.sorties.save(replace(sortie, reason=words))
        request = uow.requests.get(sortie.request_id)
        if request.state is RequestState.IN_FLIGHT:
            note_on_request(uow, request, words, at, FLIGHT)
    data = {**_about(sortie, event), "why": event.reason, "site_id": event.site_id}
    uow.journal.record("sortie.action_taken", sortie.id, at, FLIGHT, words, data)


def action_refused(sites: Sites, uow: UnitOfWork, sortie: Sortie, event: ActionRefused, at: datetime) -> None:
    """Note that the drone did not do what it was told to."""
    words = flight_words.refused(event.action, event.reason)
    if sortie.state not in _OVER:
        uow.sorties.save(replace(sortie, reason=words))
    uow.journal.record("sortie.action_refused", sortie.id, at, FLIGHT, words, _about(sortie, event))


def alert_raised(sites: Sites, uow: UnitOfWork, sortie: Sortie, event: AlertRaised, at: datetime) -> None:
    """Record what is out of the ordinary, with its figures."""
    data: EventData = {
        "request_id": sortie.request_id,
        "situation": str(event.situation),
        "phase": str(event.phase),
        "value": event.value,
        "limit": event.limit,
        "unit": event.unit,
        "text": event.text,
    }
    words = flight_words.alert(event.situation, event.value, event.limit, event.unit)
    uow.journal.record("sortie.alert_raised", sortie.id, at, FLIGHT, words, data)


def alert_cleared(sites: Sites, uow: UnitOfWork, sortie: Sortie, event: AlertCleared, at: datetime) -> None:
    """Record that it is over."""
    data: EventData = {
        "request_id": sortie.request_id,
        "situation": str(event.situation),
        "value": event.value,
        "unit": event.unit,
    }
    uow.journal.record("sortie.alert_cleared", sortie.id, at, FLIGHT, data=data)


def preflight_reported(
    sites: Sites, uow: UnitOfWork, sortie: Sortie, event: PreflightReported, at: datetime
) -> None:
    """Record every check; where soft failures wait for a person, say so on the sortie."""
    checks = {CHECK_PREFIX + each.name: f"{each.severity}: {each.text}" for each in event.checks}
    data: EventData = {**checks, "request_id": sortie.request_id, "overridden_by": event.overridden_by}
    words = None if event.override_reason is None else reasons.in_words_of(event.override_reason)
    uow.journal.record("sortie.preflight", sortie.id, at, FLIGHT, words, data)
    soft = [
        (flight_words.check_name(each.name), each.text)
        for each in event.checks
        if each.severity is Severity.SOFT_FAILURE
    ]
    if soft and event.overridden_by is None and sortie.launched_at is None and sortie.state not in _OVER:
        note_on_sortie(uow, sortie, reasons.preflight_waits(soft), at, FLIGHT)


def upload_failed(sites: Sites, uow: UnitOfWork, sortie: Sortie, event: UploadFailed, at: datetime) -> None:
    """Note that a plan which was to be put on board, and not to be flown yet, is not there."""
    if sortie.state not in _OVER:
        note_on_sortie(uow, sortie, reasons.upload_failed(event.stage, event.reason), at, FLIGHT)


def _about(sortie: Sortie, event: ActionTaken | ActionRefused) -> EventData:
    return {"request_id": sortie.request_id, "action": str(event.action), "by": event.by}


def _hold(uow: UnitOfWork, sortie: Sortie, words: Words, at: datetime) -> Sortie:
    return _leave_plan(uow, sortie, SortieState.HELD, words, at)


def _resume(uow: UnitOfWork, sortie: Sortie, words: Words, at: datetime) -> Sortie:
    if sortie.state is not SortieState.HELD:
        return sortie
    known = sortie.held_from not in (None, SortieState.LOST) and sortie.launched_at is not None
    to = sortie.held_from if known and sortie.held_from is not None else SortieState.LAUNCHED
    return move_sortie(uow, sortie, to, at, FLIGHT, words)


def _return(uow: UnitOfWork, sortie: Sortie, words: Words, at: datetime) -> Sortie:
    return advance_sortie(uow, sortie, SortieState.RETURNING, at, FLIGHT, words)


def _come_down_elsewhere(uow: UnitOfWork, sortie: Sortie, words: Words, at: datetime) -> Sortie:
    return _leave_plan(uow, sortie, SortieState.DIVERTED, words, at)


def _fall(uow: UnitOfWork, sortie: Sortie, words: Words, at: datetime) -> Sortie:
    """Give a drone up whose motors were stopped; it has landed when it is seen on the ground."""
    return _leave_plan(uow, sortie, SortieState.LOST, words, at)


def _leave_plan(uow: UnitOfWork, sortie: Sortie, to: SortieState, words: Words, at: datetime) -> Sortie:
    if sortie.state is to:
        return sortie
    if sortie.launched_at is None:
        sortie = advance_sortie(uow, sortie, SortieState.LAUNCHED, at, FLIGHT)
    if sortie.state is SortieState.LOST and to is not SortieState.HELD:
        sortie = move_sortie(uow, sortie, SortieState.HELD, at, FLIGHT, reasons.heard_again())
    return move_sortie(uow, sortie, to, at, FLIGHT, words)


_Step = Callable[[UnitOfWork, Sortie, Words, datetime], Sortie]
_STEPS: Mapping[Action, _Step] = {
    Action.HOLD: _hold,
    Action.RESUME: _resume,
    Action.RETURN: _return,
    Action.DIVERT: _come_down_elsewhere,
    Action.LAND: _come_down_elsewhere,
    Action.TERMINATE: _fall,
}
"""What becomes of the sortie's state; a drone that flies on as planned changes nothing."""
