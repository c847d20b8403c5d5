"""Shapes in local metres: buffers that never cut, capsules around segments, bearings.

A buffer made of straight edges lies inside the true one between its vertices. Where a shape is an obstacle or
a corridor that must stay clear of one, too small is unsafe, so these buffers circumscribe the true one.
"""

import itertools
import math
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import shapely
from shapely import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

SEGMENTS = 16
"""Edges per quarter circle: a circumscribed circle is too large by 0.12 %."""

CIRCUMSCRIBED = 1.0 / math.cos(math.pi / 4 / SEGMENTS)

LARGEST_EXCESS = 1.01
"""How much too large a grown shape without slack may be: the circumscribed circle, and what is added because
GEOS leaves out shallow bends of long outlines (0.1 % on the coast of Goto)."""

ROUTER_SLACK_M = 8.0
"""What the router gives away to look at a third of the corners, and to fly fewer of them; far below the error
of the coast (46 m at the 95th percentile)."""

ROUNDING_M = 0.1
"""Positions are rounded to 1e-7 degrees (5 mm), and touching is not crossing."""

XY = tuple[float, float]
Area: TypeAlias = Polygon | MultiPolygon


def grown(geometry: BaseGeometry, distance_m: float, slack_m: float = 0.0) -> BaseGeometry:
    """Return all points within ``distance_m`` of the geometry, and a little more, never less.

    GEOS simplifies what it buffers, so the result is measured, and enlarged until it is large enough.

    Parameters
    ----------
    slack_m
        The outline has fewer corners, and may lie up to twice this much further out.
    """
    asked_m = distance_m * CIRCUMSCRIBED + slack_m
    if asked_m == 0.0 or geometry.is_empty:
        return geometry
    shapely.prepare(geometry)
    while True:
        shape = shapely.buffer(geometry, asked_m, quad_segs=SEGMENTS)
        shape = shapely.simplify(shape, slack_m) if slack_m > 0.0 else shape
        short_m = distance_m - float(shapely.distance(geometry, shapely.boundary(shape)))
        if short_m <= 0.0:
            return shape
        asked_m += short_m + ROUNDING_M


def shrunk(polygon: BaseGeometry, distance_m: float, slack_m: float = 0.0) -> BaseGeometry:
    """Return the points of a polygon at least ``distance_m`` from its edge, or fewer, never more."""
    if distance_m == 0.0:
        return polygon
    return shapely.difference(polygon, grown(shapely.boundary(polygon), distance_m, slack_m))


def capsule(start: XY, end: XY, half_width_m: float) -> Polygon:
    """Return all points within ``half_width_m`` of a segment, and 0.12 % more, never less."""
    middle = Point(start) if start == end else LineString([start, end])
    return shapely.buffer(middle, half_width_m * CIRCUMSCRIBED, quad_segs=SEGMENTS)


def apart(rule_m: float, half_width_m: float) -> float:
    """Return how far the middle of a corridor keeps from a shape so that its capsule clears the grown shape.

    Parameters
    ----------
    rule_m
        The distance by which the shape is grown.
    half_width_m
        Half width of the corridor.
    """
    return rule_m * LARGEST_EXCESS + half_width_m * CIRCUMSCRIBED + ROUNDING_M


def polygons(geometry: BaseGeometry) -> tuple[Polygon, ...]:
    """Return the polygons of a geometry, without what has no area."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return tuple(part for part in parts if isinstance(part, Polygon) and not part.is_empty)


def area_of(parts: Iterable[BaseGeometry]) -> Area:
    """Return the union of the areas of some geometries (an empty polygon where there are none)."""
    geometries = list(parts)
    if len(geometries) == 1 and isinstance(geometries[0], Polygon | MultiPolygon):
        return geometries[0]
    union = shapely.union_all([polygon for part in geometries for polygon in polygons(part)])
    return union if isinstance(union, Polygon | MultiPolygon) else Polygon()


def bearing_deg(start: XY, end: XY) -> float:
    """Return the direction of a segment on the map, clockwise from north, 0 to 360."""
    return math.degrees(math.atan2(end[0] - start[0], end[1] - start[1])) % 360.0


def point_at(start: XY, direction_deg: float, distance_m: float) -> XY:
    """Return the point at a distance from ``start`` in a direction clockwise from north."""
    angle = math.radians(direction_deg)
    return start[0] + distance_m * math.sin(angle), start[1] + distance_m * math.cos(angle)


def length_of(points: Sequence[XY]) -> float:
    """Return the length of a chain of points."""
    return sum(math.dist(start, end) for start, end in itertools.pairwise(points))
