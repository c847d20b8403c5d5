"""The part of the airspace that zones do not change: land, boundary, corridors and approaches, in metres."""

from collections.abc import Mapping
from functools import cached_property

import shapely
from shapely import LineString, MultiPolygon, Polygon

from geofences.digests import digest
from geofences.policy import AirspacePolicy
from geofences.projection import LocalProjection
from geofences.shapes import ROUTER_SLACK_M, XY, apart, area_of, grown, point_at, shrunk
from geofences.values import AltitudeBand, Island, Site
from geofences.zones import Corridor


class Terrain:
    """Land, boundary, corridors and approaches on the local map, shared by snapshots that differ in zones.

    Parameters
    ----------
    island_values, corridor_values, sites, boundary_deg
        As read, in degrees.
    policy
        The clearances.
    projection
        The map.
    """

    def __init__(
        self,
        island_values: tuple[Island, ...],
        corridor_values: tuple[Corridor, ...],
        sites: Mapping[str, Site],
        boundary_deg: Polygon,
        policy: AirspacePolicy,
        projection: LocalProjection,
    ) -> None:
        self.made_of = island_values, corridor_values, sites, boundary_deg, policy, projection
        self.policy, self.projection = policy, projection
        self.islands = {each.id: projection.geometry_to_local(each.geometry) for each in island_values}
        self.boundary = projection.geometry_to_local(boundary_deg)
        self._open_corridors = [each for each in corridor_values if each.is_open]
        self.approaches = {
            each.id: (pad, point_at(pad, each.approach.bearing_deg, each.approach.length_m))
            for each in sites.values()
            if each.approach is not None
            for pad in [projection.local_from_position(each.position)]
        }
        self._approach_half_widths = {
            each.id: each.approach.half_width_m for each in sites.values() if each.approach is not None
        }

    @cached_property
    def digest(self) -> str:
        """A hash of what it is made of (hex)."""
        islands, corridors, sites, boundary, policy, projection = self.made_of
        sites_digests = sorted(map(digest, sites.values()))
        return digest([islands, corridors, sites_digests, boundary, policy, projection.origin])

    @cached_property
    def envelope(self) -> AltitudeBand:
        """All altitudes of a flight over the sea: those of the policy and of all corridors."""
        corridors: tuple[Corridor, ...] = self.made_of[1]
        bands = [self.policy.outbound, self.policy.inbound]
        for corridor in corridors:
            bands += [each for each in (corridor.outbound, corridor.inbound) if each is not None]
        floor_amsl_m = min(each.floor_amsl_m for each in bands)
        return AltitudeBand(floor_amsl_m, max(each.ceiling_amsl_m for each in bands))

    @cached_property
    def land(self) -> Polygon | MultiPolygon:
        """All islands."""
        land = area_of(self.islands.values())
        shapely.prepare(land)
        return land

    @cached_property
    def lanes(self) -> Polygon | MultiPolygon:
        """The open corridors."""
        return area_of(map(self.corridor_shape, self._open_corridors))

    @cached_property
    def waters(self) -> Polygon | MultiPolygon:
        """Where the policy lets one fly, land included: lanes, and the boundary or just the approaches."""
        lines = [
            shapely.buffer(self.projection.geometry_to_local(each.centreline), each.width_m / 2)
            for each in self._open_corridors
            if each.area is None
        ]
        only_lanes = self.policy.open_sea_cost_factor is None
        return area_of([self.approach_area if only_lanes else self.boundary, self.lanes, *lines])

    @cached_property
    def sea(self) -> Polygon | MultiPolygon:
        """The waters far enough from any coast."""
        return area_of([shapely.difference(self.waters, grown(self.land, self.policy.coast_clearance_m))])

    @cached_property
    def approach_area(self) -> Polygon | MultiPolygon:
        """The capsules of all approach sectors."""
        return area_of(
            shapely.buffer(LineString(line), self._approach_half_widths[site_id])
            for site_id, line in self.approaches.items()
        )

    @cached_property
    def flyable(self) -> Polygon | MultiPolygon:
        """The sea and the approach sectors."""
        return area_of([self.sea, self.approach_area])

    @cached_property
    def cruise(self) -> Polygon | MultiPolygon:
        """Where the middle of a cruise corridor may run so that the whole corridor lies in ``sea``.

        Made from the land itself, not from ``sea``, because each buffer of a buffer doubles the vertices.
        Lanes are cut without slack: their ends have but a few metres to spare around a gate.
        """
        half_width_m = self.policy.cruise_half_width_m
        slack_m = 0.0 if self.policy.open_sea_cost_factor is None else ROUTER_SLACK_M
        waters = shrunk(self.waters, apart(0.0, half_width_m), slack_m)
        coast_m = apart(self.policy.coast_clearance_m, half_width_m)
        return area_of([shapely.difference(waters, grown(self.land, coast_m, ROUTER_SLACK_M))])

    def gate(self, site_id: str) -> XY:
        """Return the sea end of a drone site's approach sector."""
        return self.approaches[site_id][1]

    def corridor_shape(self, corridor: Corridor) -> Polygon:
        """Return a corridor's area."""
        if corridor.area is not None:
            return self.projection.geometry_to_local(corridor.area)
        line = self.projection.geometry_to_local(corridor.centreline)
        return shapely.buffer(line, corridor.width_m / 2, cap_style="flat")
