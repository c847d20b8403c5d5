"""Between degrees on WGS 84 and metres on a flat map around one point."""

from typing import Self

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from geofences.values import Position

Floats = npt.NDArray[np.float64]

REACH_DEG = 20.0
"""What lies further from the origin is cut off areas: the map ends a quarter of the earth away, and near its
end coordinates mean nothing."""

EDGE_DEG = 0.05
"""A straight edge of this length along a parallel is bent by 0.3 m on the map at 33° (s² tan φ / (8 R))."""

GOTO_LATITUDE_DEG = 32.95
GOTO_LONGITUDE_DEG = 128.95


class LocalProjection:
    """A transverse Mercator map in metres, x to the east and y to the north.

    The scale is exact on the central meridian and grows with the square of the distance east or west of it:
    1 + x² / (2 R²). The operation area of Goto reaches 45 km from its meridian, so lengths on this map are
    too long by at most 3e-5 (3 m in 100 km; 6 mm in the 200 m kept from the coast). A test compares it with
    geodesics on the ellipsoid. A length that is too long by so little never matters beside the uncertainty of
    the coast itself (p95 46 m), so nothing corrects for it.

    Parameters
    ----------
    latitude_deg, longitude_deg
        The origin of the map.
    """

    def __init__(self, latitude_deg: float, longitude_deg: float) -> None:
        self.origin = Position(latitude_deg, longitude_deg)
        local = f"+proj=tmerc +lat_0={latitude_deg} +lon_0={longitude_deg} +k=1 +ellps=WGS84 +units=m"
        self._forward = Transformer.from_crs("EPSG:4326", local, always_xy=True)
        self._back = Transformer.from_crs(local, "EPSG:4326", always_xy=True)

    @classmethod
    def for_goto(cls) -> Self:
        """Return the map used for the Goto Islands."""
        return cls(GOTO_LATITUDE_DEG, GOTO_LONGITUDE_DEG)

    def to_local(self, longitude_deg: npt.ArrayLike, latitude_deg: npt.ArrayLike) -> tuple[Floats, Floats]:
        """Return x and y in metres of points given in degrees (arrays of one shape)."""
        x_m, y_m = self._forward.transform(np.asarray(longitude_deg), np.asarray(latitude_deg))
        return np.asarray(x_m), np.asarray(y_m)

    def to_geographic(self, x_m: npt.ArrayLike, y_m: npt.ArrayLike) -> tuple[Floats, Floats]:
        """Return longitude and latitude in degrees of points given in metres (arrays of one shape)."""
        longitude_deg, latitude_deg = self._back.transform(np.asarray(x_m), np.asarray(y_m))
        return np.asarray(longitude_deg), np.asarray(latitude_deg)

    def geometry_to_local(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return the geometry, given in degrees (longitude, latitude), in metres."""
        return shapely.transform(geometry, self.to_local, interleaved=False)

    def area_to_local(self, area: BaseGeometry) -> BaseGeometry:
        """Return an area of any size, given in degrees, in metres, its long edges bent as the map bends them.

        An edge is straight in degrees (RFC 7946). One of 500 km along a parallel passes 3 km beside the
        straight line between its ends on the map.
        """
        around = shapely.box(
            self.origin.longitude_deg - REACH_DEG,
            self.origin.latitude_deg - REACH_DEG,
            self.origin.longitude_deg + REACH_DEG,
            self.origin.latitude_deg + REACH_DEG,
        )
        near = area if around.covers(area) else shapely.intersection(area, around)
        return self.geometry_to_local(shapely.segmentize(near, EDGE_DEG))

    def geometry_to_geographic(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return the geometry, given in metres, in degrees (longitude, latitude)."""
        return shapely.transform(geometry, self.to_geographic, interleaved=False)

    def local_from_position(self, position: Position) -> tuple[float, float]:
        """Return x and y in metres."""
        x_m, y_m = self._forward.transform(position.longitude_deg, position.latitude_deg)
        return float(x_m), float(y_m)

    def position_from_local(self, x_m: float, y_m: float) -> Position:
        """Return the position of a point of the map."""
        longitude_deg, latitude_deg = self._back.transform(x_m, y_m)
        return Position(float(latitude_deg), float(longitude_deg))
