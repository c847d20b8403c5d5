"""One transaction: states, events and outbox rows are written together, or not at all."""

from sqlmodel import Session

from dispatch.store.journal import Journal
from dispatch.store.leases import Leases
from dispatch.store.outbox import Outbox
from dispatch.store.records import Drones, Requests, Sorties
from dispatch.store.settings import ApiKeys, Settings


class UnitOfWork:
    """All that one transaction reads and writes.

    Parameters
    ----------
    session
        An open session; `dispatch.store.store.Store` commits it or rolls it back.
    """

    def __init__(self, session: Session) -> None:
        self.requests = Requests(session)
        self.sorties = Sorties(session)
        self.drones = Drones(session)
        self.journal = Journal(session)
        self.outbox = Outbox(session)
        self.leases = Leases(session)
        self.settings = Settings(session)
        self.api_keys = ApiKeys(session)
