"""The home position against the site of the plan."""

from dataclasses import dataclass

from flight.events import Severity
from flight.geodesy import distance_m, home_of
from flight.preflight.checks.position import PATIENCE_S
from flight.preflight.sight import Sight, Verdict

HOME_TOLERANCE_M = 30.0
"""All altitudes of the plan count from home, and the way home ends there: a drone that stands elsewhere
than planned must not start. GPS is good to 5 m, a pad is 10 m wide."""

HOME_ALTITUDE_TOLERANCE_M = 20.0
"""GPS altitude against the surveyed pad: worse by far than the position, yet a wrong site shows."""


@dataclass(frozen=True)
class HomeCheck:
    """The vehicle stands at the planned home, and its ``HOME_POSITION`` is there.

    Both, as a copter that was carried elsewhere with its battery in keeps its old home until it is armed, and
    takes the place where it stands then (``Copter::update_home_from_EKF``, ``AP_Arming_Copter::arm``).
    """

    name: str = "home"
    patience_s: float = PATIENCE_S

    def look(self, sight: Sight) -> Verdict:
        """Fail hard: nobody may decide that a mission fits another place."""
        home, place, planned = sight.telemetry.home, sight.telemetry.place, home_of(sight.plan)
        if home is None or place is None:
            return Verdict(Severity.HARD_FAILURE, "no home position" if home is None else "no position")
        latitude_deg, longitude_deg, amsl_m = home
        off_m, planned_m = distance_m(planned, (latitude_deg, longitude_deg)), sight.plan.home_amsl_m
        if off_m > HOME_TOLERANCE_M:
            return Verdict(Severity.HARD_FAILURE, f"home is {off_m:.0f} m from the planned home")
        if abs(amsl_m - planned_m) > HOME_ALTITUDE_TOLERANCE_M:
            text = f"home is {amsl_m:.0f} m above sea level and not {planned_m:.0f} m"
            return Verdict(Severity.HARD_FAILURE, text)
        away_m = distance_m(planned, place)
        if away_m > HOME_TOLERANCE_M:
            return Verdict(Severity.HARD_FAILURE, f"the vehicle stands {away_m:.0f} m from the planned home")
        return Verdict(Severity.PASSED, f"home is {off_m:.0f} m from the planned home")
