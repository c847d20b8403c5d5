"""Round trips: a way out, and a way home that every early return can join."""

import math
from datetime import datetime, timedelta
from typing import Literal

from geofences.airspace import Airspace
from geofences.corridor import local_points
from geofences.ends import end_at
from geofences.errors import NoRoute
from geofences.haste import or_in_haste
from geofences.performance import Performance
from geofences.proof import Proof
from geofences.rounding import straightened
from geofences.route import Route
from geofences.router import plan_route, query_of
from geofences.shapes import ROUNDING_M, XY
from geofences.values import AltitudeBand, Interval

WayHome = Literal["reversed", "best"]


def plan_round_trip(
    airspace: Airspace,
    origin: str,
    destination: str,
    *,
    performance: Performance,
    departure: datetime,
    stop_s: float,
    start_window_s: float,
    way_home: WayHome = "reversed",
    wait_up_to_s: float = 0.0,
) -> tuple[Route, Route]:
    """Return a way out and a way home, both free of zones for the whole flight.

    Parameters
    ----------
    stop_s
        Time spent at the destination.
    start_window_s
        How late the flight may start without a new plan.
    way_home
        "reversed": the way out reversed, unless wind or a one-way lane forbid it. "best": another way where
        that is faster, as it may be in wind.
    wait_up_to_s
        How much later the flight may depart where there is no way now.

    Raises
    ------
    NoRoute
        As `plan_route` does.
    """
    return or_in_haste(
        airspace,
        lambda chosen: _plan_round_trip(
            chosen,
            origin,
            destination,
            performance=performance,
            departure=departure,
            stop_s=stop_s,
            start_window_s=start_window_s,
            way_home=way_home,
            wait_up_to_s=wait_up_to_s,
        ),
    )


def reverse_route(
    airspace: Airspace,
    route: Route,
    *,
    performance: Performance,
    departure: datetime,
    band: AltitudeBand,
    keep_free_s: float = 0.0,
    free_from: datetime | None = None,
) -> Route:
    """Return the same way the other way round, in another band; lanes are flown in their other direction.

    Parameters
    ----------
    keep_free_s, free_from
        How long after the arrival, and from when, the lanes that it names must be open (see `plan_route`).

    Raises
    ------
    NoRoute
        Where the wind is too strong for a leg, or a leg would go against a one-way lane.
    """
    origin, destination = end_at(airspace, route.destination_site_id), end_at(airspace, route.origin_site_id)
    points = _corners(airspace, route)[::-1]
    if origin.pad is not None:
        points[0] = origin.pad
    if destination.pad is not None:
        points[-1] = destination.pad
    query = query_of(airspace, origin, destination, performance, band, (), keep_free_s, free_from)
    return query.along(points, departure, route.duration_s)


def _plan_round_trip(
    airspace: Airspace,
    origin: str,
    destination: str,
    *,
    performance: Performance,
    departure: datetime,
    stop_s: float,
    start_window_s: float,
    way_home: WayHome,
    wait_up_to_s: float,
) -> tuple[Route, Route]:
    home_s = 0.0
    while True:
        out = plan_route(
            airspace,
            origin,
            destination,
            performance=performance,
            departure=departure,
            also_free=(airspace.envelope,),
            keep_free_s=stop_s + home_s + start_window_s,
            wait_up_to_s=wait_up_to_s,
        )
        leaves = out.departure + timedelta(seconds=out.duration_s + stop_s)
        home = _way_home(airspace, out, performance, leaves, start_window_s, way_home)
        if home.duration_s <= home_s:
            return out, home
        home_s = home.duration_s


def _way_home(
    airspace: Airspace,
    out: Route,
    performance: Performance,
    leaves: datetime,
    start_window_s: float,
    choice: WayHome,
) -> Route:
    """Return the way home: the way out reversed or, where that is forbidden or slower, another one."""
    back = _reversed(airspace, out, performance, leaves, start_window_s)
    if back is not None and choice == "reversed":
        return back
    try:
        own = plan_route(
            airspace,
            out.destination_site_id,
            out.origin_site_id,
            performance=performance,
            departure=leaves,
            band=airspace.policy.inbound,
            also_free=(airspace.envelope,),
            keep_free_s=start_window_s,
            free_from=out.departure,
        )
        _check_joins(airspace, out, own, start_window_s)
    except NoRoute:
        if back is None:
            raise
        return back
    return own if back is None or own.duration_s < back.duration_s else back


def _reversed(
    airspace: Airspace, out: Route, performance: Performance, leaves: datetime, start_window_s: float
) -> Route | None:
    try:
        return reverse_route(
            airspace,
            out,
            performance=performance,
            departure=leaves,
            band=airspace.policy.inbound,
            keep_free_s=start_window_s,
            free_from=out.departure,
        )
    except NoRoute:
        return None


def _check_joins(airspace: Airspace, out: Route, home: Route, start_window_s: float) -> None:
    """Raise NoRoute where an early return could not join the way home in a straight line."""
    end = home.departure + timedelta(seconds=home.duration_s + start_window_s)
    if not Proof(airspace, out, home, Interval(out.departure, end)).joins_are_free:
        raise NoRoute(
            f"the way out to {out.destination_site_id} cannot be flown back, and another way home cannot be "
            "joined in a straight line from all of it"
        )


def _corners(airspace: Airspace, route: Route) -> list[XY]:
    """Return the corners of a route in metres, without the points where only its height or speed changes.

    Gates stay, also those that are no corner: an approach is a leg of its own.
    """
    points = local_points(route, airspace.projection)
    gates = [
        airspace.terrain.gate(each)
        for each in (route.origin_site_id, route.destination_site_id)
        if each in airspace.terrain.approaches
    ]
    at_gates = [
        index
        for index, point in enumerate(points)
        if any(math.dist(point, gate) <= ROUNDING_M for gate in gates)
    ]
    return [points[index] for index in sorted({*straightened(points), *at_gates})]
