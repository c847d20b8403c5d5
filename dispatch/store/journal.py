"""The events: what happened, in order, for good."""

import json
from datetime import datetime

from sqlmodel import Session, col, select

from dispatch.store import convert
from dispatch.store.tables import EventRow
from dispatch.values import Event, EventData, Words


class Journal:
    """The events of one database, within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def record(
        self,
        event_type: str,
        subject_id: str,
        at: datetime,
        actor: str,
        reason: Words | None = None,
        data: EventData | None = None,
    ) -> None:
        """Add an event, for example ``request.accepted``."""
        row = EventRow(
            type=event_type,
            at=at,
            subject_id=subject_id,
            actor=actor,
            reason_en=None if reason is None else reason.en,
            reason_ja=None if reason is None else reason.ja,
            data=json.dumps(dict(data or {}), ensure_ascii=False),
        )
        self._session.add(row)
        self._session.flush()

    def after(self, event_id: int, limit: int) -> list[Event]:
        """Return the first ``limit`` events that came after the one with this id, oldest first."""
        newer = select(EventRow).where(col(EventRow.id) > event_id)
        rows = self._session.exec(newer.order_by(col(EventRow.id)).limit(limit)).all()
        return [convert.event_from_row(row) for row in rows]

    def of(self, subject_id: str) -> list[Event]:
        """Return the events of one request, sortie or drone, oldest first."""
        about = select(EventRow).where(col(EventRow.subject_id) == subject_id)
        rows = self._session.exec(about.order_by(col(EventRow.id))).all()
        return [convert.event_from_row(row) for row in rows]
