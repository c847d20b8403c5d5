"""Where sea lanes of Goto may be drawn: far from coasts and harbours, and nearer only at their gates."""

from functools import cached_property

import shapely
from shapely import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geofences.airspace import Airspace
from geofences.shapes import ROUTER_SLACK_M, XY, apart, area_of, grown
from geofences.values import ZoneRule
from geofences.visibility import VisibilityGraph

LANE_WIDTH_M = 400.0

LANE_OFFSET_M = 500.0
"""Distance of a lane's middle from any coast; the narrowest strait on the way (Hisaka to Naru) allows no
more: with 600 m the lane to Naru is twice as long."""

LANE_SLACK_M = 20.0
"""A lane for people to read has few corners: coasts may be kept up to twice this further off."""

HARBOUR_OFFSET_M = 800.0
"""Distance of a lane's middle from any port, but for the lane's own; boats wait and turn there."""

GATE_REACHES_M = (600.0, 1_200.0, 2_400.0, 4_800.0)
"""So far around its gate a lane may come as near to a coast as the rules allow: the first that joins the gate
to open water (gates lie near to a coast, and some in a bay)."""


class LaneWaters:
    """The waters for sea lanes, on the local map.

    Parameters
    ----------
    airspace
        Land, zones and sites.
    """

    def __init__(self, airspace: Airspace) -> None:
        self._airspace = airspace

    def lane(self, start: XY, end: XY) -> list[XY]:
        """Return the shortest lane between two gates; raise ValueError where there is none."""
        path = self._graph.shortest_path(start, end)
        if path is None:
            raise ValueError(f"no lane joins {start} and {end}")
        return path

    @cached_property
    def _graph(self) -> VisibilityGraph:
        approaches = self._airspace.terrain.approaches.values()
        return VisibilityGraph(area_of([self._open, *(self._around(Point(gate)) for _, gate in approaches)]))

    def _around(self, gate: Point) -> BaseGeometry:
        """Return the water between a gate and open water; raise ValueError where they are not joined."""
        for reach_m in GATE_REACHES_M:
            near = shapely.intersection(self.allowed, gate.buffer(reach_m))
            for part in shapely.get_parts(near):
                if part.covers(gate) and part.intersects(self._open):
                    return part
        raise ValueError(f"no way from the gate at {gate.x:.0f}, {gate.y:.0f} to open water")

    @cached_property
    def allowed(self) -> Polygon | MultiPolygon:
        """Where the middle of a certified corridor may run, a whole lane clear of zones in our bands."""
        policy, terrain = self._airspace.policy, self._airspace.terrain
        zones = [
            grown(self._airspace.shape_of(zone), apart(zone.buffer_m, LANE_WIDTH_M / 2), ROUTER_SLACK_M)
            for zone in self._airspace.zones
            if zone.rule is ZoneRule.KEEP_OUT and self._airspace.band_of(zone).overlaps(policy.envelope)
        ]
        return area_of([shapely.difference(terrain.cruise, shapely.union_all(zones))])

    @cached_property
    def _open(self) -> BaseGeometry:
        """The largest water far from coasts, harbours and caution zones."""
        coasts = grown(self._airspace.terrain.land, LANE_OFFSET_M, LANE_SLACK_M)
        waters = shapely.difference(self.allowed, shapely.union_all([coasts, *self._harbours()]))
        return max(shapely.get_parts(waters), key=shapely.area)

    def _harbours(self) -> list[BaseGeometry]:
        airspace = self._airspace
        ports = [
            Point(airspace.projection.local_from_position(site.position)).buffer(HARBOUR_OFFSET_M)
            for site in airspace.sites.values()
            if site.kind == "port"
        ]
        cautions = [
            grown(airspace.shape_of(zone), LANE_WIDTH_M / 2, LANE_SLACK_M)
            for zone in airspace.zones
            if zone.rule is ZoneRule.CAUTION
        ]
        return [*ports, *cautions]
