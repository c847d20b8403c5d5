"""The wind against what the flight was planned to bear."""

from dataclasses import dataclass

from flight.events import Severity
from flight.preflight.sight import Sight, Verdict


@dataclass(frozen=True)
class WindCheck:
    """The wind that the vehicle tells (``WIND``) is within the limit of the plan.

    On the ground ArduPilot has no estimate and says 0 m/s (recorded), so this notices what a wind vane or
    an airspeed sensor tells, and nothing else.
    """

    name: str = "wind"
    patience_s: float = 0.0

    def look(self, sight: Sight) -> Verdict:
        """Fail softly: whoever stands beside it knows better."""
        limit_m_s, speed_m_s = sight.plan.wind_limit_m_s, sight.telemetry.wind_speed_m_s
        if limit_m_s is None:
            return Verdict(Severity.PASSED, "the plan has no limit for the wind")
        if not speed_m_s:
            return Verdict(Severity.PASSED, f"no wind is measured; planned for up to {limit_m_s:.0f} m/s")
        text = f"wind of {speed_m_s:.1f} m/s; planned for up to {limit_m_s:.1f} m/s"
        return Verdict(Severity.SOFT_FAILURE if speed_m_s > limit_m_s else Severity.PASSED, text)
