from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from api.cli import main
from api.roles import Role
from api.settings import PolicyName
from geofences.airspace import Airspace
from geofences.loading import load_airspace
from tests.unit.api.harness import Harness

Run = Callable[..., tuple[int, str, str]]
"""Runs `tsubaki`; gives the exit code, and what it wrote on both outputs."""


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


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """`tsubaki` in an empty folder, on a wide terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        code = ended.value.code
        output = capsys.readouterr()
        return (code if isinstance(code, int) else 1), output.out, output.err

    return run
