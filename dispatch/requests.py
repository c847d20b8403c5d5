"""The clinic's side: submitting, cancelling and receiving; and what operators do to a request."""

from datetime import datetime

from dispatch import reasons
from dispatch.errors import Conflict
from dispatch.intake import MAX_REASON_LENGTH, checked_request, checked_text
from dispatch.launching import launch_has_gone_out, launch_if_ready
from dispatch.lifecycle import move_request, move_sortie
from dispatch.services import ACTOR, Services
from dispatch.states import RequestState, SortieState, check_request_step
from dispatch.store.outbox import CommandKind
from dispatch.store.unit_of_work import UnitOfWork
from dispatch.values import NewRequest, Request, Words


def submit_request(services: Services, new: NewRequest, actor: str, now: datetime) -> Request:
    """Check and accept a request; raise `dispatch.errors.InvalidInput` and keep nothing."""
    sound = checked_request(new, services.sites, services.catalogue, now)
    with services.store.writing() as uow:
        request = Request(
            id=services.new_id(uow, "R"),
            items=sound.items,
            mass_kg=sound.mass_kg,
            temperature=sound.temperature,
            urgency=sound.urgency,
            deadline=sound.deadline,
            from_site_id=sound.from_site_id,
            to_site_id=sound.to_site_id,
            requested_by=sound.requested_by,
            state=RequestState.SUBMITTED,
            submitted_at=now,
        )
        uow.requests.save(request)
        uow.journal.record("request.submitted", request.id, now, actor)
        return move_request(uow, request, RequestState.ACCEPTED, now, ACTOR)


def cancel_request(services: Services, request_id: str, actor: str, now: datetime, reason: str) -> Request:
    """Cancel a request that is not on its way; a sortie planned for it ends with it.

    Raises
    ------
    Conflict
        The launch is under way: an operator must stop it first.
    IllegalTransition
        The request has flown, or has ended.
    """
    words = _words(reason)
    with services.store.writing() as uow:
        request = uow.requests.get(request_id)
        check_request_step(request.state, RequestState.CANCELLED)
        _end_sortie_of(uow, request, words, actor, now)
        return move_request(uow, request, RequestState.CANCELLED, now, actor, words)


def reject_request(services: Services, request_id: str, actor: str, now: datetime, reason: str) -> Request:
    """Refuse a request that is not planned yet."""
    return _move(services, request_id, RequestState.REJECTED, actor, now, _words(reason))


def retry_request(services: Services, request_id: str, actor: str, now: datetime) -> Request:
    """Put a request that failed or came back into the queue again."""
    return _move(services, request_id, RequestState.ACCEPTED, actor, now)


def hand_over_request(services: Services, request_id: str, actor: str, now: datetime, reason: str) -> Request:
    """Give a request that failed or came back to the ferry."""
    return _move(services, request_id, RequestState.HANDED_OVER, actor, now, _words(reason))


def confirm_receipt(services: Services, request_id: str, actor: str, now: datetime) -> Request:
    """Note that the clinic has the goods."""
    return _move(services, request_id, RequestState.RECEIVED, actor, now)


def confirm_loaded(services: Services, request_id: str, actor: str, now: datetime) -> Request:
    """Note that the goods are on board; the launch is ordered where it is approved too."""
    request = _move(services, request_id, RequestState.LOADED, actor, now)
    if request.sortie_id is not None:
        launch_if_ready(services, request.sortie_id, now)
    return request


def _move(
    services: Services,
    request_id: str,
    to: RequestState,
    actor: str,
    now: datetime,
    reason: Words | None = None,
) -> Request:
    with services.store.writing() as uow:
        return move_request(uow, uow.requests.get(request_id), to, now, actor, reason)


def _words(reason: str) -> Words:
    return reasons.in_words_of(checked_text("reason", reason, MAX_REASON_LENGTH))


def _end_sortie_of(uow: UnitOfWork, request: Request, words: Words, actor: str, now: datetime) -> None:
    """Abort the sortie that a request waits for, as long as nothing has gone out to its drone."""
    if request.sortie_id is None:
        return
    sortie = uow.sorties.get(request.sortie_id)
    if sortie.state is SortieState.ABORTED:
        return
    untouched = sortie.state in {SortieState.PLANNED, SortieState.APPROVED}
    if not untouched or launch_has_gone_out(uow, sortie):
        raise Conflict(
            f"the drone is being started for request {request.id}",
            "ask the operator to stop the launch",
            "ドローンが離陸の準備中です。運航者に連絡してください",
        )
    uow.outbox.withdraw(sortie, CommandKind.LAUNCH, now)
    move_sortie(uow, sortie, SortieState.ABORTED, now, actor, words)
