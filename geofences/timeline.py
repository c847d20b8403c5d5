"""Times and energies along a way over the map."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from geofences.ends import End
from geofences.errors import NoRoute
from geofences.flight_cost import TimeInWind
from geofences.heights import Leg
from geofences.performance import FlightPhase, Performance
from geofences.projection import LocalProjection
from geofences.route import Route, RouteWaypoint
from geofences.shapes import XY, bearing_deg, length_of
from geofences.values import Position


@dataclass(frozen=True, slots=True)
class Timetable:
    """When and at what cost each point of a way is reached; arrays of one entry per point, from the start."""

    times_s: list[float]
    energies_wh: list[float]
    ground_speeds_m_s: list[float]


def timed_route(
    origin: End,
    destination: End,
    start: XY,
    legs: Sequence[Leg],
    *,
    performance: Performance,
    departure: datetime,
    projection: LocalProjection,
) -> Route:
    """Return the route along some legs, with time and energy on arrival at each point.

    The first waypoint is reached after the climb from the origin's pad. The last one carries the time and
    energy *after* the descent to the destination's pad, so the route's totals are those of the whole flight.
    A stop that hovers above the pad instead of landing descends and climbs less than that. A climb between
    two bands on the way costs its energy on top of the cruise.

    Raises
    ------
    NoRoute
        Where the wind is too strong for a leg.
    """
    points = [start, *(leg.end for leg in legs)]
    table = _timetable(origin, destination, points, legs, performance, departure)
    x_m, y_m = np.array(points).T
    longitudes, latitudes = projection.to_geographic(x_m, y_m)
    waypoints = tuple(
        RouteWaypoint(
            _on_board(float(latitude_deg), float(longitude_deg)),
            leg.altitude_amsl_m,
            leg.half_width_m,
            time_s,
            energy_wh,
            speed_m_s,
            min(performance.cruise_speed_m_s, leg.limit_m_s),
            leg.corridor_id,
        )
        for latitude_deg, longitude_deg, leg, time_s, energy_wh, speed_m_s in zip(
            latitudes,
            longitudes,
            [legs[0], *legs],
            table.times_s,
            table.energies_wh,
            [table.ground_speeds_m_s[0], *table.ground_speeds_m_s],
            strict=True,
        )
    )
    return Route(
        origin.id, destination.id, departure, waypoints, length_of(points), performance.turn_radius_m
    )


def _timetable(
    origin: End,
    destination: End,
    points: Sequence[XY],
    legs: Sequence[Leg],
    performance: Performance,
    departure: datetime,
) -> Timetable:
    climb_s = origin.climb_m(legs[0].altitude_amsl_m) / performance.climb_rate_m_s
    descent_s = destination.climb_m(legs[-1].altitude_amsl_m) / performance.descent_rate_m_s
    cost = TimeInWind(performance.cruise_speed_m_s, performance.wind, departure.timestamp())
    seconds = cost.leg_seconds(points, [leg.limit_m_s for leg in legs], climb_s)
    _check(points, seconds, performance)
    times_s = list(itertools.accumulate(seconds, initial=climb_s))
    climb_wh = performance.energy_wh(FlightPhase.CLIMB, climb_s)
    uses_wh = [
        performance.energy_wh(FlightPhase.CRUISE, leg_s) + _climb_wh(before, leg, performance)
        for before, leg, leg_s in zip([legs[0], *legs[:-1]], legs, seconds, strict=True)
    ]
    energies_wh = list(itertools.accumulate(uses_wh, initial=climb_wh))
    times_s[-1] += descent_s
    energies_wh[-1] += performance.energy_wh(FlightPhase.DESCENT, descent_s)
    speeds_m_s = [
        math.dist(start, end) / leg_s if leg_s > 0.0 else min(performance.cruise_speed_m_s, leg.limit_m_s)
        for (start, end), leg, leg_s in zip(itertools.pairwise(points), legs, seconds, strict=True)
    ]
    return Timetable(times_s, energies_wh, speeds_m_s)


def _climb_wh(before: Leg, leg: Leg, performance: Performance) -> float:
    rise_m = max(0.0, leg.altitude_amsl_m - before.altitude_amsl_m)
    return performance.energy_wh(FlightPhase.CLIMB, rise_m / performance.climb_rate_m_s)


def _check(points: Sequence[XY], seconds: Sequence[float], performance: Performance) -> None:
    for (start, end), leg_s in zip(itertools.pairwise(points), seconds, strict=True):
        if not math.isfinite(leg_s):
            raise NoRoute(
                f"{performance.wind} is too strong for an airspeed of {performance.cruise_speed_m_s:g} m/s "
                f"on a track of {bearing_deg(start, end):.0f}°"
            )


def _on_board(latitude_deg: float, longitude_deg: float) -> Position:
    """Return the position as MAVLink carries it (1e-7 degrees), so what is certified is what is flown."""
    return Position(round(latitude_deg, 7), round(longitude_deg, 7))
