"""The outbox: commands to the flight gateway, written with their cause and sent after the commit.

A crash between sending and marking means that a command is sent again. The gateway knows each by (sortie,
attempt) and does nothing the second time. Rows are never written over: of two orders the later one counts,
also where the first is on its way at that moment.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from dispatch.store.tables import OutboxRow
from dispatch.values import Sortie

DISPATCH = "dispatch"
"""Who gives the commands that no person gave."""

_UNSENT = (
    select(OutboxRow)
    .where(col(OutboxRow.sent_at).is_(None), col(OutboxRow.withdrawn_at).is_(None))
    .order_by(col(OutboxRow.id))
)
"""Built once: it is asked for at every tick."""


class CommandKind(StrEnum):
    """The kinds of commands (`flight.commands`)."""

    LAUNCH = "launch"
    ADOPT = "adopt"
    CANCEL_LAUNCH = "cancel_launch"
    RETURN_HOME = "return_home"
    HOLD = "hold"
    RESUME = "resume"
    DIVERT = "divert"
    LAND_NOW = "land_now"
    REQUEST_TERMINATION = "request_termination"
    CONFIRM_TERMINATION = "confirm_termination"
    CLEAR_PAD = "clear_pad"
    OVERRIDE_PREFLIGHT = "override_preflight"


_ASKED_ONCE = frozenset({CommandKind.LAUNCH, CommandKind.ADOPT, CommandKind.CANCEL_LAUNCH})

Arguments = Mapping[str, str | bool]
"""What a command says beside whose it is, by the name of its field in `flight.commands`."""


@dataclass(frozen=True)
class OutboxEntry:
    """A command that waits to be sent."""

    id: int
    sortie_id: str
    attempt: int
    kind: CommandKind
    by: str
    arguments: Arguments
    created_at: datetime


class Outbox:
    """The commands of one database, within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(
        self,
        sortie: Sortie,
        kind: CommandKind,
        now: datetime,
        by: str = DISPATCH,
        arguments: Arguments | None = None,
    ) -> None:
        """Add a command. What dispatch itself asks for is not asked for twice while it waits."""
        if kind in _ASKED_ONCE and any(_waits(row) for row in self._find(sortie, (kind,))):
            return
        row = OutboxRow(
            sortie_id=sortie.id,
            attempt=sortie.attempt,
            kind=str(kind),
            by=by,
            arguments=json.dumps(dict(arguments or {}), ensure_ascii=False),
            created_at=now,
        )
        self._session.add(row)
        self._session.flush()

    def holds(self, sortie: Sortie, *kinds: CommandKind) -> bool:
        """Say whether one of these commands was written for the sortie's attempt (sent or not) and stands."""
        return any(row.withdrawn_at is None for row in self._find(sortie, kinds))

    def has_sent(self, sortie: Sortie, kind: CommandKind) -> bool:
        """Say whether this command has gone out for the sortie's attempt."""
        return any(row.sent_at is not None for row in self._find(sortie, (kind,)))

    def unsent(self) -> list[OutboxEntry]:
        """Return the commands that wait to be sent, oldest first, but Adopt before all others.

        After a restart a gateway knows the flight that a command is about only when it has adopted it.
        """
        entries = [_entry(row) for row in self._session.exec(_UNSENT).all()]
        return sorted(entries, key=lambda entry: entry.kind is not CommandKind.ADOPT)

    def mark_sent(self, entry_id: int, now: datetime) -> None:
        """Note that a command has gone out."""
        row = self._session.get_one(OutboxRow, entry_id)
        row.sent_at = now
        self._session.add(row)
        self._session.flush()

    def withdraw_entry(self, entry_id: int, now: datetime) -> None:
        """Take back a command that waits to be sent."""
        row = self._session.get_one(OutboxRow, entry_id)
        row.withdrawn_at = now
        self._session.add(row)
        self._session.flush()

    def withdraw(self, sortie: Sortie, kind: CommandKind, now: datetime) -> None:
        """Take a command back, if it has not gone out."""
        for row in self._find(sortie, (kind,)):
            if row.sent_at is None:
                self.withdraw_entry(row.id or 0, now)

    def _find(self, sortie: Sortie, kinds: Sequence[CommandKind]) -> Sequence[OutboxRow]:
        key = (
            col(OutboxRow.sortie_id) == sortie.id,
            col(OutboxRow.attempt) == sortie.attempt,
            col(OutboxRow.kind).in_([str(kind) for kind in kinds]),
        )
        return self._session.exec(select(OutboxRow).where(*key)).all()


def _waits(row: OutboxRow) -> bool:
    return row.sent_at is None and row.withdrawn_at is None


def _entry(row: OutboxRow) -> OutboxEntry:
    return OutboxEntry(
        id=row.id or 0,
        sortie_id=row.sortie_id,
        attempt=row.attempt,
        kind=CommandKind(row.kind),
        by=row.by,
        arguments=json.loads(row.arguments),
        created_at=row.created_at,
    )
