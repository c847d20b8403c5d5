"""Steps of requests and sorties: the new state, its time and its event, always together."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from dispatch import reasons
from dispatch.states import (
    ENDED,
    MAIN_LINE,
    RequestState,
    SortieState,
    check_request_step,
    check_sortie_step,
    is_behind,
    sortie_way,
)
from dispatch.store.leases import control_key
from dispatch.store.unit_of_work import UnitOfWork
from dispatch.values import EventData, Request, Sortie, Words

_REQUEST_TIMES = {
    RequestState.ACCEPTED: "accepted_at",
    RequestState.PLANNED: "planned_at",
    RequestState.LOADED: "loaded_at",
    RequestState.IN_FLIGHT: "launched_at",
    RequestState.DELIVERED: "delivered_at",
    RequestState.RECEIVED: "received_at",
    RequestState.REJECTED: "ended_at",
    RequestState.CANCELLED: "ended_at",
    RequestState.RETURNED: "ended_at",
    RequestState.FAILED: "ended_at",
    RequestState.HANDED_OVER: "ended_at",
}

_SORTIE_TIMES = {
    SortieState.APPROVED: "approved_at",
    SortieState.LAUNCHED: "launched_at",
    SortieState.LANDED: "landed_at",
    SortieState.CLOSED: "closed_at",
    SortieState.ABORTED: "closed_at",
}

_STARTED_ANEW = dict.fromkeys(("sortie_id", "planned_at", "loaded_at", "launched_at", "ended_at"))


def move_request(
    uow: UnitOfWork,
    request: Request,
    to: RequestState,
    at: datetime,
    actor: str,
    reason: Words | None = None,
    **changes: Any,
) -> Request:
    """Take a request one step on; raise `dispatch.errors.IllegalTransition`."""
    check_request_step(request.state, to)
    times: dict[str, Any] = {_REQUEST_TIMES[to]: at}
    if to is RequestState.ACCEPTED:
        # The first acceptance counts for the figures, however often it is planned.
        times = {**_STARTED_ANEW, "accepted_at": request.accepted_at or at}
    moved = replace(request, **{**times, **changes}, state=to, reason=reason)
    uow.requests.save(moved)
    data: EventData = {"from": str(request.state), "to": str(to), "sortie_id": moved.sortie_id}
    uow.journal.record(f"request.{to}", request.id, at, actor, reason, data)
    return moved


def move_sortie(
    uow: UnitOfWork,
    sortie: Sortie,
    to: SortieState,
    at: datetime,
    actor: str,
    reason: Words | None = None,
    **changes: Any,
) -> Sortie:
    """Take a sortie one step on; raise `dispatch.errors.IllegalTransition`."""
    check_sortie_step(sortie.state, to)
    times = _first_times(sortie, to, at)
    held_from = sortie.state if to is SortieState.HELD else None
    moved = replace(sortie, **{**times, **changes}, state=to, reason=reason, held_from=held_from)
    uow.sorties.save(moved)
    if to in ENDED:
        uow.leases.release(control_key(sortie.drone_id))
    data: EventData = {
        "from": str(sortie.state),
        "to": str(to),
        "request_id": sortie.request_id,
        "attempt": moved.attempt,
    }
    uow.journal.record(f"sortie.{to}", sortie.id, at, actor, reason, data)
    return moved


def _first_times(sortie: Sortie, to: SortieState, at: datetime) -> dict[str, datetime]:
    """Return the time that a step sets; a state that is entered again keeps its first time."""
    if to not in _SORTIE_TIMES:
        return {}
    name = _SORTIE_TIMES[to]
    return {name: getattr(sortie, name) or at}


def advance_sortie(
    uow: UnitOfWork, sortie: Sortie, to: SortieState, at: datetime, actor: str, reason: Words | None = None
) -> Sortie:
    """Take a sortie on to a state that was seen, step by step; old news changes nothing."""
    if sortie.state is SortieState.HELD and sortie.held_from is not None and is_behind(sortie.held_from, to):
        # It is heard of again: not where it was before, so at least where it was held.
        to = max(sortie.held_from, SortieState.LAUNCHED, key=MAIN_LINE.index)
    if is_behind(sortie.state, to):
        return sortie
    if sortie.state is SortieState.LOST:
        sortie = move_sortie(uow, sortie, SortieState.HELD, at, actor, reasons.heard_again())
    *passed, last = sortie_way(sortie.state, to)
    for state in passed:
        sortie = move_sortie(uow, sortie, state, at, actor, reasons.seen_only_later())
    return move_sortie(uow, sortie, last, at, actor, reason)


def note_on_request(uow: UnitOfWork, request: Request, reason: Words, at: datetime, actor: str) -> Request:
    """Say why a request waits. The same reason again is no news."""
    if request.reason == reason:
        return request
    noted = replace(request, reason=reason)
    uow.requests.save(noted)
    uow.journal.record("request.waiting", request.id, at, actor, reason)
    return noted


def note_on_sortie(uow: UnitOfWork, sortie: Sortie, reason: Words, at: datetime, actor: str) -> Sortie:
    """Say why a sortie waits. The same reason again is no news."""
    if sortie.reason == reason:
        return sortie
    noted = replace(sortie, reason=reason)
    uow.sorties.save(noted)
    uow.journal.record("sortie.waiting", sortie.id, at, actor, reason, {"request_id": sortie.request_id})
    return noted


def end_before_launch(
    uow: UnitOfWork, sortie: Sortie, reason: Words, at: datetime, actor: str, *, plan_again: bool
) -> None:
    """Abort a sortie that has not flown; its request fails for the same reason, and may queue again."""
    move_sortie(uow, sortie, SortieState.ABORTED, at, actor, reason)
    request = uow.requests.get(sortie.request_id)
    request = move_request(uow, request, RequestState.FAILED, at, actor, reason)
    if plan_again:
        move_request(uow, request, RequestState.ACCEPTED, at, actor, reason)
