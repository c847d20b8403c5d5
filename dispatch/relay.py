"""From the outbox to the gateway, after the commit."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from dispatch import gateway_lease, reasons
from dispatch.services import ACTOR, Services
from dispatch.states import ENDED, SortieState
from dispatch.store.outbox import CommandKind, OutboxEntry
from dispatch.store.unit_of_work import UnitOfWork
from dispatch.values import EventData, Sortie
from flight.actions.two_steps import CONFIRM_WITHIN_S
from flight.commands import (
    Adopt,
    CancelLaunch,
    ClearPad,
    ConfirmTermination,
    Divert,
    FlightCommand,
    Hold,
    InFlight,
    LandNow,
    Launch,
    OverridePreflight,
    RequestTermination,
    Resume,
    ReturnHome,
)

IN_FLIGHT: Mapping[CommandKind, Callable[..., InFlight]] = {
    CommandKind.RETURN_HOME: ReturnHome,
    CommandKind.HOLD: Hold,
    CommandKind.RESUME: Resume,
    CommandKind.DIVERT: Divert,
    CommandKind.LAND_NOW: LandNow,
    CommandKind.REQUEST_TERMINATION: RequestTermination,
    CommandKind.CONFIRM_TERMINATION: ConfirmTermination,
    CommandKind.CLEAR_PAD: ClearPad,
    CommandKind.OVERRIDE_PREFLIGHT: OverridePreflight,
}
"""What becomes of an order; its arguments are the fields of the command beside whose it is."""

STALE_AFTER_S = 120.0
"""An order that could not go out for so long (the service was down) meant a moment that has passed. To come
home is right at any time."""

STALE_TERMINATION_S = CONFIRM_WITHIN_S
"""And one to stop the motors even sooner: what is below has changed."""

_TERMINATION = frozenset({CommandKind.REQUEST_TERMINATION, CommandKind.CONFIRM_TERMINATION})

_OVER = ENDED | {SortieState.LANDED}


def relay(
    services: Services, submit: Callable[[FlightCommand], None], now: datetime, holder: str | None = None
) -> None:
    """Send every waiting command, in order, and note each as sent.

    Parameters
    ----------
    submit
        Takes the command. If it raises, the command and those after it stay in the outbox.
    holder
        Name of the service, where several share a database: it sends only to the drones whose lease it has.
    """
    for entry_id, command in pending_commands(services, now, holder):
        submit(command)
        mark_sent(services, entry_id, now)


def pending_commands(
    services: Services, now: datetime, holder: str | None
) -> list[tuple[int, FlightCommand]]:
    """Return the waiting commands, oldest first, each with the number to mark it sent by.

    Commands that the sortie has left behind (another attempt, a launch of what is not approved any more, an
    order to what has landed) are withdrawn instead.
    """
    with services.store.reading() as uow:
        if not uow.outbox.unsent():
            return []
    with services.store.writing() as uow:
        pending = []
        for entry in uow.outbox.unsent():
            sortie = uow.sorties.get(entry.sortie_id)
            if not _is_ours(uow, sortie, holder, now):
                continue
            if _is_void(entry, sortie):
                uow.outbox.withdraw_entry(entry.id, now)
            elif _is_stale(entry, now):
                _let_expire(uow, sortie, entry, now)
            else:
                pending.append((entry.id, _command(services, uow, entry)))
        return pending


def mark_sent(services: Services, entry_id: int, now: datetime) -> None:
    """Note that a command has gone out."""
    with services.store.writing() as uow:
        uow.outbox.mark_sent(entry_id, now)


def _is_ours(uow: UnitOfWork, sortie: Sortie, holder: str | None, now: datetime) -> bool:
    if holder is None:
        return True
    return gateway_lease.commands(uow, holder, uow.drones.get(sortie.drone_id).address, now)


def _is_void(entry: OutboxEntry, sortie: Sortie) -> bool:
    if entry.attempt != sortie.attempt:
        return True
    if entry.kind is CommandKind.LAUNCH:
        return sortie.state is not SortieState.APPROVED
    return entry.kind in IN_FLIGHT and sortie.state in _OVER


def _is_stale(entry: OutboxEntry, now: datetime) -> bool:
    passes = entry.kind in IN_FLIGHT and entry.kind is not CommandKind.RETURN_HOME
    longest_s = STALE_TERMINATION_S if entry.kind in _TERMINATION else STALE_AFTER_S
    return passes and now > entry.created_at + timedelta(seconds=longest_s)


def _let_expire(uow: UnitOfWork, sortie: Sortie, entry: OutboxEntry, now: datetime) -> None:
    uow.outbox.withdraw_entry(entry.id, now)
    data: EventData = {"request_id": sortie.request_id, "command": str(entry.kind), "by": entry.by}
    uow.journal.record("sortie.order_expired", sortie.id, now, ACTOR, reasons.order_expired(entry.by), data)


def _command(services: Services, uow: UnitOfWork, entry: OutboxEntry) -> FlightCommand:
    match entry.kind:
        case CommandKind.LAUNCH:
            plan = uow.sorties.plan(entry.sortie_id).flight_plan
            return Launch(entry.sortie_id, entry.attempt, plan, services.planner.airspace_version)
        case CommandKind.ADOPT:
            return Adopt(entry.sortie_id, entry.attempt, uow.sorties.plan(entry.sortie_id).flight_plan)
        case CommandKind.CANCEL_LAUNCH:
            return CancelLaunch(entry.sortie_id, entry.attempt)
    return IN_FLIGHT[entry.kind](entry.sortie_id, entry.attempt, entry.by, **entry.arguments)
