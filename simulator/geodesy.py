"""The flat world around one vehicle's home: metres north and east, from the radii of curvature of WGS 84.

Independent of ``geofences.projection`` on purpose. Straight lines here differ from great circles by less than
6 m on a leg of 20 km at the latitude of Goto (leg² · tan(latitude) / 8R).
"""

import math

_EQUATORIAL_RADIUS_M = 6378137.0
_ECCENTRICITY_SQUARED = 6.69437999014e-3


class LocalFrame:
    """Conversion between degrees × 1e7, as in MAVLink, and metres from an origin."""

    def __init__(self, latitude_deg: float, longitude_deg: float) -> None:
        sine = math.sin(math.radians(latitude_deg))
        root = math.sqrt(1.0 - _ECCENTRICITY_SQUARED * sine * sine)
        meridian_m = _EQUATORIAL_RADIUS_M * (1.0 - _ECCENTRICITY_SQUARED) / root**3
        parallel_m = _EQUATORIAL_RADIUS_M / root * math.cos(math.radians(latitude_deg))
        self._north_per_deg = math.radians(1.0) * meridian_m
        self._east_per_deg = math.radians(1.0) * parallel_m
        self._latitude_deg = latitude_deg
        self._longitude_deg = longitude_deg

    def local_from_e7(self, latitude_e7: int, longitude_e7: int) -> tuple[float, float]:
        """Return metres north and east of the origin."""
        return self.local_from_degrees(latitude_e7 * 1e-7, longitude_e7 * 1e-7)

    def local_from_degrees(self, latitude_deg: float, longitude_deg: float) -> tuple[float, float]:
        """Return metres north and east of the origin."""
        return (
            (latitude_deg - self._latitude_deg) * self._north_per_deg,
            (longitude_deg - self._longitude_deg) * self._east_per_deg,
        )

    def degrees_from_local(self, north_m: float, east_m: float) -> tuple[float, float]:
        """Return latitude and longitude in degrees."""
        return (
            self._latitude_deg + north_m / self._north_per_deg,
            self._longitude_deg + east_m / self._east_per_deg,
        )


def wrap_pi(angle_rad: float) -> float:
    """Return the same angle in [-π, π)."""
    return (angle_rad + math.pi) % math.tau - math.pi


def distance_to_segment(
    point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]
) -> float:
    """Return the distance in the plane between a point and a line segment."""
    run_north, run_east = end[0] - start[0], end[1] - start[1]
    squared = run_north * run_north + run_east * run_east
    share = 0.0
    if squared > 0.0:
        share = ((point[0] - start[0]) * run_north + (point[1] - start[1]) * run_east) / squared
        share = min(1.0, max(0.0, share))
    return math.hypot(point[0] - start[0] - share * run_north, point[1] - start[1] - share * run_east)
