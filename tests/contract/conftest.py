"""Every store that the contract holds for."""

from pathlib import Path

import pytest

from tests.postgres import PostgresServer


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/store.sqlite3"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.create_database(tmp_path.name.lower())
