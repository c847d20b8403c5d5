"""The figures of a run, for other programs."""

from typing import Any

from tests.fidelity import totals
from tests.fidelity.comparison.report import Report


def figures(reports: dict[str, list[Report]]) -> dict[str, Any]:
    """Return what held by kind of vehicle and scenario, and what did not."""
    return {kind: _kind(kind, each) for kind, each in reports.items() if each}


def _kind(kind: str, reports: list[Report]) -> dict[str, Any]:
    held, total = totals.sums(reports)
    return {
        "held": held,
        "total": total,
        "share": held / total,
        "needed": totals.NEEDED[kind],
        "scenarios": {report.scenario: _scenario(report) for report in reports},
    }


def _scenario(report: Report) -> dict[str, Any]:
    held, total = totals.sums([report])
    differences = [{"expectation": each.expectation, "detail": each.detail} for each in report.differences]
    return {"held": held, "total": total, "differences": differences}
