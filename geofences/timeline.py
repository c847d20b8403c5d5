"""Times and energies along a way over the map."""

import itertools
from collections.abc import Sequence
from datetime import datetime

from geofences.performance import FlightPhase, Performance
from geofences.projection import LocalProjection
from geofences.route import Route, RouteWaypoint
from geofences.shapes import XY, bearing_deg, length_of
from geofences.values import Position, Site


def timed_route(
    origin: Site,
    destination: Site,
    points: Sequence[XY],
    half_widths_m: Sequence[float],
    *,
    altitude_amsl_m: float,
    performance: Performance,
    departure: datetime,
    projection: LocalProjection,
) -> Route:
    """Return the route over some points of the map, with time and energy on arrival at each.

    The first waypoint is reached after the climb from the origin's pad. The last one carries the time and
    energy *after* the descent to the destination's pad, so the route's totals are those of the whole flight.
    A stop that hovers above the pad instead of landing descends and climbs less than that.

    Parameters
    ----------
    points
        Waypoints on the local map, shape (n, 2), in metres; pads first and last.
    half_widths_m
        Half width of the corridor of the segment that ends at each point, shape (n,); the first is that of
        the segment that begins there.
    """
    climb_s = abs(altitude_amsl_m - origin.elevation_amsl_m) / performance.climb_rate_m_s
    descent_s = abs(altitude_amsl_m - destination.elevation_amsl_m) / performance.descent_rate_m_s
    times_s = [climb_s]
    speeds_m_s = []
    for start, end in itertools.pairwise(points):
        speeds_m_s.append(performance.ground_speed_m_s(bearing_deg(start, end)))
        times_s.append(times_s[-1] + length_of([start, end]) / speeds_m_s[-1])
    climb_wh = performance.energy_wh(FlightPhase.CLIMB, climb_s)
    energies_wh = [
        climb_wh + performance.energy_wh(FlightPhase.CRUISE, time_s - climb_s) for time_s in times_s
    ]
    times_s[-1] += descent_s
    energies_wh[-1] += performance.energy_wh(FlightPhase.DESCENT, descent_s)
    positions = [_on_board(projection.position_from_local(*point)) for point in points]
    rows = zip(positions, half_widths_m, times_s, energies_wh, [speeds_m_s[0], *speeds_m_s], strict=True)
    waypoints = tuple(
        RouteWaypoint(
            position, altitude_amsl_m, half_width_m, time_s, energy_wh, speed, performance.cruise_speed_m_s
        )
        for position, half_width_m, time_s, energy_wh, speed in rows
    )
    return Route(origin.id, destination.id, departure, waypoints, length_of(points))


def _on_board(position: Position) -> Position:
    """Return the position as MAVLink carries it (1e-7 degrees), so what is certified is what is flown."""
    return Position(round(position.latitude_deg, 7), round(position.longitude_deg, 7))
