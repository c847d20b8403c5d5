"""The airspace that the plan was proved in against that in force."""

from dataclasses import dataclass

from flight.events import Severity
from flight.preflight.sight import Sight, Verdict


@dataclass(frozen=True)
class AirspaceCheck:
    """The plan's certificate is about the airspace in force now, as dispatch says with the launch."""

    name: str = "airspace"
    patience_s: float = 0.0

    def look(self, sight: Sight) -> Verdict:
        """Fail hard: a proof about another airspace proves nothing."""
        planned, current = sight.plan.airspace_version, sight.facts.airspace_version
        if current is None:
            return Verdict(Severity.WARNING, "nobody said which airspace is in force")
        if planned != current:
            text = f"planned in airspace {planned[:12]}, and {current[:12]} is in force: plan again"
            return Verdict(Severity.HARD_FAILURE, text)
        return Verdict(Severity.PASSED, f"planned in the airspace in force, {current[:12]}")
