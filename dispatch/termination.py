"""Stopping the motors of a drone in flight: the last resort, in two steps.

What falls cannot be called back, so one person asks and another confirms, unless the installation has decided
that one may do both (``Services.two_person_termination``). A request that nobody confirms runs out.
"""

from datetime import datetime, timedelta

from dispatch import reasons
from dispatch.control import renew_control
from dispatch.errors import Conflict
from dispatch.flight_record import TerminationRequest, flight_record
from dispatch.in_flight import IN_AIR, check_in_air, record_order
from dispatch.intake import MAX_REASON_LENGTH, checked_text
from dispatch.services import Services
from dispatch.store.outbox import CommandKind
from dispatch.store.unit_of_work import UnitOfWork
from dispatch.values import EventData, Sortie, Words
from flight.actions.two_steps import CONFIRM_WITHIN_S
from flight.situations import Action


def request_termination(services: Services, sortie_id: str, actor: str, now: datetime, reason: str) -> Sortie:
    """Ask to stop the motors; nothing happens without the second step.

    Raises
    ------
    Conflict
        It is not in the air, or another operator controls it.
    """
    words = reasons.in_words_of(checked_text("reason", reason, MAX_REASON_LENGTH))
    with services.store.writing() as uow:
        sortie = uow.sorties.get(sortie_id)
        check_in_air(sortie, Action.TERMINATE, IN_AIR)
        renew_control(uow, sortie, actor, now)
        uow.outbox.put(sortie, CommandKind.REQUEST_TERMINATION, now, actor)
        data: EventData = {"request_id": sortie.request_id, "until": _until(now).isoformat()}
        uow.journal.record("sortie.termination_requested", sortie.id, now, actor, words, data)
        return sortie


def confirm_termination(services: Services, sortie_id: str, actor: str, now: datetime) -> Sortie:
    """Stop the motors: the second step. It needs no control of the drone, which the first person has.

    Raises
    ------
    Conflict
        Nobody has asked for it in time, or the same person did and two are needed, or it is not in the air.
    """
    with services.store.writing() as uow:
        sortie = uow.sorties.get(sortie_id)
        check_in_air(sortie, Action.TERMINATE, IN_AIR)
        requested = requested_termination(uow, sortie, now)
        reason = _reason_of(sortie, requested, actor, two_persons=services.two_person_termination)
        uow.outbox.put(sortie, CommandKind.CONFIRM_TERMINATION, now, actor)
        record_order(uow, sortie, Action.TERMINATE, actor, now, reason)
        return sortie


def requested_termination(uow: UnitOfWork, sortie: Sortie, now: datetime) -> TerminationRequest | None:
    """Return the request to stop the motors that waits for its second step."""
    requested = flight_record(uow.journal.of(sortie.id)).termination
    return None if requested is None or _until(requested.at) <= now else requested


def _reason_of(
    sortie: Sortie, requested: TerminationRequest | None, actor: str, *, two_persons: bool
) -> Words | None:
    """Return the reason of a request that this person may confirm."""
    if requested is None:
        raise Conflict(
            f"nobody has asked in the last {CONFIRM_WITHIN_S:.0f} s to stop the motors of sortie {sortie.id}",
            "request the termination first, with a reason",
            "モーター停止の要請がないか、時間切れです。まず理由を付けて要請してください",
        )
    if two_persons and requested.by == actor:
        raise Conflict(
            f"{actor} asked for it: another person has to confirm",
            "have a second operator confirm with a key of their own ('tsubaki keys create --role operator')",
            "要請した人とは別の運航者の確認が必要です",
        )
    return requested.reason


def _until(requested_at: datetime) -> datetime:
    return requested_at + timedelta(seconds=CONFIRM_WITHIN_S)
