"""All checks on one scenario."""

from tests.fidelity.comparison import checks
from tests.fidelity.comparison.report import Report
from tests.fidelity.comparison.tolerance import TOLERANCE, Tolerance
from tests.fidelity.trace import Trace


def compare(reference: Trace, other: Trace, tolerance: Tolerance = TOLERANCE) -> Report:
    """Hold a trace against the reference of the same scenario."""
    report = Report(reference.meta.get("scenario", "?"))
    error = other.meta.get("error")
    good = not error or bool(reference.meta.get("error"))
    report.expect("run", "to its end", good, f"ended early: {error}")
    checks.check_facts(report, reference, other, tolerance)
    checks.check_sequences(report, reference, other, tolerance)
    checks.check_replies(report, reference, other)
    checks.check_texts(report, reference, other)
    checks.check_rates(report, reference, other, tolerance)
    checks.check_phases(report, reference, other, tolerance)
    checks.check_final_place(report, reference, other, tolerance)
    return report
