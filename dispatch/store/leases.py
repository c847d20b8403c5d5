"""Leases: who has something to himself for a time. They run out by themselves, so nobody has to be buried.

A transaction that writes is the only one (`dispatch.store.store.Store`), on SQLite as on PostgreSQL: what was
read here still holds when it is written, so a lease is never given to two.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from dispatch.store.tables import LeaseRow
from flight.plan import VehicleAddress


def control_key(drone_id: str) -> str:
    """Return the key of an operator's control of a drone."""
    return f"control:{drone_id}"


def gateway_key(address: VehicleAddress) -> str:
    """Return the key of a gateway's command of a vehicle."""
    return f"gateway:{address}"


@dataclass(frozen=True)
class Lease:
    """That somebody has something to himself until a time."""

    key: str
    holder: str
    until: datetime


class Leases:
    """The leases of one database, within one transaction. The clock is the caller's."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, key: str, now: datetime) -> Lease | None:
        """Return the lease that stands at this time, if there is one."""
        row = self._session.get(LeaseRow, key)
        if row is None or row.until <= now:
            return None
        return Lease(row.key, row.holder, row.until)

    def acquire(self, key: str, holder: str, until: datetime, now: datetime) -> Lease:
        """Take or renew a lease; return the one that stands now, which may be another's.

        One's own is never made shorter: two renewals may overtake each other.
        """
        standing = self.of(key, now)
        if standing is not None and standing.holder != holder:
            return standing
        return self.take_over(key, holder, until if standing is None else max(until, standing.until))

    def take_over(self, key: str, holder: str, until: datetime) -> Lease:
        """Give a lease to somebody, whoever has it."""
        self._session.merge(LeaseRow(key=key, holder=holder, until=until))
        self._session.flush()
        return Lease(key, holder, until)

    def release(self, key: str, holder: str | None = None) -> None:
        """Give a lease back: the holder's own, or anybody's where no holder is named."""
        row = self._session.get(LeaseRow, key)
        if row is not None and holder in (None, row.holder):
            self._session.delete(row)
            self._session.flush()
