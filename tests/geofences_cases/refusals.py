"""Whether a refusal is true: by flooding the map where the way is closed, else by what it says."""

import math
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

import shapely
from shapely import LineString

from geofences.airspace import Airspace
from geofences.ends import End, end_at
from geofences.errors import NoRoute
from geofences.flight_cost import MINIMUM_GROUND_SPEED_M_S
from geofences.judge_zones import judged_zones
from geofences.router import plan_route
from geofences.shapes import XY
from geofences.values import AltitudeBand, Interval
from geofences.wind import Wind
from tests.geofences_cases.flights import Flight
from tests.geofences_cases.flood import Flood, Grid
from tests.geofences_cases.worlds import goto

START_WINDOW_S = 1800.0

GOTO_CELL_M, POND_CELL_M = 100.0, 25.0

GRID_DETOUR = 1.09
"""A way from cell to cell in eight directions is up to 8.3 % longer than a straight one."""


class FalseRefusalError(Exception):
    """The router refuses a flight that is possible."""


def judged(flight: Flight, refusal: NoRoute) -> str:
    """Return how a refusal ends, or raise FalseRefusalError."""
    reason = refusal.reason
    if "cannot be joined" in reason:
        return _no_way_home(flight, reason)
    if "too strong" in reason:
        return _windy(flight, reason)
    if "one-way" in reason:
        return "one-way lanes"
    if "turn radius" in reason:
        return _tight(flight)
    return _closed(flight, reason)


def _windy(flight: Flight, reason: str) -> str:
    """Check that there is a track on which the wind can be too strong."""
    slowest_m_s = min(
        flight.performance.cruise_speed_m_s,
        *(each.speed_limit_m_s or 100.0 for each in flight.airspace.corridors),
        100.0,
    )
    if flight.performance.wind.strongest_m_s < slowest_m_s - MINIMUM_GROUND_SPEED_M_S:
        raise FalseRefusalError(reason)
    return "too windy"


def _no_way_home(flight: Flight, reason: str) -> str:
    """Check that something can forbid the way out reversed: the wind, or a lane."""
    if any(lane.inbound is None for lane in flight.airspace.corridors):
        return "one-way lanes"
    return _windy(flight, reason)


def _tight(flight: Flight) -> str:
    """Check that an aircraft that turns on the spot has a way, or else why it has none."""
    nimble = replace(flight, performance=replace(flight.performance, turn_radius_m=0.0))
    try:
        plan_route(
            flight.airspace,
            flight.origin,
            flight.destination,
            performance=nimble.performance,
            departure=flight.departure,
        )
    except NoRoute as refusal:
        return judged(nimble, refusal)
    return "too tight"


def _closed(flight: Flight, reason: str) -> str:
    """Check by flooding: first with the zones of the shortest time that it may last, then of the longest.

    A zone that begins before the end of a flight counts for all of it, and may make the way longer, so that
    yet another counts.
    """
    ends = end_at(flight.airspace, flight.origin), end_at(flight.airspace, flight.destination)
    length_m = math.dist(ends[0].gate, ends[1].gate)
    for quickest in (True, False):
        known = None
        while True:
            flood = Flood(
                _grid_of(flight), flight.airspace, _interval(flight, length_m, quickest), _bands(flight)
            )
            if not _is_open(flight, ends, flood):
                return "closed" if quickest else "undecided"
            if flood.zone_ids == known:
                break
            known = flood.zone_ids
            found_m = flood.length_m(ends[0].gate, ends[1].gate)
            length_m = max(length_m, found_m / GRID_DETOUR if quickest else found_m)
    if any(flood.is_tight(end.gate, is_gate=end.is_site) for end in ends):
        return "undecided"
    raise FalseRefusalError(f"{reason}; but a flood arrives")


def _interval(flight: Flight, length_m: float, quickest: bool) -> Interval:
    """Return when zones count for a way of a length: no wind makes a round trip faster than calm air.

    The quickest flight has its pads at cruise altitude, the slowest at the sea.
    """
    airspeed_m_s, wind = flight.performance.cruise_speed_m_s, flight.performance.wind
    helps = not (flight.is_round_trip and isinstance(wind, Wind))
    fastest_m_s = airspeed_m_s + (wind.strongest_m_s if helps else 0.0)
    slowest_m_s = max(MINIMUM_GROUND_SPEED_M_S, airspeed_m_s - wind.strongest_m_s)
    ways, keep_free_s = (2, flight.stop_s + START_WINDOW_S) if flight.is_round_trip else (1, 0.0)
    lasts_s = ways * length_m / (fastest_m_s if quickest else slowest_m_s) + keep_free_s
    if not quickest:
        performance, top_m = flight.performance, flight.airspace.envelope.ceiling_amsl_m
        lasts_s += ways * top_m * (1.0 / performance.climb_rate_m_s + 1.0 / performance.descent_rate_m_s)
    return Interval(flight.departure, flight.departure + timedelta(seconds=lasts_s))


def _is_open(flight: Flight, ends: tuple[End, End], flood: Flood) -> bool:
    pads = [end for end in ends if end.pad is not None]
    return all(_approach_is_free(flight.airspace, ends, pad, flood.interval) for pad in pads) and flood.joins(
        ends[0].gate, ends[1].gate
    )


def _bands(flight: Flight) -> list[AltitudeBand]:
    """Return the altitudes that must be free: all between the lowest and highest for a round trip."""
    policy = flight.airspace.policy
    bands = [policy.outbound]
    for lane in flight.airspace.corridors:
        bands += [each for each in (lane.outbound, lane.inbound) if each is not None]
    if flight.is_round_trip:
        bands.append(_column([*bands, policy.inbound]))
    return bands


def _column(bands: list[AltitudeBand], *floors_m: float) -> AltitudeBand:
    floor_m = min([*(each.floor_amsl_m for each in bands), *floors_m])
    return AltitudeBand(floor_m, max(each.ceiling_amsl_m for each in bands))


def _approach_is_free(airspace: Airspace, ends: tuple[End, End], end: End, interval: Interval) -> bool:
    """Say whether no zone comes near to the line from pad to gate, at any height from the pads up."""
    pads_m = [each.elevation_amsl_m for each in ends if each.elevation_amsl_m is not None]
    column = _column([airspace.policy.outbound, airspace.policy.inbound], *pads_m)
    pad: XY = end.pad or end.gate
    line = LineString([pad, end.gate])
    half_width_m = airspace.policy.approach_half_width_m + 1.0
    land = airspace.projection.geometry_to_local(shapely.union_all([i.geometry for i in airspace.islands]))
    return all(
        float(zone.margins_m(shapely.segmentize([line], 10.0))[0])
        >= half_width_m + 0.01 * zone.zone.buffer_m + 0.002 * zone.radius_m
        for zone, heights in judged_zones(airspace, interval, land)
        if heights.overlaps(column)
    )


def _grid_of(flight: Flight) -> Grid:
    return Grid(flight.airspace, POND_CELL_M) if flight.world.is_pond else _goto_grid()


@lru_cache(maxsize=1)
def _goto_grid() -> Grid:
    return Grid(goto(), GOTO_CELL_M)
