"""The legs of a flight on the local map, as the proof sees them."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString, Point

from geofences.airspace import Airspace
from geofences.corridor import local_points
from geofences.route import Route, RouteWaypoint, Way
from geofences.shapes import XY

Floats = npt.NDArray[np.float64]

ON_LINE_M = 0.1
"""Positions are rounded to 1e-7 degrees (5 mm)."""


@dataclass(frozen=True, slots=True)
class FlownLeg:
    """A straight leg to the waypoint of a number, with the waypoints at both ends.

    ``at_pad`` says that it belongs to the approach of a site, between pad and gate.
    """

    way: Way
    number: int
    start: XY
    end: XY
    before: RouteWaypoint
    to: RouteWaypoint
    at_pad: bool

    def __str__(self) -> str:
        """Name it for a person."""
        return f"way {self.way}, leg {self.number}"

    @property
    def length_m(self) -> float:
        """Length on the map."""
        return math.dist(self.start, self.end)

    @property
    def line(self) -> LineString:
        """The middle of its corridor."""
        return LineString([self.start, self.end])


def legs_of(airspace: Airspace, way: Way, route: Route) -> tuple[FlownLeg, ...]:
    """Return the legs of a route."""
    points = local_points(route, airspace.projection)
    sites = (route.origin_site_id, route.destination_site_id)
    lines = [LineString(airspace.terrain.approaches[each]) for each in sites if _is_pad(airspace, each)]
    touched = [_touched(lines, point) for point in points]
    return tuple(
        FlownLeg(
            way,
            number,
            points[number - 1],
            points[number],
            route.waypoints[number - 1],
            route.waypoints[number],
            bool(touched[number - 1] & touched[number]),
        )
        for number in range(1, len(points))
    )


def mirrored_m(way_out: LineString, way_home: LineString) -> Floats | None:
    """Return how far along the way home each waypoint of the way out lies, if both follow one track.

    They may change height at other points of it, so that their waypoints are not the same. Where the tracks
    differ, None is returned.
    """
    places_m = _same_places_m(way_out, way_home)
    return None if places_m is None or _same_places_m(way_home, way_out) is None else places_m


def _same_places_m(line: LineString, other: LineString) -> Floats | None:
    points = shapely.points(shapely.get_coordinates(line))
    steps_m = shapely.distance(points[:-1], points[1:])
    places_m = other.length - np.concatenate([[0.0], np.cumsum(steps_m)])
    apart_m = shapely.distance(points, shapely.line_interpolate_point(other, np.maximum(places_m, 0.0)))
    return None if (apart_m > ON_LINE_M).any() else np.asarray(places_m)


def _is_pad(airspace: Airspace, site_id: str) -> bool:
    """Say whether an end is a site: a route may also begin or end at a point."""
    return site_id in airspace.terrain.approaches


def _touched(lines: Iterable[LineString], point: XY) -> frozenset[int]:
    at = Point(point)
    return frozenset(number for number, line in enumerate(lines) if line.dwithin(at, ON_LINE_M))
