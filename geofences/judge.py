"""Measuring the place of a flight against land, zones and boundary directly.

Segments are measured exactly, and the corridor by dense samples of its middle and its edges.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely

from geofences.airspace import Airspace
from geofences.judge_parts import (
    SAMPLE_STEP_M,
    TOLERANCE_M,
    Flags,
    Points,
    Sector,
    Segment,
    lanes_of,
    lines_of,
    sectors_of,
)
from geofences.judge_zones import JudgedZone, judged_zones
from geofences.route import CheckedDivert, Route
from geofences.values import AltitudeBand, Interval, Position

TOO_NEAR = "a sample lies too near to land and outside the approach sectors"
OUTSIDE = "a sample lies outside the operation boundary and the corridors"


class Judge:
    """Measures the corridors of a way out, a way home and their diverts.

    Parameters
    ----------
    airspace
        What they are measured against.
    interval
        When they are flown.
    way_out, way_home
        The routes.
    diverts
        The ways to other pads.
    """

    def __init__(
        self,
        airspace: Airspace,
        interval: Interval,
        way_out: Route,
        way_home: Route,
        diverts: Sequence[CheckedDivert] = (),
    ) -> None:
        self._airspace = airspace
        local = airspace.projection.geometry_to_local
        self._land = local(shapely.multipolygons([island.geometry for island in airspace.islands]))
        self._boundary = local(airspace.boundary)
        shapely.prepare([self._land, self._boundary])
        self._lanes = list(lanes_of(airspace, interval))
        self._zones = list(judged_zones(airspace, interval, self._land))
        ends = [way_out.origin_site_id, way_out.destination_site_id]
        self._sectors = list(sectors_of(airspace, [*ends, *(divert.site_id for divert in diverts)]))
        pads = [sector for sector in self._sectors if sector.site_id in ends]
        self.ways = (
            self._way_segments("way out", way_out, pads),
            self._way_segments("way home", way_home, pads),
        )
        self._diverts = [segment for divert in diverts for segment in self._divert_segments(divert)]

    def violations(self) -> Iterator[str]:
        """Yield everything that is wrong with the place of the corridors and of the joins between them."""
        once = {each.key: each for each in (*self._diverts, *self._flown)}
        segments = list(once.values())
        yield from self._segment_violations(segments)
        for pad_floor_m in {each.pad_floor_m for each in segments}:
            alike = [each for each in segments if each.pad_floor_m == pad_floor_m]
            points = [each.samples() for each in alike]
            owners = np.repeat(np.arange(len(alike)), [len(each) for each in points])
            zones = self._binding(pad_floor_m)
            for owner, problem in self._point_violations(np.concatenate(points), zones):
                yield f"{alike[owners[owner]].name}: {problem}"
        yield from self._join_violations()

    def coast_clearance_m(self) -> float:
        """Return the smallest distance from the edge of a cruise corridor to land."""
        cruise = [each for each in self._flown if each.pad_floor_m is None] or self._flown
        return float(self._off_land_m(cruise).min())

    def zone_clearance_m(self) -> float | None:
        """Return the smallest distance from the edge of a corridor to a zone with its buffer."""
        margins_m = [
            float((zone.margins_m(lines_of([segment])) - segment.half_width_m)[0])
            for segment in self._flown
            for zone in self._binding(segment.pad_floor_m)
        ]
        return max(0.0, min(margins_m)) if margins_m else None

    def off_zone_m(self, zone_id: str, at: Position) -> float | None:
        """Return how far a position is from breaking the rule of a zone; None where it does not bind."""
        points = shapely.points([self._airspace.projection.local_from_position(at)])
        found = [zone for zone, _ in self._zones if zone.zone.id == zone_id]
        return float(found[0].margins_m(points)[0]) if found else None

    def radius_m(self, zone_id: str | None) -> float:
        """Return the radius of a zone that is a circle, 0 for any other."""
        return max((zone.radius_m for zone, _ in self._zones if zone.zone.id == zone_id), default=0.0)

    def off_island_m(self, island_id: str, at: Position) -> float | None:
        """Return how far a position is from an island; None where there is no such island."""
        point = shapely.points(self._airspace.projection.local_from_position(at))
        local = self._airspace.projection.geometry_to_local
        found = [each.geometry for each in self._airspace.islands if each.id == island_id]
        return float(shapely.distance(point, local(found[0]))) if found else None

    def off_route_m(self, at: Position) -> float:
        """Return how far a position is from the middle of the nearest leg."""
        point = shapely.points(self._airspace.projection.local_from_position(at))
        return float(shapely.distance(lines_of(self._flown), point).min())

    @cached_property
    def _flown(self) -> list[Segment]:
        return list(itertools.chain(*self.ways))

    def _segment_violations(self, segments: Sequence[Segment]) -> Iterator[str]:
        needed_m = self._airspace.policy.coast_clearance_m
        for segment, off_land_m in zip(segments, self._off_land_m(segments), strict=True):
            if off_land_m < needed_m - TOLERANCE_M and not self._in_sector(segment):
                yield f"{segment.name}: the corridor comes nearer than {needed_m:g} m to land"
        lines, widths_m = lines_of(segments), np.array([each.half_width_m for each in segments])
        for zone, heights in self._zones:
            broken = zone.margins_m(lines) < widths_m - TOLERANCE_M
            verb = "leaves" if zone.is_keep_in else "enters"
            for segment in itertools.compress(segments, broken):
                if heights.overlaps(self._flown_at(segment.pad_floor_m)):
                    yield f"{segment.name}: the corridor {verb} the {zone.zone.rule} zone {zone.zone.id}"

    def _point_violations(self, points: Points, zones: Sequence[JudgedZone]) -> Iterator[tuple[int, str]]:
        """Yield the first point of each kind of violation, with what is wrong."""
        spots = shapely.points(points)
        near = shapely.dwithin(self._land, spots, self._airspace.policy.coast_clearance_m - TOLERANCE_M)
        near[near] = ~self._in_any_sector(spots[near])
        yield from _first(near, TOO_NEAR)
        yield from _first(~self._in_waters(spots), OUTSIDE)
        for zone in zones:
            rows = np.flatnonzero(zone.near(points))
            broken = np.zeros(len(points), dtype=np.bool_)
            broken[rows] = zone.margins_m(spots[rows]) < -TOLERANCE_M
            yield from _first(broken, f"a sample breaks the {zone.zone.rule} zone {zone.zone.id}")

    def _join_violations(self) -> Iterator[str]:
        """Check the straight lines from samples of the way out to the nearest leg of the way home."""
        way_out, way_home = self.ways
        home = shapely.multilinestrings([segment.line for segment in way_home])
        shapely.prepare(home)
        middles = shapely.get_coordinates([shapely.segmentize(each.line, SAMPLE_STEP_M) for each in way_out])
        spots = shapely.points(middles)
        away = spots[~shapely.dwithin(home, spots, TOLERANCE_M)]
        joins = shapely.shortest_line(away, home)
        points = shapely.get_coordinates(shapely.segmentize(joins, SAMPLE_STEP_M))
        if len(points) > 0:
            for _, problem in self._point_violations(points, self._binding(None)):
                yield f"join of the way home: {problem}"

    def _way_segments(self, name: str, route: Route, pads: Sequence[Sector]) -> list[Segment]:
        positions = [each.position for each in route.waypoints]
        return self._segments(name, positions, [each.half_width_m for each in route.waypoints[1:]], pads)

    def _segments(
        self, name: str, positions: Sequence[Position], widths_m: Sequence[float], pads: Sequence[Sector]
    ) -> list[Segment]:
        at = self._local(positions)
        floor_m = min((pad.elevation_amsl_m for pad in pads), default=None)
        return [
            Segment(
                f"{name}, segment {index}", at[index], at[index + 1], width_m, floor_m if on_pad else None
            )
            for index, width_m in enumerate(widths_m)
            for on_pad in [any(pad.holds_both(at[index : index + 2]) for pad in pads)]
        ]

    def _divert_segments(self, divert: CheckedDivert) -> list[Segment]:
        policy = self._airspace.policy
        legs = max(0, len(divert.path) - 1)
        widths_m = [policy.cruise_half_width_m] * (legs - 1) + [policy.approach_half_width_m] * min(legs, 1)
        name = f"divert to {divert.site_id} from leg {divert.leg} of way {divert.way}"
        pads = [sector for sector in self._sectors if sector.site_id == divert.site_id]
        return self._segments(name, divert.path, widths_m, pads)

    def _local(self, positions: Iterable[Position]) -> Points:
        table = np.array([(each.longitude_deg, each.latitude_deg) for each in positions]).reshape(-1, 2)
        return np.column_stack(self._airspace.projection.to_local(table[:, 0], table[:, 1]))

    def _binding(self, pad_floor_m: float | None) -> list[JudgedZone]:
        """Return the zones that bind: over the sea those of all bands, at a pad all from the ground up."""
        flown = self._flown_at(pad_floor_m)
        return [zone for zone, heights in self._zones if heights.overlaps(flown)]

    def _flown_at(self, pad_floor_m: float | None) -> AltitudeBand:
        policy = self._airspace.policy
        bands = [policy.outbound, policy.inbound]
        for lane in self._airspace.corridors:
            bands += [lane.outbound] if lane.inbound is None else [lane.outbound, lane.inbound]
        floors_m = [band.floor_amsl_m for band in bands] + ([] if pad_floor_m is None else [pad_floor_m])
        return AltitudeBand(min(floors_m), max(band.ceiling_amsl_m for band in bands))

    def _off_land_m(self, segments: Sequence[Segment]) -> Points:
        widths_m = np.array([each.half_width_m for each in segments])
        return np.asarray(shapely.distance(self._land, lines_of(segments)) - widths_m, dtype=np.float64)

    def _in_sector(self, segment: Segment) -> bool:
        return any(sector.holds_corridor(segment) for sector in self._sectors)

    def _in_any_sector(self, spots: npt.NDArray[np.object_]) -> Flags:
        inside = [shapely.dwithin(each.line, spots, each.half_width_m) for each in self._sectors]
        return np.asarray(np.any([np.zeros(len(spots)), *inside], axis=0), dtype=np.bool_)

    def _in_waters(self, spots: npt.NDArray[np.object_]) -> Flags:
        """Say which points lie in the boundary or a lane; lane or sector where open sea is forbidden."""
        if self._airspace.policy.open_sea_cost_factor is None:
            inside = self._in_any_sector(spots)
        else:
            inside = np.asarray(shapely.covers(self._boundary, spots), dtype=np.bool_)
        for lane in self._lanes:
            inside[~inside] = lane.holds(spots[~inside])
        return inside


def _first(broken: Flags, problem: str) -> Iterator[tuple[int, str]]:
    if broken.any():
        yield int(np.argmax(broken)), problem
