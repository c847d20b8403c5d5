"""The part of the airspace that zones do not change: land, boundary, corridors and approaches, in metres."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import shapely
from shapely import LineString, MultiPolygon, Polygon

from geofences.projection import LocalProjection
from geofences.shapes import ROUTER_SLACK_M, XY, apart, area_of, grown, point_at, shrunk
from geofences.values import AltitudeBand, Island, Site
from geofences.zones import Corridor

OUTBOUND = AltitudeBand(50.0, 70.0)
INBOUND = AltitudeBand(75.0, 95.0)
"""The two directions of a lane are apart by 5 m between the bands and 25 m between the altitudes flown."""


@dataclass(frozen=True)
class AirspacePolicy:
    """The rules that hold everywhere.

    ``coast_clearance_m`` is kept from any land outside approach sectors; it also covers the coast data, whose
    error is 46 m at the 95th percentile. ``cruise_half_width_m`` is half the width of a certified corridor,
    ``approach_half_width_m`` the same between pad and gate, where a quadplane brakes out of a turn.
    ``altitude_limit_above_ground_m`` is the limit of the law of Japan (Civil Aeronautics Act, art. 132-85).
    ``highest_ground_amsl_m`` bounds any land of the area (Tetegatake on Fukue). ``open_sea_cost_factor`` is
    what a metre of sea outside the corridors costs (1 or more); None forbids it.
    """

    coast_clearance_m: float = 200.0
    cruise_half_width_m: float = 100.0
    approach_half_width_m: float = 100.0
    outbound: AltitudeBand = OUTBOUND
    inbound: AltitudeBand = INBOUND
    altitude_limit_above_ground_m: float = 150.0
    highest_ground_amsl_m: float = 461.0
    open_sea_cost_factor: float | None = 1.0

    @property
    def envelope(self) -> AltitudeBand:
        """All altitudes of a flight over the sea: an early return climbs from the one band to the other."""
        return self.envelope_from(min(self.outbound.floor_amsl_m, self.inbound.floor_amsl_m))

    def envelope_from(self, floor_amsl_m: float) -> AltitudeBand:
        """Return all altitudes between a floor, such as a pad, and the highest band."""
        return AltitudeBand(floor_amsl_m, max(self.outbound.ceiling_amsl_m, self.inbound.ceiling_amsl_m))


class Terrain:
    """Land, boundary, corridors and approaches on the local map, shared by snapshots that differ in zones.

    Parameters
    ----------
    islands, corridors, sites, boundary
        As read, in degrees.
    policy
        The clearances.
    projection
        The map.
    """

    def __init__(
        self,
        islands: Iterable[Island],
        corridors: Iterable[Corridor],
        sites: Mapping[str, Site],
        boundary: Polygon,
        policy: AirspacePolicy,
        projection: LocalProjection,
    ) -> None:
        self._policy = policy
        self.islands = {each.id: projection.geometry_to_local(each.geometry) for each in islands}
        self.boundary = projection.geometry_to_local(boundary)
        self._corridors = [
            (projection.geometry_to_local(each.centreline), each.width_m)
            for each in corridors
            if each.is_open
        ]
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
    def land(self) -> Polygon | MultiPolygon:
        """All islands."""
        return area_of(self.islands.values())

    @cached_property
    def waters(self) -> Polygon | MultiPolygon:
        """All inside the boundary and the open corridors, land included."""
        lanes = [shapely.buffer(line, width_m / 2) for line, width_m in self._corridors]
        return area_of([self.boundary, *lanes])

    @cached_property
    def sea(self) -> Polygon | MultiPolygon:
        """Open sea inside the boundary and corridors, far enough from any coast."""
        return area_of([shapely.difference(self.waters, grown(self.land, self._policy.coast_clearance_m))])

    @cached_property
    def approach_area(self) -> Polygon | MultiPolygon:
        """The capsules of all approach sectors."""
        return area_of(
            shapely.buffer(LineString(line), self._approach_half_widths[site_id])
            for site_id, line in self.approaches.items()
        )

    @cached_property
    def cruise(self) -> Polygon | MultiPolygon:
        """Where the middle of a cruise corridor may run so that the whole corridor lies in ``sea``.

        Made from the land itself, not from ``sea``, because each buffer of a buffer doubles the vertices.
        """
        half_width_m = self._policy.cruise_half_width_m
        waters = shrunk(self.waters, apart(0.0, half_width_m), ROUTER_SLACK_M)
        coast_m = apart(self._policy.coast_clearance_m, half_width_m)
        return area_of([shapely.difference(waters, grown(self.land, coast_m, ROUTER_SLACK_M))])

    def gate(self, site_id: str) -> XY:
        """Return the sea end of a drone site's approach sector."""
        return self.approaches[site_id][1]
