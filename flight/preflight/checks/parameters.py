"""The parameters that decide what the vehicle does without us."""

from dataclasses import dataclass

from flight.errors import summary_of
from flight.events import Severity
from flight.preflight.sight import Sight, Verdict


@dataclass(frozen=True)
class ParametersCheck:
    """Failsafes, fence and return path are set as the plan wants them."""

    name: str = "parameters"
    patience_s: float = 0.0

    def look(self, sight: Sight) -> Verdict:
        """Fail hard, with what differs and what each is for."""
        if sight.facts.parameters:
            return Verdict(Severity.HARD_FAILURE, summary_of(sight.facts.parameters))
        return Verdict(Severity.PASSED, f"{len(sight.plan.parameters)} parameters as planned")
