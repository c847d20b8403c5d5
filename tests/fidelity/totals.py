"""How much has to hold."""

from collections.abc import Iterable

from tests.fidelity.comparison.report import Report
from tests.fidelity.registry import COPTER, QUADPLANE

NEEDED = {COPTER: 0.97, QUADPLANE: 0.95}
"""Share of all expectations that has to hold, by kind of vehicle."""


def sums(reports: Iterable[Report]) -> tuple[int, int]:
    """Return how many expectations hold, and how many there are."""
    held = total = 0
    for report in reports:
        held += report.held.total()
        total += report.total.total()
    return held, total


def enough(kind: str, held: int, total: int) -> bool:
    """Say whether a kind of vehicle is near enough to ArduPilot."""
    return total > 0 and held >= NEEDED[kind] * total
