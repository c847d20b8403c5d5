"""Small geometry on WGS 84 for supervision and for the wire; planning is done in ``geofences``."""

import math

from flight.plan import FlightPlan

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius (IUGG). A sphere is right to 0.6 %, enough for progress and for "is it at home"."""

METRES_PER_DEGREE = math.radians(EARTH_RADIUS_M)
"""Along a meridian."""


def e7_from_degrees(degrees: float) -> int:
    """Return degrees × 1e7 as MAVLink carries them, rounded and not truncated (1e-7° is 1.1 cm)."""
    return round(degrees * 1e7)


def degrees_from_e7(value: int) -> float:
    """Return degrees from MAVLink's integer."""
    return value / 1e7


def distance_m(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the great-circle distance of two points (latitude, longitude) in degrees, by the haversine."""
    latitude_1, longitude_1, latitude_2, longitude_2 = map(math.radians, (*one, *other))
    half = math.sin((latitude_2 - latitude_1) / 2) ** 2
    half += math.cos(latitude_1) * math.cos(latitude_2) * math.sin((longitude_2 - longitude_1) / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, half)))


def distance_from_home_m(plan: FlightPlan, latitude_deg: float, longitude_deg: float) -> float:
    """Return the distance of a position from the planned landing place."""
    home = (degrees_from_e7(plan.home_latitude_e7), degrees_from_e7(plan.home_longitude_e7))
    return distance_m(home, (latitude_deg, longitude_deg))
