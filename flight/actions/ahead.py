"""A point on the way, ahead of the vehicle."""

from collections.abc import Iterator

from flight.actions.airborne import Airborne
from flight.geodesy import degrees_from_e7, distance_m
from flight.protocol.names import Command

Point = tuple[float, float]

AHEAD_M = 160.0
"""What a quadplane needs to stop from 25 m/s (``Q_TRANS_DECEL`` 2 m/s²: 156 m)."""

PLACED = frozenset({Command.NAV_WAYPOINT, Command.NAV_LAND, Command.NAV_VTOL_LAND})
"""Items that a vehicle flies to."""


def point_ahead(flight: Airborne, ahead_m: float = AHEAD_M) -> Point | None:
    """Return the point of the way so far ahead, around corners, or the end of the way if that is nearer."""
    telemetry = flight.vehicle.telemetry
    if telemetry.latitude_deg is None or telemetry.longitude_deg is None:
        return None
    here = (telemetry.latitude_deg, telemetry.longitude_deg)
    for point in _points_from(flight):
        leg_m = distance_m(here, point)
        if leg_m >= ahead_m:
            part = ahead_m / leg_m
            return here[0] + part * (point[0] - here[0]), here[1] + part * (point[1] - here[1])
        here, ahead_m = point, ahead_m - leg_m
    return here


def _points_from(flight: Airborne) -> Iterator[Point]:
    """Yield the places of the items from the current one to the next landing."""
    for item in flight.plan.mission[flight.seq :]:
        if item.command in PLACED:
            yield degrees_from_e7(item.x_e7), degrees_from_e7(item.y_e7)
        if item.command in (Command.NAV_LAND, Command.NAV_VTOL_LAND):
            return
