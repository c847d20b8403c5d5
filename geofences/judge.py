"""Measuring routes against land, zones and boundary directly.

Segments are measured exactly, and the corridor by dense samples of its middle and its edges.
"""

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from geofences.airspace import Airspace
from geofences.route import Route
from geofences.values import AltitudeBand, Circle, Interval, Position, Site, ZoneRule
from geofences.zones import Zone

SAMPLE_STEP_M = 25.0

TOLERANCE_M = 0.05
"""Positions are rounded to 1e-7 degrees (5 mm)."""

Points = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Segment:
    """One leg of a route on the local map; ``at_pad`` where it is an approach."""

    name: str
    start: Points
    end: Points
    half_width_m: float
    at_pad: bool

    @property
    def line(self) -> LineString:
        """The middle of the corridor."""
        return LineString([self.start, self.end])

    def samples(self) -> Points:
        """Return points of the middle and of both edges, at most 25 m apart, shape (n, 2)."""
        along = self.end - self.start
        length_m = math.hypot(*along)
        fractions = np.linspace(0.0, 1.0, max(2, math.ceil(length_m / SAMPLE_STEP_M) + 1))
        middle = self.start + fractions[:, None] * along
        across = np.array([-along[1], along[0]]) / max(length_m, TOLERANCE_M) * self.half_width_m
        return np.concatenate([middle, middle + across, middle - across])


class Judge:
    """Measures the corridors of a way out and a way home.

    Parameters
    ----------
    airspace
        What they are measured against.
    interval
        When they are flown.
    way_out, way_home
        The routes.
    """

    def __init__(self, airspace: Airspace, interval: Interval, way_out: Route, way_home: Route) -> None:
        self._airspace = airspace
        self._interval = interval
        self._pads = [airspace.site(each) for each in (way_out.origin_site_id, way_out.destination_site_id)]
        self._ways = [self._segments("way out", way_out), self._segments("way home", way_home)]
        local = airspace.projection.geometry_to_local
        self._land = local(shapely.multipolygons([island.geometry for island in airspace.islands]))
        self._boundary = local(airspace.boundary)
        self._lanes = [
            (local(lane.centreline), lane.width_m / 2) for lane in airspace.corridors if lane.is_open
        ]
        self._sectors = [sector for site in self._pads for sector in self._sector(site)]
        shapely.prepare([self._land, self._boundary])

    def violations(self) -> Iterator[str]:
        """Yield everything that is wrong with the place of the corridors and of the joins between them."""
        for segment in itertools.chain(*self._ways):
            yield from self._segment_violations(segment)
            yield from self._point_violations(segment.name, segment.samples(), self._zones(segment.at_pad))
        yield from self._join_violations()

    def coast_clearance_m(self) -> float:
        """Return the smallest distance from the edge of a cruise corridor to land."""
        return min(
            self._distance(segment, self._land)
            for segment in itertools.chain(*self._ways)
            if not segment.at_pad
        )

    def zone_clearance_m(self) -> float | None:
        """Return the smallest distance from the edge of a corridor to a keep-out zone with its buffer."""
        found = [
            self._distance(segment, self._shape(zone)) - zone.buffer_m
            for segment in itertools.chain(*self._ways)
            for zone in self._zones(segment.at_pad)
            if zone.rule is ZoneRule.KEEP_OUT
        ]
        return max(0.0, min(found)) if found else None

    def _segment_violations(self, segment: Segment) -> Iterator[str]:
        needed_m = self._airspace.policy.coast_clearance_m
        if not self._in_sector(segment) and self._distance(segment, self._land) < needed_m - TOLERANCE_M:
            yield f"{segment.name}: the corridor comes nearer than {needed_m:g} m to land"
        for zone in self._zones(segment.at_pad):
            shape = self._shape(zone)
            if (
                zone.rule is ZoneRule.KEEP_OUT
                and self._distance(segment, shape) < zone.buffer_m - TOLERANCE_M
            ):
                yield f"{segment.name}: the corridor enters the keep-out zone {zone.id}"
            if zone.rule is ZoneRule.KEEP_IN and not shape.covers(segment.line):
                yield f"{segment.name}: the corridor leaves the keep-in zone {zone.id}"

    def _point_violations(self, name: str, points: Points, zones: list[Zone]) -> Iterator[str]:
        spots = shapely.points(points)
        near = shapely.dwithin(self._land, spots, self._airspace.policy.coast_clearance_m - TOLERANCE_M)
        if (near & ~self._in_any_sector(spots)).any():
            yield f"{name}: a sample lies too near to land and outside the approach sectors"
        if not self._in_waters(spots).all():
            yield f"{name}: a sample lies outside the operation boundary and the corridors"
        for zone in zones:
            distances_m = shapely.distance(self._shape(zone), spots)
            keep_out = zone.rule is ZoneRule.KEEP_OUT
            if ((distances_m < zone.buffer_m - TOLERANCE_M) if keep_out else (distances_m > 0.0)).any():
                yield f"{name}: a sample breaks the {zone.rule} zone {zone.id}"

    def _join_violations(self) -> Iterator[str]:
        """Check the straight lines from samples of the way out to the nearest leg of the way home."""
        way_out, way_home = self._ways
        home = shapely.multilinestrings([segment.line for segment in way_home])
        middles = [shapely.segmentize(segment.line, SAMPLE_STEP_M) for segment in way_out]
        joins = shapely.shortest_line(shapely.points(shapely.get_coordinates(middles)), home)
        real = joins[shapely.length(joins) > TOLERANCE_M]
        points = shapely.get_coordinates(shapely.segmentize(real, SAMPLE_STEP_M))
        if len(points) > 0:
            yield from self._point_violations("join of the way home", points, self._zones(False))

    def _segments(self, name: str, route: Route) -> list[Segment]:
        positions = [waypoint.position for waypoint in route.waypoints]
        x_m, y_m = self._airspace.projection.to_local(
            [each.longitude_deg for each in positions], [each.latitude_deg for each in positions]
        )
        at = np.column_stack([x_m, y_m])
        last = len(at) - 2
        return [
            Segment(
                f"{name}, segment {index}",
                at[index],
                at[index + 1],
                route.waypoints[index + 1].half_width_m,
                index in (0, last),
            )
            for index in range(last + 1)
        ]

    def _sector(self, site: Site) -> Iterator[tuple[LineString, float]]:
        """Yield middle line and half width of a site's approach sector."""
        if site.approach is None:
            return
        x_m, y_m = self._airspace.projection.to_local(site.position.longitude_deg, site.position.latitude_deg)
        angle = math.radians(site.approach.bearing_deg)
        reach = site.approach.length_m * np.array([math.sin(angle), math.cos(angle)])
        pad = np.array([float(x_m), float(y_m)])
        yield LineString([pad, pad + reach]), site.approach.half_width_m

    def _zones(self, at_pad: bool) -> list[Zone]:
        """Return the zones that bind: over the sea those of the bands, at a pad all from the ground up."""
        policy = self._airspace.policy
        bands = (policy.outbound, policy.inbound)
        floors = [site.elevation_amsl_m for site in self._pads if at_pad] + [
            band.floor_amsl_m for band in bands
        ]
        flown = AltitudeBand(min(floors), max(band.ceiling_amsl_m for band in bands))
        return [
            zone
            for zone in self._airspace.zones
            if zone.rule is not ZoneRule.CAUTION
            and self._airspace.band_of(zone).overlaps(flown)
            and self._in_force(zone)
        ]

    def _in_force(self, zone: Zone) -> bool:
        where = zone.geometry.centre if isinstance(zone.geometry, Circle) else _inside(zone.geometry)
        return zone.schedule.overlaps(self._interval, where)

    def _shape(self, zone: Zone) -> BaseGeometry:
        return self._airspace.shape_of(zone)

    def _distance(self, segment: Segment, shape: BaseGeometry) -> float:
        return float(shapely.distance(segment.line, shape)) - segment.half_width_m

    def _in_sector(self, segment: Segment) -> bool:
        """Say whether the corridor of a segment lies in one approach sector (capsules are convex)."""
        ends = shapely.points([segment.start, segment.end])
        return any(
            bool((shapely.distance(line, ends) <= half_width_m - segment.half_width_m + TOLERANCE_M).all())
            for line, half_width_m in self._sectors
        )

    def _in_any_sector(self, spots: npt.NDArray[np.object_]) -> Flags:
        inside = [shapely.dwithin(line, spots, half_width_m) for line, half_width_m in self._sectors]
        return np.asarray(np.any([np.zeros(len(spots)), *inside], axis=0), dtype=np.bool_)

    def _in_waters(self, spots: npt.NDArray[np.object_]) -> Flags:
        lanes = [shapely.dwithin(line, spots, half_width_m) for line, half_width_m in self._lanes]
        return np.asarray(np.any([shapely.covers(self._boundary, spots), *lanes], axis=0), dtype=np.bool_)


def _inside(geometry: BaseGeometry) -> Position:
    at = shapely.point_on_surface(geometry)
    return Position(at.y, at.x)
