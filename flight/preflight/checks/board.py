"""The unique id of the autopilot board."""

from dataclasses import dataclass

from flight.events import Severity
from flight.preflight.sight import Sight, Verdict
from flight.protocol.messages import AutopilotVersion


@dataclass(frozen=True)
class BoardCheck:
    """The autopilot is the very board that the plan names."""

    name: str = "board"
    patience_s: float = 0.0

    def look(self, sight: Sight) -> Verdict:
        """Fail hard at another board, and softly where the vehicle does not tell."""
        planned, version = sight.plan.vehicle_uid, sight.facts.version
        found = None if version is None else uid_of(version)
        if planned is None:
            return Verdict(Severity.PASSED, f"the plan names no board; this is {found or 'unknown'}")
        if found is None:
            return Verdict(Severity.SOFT_FAILURE, f"planned for board {planned}; the vehicle tells none")
        if found != planned:
            return Verdict(Severity.HARD_FAILURE, f"planned for board {planned}, and this is {found}")
        return Verdict(Severity.PASSED, f"this is board {found}")


def uid_of(version: AutopilotVersion) -> str | None:
    """Return the board's id as hex digits (``uid2``, if that is empty ``uid``); ``None`` if it has none."""
    if any(version.uid2):
        return bytes(version.uid2).hex()
    return f"{version.uid:016x}" if version.uid else None
