"""The vehicle's own pre-arm checks."""

from dataclasses import dataclass

from flight.events import Severity
from flight.preflight.sight import Sight, Verdict

PATIENCE_S = 60.0
"""The pre-arm bit follows the mode and the position within seconds; its reasons come every 30 s
(recorded)."""

SETTLE_S = 3.0
"""``SYS_STATUS`` has to be newer than the last change by this time: it is sent once a second."""


@dataclass(frozen=True)
class ArmingCheck:
    """The pre-arm bit of a ``SYS_STATUS`` that is newer than the last change of mode."""

    name: str = "arming"
    patience_s: float = PATIENCE_S

    def look(self, sight: Sight) -> Verdict:
        """Fail hard with the vehicle's own words: it would refuse to arm."""
        telemetry = sight.telemetry
        if telemetry.prearm_at < sight.since + SETTLE_S:
            return Verdict(Severity.HARD_FAILURE, "no SYS_STATUS since the vehicle was made ready")
        if telemetry.prearm_ok:
            return Verdict(Severity.PASSED, "the vehicle's pre-arm checks pass")
        words = telemetry.texts_since(sight.since, "PreArm:")
        return Verdict(Severity.HARD_FAILURE, "; ".join(words) or "the vehicle's pre-arm checks do not pass")
