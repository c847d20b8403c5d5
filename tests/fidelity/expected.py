"""The differences that are known, with their reasons."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from tests.fidelity.comparison.report import Report

FILE = Path(__file__).with_name("expected_differences.toml")


@dataclass(frozen=True)
class Expected:
    """A known difference.

    Parameters
    ----------
    scenario
        Where it shows.
    expectation
        Which expectation does not hold, as a report names it.
    reason
        Why.
    """

    scenario: str
    expectation: str
    reason: str


@dataclass(frozen=True)
class Knowledge:
    """What is known of a vehicle before it is tried; nothing of another than the built-in one.

    Parameters
    ----------
    differences
        Where it differs from the recordings, and why.
    floors
        How many expectations hold at least, by scenario, where the reasons are not written down yet.
    """

    differences: list[Expected]
    floors: dict[str, int]


def load(path: Path = FILE) -> list[Expected]:
    """Read the known differences."""
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("difference", [])
    return [
        Expected(entry["scenario"], expectation, entry["reason"])
        for entry in entries
        for expectation in entry["expectations"]
    ]


def of(scenario: str, known: list[Expected]) -> dict[str, str]:
    """Return the reasons of a scenario by expectation."""
    return {each.expectation: each.reason for each in known if each.scenario == scenario}


def unexplained(report: Report, known: list[Expected]) -> list[str]:
    """Return the differences for which there is no reason."""
    reasons = of(report.scenario, known)
    return [
        f"{each.expectation}: {each.detail}" for each in report.differences if each.expectation not in reasons
    ]


def vanished(report: Report, known: list[Expected]) -> list[str]:
    """Return the known differences that are no more; their entries have to go."""
    found = {each.expectation for each in report.differences}
    return sorted(of(report.scenario, known).keys() - found)
