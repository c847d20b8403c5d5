"""What a sortie costs in energy."""

import math
from dataclasses import dataclass

from dispatch.values import DroneType
from flight.plan import VehicleClass
from geofences.performance import FlightPhase, Performance
from geofences.route import Route

RESERVE_FRACTION = 0.30
"""Share of the energy at take-off that planning never touches: head wind, cold battery, a way round."""

STOP_S = {VehicleClass.COPTER: 40.0, VehicleClass.QUADPLANE: 130.0}
"""Hovering at the stop beside climb and descent: 10 s for the release, and settling. A quadplane also comes
from its gate to the pad at 5 m/s (``Q_WP_SPEED``) and waits for its heights (`flight.vehicles.compile`)."""

SLOW_LANDING_S = 14.0
"""What the last 10 m at 0.5 m/s take longer than at 1.5 m/s (``LAND_SPEED``, ``Q_LAND_SPEED``)."""


@dataclass(frozen=True, slots=True)
class AirframePower:
    """The power that an airframe draws.

    Hover grows with mass to the power of 1.5 (momentum theory of the rotor), cruise in proportion to mass
    (constant lift to drag). Descent is counted as hover: the air that comes from below helps little.
    """

    drone_type: DroneType

    def power_w(self, phase: FlightPhase, payload_kg: float) -> float:
        """Return the electrical power drawn from the battery, in watts."""
        mass_ratio = 1.0 + payload_kg / self.drone_type.empty_mass_kg
        if phase is FlightPhase.CRUISE:
            return self.drone_type.cruise_power_w * mass_ratio
        if phase is FlightPhase.CLIMB:
            return self.drone_type.climb_power_w * math.pow(mass_ratio, 1.5)
        return self.drone_type.hover_power_w * math.pow(mass_ratio, 1.5)


def performance_of(drone_type: DroneType, payload_kg: float) -> Performance:
    """Return what the router needs to know. The payload is counted both ways: a release may fail."""
    return Performance(
        cruise_speed_m_s=drone_type.cruise_speed_m_s,
        climb_rate_m_s=drone_type.climb_rate_m_s,
        descent_rate_m_s=drone_type.descent_rate_m_s,
        power=AirframePower(drone_type),
        payload_kg=payload_kg,
        turn_radius_m=drone_type.turn_radius_m,
    )


def hover_energy_wh(drone_type: DroneType, payload_kg: float) -> float:
    """Return what the hovering of a sortie uses beside its routes: at the stop, and before touchdown."""
    hover_s = STOP_S[drone_type.vehicle_class] + SLOW_LANDING_S
    return performance_of(drone_type, payload_kg).energy_wh(FlightPhase.HOVER, hover_s)


def sortie_energy_wh(drone_type: DroneType, payload_kg: float, way_out: Route, way_home: Route) -> float:
    """Return what a whole sortie uses, take-off to landing."""
    return way_out.energy_wh + hover_energy_wh(drone_type, payload_kg) + way_home.energy_wh


def usable_wh(available_wh: float) -> float:
    """Return what may be planned with, of the energy that is in the battery."""
    return available_wh * (1.0 - RESERVE_FRACTION)
