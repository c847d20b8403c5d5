"""What of the airspace goes on board: the fence of ArduPilot around a certified flight.

Where the fence lets a vehicle be (inside the inclusion polygon, outside every exclusion polygon) lies between
two areas:

- it holds every point within ``TRACKING_M`` of the certified way out and way home, as legs and as rounded
  track (the *inner* area), and
- it lies in the *allowed* area: the certified corridor, and beside it at most ``FENCE_MARGIN_M`` of what is
  flyable while the certificate holds. Where the corridor runs in a ring, all of the flyable area inside the
  ring is allowed, since early returns join across it, and the rest of it gets exclusion polygons.

So simplification only takes away from the allowed area, and an exclusion polygon only adds to a zone (with
its buffer) or to land (with its clearance). Further exclusion polygons repeat the zones near the corridor
while the budget lasts. A zone that is left out never touches the inclusion polygon, because the allowed area
ends before it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from shapely import MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geofences.airspace import Airspace
from geofences.corridor import corridor_area, local_points
from geofences.errors import DataError
from geofences.outline import Corners, simplified
from geofences.rounding import TRACKING_M, rounded_track
from geofences.route import Route
from geofences.shapes import ROUNDING_M, area_of, grown, polygons
from geofences.values import AltitudeBand, Interval, Position, ZoneRule

FENCE_MARGIN_M = 20.0
"""How far the fence may lie outside the corridor, where that is flyable: a vehicle at the edge of its
corridor should not breach (GPS: 5-10 m)."""

ZONE_REACH_M = 1_000.0
"""Zones nearer than this to the corridor are repeated on board: 40 s of flight after a breach."""

KEPT_M = (90.0, 80.0, 70.0, 60.0, TRACKING_M)
"""Distances from the line to hold inside, tried in order: the wider the fence, the fewer false breaches."""

COMFORTABLE_M = 80.0
"""A fence this wide leaves ``FOR_ZONES`` corners to the zones nearby; a narrower one takes all it can get."""

FOR_ZONES = 16

START_DETAIL_M = 2.0
"""What the first outline leaves out of the edge of the allowed area: a coast has thousands of corners."""

ZONE_GROWTH_M = 300.0
"""How much larger a zone may become on board to have fewer corners."""

FEWEST_CORNERS = 4
"""What an exclusion polygon is simplified to where there is room: a zone as a box is still recognised."""


@dataclass(frozen=True)
class Fence:
    """One inclusion polygon and some exclusion polygons, none closed; corners in MAVLink's 1e-7 degrees.

    ``kept_m`` is how far from the certified legs a vehicle may be without a breach. ``left_out`` names the
    zones nearby that had to be left out: for want of corners, or because the line itself passes them in
    another height.
    """

    inclusion: tuple[Position, ...]
    exclusions: tuple[tuple[Position, ...], ...]
    kept_m: float
    left_out: tuple[str, ...]


def fence_around(
    airspace: Airspace, way_out: Route, way_home: Route, interval: Interval, budget: int = 60
) -> Fence:
    """Return the fence around a certified flight, with at most ``budget`` corners in all.

    Parameters
    ----------
    interval
        While the certificate holds: zones that are active at any moment of it count.
    budget
        The largest number of corners; ArduPilot keeps 70 fence items (recorded).

    Raises
    ------
    DataError
        Where no fence within the budget was found; it names the least number of corners that was.
    """
    flight = _Flight(airspace, (way_out, way_home), interval)
    zones = flight.zones_nearby()
    counts: list[int] = []
    for corners, distances_m in _attempts(budget, bool(zones)):
        for kept_m in distances_m:
            for rings in flight.rings(kept_m, corners):
                counts.append(sum(len(ring) for ring in rings))
                if counts[-1] <= corners:
                    return _finished(flight, rings, kept_m, zones, budget - counts[-1])
    if not counts:
        raise DataError(
            "fence", [f"the corridor is narrower than the {TRACKING_M:g} m that a vehicle strays"]
        )
    raise DataError("fence budget", [f"{budget} corners are too few around this corridor; {min(counts)} do"])


def _attempts(budget: int, has_zones: bool) -> Iterator[tuple[int, Sequence[float]]]:
    if has_zones:
        yield budget - FOR_ZONES, [each for each in KEPT_M if each >= COMFORTABLE_M]
    yield budget, KEPT_M


def _finished(
    flight: "_Flight", rings: list[Corners], kept_m: float, zones: dict[str, Polygon], left: int
) -> Fence:
    exclusions, left_out = rings[1:], []
    inner = flight.inner(kept_m)
    for zone_id, shape in zones.items():
        around = _rings_around(polygons(shape), inner)
        count = sum(len(ring) for ring in around)
        if around and count <= left:
            exclusions += around
            left -= count
        else:
            left_out.append(zone_id)
    positions = [flight.positions(ring) for ring in (rings[0], *exclusions)]
    return Fence(positions[0], tuple(positions[1:]), kept_m, tuple(left_out))


@dataclass(frozen=True)
class _Flight:
    """The two areas between which the fence lies, in local metres."""

    airspace: Airspace
    ways: tuple[Route, Route]
    interval: Interval

    @cached_property
    def track(self) -> MultiLineString:
        """The legs of both ways."""
        return MultiLineString([local_points(way, self.airspace.projection) for way in self.ways])

    @cached_property
    def tracked(self) -> BaseGeometry:
        """All within ``TRACKING_M`` of the legs and of the tracks with rounded corners."""
        legs = [(local_points(way, self.airspace.projection), way.turn_radius_m) for way in self.ways]
        arcs = [rounded_track(points, radius_m) for points, radius_m in legs if radius_m > 0.0]
        return area_of([grown(line, TRACKING_M) for line in (self.track, *arcs)])

    @cached_property
    def heights(self) -> AltitudeBand:
        """All altitudes of the cruise, with those between the bands: an early return climbs anywhere."""
        altitudes = [each.altitude_amsl_m for way in self.ways for each in way.waypoints]
        band = self.airspace.envelope
        return AltitudeBand(min(band.floor_amsl_m, *altitudes), max(band.ceiling_amsl_m, *altitudes))

    @cached_property
    def corridor(self) -> Polygon:
        """The certified corridors of both ways."""
        (area,) = polygons(corridor_area(self.ways, self.airspace.projection))
        return area

    @cached_property
    def allowed(self) -> Polygon | MultiPolygon:
        """The allowed area, less the rounding of corners."""
        near = shapely.union(grown(self.corridor, FENCE_MARGIN_M), Polygon(self.corridor.exterior))
        pads = [self.airspace.site(way.origin_site_id).elevation_amsl_m for way in self.ways]
        column = AltitudeBand(min(self.heights.floor_amsl_m, *pads), self.heights.ceiling_amsl_m)
        flyable = shapely.clip_by_rect(self.airspace.flyable(column, self.interval), *near.bounds)
        allowed = area_of([self.corridor, shapely.intersection(near, flyable)])
        (whole,) = (each for each in polygons(allowed) if each.intersects(self.corridor))
        return area_of([shapely.buffer(whole, -ROUNDING_M, join_style="mitre")])

    def inner(self, kept_m: float) -> BaseGeometry:
        """Return what the fence must hold."""
        return area_of([grown(self.track, kept_m), self.tracked])

    def rings(self, kept_m: float, budget: int) -> Iterator[list[Corners]]:
        """Yield the inclusion ring and the exclusion rings inside it, from each start that gives some."""
        inner = self.inner(kept_m)
        room = shapely.difference(self.allowed, inner)
        for ring in self._starts(kept_m):
            if not room.covers(shapely.LinearRing(ring)):
                continue
            closed = polygons(shapely.difference(Polygon(ring), self.allowed))
            holes = _rings_around(closed, inner)
            if holes or not closed:
                yield [simplified(ring, room, budget - sum(len(each) for each in holes)), *holes]

    def _starts(self, kept_m: float) -> Iterator[Corners]:
        """Yield rings to begin with: near the edge of the allowed area, and near that of the corridor."""
        outer = shapely.buffer(_whole(self.allowed), -2 * START_DETAIL_M)
        yield _corners(_whole(shapely.simplify(outer, START_DETAIL_M)))
        least_m = min(waypoint.half_width_m for way in self.ways for waypoint in way.waypoints)
        yield _corners(_whole(shapely.buffer(self.track, (kept_m + least_m) / 2, quad_segs=4)))

    def zones_nearby(self) -> dict[str, Polygon]:
        """Return the keep-out zones near the corridor at its heights, with their buffers, nearest first."""
        shapes = {
            zone.id: grown(self.airspace.shape_of(zone), zone.buffer_m)
            for zone in self.airspace.zones_for([self.heights], self.interval)
            if zone.rule is ZoneRule.KEEP_OUT
        }
        distances_m = {each: float(shapely.distance(shapes[each], self.corridor)) for each in shapes}
        near = [each for each in shapes if distances_m[each] <= ZONE_REACH_M]
        return {each: shapes[each] for each in sorted(near, key=lambda each: (distances_m[each], each))}

    def positions(self, ring: Corners) -> tuple[Position, ...]:
        """Return the corners as they go on board."""
        longitudes_deg, latitudes_deg = self.airspace.projection.to_geographic(ring[:, 0], ring[:, 1])
        pairs = zip(latitudes_deg, longitudes_deg, strict=True)
        return tuple(Position(round(float(lat), 7), round(float(lon), 7)) for lat, lon in pairs)


def _rings_around(parts: Sequence[Polygon], inner: BaseGeometry) -> list[Corners]:
    """Return an exclusion ring with few corners around each closed area; none where one reaches ``inner``."""
    rings = []
    for closed in parts:
        gap_m = float(shapely.distance(closed, inner))
        grown_m = min(gap_m / 2, FENCE_MARGIN_M)
        start = _whole(shapely.simplify(shapely.buffer(closed, grown_m, quad_segs=4), grown_m / 2))
        if gap_m < 2 * ROUNDING_M or start.intersects(inner):
            return []
        around = _whole(shapely.buffer(start, ZONE_GROWTH_M, quad_segs=4))
        kept_out = shapely.union(inner, grown(closed, ROUNDING_M))
        room = area_of([shapely.difference(around, kept_out)])
        rings.append(simplified(_corners(start), room, FEWEST_CORNERS))
    return rings


def _whole(area: BaseGeometry) -> Polygon:
    """Return the largest polygon of an area without its holes."""
    return Polygon(max(polygons(area), key=lambda each: each.area).exterior)


def _corners(polygon: Polygon) -> Corners:
    return np.asarray(shapely.get_coordinates(polygon.exterior)[:-1], dtype=np.float64)
