"""The recordings of ArduPilot that ship with the project."""

from functools import cache
from pathlib import Path

from tests.fidelity import trace
from tests.fidelity.registry import KINDS, Scenario
from tests.fidelity.scenarios import SCENARIOS
from tests.fidelity.trace import Trace

FOLDER = Path(__file__).with_name("traces")


def referenced(kind: str, folder: Path = FOLDER) -> list[Scenario]:
    """Return the scenarios of a kind of vehicle of which there is a recording."""
    return [SCENARIOS[name] for name in trace.names(folder / kind)]


def all_referenced(folder: Path = FOLDER) -> list[Scenario]:
    """Return the scenarios of all kinds of which there is a recording."""
    return [case for kind in KINDS for case in referenced(kind, folder)]


@cache
def reference(case: Scenario, folder: Path = FOLDER) -> Trace:
    """Return the recording of a scenario."""
    return trace.load(trace.find(folder / case.kind, case.name))
