"""The store: one database, opened and brought to the newest schema, that hands out units of work."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlmodel import Session

from dispatch.store.engine import lock_for_writing, open_engine
from dispatch.store.migrate import upgrade
from dispatch.store.unit_of_work import UnitOfWork


class Store:
    """The database of one installation.

    Writers follow one another (SQLite by its lock, PostgreSQL by an advisory lock), so what a transaction has
    read still holds when it writes. Transactions take milliseconds; nothing slow may happen inside one.

    Parameters
    ----------
    url
        ``sqlite:///FILE``, ``sqlite://`` (in memory, one thread) or ``postgresql+psycopg://…``.
    """

    def __init__(self, url: str) -> None:
        self._engine: Engine = open_engine(url)
        self._writing_engine = self._engine.execution_options(writes=True)
        upgrade(self._engine)

    @contextmanager
    def writing(self) -> Iterator[UnitOfWork]:
        """Give a unit of work that is committed at the end, or rolled back when an exception leaves it."""
        with Session(self._writing_engine) as session, session.begin():
            lock_for_writing(session.connection())
            yield UnitOfWork(session)

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """Give a unit of work for looking only: it keeps no change."""
        with Session(self._engine) as session:
            yield UnitOfWork(session)

    def close(self) -> None:
        """Close all connections. Closing twice is harmless."""
        self._engine.dispose()
