"""How fast an aircraft is and what it uses: the part of a drone that the router must know."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from geofences.errors import NoRoute
from geofences.flight_cost import MINIMUM_GROUND_SPEED_M_S, ground_speed_m_s
from geofences.wind import NO_WIND, Wind, WindField

__all__ = ["MINIMUM_GROUND_SPEED_M_S", "NO_WIND", "FlightPhase", "Performance", "PowerModel", "Wind"]


class FlightPhase(StrEnum):
    """The parts of a flight that differ in power."""

    CLIMB = "climb"
    CRUISE = "cruise"
    DESCENT = "descent"
    HOVER = "hover"


class PowerModel(Protocol):
    """What a flight phase costs."""

    def power_w(self, phase: FlightPhase, payload_kg: float) -> float:
        """Return the electrical power drawn from the battery, in watts."""
        ...


@dataclass(frozen=True)
class Performance:
    """Speeds through the air and power of one aircraft with one payload.

    Climb and descent at the pads are vertical (hover) and do not gain distance. ``turn_radius_m`` is the
    smallest radius of a turn over the ground; 0 for an aircraft that turns on the spot.
    """

    cruise_speed_m_s: float
    climb_rate_m_s: float
    descent_rate_m_s: float
    power: PowerModel
    payload_kg: float
    wind: WindField = field(default=NO_WIND)
    turn_radius_m: float = 0.0

    def ground_speed_m_s(self, bearing_deg: float) -> float:
        """Return the speed over ground on a track in a uniform wind, crabbing into it.

        Raises
        ------
        NoRoute
            Where the wind is too strong for the track.
        TypeError
            In a wind that is not uniform.
        """
        if not isinstance(self.wind, Wind):
            raise TypeError("the ground speed on a bearing is defined in a uniform wind only")
        speed_m_s = ground_speed_m_s(self.cruise_speed_m_s, bearing_deg, *self.wind.velocity_m_s)
        if speed_m_s < MINIMUM_GROUND_SPEED_M_S:
            raise NoRoute(
                f"{self.wind} is too strong for an airspeed of {self.cruise_speed_m_s:g} m/s on a track of "
                f"{bearing_deg:.0f}°"
            )
        return speed_m_s

    def energy_wh(self, phase: FlightPhase, duration_s: float) -> float:
        """Return what a phase of the given duration uses."""
        return self.power.power_w(phase, self.payload_kg) * duration_s / 3600.0
