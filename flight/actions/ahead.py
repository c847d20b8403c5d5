"""A point on the way, ahead of the vehicle."""

from collections.abc import Iterator

from flight.actions.airborne import Airborne
from flight.geodesy import Point, distance_m, place_of
from flight.protocol.names import LANDINGS, Command

AHEAD_M = 160.0
"""What a quadplane needs to stop from 25 m/s (``Q_TRANS_DECEL`` 2 m/s²: 156 m)."""

PLACED = LANDINGS | {Command.NAV_WAYPOINT}
"""Items that a vehicle flies to."""


def point_ahead(flight: Airborne) -> Point | None:
    """Return the point of the way so far ahead, around corners, or the end of the way if that is nearer."""
    here, ahead_m = flight.vehicle.telemetry.place, AHEAD_M
    if here is None:
        return None
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
            yield place_of(item)
        if item.command in LANDINGS:
            return
