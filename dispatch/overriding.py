"""Letting a launch go on in spite of the soft failures of its preflight: a person's decision, on record."""

from datetime import datetime

from dispatch import reasons
from dispatch.errors import Conflict
from dispatch.flight_record import flight_record
from dispatch.intake import MAX_REASON_LENGTH, checked_text
from dispatch.services import Services
from dispatch.store.outbox import CommandKind
from dispatch.store.unit_of_work import UnitOfWork
from dispatch.traffic import is_launching
from dispatch.values import EventData, Sortie
from flight.events import Severity


def override_preflight(services: Services, sortie_id: str, actor: str, now: datetime, reason: str) -> Sortie:
    """Let soft failures pass, for a reason; hard ones stop the launch all the same.

    Raises
    ------
    Conflict
        Its launch is not under way, or nothing waits for a decision.
    """
    words = reasons.in_words_of(checked_text("reason", reason, MAX_REASON_LENGTH))
    with services.store.writing() as uow:
        sortie = uow.sorties.get(sortie_id)
        if not is_launching(uow, sortie) or not _waits(uow, sortie):
            raise Conflict(
                f"the preflight of sortie {sortie_id} has no soft failures that wait for a decision",
                "look at its preflight report; hard failures cannot be overridden",
                "運航者の判断を待っている点検項目はありません",
            )
        uow.outbox.put(sortie, CommandKind.OVERRIDE_PREFLIGHT, now, actor, {"reason": words.en})
        data: EventData = {"request_id": sortie.request_id}
        uow.journal.record("sortie.preflight_overridden", sortie.id, now, actor, words, data)
        return sortie


def _waits(uow: UnitOfWork, sortie: Sortie) -> bool:
    """Say whether soft failures were reported, and no hard ones: what nobody saw, nobody lets pass."""
    preflight = flight_record(uow.journal.of(sortie.id)).preflight
    if preflight is None or preflight.overridden_by is not None:
        return False
    found = {check.severity for check in preflight.checks}
    return Severity.SOFT_FAILURE in found and Severity.HARD_FAILURE not in found
