"""Routes through flyable airspace: fast and proved to be possible, or NoRoute with what blocks the way."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from geofences.airspace import Airspace
from geofences.blocking import no_route
from geofences.ends import End, end_at
from geofences.errors import DataError, NoRoute
from geofences.haste import or_in_haste
from geofences.performance import Performance
from geofences.query import Query
from geofences.route import Route
from geofences.values import AltitudeBand, Position
from geofences.waiting import first_route
from geofences.wind import HeldWind, utc_text


def plan_route(
    airspace: Airspace,
    origin: str | Position,
    destination: str | Position,
    *,
    performance: Performance,
    departure: datetime,
    band: AltitudeBand | None = None,
    also_free: Iterable[AltitudeBand] = (),
    keep_free_s: float = 0.0,
    wait_up_to_s: float = 0.0,
    free_from: datetime | None = None,
) -> Route:
    """Return the fastest route between two places.

    Zones count from the departure until ``keep_free_s`` after the arrival, also those that begin in between.
    Fastest is measured in time in the wind, times the factors of caution zones and of the open sea. Legs are
    flown in the band of the lane that they follow, others in ``band``.

    Parameters
    ----------
    origin, destination
        Ids of drone sites, or points where the drone is in flight before or after (no climb, no descent).
    band
        The band outside lanes; the policy's for the way out if not told.
    also_free
        Other bands in which the same way must be free, for a way home that is the way out reversed.
    keep_free_s
        How long after the arrival the way must stay free: stop, way home, and delay of the start.
    wait_up_to_s
        How much later the flight may depart where there is no way now; the first time that works is taken.
    free_from
        From when the way must be free, if before the departure: for a way home, the start of the flight.

    Raises
    ------
    UnknownSite, OutsideOperationArea
        Where a place does not exist.
    DataError
        Where a wind grid does not cover the time of the flight.
    NoRoute
        Where no way exists; it names what blocks, and when it would work.
    """
    return or_in_haste(
        airspace,
        lambda chosen: _plan_route(
            chosen,
            origin,
            destination,
            performance=performance,
            departure=departure,
            band=band,
            also_free=also_free,
            keep_free_s=keep_free_s,
            wait_up_to_s=wait_up_to_s,
            free_from=free_from,
        ),
    )


def _plan_route(
    airspace: Airspace,
    origin: str | Position,
    destination: str | Position,
    *,
    performance: Performance,
    departure: datetime,
    band: AltitudeBand | None,
    also_free: Iterable[AltitudeBand],
    keep_free_s: float,
    wait_up_to_s: float,
    free_from: datetime | None,
) -> Route:
    query = query_of(
        airspace,
        end_at(airspace, origin),
        end_at(airspace, destination),
        performance,
        band or airspace.policy.outbound,
        also_free,
        keep_free_s,
        free_from,
    )
    _check_wind(performance, departure)
    found = query.answer(departure)
    if isinstance(found, Route):
        return found
    if wait_up_to_s > 0.0:
        later = first_route(query, departure, departure + timedelta(seconds=wait_up_to_s))
        if later is not None:
            return later
    if not found.by_zones:
        _check_wind_lasts(query, departure)
    raise no_route(query, found, departure)


def query_of(
    airspace: Airspace,
    origin: End,
    destination: End,
    performance: Performance,
    band: AltitudeBand,
    also_free: Iterable[AltitudeBand],
    keep_free_s: float,
    free_from: datetime | None,
) -> Query:
    """Return the question of a flight, in all bands that it may need; raise NoRoute for a flight to itself.

    Parameters
    ----------
    band, also_free, keep_free_s, free_from
        As `plan_route` takes them.
    """
    if origin.id == destination.id:
        raise NoRoute(f"origin and destination are the same pad, {origin.id}")
    lanes = [
        each
        for corridor in airspace.corridors
        if corridor.is_open
        for each in (corridor.outbound, corridor.inbound)
        if each is not None
    ]
    bands = tuple(dict.fromkeys((band, *lanes, *also_free)))
    return Query(airspace, origin, destination, performance, band, bands, keep_free_s, free_from)


def _check_wind(performance: Performance, departure: datetime) -> None:
    """Raise DataError where the departure lies outside the times of the wind field."""
    first_s, last_s = performance.wind.span_s
    if not first_s <= departure.timestamp() <= last_s:
        raise DataError(
            "wind grid",
            [f"knows {utc_text(first_s)} to {utc_text(last_s)}, the flight departs {departure.isoformat()}"],
        )


def _check_wind_lasts(query: Query, departure: datetime) -> None:
    """Raise DataError where there is a way but for the end of the wind field."""
    last_s = query.performance.wind.span_s[1]
    if last_s == float("inf"):
        return
    found = query.in_wind(HeldWind(query.performance.wind)).answer(departure)
    if isinstance(found, Route):
        arrival = departure + timedelta(seconds=found.duration_s)
        raise DataError(
            "wind grid", [f"ends at {utc_text(last_s)}, before the flight at {arrival.isoformat()}"]
        )
