"""When to leave instead, where there is no way now: zones end and corridors open.

A way that does not exist at a departure can come into being only when a zone ceases to be in force, a
corridor opens, or the wind changes, so only the moments after these are tried, in order.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from geofences.query import Query
from geofences.route import Route
from geofences.values import Interval
from geofences.wind import Wind
from geofences.zones import position_in, start_of

HORIZON = timedelta(days=7)
"""A week holds every daily and weekly period once; nobody waits longer for a delivery by air."""

AFTER = timedelta(seconds=1)
"""Touching counts as overlap, so a flight leaves after the last moment of a zone."""

WIND_STEP = timedelta(hours=1)
"""How often a wind that changes is tried again; weather models have hourly frames."""


def first_route(query: Query, departure: datetime, latest: datetime) -> Route | None:
    """Return the route of the first departure that works, after ``departure`` and until ``latest``."""
    if _never(query, departure):
        return None
    hopeless: list[frozenset[str]] = []
    for moment in moments(query, departure, latest):
        zones = frozenset(each.id for each in query.zones(Interval(moment, moment)))
        if any(closed <= zones for closed in hopeless):
            continue
        found = query.answer(moment)
        if isinstance(found, Route):
            return found
        if found.by_zones and not _corridors_change(query):
            hopeless.append(frozenset(each.id for each in found.zones))
    return None


def moments(query: Query, departure: datetime, latest: datetime) -> list[datetime]:
    """Return the times in (departure, latest] at which a way may come into being, in order."""
    window = Interval(departure, latest)
    found = [
        part.end + AFTER
        for zone in query.zones(window)
        for part in zone.schedule.within(window, position_in(zone.geometry))
    ]
    found += [
        part.start
        for corridor in query.airspace.corridors
        if corridor.is_open
        for part in corridor.schedule.within(window, start_of(corridor))
    ]
    found += _changes_of_wind(query, window)
    return sorted({each for each in found if departure < each <= latest})


def _never(query: Query, departure: datetime) -> bool:
    """Say whether no zone's end and no corridor's opening can help: what always holds blocks already."""
    if _corridors_change(query):
        return False
    lasting = [
        zone for zone in query.zones(Interval(departure, departure + HORIZON)) if zone.schedule.is_always
    ]
    return not query.is_open(lasting, departure)


def _corridors_change(query: Query) -> bool:
    return any(each.is_open and not each.schedule.is_always for each in query.airspace.corridors)


def _changes_of_wind(query: Query, window: Interval) -> Iterator[datetime]:
    """Yield each hour of a window for which a wind that changes is known."""
    wind = query.performance.wind
    if isinstance(wind, Wind):
        return
    moment = window.start + WIND_STEP
    while moment <= window.end and moment.timestamp() <= wind.span_s[1]:
        yield moment
        moment += WIND_STEP
