"""Why there is no way: the zones and closed corridors in it, and when it would work."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from geofences.errors import NoRoute
from geofences.query import Blocked, Query
from geofences.schedule import ALWAYS
from geofences.values import Interval
from geofences.waiting import HORIZON, first_route
from geofences.zones import Zone


def no_route(query: Query, blocked: Blocked, departure: datetime) -> NoRoute:
    """Return the error that explains a departure without a way."""
    later = first_route(query, departure, departure + HORIZON)
    return NoRoute(
        blocked.reason,
        blocking_zones(query, blocked.zones, departure) if blocked.by_zones else (),
        blocking_corridors(query, blocked.zones, departure) if blocked.by_zones else (),
        None if later is None else later.departure,
    )


def blocking_zones(query: Query, zones: Sequence[Zone], departure: datetime) -> list[str]:
    """Return the zones without each of which there is a way; where only fewer of all would open one, those.

    Where no single zone opens the way, zones are left out of the list one after the other as long as the
    rest still blocks; what remains must all go.
    """
    if not query.is_open((), departure):
        return []
    single = [
        each.id for each in zones if query.is_open([other for other in zones if other is not each], departure)
    ]
    return single or [each.id for each in _all_that_must_go(query, zones, departure)]


def blocking_corridors(query: Query, zones: Sequence[Zone], departure: datetime) -> list[str]:
    """Return the closed corridors each of which would give a way.

    They can only where the open sea is forbidden, or where they lead out of the boundary.
    """
    return list(_opening(query, zones, departure))


def _all_that_must_go(query: Query, zones: Sequence[Zone], departure: datetime) -> list[Zone]:
    """Return zones that together block: without all of them, there is a way; with any one, there is none."""
    gone = list(zones)
    for each in zones:
        fewer = [other for other in gone if other is not each]
        if query.is_open([other for other in zones if other not in fewer], departure):
            gone = fewer
    return gone


def _opening(query: Query, zones: Sequence[Zone], departure: datetime) -> Iterator[str]:
    airspace = query.airspace
    open_now = {each.id for each in airspace.corridors_open(Interval(departure, departure))}
    for corridor in airspace.corridors:
        inside = airspace.boundary.covers(corridor.area or corridor.centreline)
        if corridor.id in open_now or (inside and airspace.policy.open_sea_cost_factor is not None):
            continue
        corridors = tuple(
            replace(each, is_open=True, schedule=ALWAYS) if each is corridor else each
            for each in airspace.corridors
        )
        opened = replace(airspace, corridors=corridors)
        if replace(query, airspace=opened).is_open(zones, departure):
            yield corridor.id
