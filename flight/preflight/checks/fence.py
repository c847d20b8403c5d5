"""The fence in force."""

from dataclasses import dataclass

from flight.events import Severity
from flight.preflight.sight import Sight, Verdict


@dataclass(frozen=True)
class FenceCheck:
    """The fence that was read back is switched on, and the vehicle stands inside.

    ArduPilot sends ``FENCE_STATUS`` only while a fence is enabled (recorded), so the message itself is the
    answer; that the fence is the planned one was compared item by item.
    """

    name: str = "fence"
    patience_s: float = 0.0

    def look(self, sight: Sight) -> Verdict:
        """Fail hard: the fence is what the vehicle itself holds against a wrong turn."""
        if not sight.plan.fence:
            return Verdict(Severity.SOFT_FAILURE, "the plan has no fence")
        if sight.facts.fence is None:
            return Verdict(
                Severity.HARD_FAILURE, "the fence is not enabled: the vehicle tells no FENCE_STATUS"
            )
        if sight.facts.fence.breach_status:
            return Verdict(Severity.HARD_FAILURE, "the vehicle says that it is outside its fence")
        return Verdict(Severity.PASSED, f"fence of {len(sight.plan.fence)} corners as planned, enabled")
