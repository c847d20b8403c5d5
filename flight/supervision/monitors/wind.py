"""Too much wind."""

from flight.situations import Situation
from flight.supervision.look import Look
from flight.supervision.monitors.base import Monitor, Reading, at_most

USUAL_LIMIT_M_S = 12.0
"""For plans that name no limit: the largest wind resistance that the maker states for a delivery multicopter
in service (DJI FlyCart 30, technical parameters)."""

ESTIMATE_ERROR_M_S = 1.0
"""How wrong the estimate of a vehicle may be: a wind that the plan bears, exactly, is borne."""

TOLD_S = 30.0
"""Older words about the wind say nothing of now."""


class WindTooStrong(Monitor):
    """The vehicle's own estimate is above what the flight was planned to bear, and not for a gust only."""

    situation = Situation.WIND_TOO_STRONG
    unit = "m/s"
    hold_s = 20.0

    def read(self, look: Look) -> Reading | None:
        """Return the wind."""
        telemetry = look.vehicle.telemetry
        if telemetry.wind_speed_m_s is None or look.now - telemetry.wind_at > TOLD_S:
            return None
        planned_m_s = USUAL_LIMIT_M_S if look.plan.wind_limit_m_s is None else look.plan.wind_limit_m_s
        return at_most(telemetry.wind_speed_m_s, planned_m_s + ESTIMATE_ERROR_M_S, planned_m_s)

    def text(self, look: Look, reading: Reading) -> str:
        """Name the wind, and where it comes from."""
        direction_deg = look.vehicle.telemetry.wind_from_deg
        from_where = "" if direction_deg is None else f" from {direction_deg:.0f} degrees"
        return f"the vehicle measures {reading.value:.1f} m/s of wind{from_where}"
