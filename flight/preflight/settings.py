"""What an installation decides about preflight."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flight.errors import LocalFlightError
from flight.events import CheckResult, Severity
from flight.preflight.checks import CHECKS
from flight.preflight.sight import Check, Sight

OVERRIDE_WAIT_S = 300.0
"""How long a launch waits for a person to look at a soft failure; the vehicle stands there meanwhile."""

FAILURES = (Severity.SOFT_FAILURE, Severity.HARD_FAILURE)


@dataclass(frozen=True)
class PreflightSettings:
    """How bad a failure of each check is, and how long a person has to answer.

    Parameters
    ----------
    severities
        By the name of the check: what its failures count as, instead of what the check says. ``off`` does
        not look at all.
    override_wait_s
        How long soft failures wait for an override, in seconds.

    Raises
    ------
    LocalFlightError
        If there is no such check, or its failure should pass.
    """

    severities: Mapping[str, Severity] = field(default_factory=dict)
    override_wait_s: float = OVERRIDE_WAIT_S

    def __post_init__(self) -> None:
        known = [check.name for check in CHECKS]
        for name, severity in self.severities.items():
            if name not in known:
                raise LocalFlightError(f"there is no preflight check {name!r}; there are {', '.join(known)}")
            if severity is Severity.PASSED:
                raise LocalFlightError(f"a failure of the preflight check {name!r} cannot pass; write 'off'")

    def judge(self, check: Check, sight: Sight) -> CheckResult:
        """Return the outcome of one check, as bad as this installation has it."""
        set_to = self.severities.get(check.name)
        if set_to is Severity.OFF:
            return CheckResult(check.name, Severity.OFF, "switched off by the settings")
        severity, text = check.look(sight)
        counts_as = severity if set_to is None or severity not in FAILURES else set_to
        return CheckResult(check.name, counts_as, text)
