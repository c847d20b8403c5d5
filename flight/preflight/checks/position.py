"""GPS and estimator."""

from dataclasses import dataclass

from flight.events import Severity
from flight.preflight.sight import Sight, Verdict
from flight.protocol.names import GPS_FIX_3D

PATIENCE_S = 120.0
"""A copter knew its position 42 s after boot, a quadplane after 25 s (recorded); cold GPS receivers take
longer."""

LARGEST_VARIANCE = 0.8
"""``FS_EKF_THRESH`` as ArduPilot ships it: in flight the estimator counts as failed above it, and the vehicle
lands where it is."""


@dataclass(frozen=True)
class PositionCheck:
    """GPS has a fix, and the estimator an absolute position that it trusts (``EKF_STATUS_REPORT``)."""

    name: str = "position"
    patience_s: float = PATIENCE_S

    def look(self, sight: Sight) -> Verdict:
        """Fail hard without a position, and softly where the estimator is near its limit."""
        telemetry = sight.telemetry
        missing = ["no GPS position"] if telemetry.gps_fix < GPS_FIX_3D else []
        if not telemetry.position_known:
            missing.append("the estimator has no absolute position")
        if missing:
            return Verdict(Severity.HARD_FAILURE, "; ".join(missing))
        variance = max(telemetry.ekf_variances or (0.0,))
        text = f"GPS fix type {telemetry.gps_fix}, variance of the estimator {variance:.2f}"
        if variance > LARGEST_VARIANCE:
            return Verdict(Severity.SOFT_FAILURE, f"{text}, above {LARGEST_VARIANCE}")
        return Verdict(Severity.PASSED, text)
