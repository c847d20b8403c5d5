"""The version of the firmware."""

from dataclasses import dataclass

from flight.events import Severity
from flight.preflight.sight import Sight, Verdict

OLDEST = (4, 5)
"""Plans are made for it and those after it; what older ones do in a failsafe was never looked at."""


@dataclass(frozen=True)
class FirmwareCheck:
    """The firmware is ArduPilot 4.5 or newer (``AUTOPILOT_VERSION.flight_sw_version``)."""

    name: str = "firmware"
    patience_s: float = 0.0

    def look(self, sight: Sight) -> Verdict:
        """Fail hard where it is older, and softly where it is not told."""
        told = sight.facts.version
        if told is None or told.flight_sw_version == 0:
            return Verdict(Severity.SOFT_FAILURE, "the vehicle does not tell its firmware version")
        version = version_of(told.flight_sw_version)
        text = f"ArduPilot {'.'.join(map(str, version))}"
        if version[:2] < OLDEST:
            return Verdict(Severity.HARD_FAILURE, f"{text}; 4.5 or newer is needed: update the firmware")
        return Verdict(Severity.PASSED, text)


def version_of(flight_sw_version: int) -> tuple[int, int, int]:
    """Return major, minor and patch: a byte each, from the highest (``AUTOPILOT_VERSION``)."""
    major, minor, patch, _ = flight_sw_version.to_bytes(4, "big")
    return major, minor, patch
