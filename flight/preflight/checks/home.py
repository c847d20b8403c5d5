"""The home position against the site of the plan."""

from dataclasses import dataclass

from flight.events import Severity
from flight.geodesy import distance_from_home_m
from flight.preflight.checks.position import PATIENCE_S
from flight.preflight.sight import Sight, Verdict

HOME_TOLERANCE_M = 30.0
"""All altitudes of the plan count from home, and the way home ends there: a drone that stands elsewhere
than planned must not start. GPS is good to 5 m, a pad is 10 m wide."""

HOME_ALTITUDE_TOLERANCE_M = 20.0
"""GPS altitude against the surveyed pad: worse by far than the position, yet a wrong site shows."""


@dataclass(frozen=True)
class HomeCheck:
    """The vehicle's ``HOME_POSITION`` is the planned home."""

    name: str = "home"
    patience_s: float = PATIENCE_S

    def look(self, sight: Sight) -> Verdict:
        """Fail hard: nobody may decide that a mission fits another place."""
        if sight.telemetry.home is None:
            return Verdict(Severity.HARD_FAILURE, "no home position")
        latitude_deg, longitude_deg, amsl_m = sight.telemetry.home
        distance_m = distance_from_home_m(sight.plan, latitude_deg, longitude_deg)
        planned_m = sight.plan.home_amsl_m
        if distance_m > HOME_TOLERANCE_M:
            return Verdict(Severity.HARD_FAILURE, f"home is {distance_m:.0f} m from the planned home")
        if abs(amsl_m - planned_m) > HOME_ALTITUDE_TOLERANCE_M:
            text = f"home is {amsl_m:.0f} m above sea level and not {planned_m:.0f} m"
            return Verdict(Severity.HARD_FAILURE, text)
        return Verdict(Severity.PASSED, f"home is {distance_m:.0f} m from the planned home")
