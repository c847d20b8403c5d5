"""Control of a drone in flight: one operator at a time, for some minutes that every order renews.

Two people who steer one aircraft undo each other's work. So the first order takes control, and an order of
another operator is refused with the holder's name; taking over is one step, with a reason that is kept.
"""

from datetime import datetime, timedelta

from dispatch import reasons
from dispatch.errors import ControlHeld
from dispatch.intake import MAX_REASON_LENGTH, checked_text
from dispatch.services import Services
from dispatch.store.leases import Lease, control_key
from dispatch.store.unit_of_work import UnitOfWork
from dispatch.values import EventData, Sortie, Words

CONTROL_S = 300.0
"""How long an order keeps control: longer than a person takes to watch what it does, shorter than a watch."""


def control_of(uow: UnitOfWork, sortie: Sortie, now: datetime) -> Lease | None:
    """Return who controls the drone of a sortie, if somebody does."""
    return uow.leases.of(control_key(sortie.drone_id), now)


def take_control(
    services: Services, sortie_id: str, actor: str, now: datetime, *, take: bool, reason: str | None
) -> Sortie:
    """Take or renew control of a sortie's drone; with ``take`` from whoever has it, for a reason.

    Raises
    ------
    ControlHeld
        Another has it, and ``take`` is false.
    InvalidInput
        It would be taken from another without a reason.
    """
    with services.store.writing() as uow:
        sortie = uow.sorties.get(sortie_id)
        standing = control_of(uow, sortie, now)
        if take and standing is not None and standing.holder != actor:
            words = reasons.in_words_of(checked_text("reason", reason or "", MAX_REASON_LENGTH))
            _take_over(uow, sortie, actor, now, standing, words)
        else:
            renew_control(uow, sortie, actor, now)
        return sortie


def release_control(services: Services, sortie_id: str, actor: str, now: datetime) -> Sortie:
    """Give control back; of what another has nothing changes."""
    with services.store.writing() as uow:
        sortie = uow.sorties.get(sortie_id)
        standing = control_of(uow, sortie, now)
        if standing is not None and standing.holder == actor:
            uow.leases.release(standing.key, actor)
            data: EventData = {"request_id": sortie.request_id}
            uow.journal.record("sortie.control_released", sortie.id, now, actor, data=data)
        return sortie


def renew_control(uow: UnitOfWork, sortie: Sortie, actor: str, now: datetime) -> None:
    """Take control if it is free, or renew one's own; raise ControlHeld if another has it."""
    before = control_of(uow, sortie, now)
    lease = uow.leases.acquire(control_key(sortie.drone_id), actor, _until(now), now)
    if lease.holder != actor:
        raise ControlHeld(sortie.drone_id, lease.holder, lease.until)
    if before is None:
        data: EventData = {"request_id": sortie.request_id, "until": lease.until.isoformat()}
        uow.journal.record("sortie.control_taken", sortie.id, now, actor, data=data)


def seize_control(uow: UnitOfWork, sortie: Sortie, actor: str, now: datetime) -> None:
    """Take control in an emergency, from whoever has it: nobody may be kept from bringing a drone down."""
    standing = control_of(uow, sortie, now)
    if standing is None or standing.holder == actor:
        renew_control(uow, sortie, actor, now)
    else:
        _take_over(uow, sortie, actor, now, standing, reasons.seized())


def _take_over(
    uow: UnitOfWork, sortie: Sortie, actor: str, now: datetime, standing: Lease, words: Words
) -> None:
    lease = uow.leases.take_over(standing.key, actor, _until(now))
    data: EventData = {
        "request_id": sortie.request_id,
        "taken_from": standing.holder,
        "until": lease.until.isoformat(),
    }
    uow.journal.record("sortie.control_taken", sortie.id, now, actor, words, data)


def _until(now: datetime) -> datetime:
    return now + timedelta(seconds=CONTROL_S)
