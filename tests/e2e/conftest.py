"""Processes that end with the test, even where it fails."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.installation import Installation
from tests.e2e.processes import Processes

SPEEDUP = 100.0
"""The hour of the demonstration's flight in about 40 s; two such tests at a time keep two cores busy."""


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    started = Processes(tmp_path)
    yield started
    started.stop()


@pytest.fixture
def installation(processes: Processes, tmp_path: Path) -> Installation:
    return Installation(processes, tmp_path / "data", SPEEDUP)
