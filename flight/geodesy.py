"""Small geometry on WGS 84 for supervision and for the wire; planning is done in ``geofences``."""

import math

from flight.plan import FlightPlan, MissionItem

Point = tuple[float, float]
"""Latitude and longitude in degrees."""

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


def place_of(item: MissionItem) -> Point:
    """Return the place that an item names."""
    return degrees_from_e7(item.x_e7), degrees_from_e7(item.y_e7)


def home_of(plan: FlightPlan) -> Point:
    """Return the planned home."""
    return degrees_from_e7(plan.home_latitude_e7), degrees_from_e7(plan.home_longitude_e7)


def distance_m(one: Point, other: Point) -> float:
    """Return the great-circle distance of two points, by the haversine."""
    latitude_1, longitude_1, latitude_2, longitude_2 = map(math.radians, (*one, *other))
    half = math.sin((latitude_2 - latitude_1) / 2) ** 2
    half += math.cos(latitude_1) * math.cos(latitude_2) * math.sin((longitude_2 - longitude_1) / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, half)))
