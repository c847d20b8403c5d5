"""How near a flight comes to zones and land, and where: the figures of a certificate."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from geofences.airspace import Airspace
from geofences.shapes import XY
from geofences.values import Position, ZoneRule
from geofences.zones import Zone


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest of some obstacles: metres from the corridor's edge, and the point of the route there."""

    id: str
    clearance_m: float
    at: Position


@dataclass(frozen=True, slots=True)
class Strip:
    """The legs of one part of a flight, with half the width of each corridor, as columns."""

    legs: tuple[LineString, ...]
    half_widths_m: tuple[float, ...]


def nearest_zone(airspace: Airspace, strips: Sequence[tuple[Strip, Sequence[Zone]]]) -> Nearest | None:
    """Return the nearest of the zones that bind each strip, buffers included; None where there are none."""
    found = [
        _nearest(airspace, strip, zone.id, edge, buffer_m)
        for strip, zones in strips
        for zone, edge, buffer_m in _edges(airspace, zones)
    ]
    return min(found, key=lambda each: each.clearance_m, default=None)


def nearest_island(airspace: Airspace, strip: Strip, islands: Mapping[str, BaseGeometry]) -> Nearest:
    """Return the nearest island."""
    names, shapes = list(islands), np.array(list(islands.values()))
    flight = shapely.multilinestrings(list(strip.legs))
    distances_m = shapely.distance(shapes, flight)
    # With legs of different widths another island than the nearest to the middle may be nearest to the edge.
    near = np.flatnonzero(distances_m <= distances_m.min() + max(strip.half_widths_m))
    found = [_nearest(airspace, strip, names[row], shapes[row], 0.0) for row in near]
    return min(found, key=lambda each: each.clearance_m)


def _edges(airspace: Airspace, zones: Iterable[Zone]) -> Iterator[tuple[Zone, BaseGeometry, float]]:
    """Yield what a flight keeps clear of, with its buffer, which only keep-out zones have."""
    for zone in zones:
        shape = airspace.shape_of(zone)
        if zone.rule is ZoneRule.KEEP_OUT:
            yield zone, shape, zone.buffer_m
        elif zone.rule is ZoneRule.KEEP_IN:
            yield zone, shapely.boundary(shape), 0.0


def _nearest(airspace: Airspace, strip: Strip, name: str, shape: BaseGeometry, buffer_m: float) -> Nearest:
    clearances_m = shapely.distance(list(strip.legs), shape) - strip.half_widths_m
    leg = int(np.argmin(clearances_m))
    at: XY = shapely.get_point(shapely.shortest_line(strip.legs[leg], shape), 0).coords[0]
    clearance_m = max(0.0, float(clearances_m[leg]) - buffer_m)
    return Nearest(name, clearance_m, airspace.projection.position_from_local(*at))
