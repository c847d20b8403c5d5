from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.roles import Role
from api.settings import PolicyName
from geofences.airspace import Airspace
from geofences.loading import load_airspace
from tests.unit.api.harness import Harness


@pytest.fixture(scope="session")
def airspace() -> Airspace:
    return load_airspace()


@pytest.fixture(scope="module")
def harness(airspace: Airspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harness]:
    """One service for the tests of a file; people approve."""
    with Harness(tmp_path_factory.mktemp("service"), airspace, PolicyName.OPERATOR) as harness:
        yield harness


@pytest.fixture
def demo(airspace: Airspace, tmp_path: Path) -> Iterator[Harness]:
    """A service of its own for one test; sorties are approved by the demo policy."""
    with Harness(tmp_path, airspace, PolicyName.DEMO) as harness:
        yield harness


@pytest.fixture
def clinic(harness: Harness) -> Iterator[httpx.Client]:
    with harness.client(Role.CLINIC) as client:
        yield client


@pytest.fixture
def operator(harness: Harness) -> Iterator[httpx.Client]:
    with harness.client(Role.OPERATOR) as client:
        yield client


@pytest.fixture
def stranger(harness: Harness) -> Iterator[httpx.Client]:
    with harness.client(None) as client:
        yield client
