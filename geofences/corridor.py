"""The certified corridor of a route on the local map: one capsule for each segment."""

import itertools
from collections.abc import Iterable

import shapely
from shapely import LineString, MultiPolygon, Polygon

from geofences.projection import LocalProjection
from geofences.route import Route
from geofences.shapes import XY, area_of, capsule


def local_points(route: Route, projection: LocalProjection) -> list[XY]:
    """Return the waypoints on the map, in metres."""
    positions = [waypoint.position for waypoint in route.waypoints]
    x_m, y_m = projection.to_local(
        [each.longitude_deg for each in positions], [each.latitude_deg for each in positions]
    )
    return list(zip(x_m.tolist(), y_m.tolist(), strict=True))


def capsules(route: Route, projection: LocalProjection) -> list[Polygon]:
    """Return the capsule of each segment; the first and the last are the approaches, the others cruise."""
    legs = itertools.pairwise(local_points(route, projection))
    widths_m = [waypoint.half_width_m for waypoint in route.waypoints[1:]]
    return [capsule(start, end, width_m) for (start, end), width_m in zip(legs, widths_m, strict=True)]


def corridor_area(routes: Iterable[Route], projection: LocalProjection) -> Polygon | MultiPolygon:
    """Return the union of the capsules of some routes."""
    return area_of(capsule for route in routes for capsule in capsules(route, projection))


def centreline(route: Route, projection: LocalProjection) -> LineString:
    """Return the route as a line on the map."""
    return LineString(local_points(route, projection))


def stations(line: LineString, step_m: float) -> list[XY]:
    """Return points along a line, at most ``step_m`` apart, corners included."""
    return [(float(x), float(y)) for x, y in shapely.get_coordinates(shapely.segmentize(line, step_m))]
