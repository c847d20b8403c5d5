"""What is free under which zones: areas and visibility graphs over one terrain.

Snapshots that share their terrain share these, so a new zone costs what it changes and nothing else.
"""

from collections.abc import Iterable, Iterator
from functools import reduce

import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from geofences.cost import CostRegion
from geofences.shapes import (
    ROUTER_SLACK_M,
    SEGMENTS,
    XY,
    Area,
    apart,
    area_of,
    grown,
    polygons,
    shrunk,
)
from geofences.terrain import Terrain
from geofences.under_zones import UnderZones, Zones
from geofences.values import AltitudeBand, Circle, ZoneRule
from geofences.visibility import TOUCH_TOLERANCE_M, VisibilityGraph
from geofences.zones import Zone


class FreeAreas:
    """Flyable areas and visibility graphs over one terrain.

    Parameters
    ----------
    terrain
        Land, sea, lanes and approaches.
    """

    def __init__(self, terrain: Terrain) -> None:
        self.terrain = terrain
        self._shapes: dict[Zone, BaseGeometry] = {}
        self._bands: dict[Zone, AltitudeBand] = {}
        self._flyable = UnderZones[Area](
            lambda zones: reduce(self._cut_flyable, _in_order(zones), terrain.flyable), self._cut_flyable
        )
        self._cruise = UnderZones[Area](
            lambda zones: reduce(self._cut_cruise, _in_order(zones), terrain.cruise), self._cut_cruise
        )
        self._graphs: dict[Zones, UnderZones[VisibilityGraph]] = {}

    def shape_of(self, zone: Zone) -> BaseGeometry:
        """Return a zone's area on the local map, without its buffer.

        A circle becomes a polygon that lies inside it for a keep-in zone, and around it for any other.
        """
        if zone not in self._shapes:
            self._shapes[zone] = self._shape(zone)
        return self._shapes[zone]

    def band_of(self, zone: Zone) -> AltitudeBand:
        """Return the altitudes that a zone concerns, anywhere in it."""
        if zone not in self._bands:
            over_land = self.terrain.land.intersects(self.shape_of(zone))
            highest_m = self.terrain.policy.highest_ground_amsl_m if over_land else 0.0
            self._bands[zone] = zone.band_over(AltitudeBand(0.0, highest_m))
        return self._bands[zone]

    def flyable(self, zones: Iterable[Zone]) -> Area:
        """Return the flyable area under some zones."""
        return self._flyable.under(frozenset(zones))

    def are_joined(self, start: XY, goal: XY, zones: Iterable[Zone]) -> bool:
        """Say whether there is any way for the middle of a cruise corridor between two points."""
        rooms = shapely.buffer(self._cruise.under(frozenset(zones)), TOUCH_TOLERANCE_M, join_style="mitre")
        ends = [Point(start), Point(goal)]
        return any(bool(shapely.contains(room, ends).all()) for room in polygons(rooms))

    def graph(self, zones: Iterable[Zone], cautions: Iterable[Zone]) -> VisibilityGraph:
        """Return the visibility graph of where the middle of a cruise corridor may run under some zones.

        Parameters
        ----------
        cautions
            The caution zones in which a metre costs more.
        """
        key = frozenset(cautions)
        if key not in self._graphs:
            regions, outside = tuple(self._regions(key)), self._outside_factor
            self._graphs[key] = UnderZones(
                lambda among: VisibilityGraph(self._cruise.under(among), regions, outside),
                lambda graph, zone: graph.without(self._obstacle(zone)),
                can_cut=lambda zone: zone.rule is ZoneRule.KEEP_OUT,
            )
        return self._graphs[key].under(frozenset(zones))

    @property
    def _outside_factor(self) -> float:
        factor = self.terrain.policy.open_sea_cost_factor
        return 1.0 if factor is None or self.terrain.lanes.is_empty else factor

    def _regions(self, cautions: Zones) -> Iterator[CostRegion]:
        if self._outside_factor > 1.0:
            yield CostRegion(self.terrain.lanes, 1.0)
        for zone in _in_order(cautions):
            if zone.cost_factor > 1.0:
                area = area_of([grown(self.shape_of(zone), zone.buffer_m)])
                yield CostRegion(area, max(self._outside_factor, zone.cost_factor))

    def _cut_flyable(self, area: Area, zone: Zone) -> Area:
        shape = self.shape_of(zone)
        if zone.rule is ZoneRule.KEEP_OUT:
            return area_of([shapely.difference(area, grown(shape, zone.buffer_m))])
        return area_of([shapely.intersection(area, shape)])

    def _cut_cruise(self, area: Area, zone: Zone) -> Area:
        if zone.rule is ZoneRule.KEEP_OUT:
            return area_of([shapely.difference(area, self._obstacle(zone))])
        inside = shrunk(self.shape_of(zone), self._apart_m(0.0), ROUTER_SLACK_M)
        return area_of([shapely.intersection(area, inside)])

    def _obstacle(self, zone: Zone) -> BaseGeometry:
        """Return where the middle of a cruise corridor may not run because of a keep-out zone."""
        return grown(self.shape_of(zone), self._apart_m(zone.buffer_m), ROUTER_SLACK_M)

    def _apart_m(self, buffer_m: float) -> float:
        return apart(buffer_m, self.terrain.policy.cruise_half_width_m)

    def _shape(self, zone: Zone) -> BaseGeometry:
        projection = self.terrain.projection
        if not isinstance(zone.geometry, Circle):
            return projection.geometry_to_local(zone.geometry)
        centre = Point(projection.local_from_position(zone.geometry.centre))
        if zone.rule is ZoneRule.KEEP_IN:
            return shapely.buffer(centre, zone.geometry.radius_m, quad_segs=SEGMENTS)
        return grown(centre, zone.geometry.radius_m)


def _in_order(zones: Zones) -> list[Zone]:
    return sorted(zones, key=lambda each: each.id)
