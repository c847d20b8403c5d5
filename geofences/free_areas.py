"""What is free under which zones: areas and visibility graphs over one terrain.

Snapshots that share their terrain share these, so a new zone costs what it changes and nothing else.
"""

from collections.abc import Iterable, Iterator

import numpy as np
import shapely
from shapely import Point, Polygon
from shapely.geometry.base import BaseGeometry

from geofences.cost import CostRegion
from geofences.shapes import (
    ROUTER_SLACK_M,
    SEGMENTS,
    XY,
    Area,
    apart,
    area_of,
    capsule,
    grown,
    polygons,
    shrunk,
)
from geofences.terrain import Terrain
from geofences.under_zones import UnderZones, Zones
from geofences.values import AltitudeBand, Circle, ZoneRule
from geofences.visibility import TOUCH_TOLERANCE_M, VisibilityGraph
from geofences.zones import Zone

MOST_GRAPHS = 12
MOST_CAUTIONS = 4
"""Graphs kept for each set of caution zones, and such sets: one of Goto takes some 10 MB."""


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
        self._flyable = UnderZones[Area](lambda zones: self._without(terrain.flyable, zones, 0.0, 0.0))
        self._cruise = UnderZones[Area](self._cruise_under)
        self._graphs = UnderZones(self._graphs_among, most_kept=MOST_CAUTIONS)

    def shape_of(self, zone: Zone) -> BaseGeometry:
        """Return a zone's area on the local map, without its buffer; empty if it is too far away for the map.

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

    def approach_is_free(self, site_id: str, zones: Iterable[Zone]) -> bool:
        """Say whether the approach corridor of a drone site is flyable under some zones."""
        approach = capsule(*self.terrain.approaches[site_id], self.terrain.policy.approach_half_width_m)
        if not self.terrain.flyable.covers(approach):
            return False
        return all(
            not _overlap(self._obstacle(zone, 0.0, 0.0), approach)
            if _is_keep_out(zone)
            else self.keeps_in(zone, approach)
            for zone in zones
        )

    def keeps_in(self, zone: Zone, area: BaseGeometry) -> bool:
        """Say whether an area lies in a keep-in zone that holds all altitudes over the sea."""
        return self._holds_all_heights(zone) and bool(self.shape_of(zone).covers(area))

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
        return self._graphs.under(frozenset(cautions)).under(frozenset(zones))

    def _graphs_among(self, cautions: Zones) -> UnderZones[VisibilityGraph]:
        regions, outside = tuple(self._regions(cautions)), self.outside_factor
        return UnderZones(
            lambda zones: VisibilityGraph(self._cruise.under(zones), regions, outside),
            self._cut,
            can_cut=_is_keep_out,
            most_kept=MOST_GRAPHS,
        )

    @property
    def outside_factor(self) -> float:
        """What a metre of sea outside the lanes costs; 1 where there are no lanes, or nothing but lanes."""
        factor = self.terrain.policy.open_sea_cost_factor
        return 1.0 if factor is None or self.terrain.lanes.is_empty else factor

    def _regions(self, cautions: Zones) -> Iterator[CostRegion]:
        if self.outside_factor > 1.0:
            yield CostRegion(self.terrain.lanes, 1.0)
        for zone in _in_order(cautions):
            if zone.cost_factor > 1.0:
                area = area_of([grown(self.shape_of(zone), zone.buffer_m)])
                yield CostRegion(area, max(self.outside_factor, zone.cost_factor))

    def _cut(self, graph: VisibilityGraph, zone: Zone) -> VisibilityGraph:
        half_width_m = self.terrain.policy.cruise_half_width_m
        return graph.without(self._obstacle(zone, half_width_m, ROUTER_SLACK_M))

    def _cruise_under(self, zones: Zones) -> Area:
        half_width_m = self.terrain.policy.cruise_half_width_m
        return self._without(self.terrain.cruise, zones, half_width_m, ROUTER_SLACK_M)

    def _without(self, area: Area, zones: Zones, half_width_m: float, slack_m: float) -> Area:
        """Return what the zones leave of an area for the middle of a corridor (half width 0: for a point)."""
        outside = shapely.union_all(
            [self._obstacle(each, half_width_m, slack_m) for each in _in_order(zones) if _is_keep_out(each)]
        )
        area = area_of([shapely.difference(area, outside)])
        for zone in _in_order(zones):
            if not _is_keep_out(zone):
                inside = shrunk(self.shape_of(zone), _apart_m(0.0, half_width_m), slack_m)
                area = area_of([shapely.intersection(area, inside)])
                area = area if self._holds_all_heights(zone) else Polygon()
        return area

    def _obstacle(self, zone: Zone, half_width_m: float, slack_m: float) -> BaseGeometry:
        """Return where the middle of a corridor may not run because of a keep-out zone."""
        return grown(self.shape_of(zone), _apart_m(zone.buffer_m, half_width_m), slack_m)

    def _holds_all_heights(self, zone: Zone) -> bool:
        """Say whether all altitudes over the sea are between floor and ceiling of a keep-in zone there."""
        band = self.terrain.envelope
        return zone.floor.height_m <= band.floor_amsl_m and band.ceiling_amsl_m <= zone.ceiling.height_m

    def _shape(self, zone: Zone) -> BaseGeometry:
        projection = self.terrain.projection
        if not isinstance(zone.geometry, Circle):
            return projection.area_to_local(zone.geometry)
        centre = Point(projection.local_from_position(zone.geometry.centre))
        if not np.isfinite(centre.coords).all():
            return Polygon()
        if zone.rule is ZoneRule.KEEP_IN:
            return shapely.buffer(centre, zone.geometry.radius_m, quad_segs=SEGMENTS)
        return grown(centre, zone.geometry.radius_m)


def _in_order(zones: Zones) -> list[Zone]:
    return sorted(zones, key=lambda each: each.id)


def _is_keep_out(zone: Zone) -> bool:
    return zone.rule is ZoneRule.KEEP_OUT


def _apart_m(buffer_m: float, half_width_m: float) -> float:
    return apart(buffer_m, half_width_m) if half_width_m > 0.0 else buffer_m


def _overlap(one: BaseGeometry, other: BaseGeometry) -> bool:
    """Say whether two areas have more in common than a line."""
    return bool(one.intersects(other) and not one.touches(other))
