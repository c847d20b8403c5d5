"""Opening a database: SQLite as we need it, PostgreSQL as it comes."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import StaticPool

from dispatch.errors import StoreError

BUSY_TIMEOUT_S = 10
"""How long a writer waits for another before it gives up; our transactions take milliseconds."""


def open_engine(url: str) -> Engine:
    """Return an engine for ``sqlite:///FILE``, ``sqlite://`` (in memory) or ``postgresql+psycopg://…``.

    Raises
    ------
    StoreError
        The URL names another kind of database.
    """
    backend = make_url(url).get_backend_name()
    if backend == "postgresql":
        return create_engine(url, pool_pre_ping=True)
    if backend == "sqlite":
        return _open_sqlite(url)
    raise StoreError(
        f"databases of the kind {backend!r} are not supported; use sqlite:///FILE or postgresql+psycopg://…",
        f"対応していないデータベースです: {backend}",
    )


def _open_sqlite(url: str) -> Engine:
    # A database in memory lives as long as its connection, so all of its users share one.
    in_memory: dict[str, Any] = {} if make_url(url).database else {"poolclass": StaticPool}
    engine = create_engine(
        url, connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT_S}, **in_memory
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own idea of when to begin a transaction would spoil ours.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock before it reads: otherwise two could read the same state and both act on it.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def lock_for_writing(connection: Connection) -> None:
    """Make this transaction the only writer until it ends (SQLite already has, in its BEGIN)."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


_LOCK = 0x7453_7562
"""Any number that no other program uses on this database: "tSub"."""
