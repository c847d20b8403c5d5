"""The airspace: an immutable snapshot of zones, corridors, sites and land, with a version."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from typing import Self

import shapely
from shapely import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geofences.errors import OutsideOperationArea, UnknownSite
from geofences.projection import LocalProjection
from geofences.shapes import ROUTER_SLACK_M, SEGMENTS, apart, area_of, capsule, grown, shrunk
from geofences.terrain import AirspacePolicy, Terrain
from geofences.values import AltitudeBand, Circle, Interval, Island, Position, Site, ZoneRule
from geofences.visibility import VisibilityGraph
from geofences.zones import Corridor, Zone


@dataclass(frozen=True, eq=False)
class Airspace:
    """Zones, corridors, sites and land at one moment of planning; a change gives a new snapshot.

    Flyable is: corridors and open sea inside the boundary, at least the policy's clearance from any coast,
    plus the approach sectors of the drone sites, minus keep-out zones with their buffers (and inside the
    keep-in zones, where there are any). A corridor does not excuse from the clearance.
    """

    islands: tuple[Island, ...]
    zones: tuple[Zone, ...]
    corridors: tuple[Corridor, ...]
    sites: Mapping[str, Site]
    boundary: Polygon
    policy: AirspacePolicy = field(default_factory=AirspacePolicy)
    projection: LocalProjection = field(default_factory=LocalProjection.for_goto)
    shared_terrain: Terrain | None = field(default=None, repr=False)
    _flyable: dict[frozenset[str], Polygon | MultiPolygon] = field(
        default_factory=dict, init=False, repr=False
    )
    _graphs: dict[frozenset[str], VisibilityGraph] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def terrain(self) -> Terrain:
        """Land and sea on the local map, shared between snapshots that differ in zones only."""
        return self.shared_terrain or Terrain(
            self.islands, self.corridors, self.sites, self.boundary, self.policy, self.projection
        )

    @cached_property
    def version(self) -> str:
        """A hash of the content (hex): equal content, equal version."""
        parts = (self.islands, self.zones, self.corridors, self.sites.values(), (self.policy,))
        content = [[asdict(each) for each in part] for part in parts]
        text = json.dumps([content, self.boundary.wkb_hex], default=_plain, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def with_zone(self, zone: Zone) -> Self:
        """Return the airspace with a zone more (or with this one instead of that of the same id)."""
        return self._with_zones((*(each for each in self.zones if each.id != zone.id), zone))

    def without_zone(self, zone_id: str) -> Self:
        """Return the airspace without one of its zones."""
        return self._with_zones(tuple(each for each in self.zones if each.id != zone_id))

    def _with_zones(self, zones: tuple[Zone, ...]) -> Self:
        return replace(self, zones=zones, shared_terrain=self.terrain)

    def site(self, site_id: str) -> Site:
        """Return a site by its id; raise UnknownSite."""
        if site_id not in self.sites:
            raise UnknownSite(site_id, tuple(self.sites))
        return self.sites[site_id]

    def pad_of(self, site_id: str) -> Site:
        """Return the drone site that serves a site: itself, or the one joined to it by road."""
        site = self.site(site_id)
        return site if site.pad_site_id is None else self.site(site.pad_site_id)

    def check_position(self, field_name: str, position: Position) -> None:
        """Raise OutsideOperationArea where the position lies outside the boundary, with a hint."""
        latitude_deg, longitude_deg = position.latitude_deg, position.longitude_deg
        if self.boundary.covers(Point(longitude_deg, latitude_deg)):
            return
        west, south, east, north = self.boundary.bounds
        hint = f"it covers latitude {south:.2f} to {north:.2f}, longitude {west:.2f} to {east:.2f}"
        if self.boundary.covers(Point(latitude_deg, longitude_deg)):
            hint = "it would lie inside with latitude and longitude swapped: give latitude first"
        raise OutsideOperationArea(field_name, latitude_deg, longitude_deg, hint)

    def zones_for(self, bands: Iterable[AltitudeBand], interval: Interval) -> tuple[Zone, ...]:
        """Return the keep-out and keep-in zones that concern a flight in any of the bands in the interval."""
        bands = tuple(bands)
        return tuple(
            zone
            for zone in self.zones
            if zone.rule is not ZoneRule.CAUTION
            and any(self.band_of(zone).overlaps(band) for band in bands)
            and zone.schedule.overlaps(interval, _somewhere_in(zone.geometry))
        )

    @property
    def envelope(self) -> AltitudeBand:
        """All altitudes of a flight over the sea: those of the policy and of all corridors."""
        bands = [self.policy.outbound, self.policy.inbound]
        for corridor in self.corridors:
            bands += [each for each in (corridor.outbound, corridor.inbound) if each is not None]
        return AltitudeBand(min(each.floor_amsl_m for each in bands), max(each.ceiling_amsl_m for each in bands))

    def corridors_open(self, interval: Interval) -> tuple[Corridor, ...]:
        """Return the corridors that are open during a whole interval."""
        return tuple(
            each
            for each in self.corridors
            if each.is_open
            and interval
            in each.schedule.within(interval, Position(each.centreline.coords[0][1], each.centreline.coords[0][0]))
        )

    def corridor_shape(self, corridor: Corridor) -> Polygon:
        """Return a corridor's area on the local map."""
        if corridor.area is not None:
            return self.projection.geometry_to_local(corridor.area)
        line = self.projection.geometry_to_local(corridor.centreline)
        return shapely.buffer(line, corridor.width_m / 2, cap_style="flat")

    def shape_of(self, zone: Zone) -> BaseGeometry:
        """Return a zone's area on the local map, without its buffer.

        A circle becomes a polygon that lies inside it for a keep-in zone, and around it for any other.
        """
        if not isinstance(zone.geometry, Circle):
            return self.projection.geometry_to_local(zone.geometry)
        centre = Point(self.projection.local_from_position(zone.geometry.centre))
        if zone.rule is ZoneRule.KEEP_IN:
            return shapely.buffer(centre, zone.geometry.radius_m, quad_segs=SEGMENTS)
        return grown(centre, zone.geometry.radius_m)

    def band_of(self, zone: Zone) -> AltitudeBand:
        """Return the altitudes that a zone concerns, anywhere in it."""
        over_land = self.terrain.land.intersects(self.shape_of(zone))
        highest_m = self.policy.highest_ground_amsl_m if over_land else 0.0
        return zone.band_over(AltitudeBand(0.0, highest_m))

    def flyable(self, band: AltitudeBand, interval: Interval) -> Polygon | MultiPolygon:
        """Return the flyable area in local metres, for a band during an interval."""
        return self.flyable_with(self.zones_for([band], interval))

    def flyable_with(self, zones: Iterable[Zone]) -> Polygon | MultiPolygon:
        """Return the flyable area in local metres under the given zones."""
        zones = tuple(zones)
        key = frozenset(zone.id for zone in zones)
        if key not in self._flyable:
            terrain = self.terrain
            area = area_of([terrain.sea, terrain.approach_area])
            for zone in zones:
                shape = self.shape_of(zone)
                distance_m = zone.buffer_m if zone.rule is ZoneRule.KEEP_OUT else 0.0
                area = _restricted(area, zone, shape, distance_m, 0.0)
            self._flyable[key] = area
        return self._flyable[key]

    def visibility_with(self, zones: Iterable[Zone]) -> VisibilityGraph:
        """Return the visibility graph of where the middle of a cruise corridor may run under the zones."""
        zones = tuple(zones)
        key = frozenset(zone.id for zone in zones)
        if key not in self._graphs:
            self._graphs[key] = VisibilityGraph(self._cruise_with(zones))
        return self._graphs[key]

    def approach_is_free(self, site_id: str, zones: Iterable[Zone]) -> bool:
        """Say whether the approach corridor of a drone site lies in the flyable area under the zones."""
        approach = capsule(*self.terrain.approaches[site_id], self.policy.approach_half_width_m)
        return bool(self.flyable_with(zones).covers(approach))

    def _cruise_with(self, zones: Iterable[Zone]) -> Polygon | MultiPolygon:
        """Return where the middle of a cruise corridor may run under the zones."""
        half_width_m = self.policy.cruise_half_width_m
        area = self.terrain.cruise
        for zone in zones:
            shape = self.shape_of(zone)
            buffer_m = zone.buffer_m if zone.rule is ZoneRule.KEEP_OUT else 0.0
            distance_m = apart(buffer_m, half_width_m)
            area = _restricted(area, zone, shape, distance_m, ROUTER_SLACK_M)
        return area


def _restricted(
    area: Polygon | MultiPolygon, zone: Zone, shape: BaseGeometry, distance_m: float, slack_m: float
) -> Polygon | MultiPolygon:
    """Return the area outside a keep-out zone, or inside a keep-in zone, a distance from its edge."""
    if zone.rule is ZoneRule.KEEP_OUT:
        return area_of([shapely.difference(area, grown(shape, distance_m, slack_m))])
    return area_of([shapely.intersection(area, shrunk(shape, distance_m, slack_m))])


def _somewhere_in(geometry: Polygon | MultiPolygon | Circle) -> Position:
    """Return a position in a zone, for its sunrise and sunset."""
    if isinstance(geometry, Circle):
        return geometry.centre
    at = shapely.point_on_surface(geometry)
    return Position(at.y, at.x)


def _plain(value: object) -> str:
    return value.wkb_hex if isinstance(value, BaseGeometry) else str(value)
