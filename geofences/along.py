"""A route along corner points: its pieces in their bands, its times and energies."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from weakref import WeakKeyDictionary

import shapely

from geofences.airspace import Airspace
from geofences.ends import End
from geofences.free_areas import FreeAreas
from geofences.heights import HeightRules, legs_in_bands
from geofences.lanes import Lanes
from geofences.performance import Performance
from geofences.route import Route
from geofences.shapes import XY
from geofences.timeline import timed_route
from geofences.values import AltitudeBand, Interval

EDGE_M = 0.25
"""Open lanes reach so much further: where the open sea costs more, a way runs along the very edge of a lane,
and rounding must not decide whether it is inside. (A proof lets what names a lane leave it by 0.5 m.)"""

_LANES: WeakKeyDictionary[FreeAreas, dict[tuple[str, ...], Lanes]] = WeakKeyDictionary()
"""Lanes by the ids of those that are open; snapshots that share their areas have the same corridors."""

_IN_FORCE: WeakKeyDictionary[FreeAreas, dict[tuple[str, ...], Airspace]] = WeakKeyDictionary()
"""Snapshots without zones in which corridors are closed that are not in force."""


def open_lanes(airspace: Airspace, interval: Interval) -> Lanes:
    """Return the corridors that are open for a whole interval, on the local map."""
    corridors = airspace.corridors_open(interval)
    known = _LANES.setdefault(airspace.areas, {})
    key = tuple(each.id for each in corridors)
    if key not in known:
        centrelines = [airspace.projection.geometry_to_local(each.centreline) for each in corridors]
        areas = [airspace.corridor_shape(each) for each in corridors]
        known[key] = Lanes(corridors, centrelines, shapely.buffer(areas, EDGE_M, join_style="mitre"))
    return known[key]


def in_force(airspace: Airspace, interval: Interval) -> Airspace:
    """Return the airspace with only those corridors open that are so for a whole interval."""
    opened = tuple(each.id for each in airspace.corridors_open(interval))
    if all(each.id in opened for each in airspace.corridors if each.is_open):
        return airspace
    known = _IN_FORCE.setdefault(airspace.areas, {})
    if opened not in known:
        corridors = tuple(replace(each, is_open=each.id in opened) for each in airspace.corridors)
        # Without what is shared: a value that holds its own key would never be forgotten.
        known[opened] = replace(airspace, zones=(), corridors=corridors, shared=None)
    bare = known[opened]
    return replace(airspace, corridors=bare.corridors, shared=bare.areas)


def route_along(
    airspace: Airspace,
    origin: End,
    destination: End,
    points: Sequence[XY],
    *,
    performance: Performance,
    departure: datetime,
    band: AltitudeBand,
    lanes: Lanes,
) -> Route:
    """Return the route along some corners, ends included.

    Parameters
    ----------
    band
        The band outside lanes.

    Raises
    ------
    NoRoute
        Where the wind is too strong for a leg.
    """
    policy = airspace.policy
    approaches = int(origin.is_site), int(destination.is_site)
    widths_m = [policy.cruise_half_width_m] * (len(points) - 1)
    if origin.is_site:
        widths_m[0] = policy.approach_half_width_m
    if destination.is_site:
        widths_m[-1] = policy.approach_half_width_m
    over_ground_m_s = performance.cruise_speed_m_s + performance.wind.strongest_m_s
    rules = HeightRules(
        band,
        lanes,
        approaches,
        performance.climb_rate_m_s / over_ground_m_s,
        performance.descent_rate_m_s / over_ground_m_s,
    )
    return timed_route(
        origin,
        destination,
        points[0],
        legs_in_bands(points, widths_m, rules),
        performance=performance,
        departure=departure,
        projection=airspace.projection,
    )
