"""One case: plan, certify and verify a flight as dispatch does, put a zone across it, and plan again."""

import math
from dataclasses import dataclass

import numpy as np
import shapely

from geofences.airspace import Airspace
from geofences.certificate import certify
from geofences.corridor import local_points
from geofences.errors import CertificateError, NoRoute
from geofences.round_trip import plan_round_trip
from geofences.route import Certificate, Route
from geofences.router import plan_route
from geofences.values import Circle, VerticalLimit, ZoneRule
from geofences.verify import verify
from geofences.zones import Zone
from tests.geofences_cases.flights import Flight, flight_of
from tests.geofences_cases.one_way import one_way_violations
from tests.geofences_cases.refusals import START_WINDOW_S, judged

PLENTY_WH = 1e6
"""Energy is never the reason: whether it is enough has tests of its own."""

CROSSED_EACH = 2
"""A zone is put across every second round trip: it takes as long as the flight itself."""

Plan = tuple[Certificate, Route, Route]


class BrokenRuleError(Exception):
    """A route does not keep what it must."""


@dataclass(frozen=True)
class Ending:
    """How a case ended: the flight, and the flight after a zone was put across it (None: not done)."""

    flight: str
    crossed: str | None = None


def run(seed: int) -> Ending:
    """Return how a case ends; every exception is a failure."""
    flight = flight_of(seed)
    try:
        if not flight.is_round_trip:
            _fly_one_way(flight)
            return Ending("one way")
        plan = planned(flight)
    except NoRoute as refusal:
        return Ending(judged(flight, refusal))
    return Ending("round trip", _crossed(flight, plan) if seed % CROSSED_EACH == 0 else None)


def planned(flight: Flight) -> Plan:
    """Return the proof of a flight and its ways, verified; raise NoRoute."""
    airspace = flight.airspace
    ways = plan_round_trip(
        airspace,
        str(flight.origin),
        str(flight.destination),
        performance=flight.performance,
        departure=flight.departure,
        stop_s=flight.stop_s,
        start_window_s=START_WINDOW_S,
        way_home="best" if flight.way_home_best else "reversed",
    )
    certificate = certify(
        airspace,
        *ways,
        energy_available_wh=PLENTY_WH,
        reserve_fraction=0.3,
        start_window_s=START_WINDOW_S,
        performance=flight.performance,
    )
    verify(certificate, *ways, airspace, flight.departure)
    return certificate, *ways


def _fly_one_way(flight: Flight) -> None:
    route = plan_route(
        flight.airspace,
        flight.origin,
        flight.destination,
        performance=flight.performance,
        departure=flight.departure,
    )
    if violations := one_way_violations(flight.airspace, route):
        raise BrokenRuleError("; ".join(violations))


def _crossed(flight: Flight, plan: Plan) -> str:
    """Put a zone across the way out: the proof must fail and name it, and a new plan avoid it."""
    certificate, way_out, way_home = plan
    zone = zone_across(flight, way_out)
    flight = flight.within(flight.airspace.with_zone(zone))
    try:
        verify(certificate, way_out, way_home, flight.airspace, flight.departure)
    except CertificateError as error:
        if not any(zone.id in each for each in error.violations):
            raise BrokenRuleError(f"the zone is not named: {error}") from error
    else:
        raise BrokenRuleError("a proof holds with a zone across its way")
    try:
        replanned = planned(flight)
    except NoRoute as refusal:
        return judged(flight, refusal)
    for route in replanned[1:]:
        _check_avoids(flight.airspace, zone, route)
    return "replanned"


def zone_across(flight: Flight, route: Route) -> Zone:
    """Return a keep-out circle around a random point of a route."""
    random = np.random.default_rng([flight.seed, 3])
    points = local_points(route, flight.airspace.projection)
    line = shapely.LineString(points)
    at = line.interpolate(float(random.uniform(0.1, 0.9)), normalized=True)
    return Zone(
        id="ACROSS",
        name_ja="横断",
        name_en="across",
        rule=ZoneRule.KEEP_OUT,
        geometry=Circle(
            flight.airspace.projection.position_from_local(at.x, at.y),
            math.exp(float(random.uniform(math.log(50.0), math.log(2_000.0)))),
        ),
        floor=VerticalLimit(0.0),
        ceiling=VerticalLimit(150.0),
        buffer_m=float(random.choice([0.0, 100.0])),
        reason_ja="試験",
        reason_en="test",
        source="test",
    )


def _check_avoids(airspace: Airspace, zone: Zone, route: Route) -> None:
    """Measure a route to the circle itself."""
    assert isinstance(zone.geometry, Circle)
    centre = shapely.Point(airspace.projection.local_from_position(zone.geometry.centre))
    line = shapely.LineString(local_points(route, airspace.projection))
    least_m = min(each.half_width_m for each in route.waypoints)
    room_m = line.distance(centre) - zone.geometry.radius_m - zone.buffer_m - least_m
    if room_m < 0.0:
        raise BrokenRuleError(f"the new way is {-room_m:.1f} m too near to the zone")
