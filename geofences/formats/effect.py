"""What a zone does to the lanes of an airspace, and how large it is."""

import math

import shapely
from pyproj import Geod

from geofences.airspace import Airspace
from geofences.formats.kml_shapes import drawn
from geofences.formats.rings import polygons_of
from geofences.shapes import grown
from geofences.values import Circle, ZoneRule
from geofences.zones import Corridor, Zone

NEAR_DEG = 1.0
"""A zone further away than this from the operation area touches no lane; the local map does not reach it."""

M2_PER_KM2 = 1e6

_EARTH = Geod(ellps="WGS84")


def area_km2(zone: Zone) -> float:
    """Return the area of a zone on the ellipsoid, without its buffer (a circle: on the plane)."""
    if isinstance(zone.geometry, Circle):
        return math.pi * zone.geometry.radius_m**2 / M2_PER_KM2
    areas = [
        _EARTH.geometry_area_perimeter(shapely.orient_polygons(polygon))[0]
        for polygon in polygons_of(zone.geometry)
    ]
    return float(sum(areas)) / M2_PER_KM2


def lanes_blocked(airspace: Airspace, zone: Zone) -> tuple[Corridor, ...]:
    """Return the open lanes that a zone closes somewhere, at a height that is flown, while it is in force.

    A keep-out zone closes what it touches with its buffer, a keep-in zone what is not inside; caution closes
    nothing.
    """
    if zone.rule is ZoneRule.CAUTION:
        return ()
    is_near = _is_near(airspace, zone)
    if not is_near and zone.rule is ZoneRule.KEEP_OUT:
        return ()
    lanes = [lane for lane in airspace.corridors if lane.is_open]
    if not is_near:
        return tuple(lanes)
    shape, heights = airspace.shape_of(zone), airspace.band_of(zone)
    closed = []
    for lane in lanes:
        area = airspace.corridor_shape(lane)
        bands = [band for band in (lane.outbound, lane.inbound) if band is not None]
        if zone.rule is ZoneRule.KEEP_IN:
            inside = [
                heights.floor_amsl_m <= band.floor_amsl_m and band.ceiling_amsl_m <= heights.ceiling_amsl_m
                for band in bands
            ]
            is_closed = not (all(inside) and shape.covers(area))
        else:
            flown = any(heights.overlaps(band) for band in bands)
            is_closed = flown and bool(grown(shape, zone.buffer_m).intersects(area))
        closed += [lane] if is_closed else []
    return tuple(closed)


def _is_near(airspace: Airspace, zone: Zone) -> bool:
    shape = drawn(zone.geometry, zone.rule) if isinstance(zone.geometry, Circle) else zone.geometry
    return float(shapely.distance(shape, airspace.boundary)) < NEAR_DEG
