"""A flight as a chain of volumes in space and time, with uncertainty that grows with the time flown.

The shape is that of ASTM F3548-21: a polygon, a lower and an upper altitude, a first and a last instant. At
every instant at which the aircraft may be somewhere on its way, one of the volumes holds it.
"""

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from shapely import Polygon

from geofences.airspace import Airspace
from geofences.corridor import local_points
from geofences.route import Route, RouteWaypoint
from geofences.shapes import XY, capsule
from geofences.values import AltitudeBand, Interval

START_S = 20.0
"""How much later than its order a flight begins: arming and spool-up take about 15 s in the recorded
take-offs of ArduPilot, and clocks may differ by 5 s (F3548-21, TimeSyncMaxDifferentialSeconds)."""

WIND_ERROR_M_S = 2.5
"""How wrong the mean wind along the way may be (our assumption, a usual error of a regional forecast): at
25 m/s over ground it is a tenth of the time flown."""

PIECE_S = 60.0
"""The longest time on one piece of a leg, 1.5 km at 25 m/s: one flight must not close a bay for long."""

HALF_BAND_M = 10.0
"""Half the height of a volume outside the bands of corridors and policy, which are 20 m high, too: errors of
the barometer (5 m) and gusts (5 m)."""


@dataclass(frozen=True, slots=True)
class Volume4D:
    """A part of the air for a time.

    ``leg`` counts the climb, the legs, the descent and the stop of a flight from 0 in the order in which they
    are flown; long legs have several volumes. ``area`` is on the local map, in metres.
    """

    id: str
    leg: int
    area: Polygon
    band: AltitudeBand
    interval: Interval


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """How far a flight may be from its plan.

    Parameters
    ----------
    start_s
        How late it may begin after the order.
    wind_error_m_s
        How wrong the forecast of the mean wind may be: on each leg the error of time grows by the share that
        this is of the ground speed.
    lateral_m
        Added to the half width of each leg, which already holds the tracking error of a certified corridor.
    """

    start_s: float = START_S
    wind_error_m_s: float = WIND_ERROR_M_S
    lateral_m: float = 0.0


USUAL = Uncertainty()


def volumes_of(
    airspace: Airspace,
    *routes: Route,
    start_window_s: float = 0.0,
    uncertainty: Uncertainty = USUAL,
    name: str = "",
) -> tuple[Volume4D, ...]:
    """Return the volumes of one flight: a route, or a way out, the stop, and the way home.

    Between two routes the column above the pad is kept, and the uncertainty goes on growing.

    Parameters
    ----------
    airspace
        For the map, the pads, and the bands of corridors and policy.
    routes
        Routes that are flown one after the other, each from the pad where the one before ended.
    start_window_s
        How much later than planned the order to start may come; all volumes end later by this.
    name
        Put before the number of each volume in its id; the sites of the first route where it is empty.
    """
    name = name or f"{routes[0].origin_site_id}-{routes[0].destination_site_id}"
    late_s = start_window_s + uncertainty.start_s
    volumes: list[Volume4D] = []
    for leg, passage in enumerate(_passages(airspace, routes, uncertainty)):
        for piece in passage.pieces():
            start, end = piece.span_s(late_s)
            interval = Interval(_after(routes[0], start), _after(routes[0], end))
            area = capsule(piece.start, piece.end, piece.half_width_m + uncertainty.lateral_m)
            volumes.append(Volume4D(f"{name}/{len(volumes)}", leg, area, piece.band, interval))
    return tuple(volumes)


@dataclass(frozen=True)
class _Passage:
    """A straight part of a flight, or a column (start and end are one point).

    Times are in seconds after the departure of the flight; ``error_s`` is how early or late the aircraft may
    be at the start and at the end, beside a late start.
    """

    start: XY
    end: XY
    half_width_m: float
    band: AltitudeBand
    time_s: tuple[float, float]
    error_s: tuple[float, float]

    def pieces(self) -> Iterator["_Passage"]:
        """Yield equal pieces that take no longer than ``PIECE_S``; a column is one piece."""
        duration_s = self.time_s[1] - self.time_s[0]
        count = 1 if self.start == self.end else max(1, math.ceil(duration_s / PIECE_S))
        for first, last in itertools.pairwise(number / count for number in range(count + 1)):
            yield _Passage(
                self._point(first),
                self._point(last),
                self.half_width_m,
                self.band,
                (_between(self.time_s, first), _between(self.time_s, last)),
                (_between(self.error_s, first), _between(self.error_s, last)),
            )

    def span_s(self, late_s: float) -> tuple[float, float]:
        """Return the first and the last instant at which the aircraft may be here."""
        pairs = list(zip(self.time_s, self.error_s, strict=True))
        return max(0.0, min(at - error for at, error in pairs)), max(
            at + error for at, error in pairs
        ) + late_s

    def _point(self, part: float) -> XY:
        return _between((self.start[0], self.end[0]), part), _between((self.start[1], self.end[1]), part)


def _passages(airspace: Airspace, routes: tuple[Route, ...], uncertainty: Uncertainty) -> Iterator[_Passage]:
    error_s, clock_s = 0.0, 0.0
    for route in routes:
        begin_s = (route.departure - routes[0].departure).total_seconds()
        points = local_points(route, airspace.projection)
        first, last = route.waypoints[0], route.waypoints[-1]
        above_origin = _column(airspace, route.origin_site_id, first)
        if route is not routes[0]:
            stop_s = (clock_s, max(clock_s, begin_s))
            yield _Passage(points[0], points[0], first.half_width_m, above_origin, stop_s, (error_s, error_s))
        clock_s = begin_s + first.offset_s
        climb_s = (begin_s, clock_s)
        yield _Passage(points[0], points[0], first.half_width_m, above_origin, climb_s, (error_s, error_s))
        legs = zip(itertools.pairwise(points), itertools.pairwise(route.waypoints), strict=True)
        for (start, end), (before, here) in legs:
            arrival_s = begin_s + here.offset_s
            if here is last:
                arrival_s = min(arrival_s, clock_s + math.dist(start, end) / here.ground_speed_m_s)
            grown_s = (arrival_s - clock_s) * uncertainty.wind_error_m_s / here.ground_speed_m_s
            band = _hull(_band_at(airspace, before), _band_at(airspace, here))
            times_s, errors_s = (clock_s, arrival_s), (error_s, error_s + grown_s)
            yield _Passage(start, end, here.half_width_m, band, times_s, errors_s)
            clock_s, error_s = arrival_s, error_s + grown_s
        down_s = (clock_s, begin_s + route.duration_s)
        below = _column(airspace, route.destination_site_id, last)
        yield _Passage(points[-1], points[-1], last.half_width_m, below, down_s, (error_s, error_s))
        clock_s = begin_s + route.duration_s


def _column(airspace: Airspace, site_id: str, waypoint: RouteWaypoint) -> AltitudeBand:
    """Return all altitudes from a pad to the top of the band above it; the band where there is no pad."""
    band = _band_at(airspace, waypoint)
    if site_id not in airspace.sites:
        return band
    pad_amsl_m = airspace.sites[site_id].elevation_amsl_m
    return AltitudeBand(min(pad_amsl_m, band.floor_amsl_m), band.ceiling_amsl_m)


def _band_at(airspace: Airspace, waypoint: RouteWaypoint) -> AltitudeBand:
    """Return the band that a waypoint is flown in: its corridor's or the policy's, or one around it."""
    altitude_m = waypoint.altitude_amsl_m
    bands = [airspace.policy.outbound, airspace.policy.inbound]
    for corridor in airspace.corridors:
        if corridor.id == waypoint.corridor_id:
            bands = [band for band in (corridor.outbound, corridor.inbound) if band is not None]
    around = AltitudeBand(altitude_m - HALF_BAND_M, altitude_m + HALF_BAND_M)
    return next((band for band in bands if band.overlaps(AltitudeBand(altitude_m, altitude_m))), around)


def _hull(one: AltitudeBand, other: AltitudeBand) -> AltitudeBand:
    return AltitudeBand(
        min(one.floor_amsl_m, other.floor_amsl_m), max(one.ceiling_amsl_m, other.ceiling_amsl_m)
    )


def _between(ends: tuple[float, float], part: float) -> float:
    return ends[0] + part * (ends[1] - ends[0]) if part < 1.0 else ends[1]


def _after(route: Route, seconds: float) -> datetime:
    return route.departure + timedelta(seconds=seconds)
