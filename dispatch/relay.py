"""From the outbox to the gateway, after the commit."""

from collections.abc import Callable
from datetime import datetime

from dispatch.services import Services
from dispatch.states import SortieState
from dispatch.store.outbox import CommandKind, OutboxEntry
from dispatch.store.unit_of_work import UnitOfWork
from flight.commands import Adopt, CancelLaunch, FlightCommand, Launch, ReturnHome


def relay(services: Services, submit: Callable[[FlightCommand], None], now: datetime) -> None:
    """Send every waiting command, in order, and note each as sent.

    Parameters
    ----------
    submit
        Takes the command. If it raises, the command and those after it stay in the outbox.
    """
    for entry_id, command in pending_commands(services, now):
        submit(command)
        mark_sent(services, entry_id, now)


def pending_commands(services: Services, now: datetime) -> list[tuple[int, FlightCommand]]:
    """Return the waiting commands, oldest first, each with the number to mark it sent by.

    Commands that the sortie has left behind (another attempt, a launch of what is not approved any more) are
    withdrawn instead.
    """
    with services.store.reading() as uow:
        if not uow.outbox.unsent():
            return []
    with services.store.writing() as uow:
        pending = []
        for entry in uow.outbox.unsent():
            sortie = uow.sorties.get(entry.sortie_id)
            if _is_void(entry, sortie.attempt, sortie.state):
                uow.outbox.withdraw_entry(entry.id, now)
            else:
                pending.append((entry.id, _command(uow, entry)))
        return pending


def mark_sent(services: Services, entry_id: int, now: datetime) -> None:
    """Note that a command has gone out."""
    with services.store.writing() as uow:
        uow.outbox.mark_sent(entry_id, now)


def _is_void(entry: OutboxEntry, attempt: int, state: SortieState) -> bool:
    outrun = entry.kind is CommandKind.LAUNCH and state is not SortieState.APPROVED
    return outrun or entry.attempt != attempt


def _command(uow: UnitOfWork, entry: OutboxEntry) -> FlightCommand:
    match entry.kind:
        case CommandKind.LAUNCH:
            return Launch(entry.sortie_id, entry.attempt, uow.sorties.plan(entry.sortie_id).flight_plan)
        case CommandKind.ADOPT:
            return Adopt(entry.sortie_id, entry.attempt, uow.sorties.plan(entry.sortie_id).flight_plan)
        case CommandKind.RETURN_HOME:
            return ReturnHome(entry.sortie_id, entry.attempt)
        case CommandKind.CANCEL_LAUNCH:
            return CancelLaunch(entry.sortie_id, entry.attempt)
