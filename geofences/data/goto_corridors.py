"""Sea lanes from the hub to the other pads, drawn by the shortest path off the coast."""

import shapely
from shapely import LineString

from geofences.airspace import Airspace
from geofences.data.goto_waters import LANE_WIDTH_M, LaneWaters
from geofences.values import Site
from geofences.zones import Corridor


def goto_corridors(airspace: Airspace, hub: Site) -> list[Corridor]:
    """Return one lane from the hub's gate to the gate of each other drone site.

    Shortest paths from one place share their beginnings, so the lanes are a tree, and everywhere in it
    outbound is away from the hub.
    """
    waters = LaneWaters(airspace)
    others = [site for site in airspace.sites.values() if site.is_drone_site and not site.is_hub]
    return [_corridor(airspace, waters, hub, site) for site in others]


def _corridor(airspace: Airspace, waters: LaneWaters, hub: Site, site: Site) -> Corridor:
    path = waters.lane(airspace.terrain.gate(hub.id), airspace.terrain.gate(site.id))
    line = airspace.projection.geometry_to_geographic(LineString(path))
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
