"""Settings of the installation, keys of the HTTP API, and the counters behind readable identifiers."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from dispatch.store.tables import ApiKeyRow, CounterRow, SettingRow


@dataclass(frozen=True)
class ApiKey:
    """A key of the HTTP API; only its hash is kept."""

    id: str
    name: str
    role: str
    hash: str
    created_at: datetime


class Settings:
    """Settings by key, as text."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, key: str) -> str | None:
        """Return a setting, if it was made."""
        row = self._session.get(SettingRow, key)
        return None if row is None else row.value

    def save(self, key: str, value: str) -> None:
        """Make or change a setting."""
        self._session.merge(SettingRow(key=key, value=value))
        self._session.flush()

    def next_number(self, name: str) -> int:
        """Return 1, 2, 3 … for each name. A transaction that fails gives its number back."""
        counter = self._session.get(CounterRow, name) or CounterRow(name=name, value=0)
        counter.value += 1
        self._session.add(counter)
        self._session.flush()
        return counter.value


class ApiKeys:
    """The keys of the HTTP API."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> list[ApiKey]:
        """Return the keys, oldest first."""
        oldest_first = (col(ApiKeyRow.created_at), col(ApiKeyRow.id))
        rows = self._session.exec(select(ApiKeyRow).order_by(*oldest_first)).all()
        return [ApiKey(row.id, row.name, row.role, row.hash, row.created_at) for row in rows]

    def save(self, key: ApiKey) -> None:
        """Add a key, or write it anew."""
        row = ApiKeyRow(id=key.id, name=key.name, role=key.role, hash=key.hash, created_at=key.created_at)
        self._session.merge(row)
        self._session.flush()
