"""How fast an aircraft is and what it uses: the part of a drone that the router must know."""

import math
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from geofences.errors import NoRoute

MINIMUM_GROUND_SPEED_M_S = 1.0
"""Below this a leg against the wind would never end; such a flight is refused."""


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


@dataclass(frozen=True, slots=True)
class Wind:
    """A uniform wind; ``from_deg`` is where it comes from, clockwise from north."""

    speed_m_s: float
    from_deg: float


NO_WIND = Wind(0.0, 0.0)


@dataclass(frozen=True)
class Performance:
    """Speeds through the air and power of one aircraft with one payload.

    Climb and descent are vertical (hover) and do not gain distance.
    """

    cruise_speed_m_s: float
    climb_rate_m_s: float
    descent_rate_m_s: float
    power: PowerModel
    payload_kg: float
    wind: Wind = field(default=NO_WIND)

    def ground_speed_m_s(self, bearing_deg: float) -> float:
        """Return the speed over ground on a track, the aircraft crabbing into the wind; raise NoRoute."""
        angle = math.radians(self.wind.from_deg - bearing_deg)
        across_m_s = self.wind.speed_m_s * math.sin(angle)
        against_m_s = self.wind.speed_m_s * math.cos(angle)
        along_m_s = -math.inf
        if abs(across_m_s) < self.cruise_speed_m_s:
            along_m_s = math.sqrt(self.cruise_speed_m_s**2 - across_m_s**2) - against_m_s
        if along_m_s < MINIMUM_GROUND_SPEED_M_S:
            raise NoRoute(
                f"wind of {self.wind.speed_m_s:g} m/s from {self.wind.from_deg:g}° is too strong for an "
                f"airspeed of {self.cruise_speed_m_s:g} m/s on a track of {bearing_deg:.0f}°"
            )
        return along_m_s

    def energy_wh(self, phase: FlightPhase, duration_s: float) -> float:
        """Return what a phase of the given duration uses."""
        return self.power.power_w(phase, self.payload_kg) * duration_s / 3600.0
