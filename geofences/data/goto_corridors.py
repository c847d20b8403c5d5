"""Sea lanes from the hub to the other pads, drawn by the shortest path far off the coast."""

import shapely
from shapely import LineString, Point, Polygon

from geofences.airspace import Airspace
from geofences.shapes import XY, grown
from geofences.values import Site, ZoneRule
from geofences.visibility import VisibilityGraph
from geofences.zones import Corridor

LANE_OFFSET_M = 600.0
"""Distance of a lane's middle from any coast or keep-out zone, but for its two ends."""

LANE_SLACK_M = 60.0
"""A lane for people to read has few corners."""

LANE_WIDTH_M = 400.0
INSIDE_M = 1.0
"""Lanes are joined so far inside the area, because a point on its edge may count as outside."""


def goto_corridors(airspace: Airspace, hub: Site) -> list[Corridor]:
    """Return one lane from the hub's gate to the gate of each other drone site."""
    area = _lane_area(airspace)
    graph = VisibilityGraph(area)
    joints = shapely.buffer(area, -INSIDE_M)
    others = [site for site in airspace.sites.values() if site.is_drone_site and not site.is_hub]
    return [_corridor(airspace, graph, joints, hub, site) for site in others]


def _lane_area(airspace: Airspace) -> Polygon:
    """Return the largest water far from coasts and from keep-out zones that touch our bands."""
    bands = (airspace.policy.outbound, airspace.policy.inbound)
    zones = [
        airspace.shape_of(zone)
        for zone in airspace.zones
        if zone.rule is ZoneRule.KEEP_OUT and any(airspace.band_of(zone).overlaps(band) for band in bands)
    ]
    obstacles = grown(shapely.union_all([airspace.terrain.land, *zones]), LANE_OFFSET_M, LANE_SLACK_M)
    waters = shapely.get_parts(shapely.difference(airspace.terrain.boundary, obstacles))
    return max(waters, key=shapely.area)


def _corridor(airspace: Airspace, graph: VisibilityGraph, joints: Polygon, hub: Site, site: Site) -> Corridor:
    away, home = (_branch(airspace, joints, each) for each in (hub, site))
    middle = graph.shortest_path(away[-1], home[-1]) or []
    line = airspace.projection.geometry_to_geographic(LineString([*away[:-1], *middle, *home[-2::-1]]))
    return Corridor(
        id=f"{hub.id}-{site.id}",
        name_ja=f"{hub.name_ja}―{site.name_ja} 海上回廊",
        name_en=f"{hub.name_en} to {site.name_en} sea lane",
        centreline=LineString(shapely.get_coordinates(line).round(6)),
        width_m=LANE_WIDTH_M,
        outbound=airspace.policy.outbound,
        inbound=airspace.policy.inbound,
        is_open=True,
    )


def _branch(airspace: Airspace, joints: Polygon, site: Site) -> list[XY]:
    """Return the way from a gate to the nearest place where lanes run; it may pass nearer to a coast."""
    gate = airspace.terrain.gate(site.id)
    joint = _nearest(joints, gate)
    return airspace.visibility_with(()).shortest_path(gate, joint) or [gate, joint]


def _nearest(area: Polygon, point: XY) -> XY:
    on_area = shapely.get_point(shapely.shortest_line(area, Point(point)), 0)
    return float(on_area.x), float(on_area.y)
