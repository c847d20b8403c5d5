"""The outbox: commands to the flight gateway, written with their cause and sent after the commit.

A crash between sending and marking means that a command is sent again. The gateway knows each by (sortie,
attempt) and does nothing the second time.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from dispatch.store.tables import OutboxRow
from dispatch.values import Sortie

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
    RETURN_HOME = "return_home"
    CANCEL_LAUNCH = "cancel_launch"


@dataclass(frozen=True)
class OutboxEntry:
    """A command that waits to be sent."""

    id: int
    sortie_id: str
    attempt: int
    kind: CommandKind


class Outbox:
    """The commands of one database, within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, sortie: Sortie, kind: CommandKind, now: datetime) -> None:
        """Add a command. The same command twice is one row, and is sent again."""
        row = self._find(sortie, kind)
        if row is None:
            row = OutboxRow(sortie_id=sortie.id, attempt=sortie.attempt, kind=str(kind), created_at=now)
        row.sent_at = None
        self._session.add(row)
        self._session.flush()

    def holds(self, sortie: Sortie, kind: CommandKind) -> bool:
        """Say whether this command was written for the sortie's attempt (sent or not) and still stands."""
        row = self._find(sortie, kind)
        return row is not None and row.withdrawn_at is None

    def has_sent(self, sortie: Sortie, kind: CommandKind) -> bool:
        """Say whether this command has gone out for the sortie's attempt."""
        row = self._find(sortie, kind)
        return row is not None and row.sent_at is not None

    def unsent(self) -> list[OutboxEntry]:
        """Return the commands that wait to be sent, oldest first, but Adopt before all others.

        After a restart a gateway knows the flight that a command is about only when it has adopted it.
        """
        rows = self._session.exec(_UNSENT).all()
        entries = [
            OutboxEntry(row.id or 0, row.sortie_id, row.attempt, CommandKind(row.kind)) for row in rows
        ]
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
        row = self._find(sortie, kind)
        if row is not None and row.sent_at is None:
            self.withdraw_entry(row.id or 0, now)

    def _find(self, sortie: Sortie, kind: CommandKind) -> OutboxRow | None:
        key = (
            col(OutboxRow.sortie_id) == sortie.id,
            col(OutboxRow.attempt) == sortie.attempt,
            col(OutboxRow.kind) == str(kind),
        )
        return self._session.exec(select(OutboxRow).where(*key)).one_or_none()
