"""Lanes on the pond, given in metres."""

from collections.abc import Sequence
from dataclasses import replace

from shapely import LineString

from geofences.airspace import Airspace
from geofences.policy import INBOUND, OUTBOUND
from geofences.schedule import ALWAYS, Schedule
from geofences.shapes import XY
from geofences.values import AltitudeBand
from geofences.zones import Corridor
from tests.unit.geofences.pond import MAP

SOUTHERN_LANE: list[XY] = [(-5400.0, 0.0), (-1800.0, -1800.0), (1800.0, -1800.0), (5400.0, 0.0)]
"""From gate to gate, south of the island."""


def lane(
    lane_id: str,
    points: Sequence[XY],
    *,
    width_m: float = 400.0,
    inbound: AltitudeBand | None = INBOUND,
    is_open: bool = True,
    schedule: Schedule = ALWAYS,
    speed_limit_m_s: float | None = None,
) -> Corridor:
    """Return a lane along points in metres."""
    corners = [MAP.position_from_local(*point) for point in points]
    return Corridor(
        id=lane_id,
        name_ja=lane_id,
        name_en=lane_id,
        centreline=LineString([(each.longitude_deg, each.latitude_deg) for each in corners]),
        width_m=width_m,
        outbound=OUTBOUND,
        inbound=inbound,
        is_open=is_open,
        schedule=schedule,
        speed_limit_m_s=speed_limit_m_s,
    )


def with_lanes(airspace: Airspace, *lanes: Corridor, open_sea_cost_factor: float | None = 1.0) -> Airspace:
    """Return an airspace with other lanes; without more words the open sea costs as much as they do."""
    policy = replace(airspace.policy, open_sea_cost_factor=open_sea_cost_factor)
    return replace(airspace, corridors=lanes, policy=policy)
