"""A database of the first delivery goes on with the newest schema, and back, with what is in it."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import DateTime, Engine, column, inspect, table, text

from dispatch.store.engine import open_engine
from dispatch.store.migrate import MIGRATIONS, upgrade

AT = datetime(2026, 6, 1, tzinfo=UTC)
DRONE = {"id": "Q1", "type_id": "quadplane", "link": "udp:h:1", "system_id": 1, "base_site_id": "FKP"}
REQUEST = {
    "id": "R-0001",
    "items": "x",
    "mass_kg": 1.0,
    "temperature": "cold",
    "urgency": "urgent",
    "deadline": AT,
    "from_site_id": "FKP",
    "to_site_id": "SGC",
    "requested_by": "clinic",
    "state": "in_flight",
    "submitted_at": AT,
}
SORTIE = {
    "id": "S-0001",
    "request_id": "R-0001",
    "drone_id": "Q1",
    "attempt": 1,
    "state": "enroute",
    "created_at": AT,
    "plan_hash": "ab",
    "planned_duration_s": 1.0,
    "planned_energy_wh": 1.0,
    "arrives_at": AT,
}
LAUNCH = {"sortie_id": "S-0001", "attempt": 1, "kind": "launch", "created_at": AT}


def insert(engine: Engine, name: str, values: dict[str, object]) -> None:
    """Add a row, whatever the models say that the table has today."""
    types = {key: DateTime(timezone=True) for key, value in values.items() if isinstance(value, datetime)}
    into = table(name, *(column(key, types.get(key)) for key in values))
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(into.insert().values(values))


def migrate(engine: Engine, move: Callable[[Config, str], None]) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with engine.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        move(config, "0001")


def rows(engine: Engine, query: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


@pytest.fixture
def old(url: str) -> Engine:
    engine = open_engine(url)
    migrate(engine, command.upgrade)
    for name, values in (("drone", DRONE), ("request", REQUEST), ("sortie", SORTIE), ("outbox", LAUNCH)):
        insert(engine, name, values)
    return engine


def test_what_was_there_before_is_there_after(old: Engine) -> None:
    upgrade(old)

    drones = rows(old, "SELECT id, component_id, uid, backup_links, may_move FROM drone")
    orders = rows(old, 'SELECT sortie_id, kind, "by", arguments FROM outbox')
    old.dispose()
    assert drones == [("Q1", 1, None, "[]", False)]
    assert orders == [("S-0001", "launch", "dispatch", "{}")]


def test_the_way_back_keeps_the_newest_of_each_command(old: Engine) -> None:
    upgrade(old)
    for by in ("one", "two"):
        insert(old, "outbox", {**LAUNCH, "kind": "hold", "by": by})

    migrate(old, command.downgrade)

    kinds = rows(old, "SELECT kind FROM outbox ORDER BY id")
    tables = inspect(old).get_table_names()
    old.dispose()
    assert kinds == [("launch",), ("hold",)]
    assert "lease" not in tables
