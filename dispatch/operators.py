"""The operator's side of a sortie: approving, stopping, and ending what went wrong."""

from datetime import datetime

from dispatch import reasons
from dispatch.errors import Conflict, IllegalTransition
from dispatch.intake import MAX_REASON_LENGTH, checked_text
from dispatch.launching import launch_has_gone_out, launch_if_ready
from dispatch.lifecycle import end_before_launch, move_request, move_sortie
from dispatch.services import Services
from dispatch.states import RequestState, SortieState
from dispatch.store.outbox import CommandKind
from dispatch.store.unit_of_work import UnitOfWork
from dispatch.values import Sortie, Words

_LAUNCHING = frozenset({SortieState.UPLOADING, SortieState.VERIFIED})


def approve_sortie(services: Services, sortie_id: str, actor: str, now: datetime) -> Sortie:
    """Give the go-ahead; the launch is ordered as soon as everything else is there too."""
    with services.store.writing() as uow:
        sortie = uow.sorties.get(sortie_id)
        move_sortie(uow, sortie, SortieState.APPROVED, now, actor, approved_by=actor)
    launch_if_ready(services, sortie_id, now)
    with services.store.reading() as uow:
        return uow.sorties.get(sortie_id)


def abort_sortie(services: Services, sortie_id: str, actor: str, now: datetime, reason: str) -> Sortie:
    """End a sortie that has not launched.

    Where its launch is under way, the gateway is told to stop it, and the sortie ends when the gateway says
    so: until then the drone may still take off.

    Raises
    ------
    Conflict
        It has launched, or has ended.
    """
    words = _words(reason)
    with services.store.writing() as uow:
        sortie = uow.sorties.get(sortie_id)
        if sortie.launched_at is not None:
            raise IllegalTransition("sortie", sortie.state, SortieState.ABORTED)
        if sortie.state in _LAUNCHING or launch_has_gone_out(uow, sortie):
            uow.outbox.put(sortie, CommandKind.CANCEL_LAUNCH, now)
            data = {"request_id": sortie.request_id}
            uow.journal.record("sortie.stop_ordered", sortie.id, now, actor, words, data)
        else:
            uow.outbox.withdraw(sortie, CommandKind.LAUNCH, now)
            end_before_launch(uow, sortie, words, now, actor, plan_again=False)
        return uow.sorties.get(sortie_id)


def close_sortie(
    services: Services, sortie_id: str, actor: str, now: datetime, reason: str, *, delivered: bool
) -> Sortie:
    """End a sortie whose aircraft a person has found: it landed away from home, or was held or lost.

    Parameters
    ----------
    delivered
        Whether the parcel reached the clinic, for a flight that could not tell.

    Raises
    ------
    Conflict
        It has not launched, or is still flown as planned, or has been closed.
    """
    words = _words(reason)
    with services.store.writing() as uow:
        sortie = uow.sorties.get(sortie_id)
        if sortie.launched_at is None or sortie.state not in {
            SortieState.HELD,
            SortieState.LANDED,
            SortieState.LOST,
        }:
            raise Conflict(
                f"sortie {sortie_id} is {sortie.state}: there is nothing to close by hand",
                "abort it before launch, or wait until it has landed",
                f"この飛行({sortie_id})は、いまは手動で終了できません",
            )
        _settle_request(uow, sortie, words, actor, now, delivered=delivered)
        if sortie.state is not SortieState.LANDED:
            sortie = move_sortie(uow, sortie, SortieState.LANDED, now, actor, words)
        return move_sortie(uow, sortie, SortieState.CLOSED, now, actor, words)


def _settle_request(
    uow: UnitOfWork, sortie: Sortie, words: Words, actor: str, now: datetime, *, delivered: bool
) -> None:
    request = uow.requests.get(sortie.request_id)
    if request.state is RequestState.IN_FLIGHT:
        to = RequestState.DELIVERED if delivered else RequestState.RETURNED
        move_request(uow, request, to, now, actor, words)


def _words(reason: str) -> Words:
    return reasons.in_words_of(checked_text("reason", reason, MAX_REASON_LENGTH))
