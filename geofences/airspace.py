"""The airspace: an immutable snapshot of zones, corridors, sites and land, with a version."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

from shapely import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geofences.digests import digest
from geofences.errors import OutsideOperationArea, UnknownSite
from geofences.free_areas import FreeAreas
from geofences.policy import AirspacePolicy
from geofences.projection import LocalProjection
from geofences.shapes import XY
from geofences.terrain import Terrain
from geofences.values import AltitudeBand, Interval, Island, Position, Site, ZoneRule
from geofences.visibility import VisibilityGraph
from geofences.zones import Corridor, Zone, position_in, start_of


@dataclass(frozen=True, eq=False)
class Airspace:
    """Zones, corridors, sites and land at one moment of planning; a change gives a new snapshot.

    Flyable is: corridors and open sea inside the boundary (only corridors, where the policy forbids the open
    sea), at least the policy's clearance from any coast, plus the approach sectors of the drone sites, minus
    keep-out zones with their buffers (and inside the keep-in zones, where there are any). A corridor does not
    excuse from the clearance.

    ``shared`` is what an earlier snapshot worked out; it is used as far as it holds for this one.
    """

    islands: tuple[Island, ...]
    zones: tuple[Zone, ...]
    corridors: tuple[Corridor, ...]
    sites: Mapping[str, Site]
    boundary: Polygon
    policy: AirspacePolicy = field(default_factory=AirspacePolicy)
    projection: LocalProjection = field(default_factory=LocalProjection.for_goto)
    shared: FreeAreas | None = field(default=None, repr=False)

    @cached_property
    def areas(self) -> FreeAreas:
        """What is free under which zones, shared between snapshots that differ in zones only."""
        parts = self.islands, self.corridors, self.sites, self.boundary, self.policy, self.projection
        if self.shared is not None and all(map(_is_same, self.shared.terrain.made_of, parts)):
            return self.shared
        return FreeAreas(Terrain(*parts))

    @property
    def terrain(self) -> Terrain:
        """Land and sea on the local map."""
        return self.areas.terrain

    @cached_property
    def version(self) -> str:
        """A hash of the content (hex): equal content, equal version, in whatever order."""
        return digest([self.terrain.digest, sorted(map(digest, self.zones))])

    def with_zone(self, zone: Zone) -> Self:
        """Return the airspace with a zone more (or with this one instead of that of the same id)."""
        return self._with_zones((*(each for each in self.zones if each.id != zone.id), zone))

    def without_zone(self, zone_id: str) -> Self:
        """Return the airspace without one of its zones."""
        return self._with_zones(tuple(each for each in self.zones if each.id != zone_id))

    def _with_zones(self, zones: tuple[Zone, ...]) -> Self:
        return replace(self, zones=zones, shared=self.areas)

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
        return tuple(each for each in self._in_force(bands, interval) if each.rule is not ZoneRule.CAUTION)

    def cautions_for(self, bands: Iterable[AltitudeBand], interval: Interval) -> tuple[Zone, ...]:
        """Return the caution zones that concern a flight in any of the bands in the interval."""
        return tuple(each for each in self._in_force(bands, interval) if each.rule is ZoneRule.CAUTION)

    def _in_force(self, bands: Iterable[AltitudeBand], interval: Interval) -> Iterator[Zone]:
        bands = tuple(bands)
        for zone in self.zones:
            if zone.rule is not ZoneRule.KEEP_IN and self.shape_of(zone).is_empty:
                continue
            band = self.band_of(zone)
            if any(band.overlaps(each) for each in bands) and zone.schedule.overlaps(
                interval, position_in(zone.geometry)
            ):
                yield zone

    @property
    def envelope(self) -> AltitudeBand:
        """All altitudes of a flight over the sea: those of the policy and of all corridors."""
        return self.terrain.envelope

    def corridors_open(self, interval: Interval) -> tuple[Corridor, ...]:
        """Return the corridors that are open during a whole interval."""
        return tuple(
            each
            for each in self.corridors
            if each.is_open and interval in each.schedule.within(interval, start_of(each))
        )

    def corridor_shape(self, corridor: Corridor) -> Polygon:
        """Return a corridor's area on the local map."""
        return self.terrain.corridor_shape(corridor)

    def shape_of(self, zone: Zone) -> BaseGeometry:
        """Return a zone's area on the local map, without its buffer (see `FreeAreas.shape_of`)."""
        return self.areas.shape_of(zone)

    def band_of(self, zone: Zone) -> AltitudeBand:
        """Return the altitudes that a zone concerns, anywhere in it."""
        return self.areas.band_of(zone)

    def flyable(self, band: AltitudeBand, interval: Interval) -> Polygon | MultiPolygon:
        """Return the flyable area in local metres, for a band during an interval."""
        return self.flyable_with(self.zones_for([band], interval))

    def flyable_with(self, zones: Iterable[Zone]) -> Polygon | MultiPolygon:
        """Return the flyable area in local metres under the given zones."""
        return self.areas.flyable(zones)

    def visibility_with(self, zones: Iterable[Zone], cautions: Iterable[Zone] = ()) -> VisibilityGraph:
        """Return the visibility graph of where the middle of a cruise corridor may run under the zones.

        Its costs are metres, times the factors of the open sea and of the given caution zones.
        """
        return self.areas.graph(zones, cautions)

    def are_joined(self, start: XY, goal: XY, zones: Iterable[Zone]) -> bool:
        """Say whether there is any way for a cruise corridor between two points under the zones."""
        return self.areas.are_joined(start, goal, zones)

    def approach_is_free(self, site_id: str, zones: Iterable[Zone]) -> bool:
        """Say whether the approach corridor of a drone site lies in the flyable area under the zones."""
        return self.areas.approach_is_free(site_id, zones)


def _is_same(one: object, other: object) -> bool:
    return one is other
