import math
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point

from geofences.airspace import Airspace
from geofences.certificate import START_WINDOW_S, certify
from geofences.corridor import local_points
from geofences.errors import CertificateError
from geofences.loading import load_airspace
from geofences.round_trip import plan_round_trip
from geofences.route import Certificate, Route, route_digest
from geofences.values import AltitudeBand, Position, ZoneRule
from geofences.verify import verify
from geofences.wind import Wind
from geofences.zones import Zone
from tests.unit.geofences.pond import ACROSS_EVERYTHING, DEPARTURE, PERFORMANCE, pond, round_trip, zone

GOTO = load_airspace()
PADS = sorted(site.id for site in GOTO.sites.values() if site.is_drone_site)
GENEROUS_WH = 3000.0

Proof = tuple[Certificate, Route, Route]


def proof_in(airspace: Airspace, origin: str = "A", destination: str = "B") -> Proof:
    ways = round_trip(airspace, origin, destination)
    certificate = certify(
        airspace,
        *ways,
        energy_available_wh=GENEROUS_WH,
        reserve_fraction=0.3,
        performance=PERFORMANCE,
    )
    return certificate, *ways


def violations(proof: Proof, airspace: Airspace, at: datetime = DEPARTURE) -> tuple[str, ...]:
    with pytest.raises(CertificateError) as caught:
        verify(*proof, airspace, at)
    return caught.value.violations


def signed_again(proof: Proof, airspace: Airspace) -> Proof:
    """Return the proof with digest and version of what it holds, so that only the content can be wrong."""
    certificate, *ways = proof
    changed = replace(certificate, route_digest=route_digest(*ways), airspace_version=airspace.version)
    return changed.sealed(), ways[0], ways[1]


def with_waypoint(route: Route, index: int, position: Position) -> Route:
    waypoints = list(route.waypoints)
    waypoints[index] = replace(waypoints[index], position=position)
    return replace(route, waypoints=tuple(waypoints))


@settings(deadline=None, max_examples=12)
@given(st.sampled_from(PADS), st.sampled_from(PADS))
def test_what_is_planned_and_certified_verifies(origin: str, destination: str) -> None:
    if origin != destination:
        verify(*proof_in(GOTO, origin, destination), GOTO, DEPARTURE)


@settings(deadline=None, max_examples=12)
@given(st.sampled_from(PADS[1:]), st.floats(0.1, 0.9), st.floats(1.0, 500.0))
def test_a_waypoint_moved_by_more_than_its_clearance_fails(
    destination: str, where: float, further_m: float
) -> None:
    certificate, way_out, way_home = proof_in(GOTO, PADS[0], destination)
    index = 2 + int(where * (len(way_out.waypoints) - 4))

    moved = with_waypoint(way_out, index, moved_towards_land(GOTO, way_out, index, further_m))

    found = violations(signed_again((certificate, moved, way_home), GOTO), GOTO)
    assert any("land" in each for each in found)


def moved_towards_land(airspace: Airspace, route: Route, index: int, further_m: float) -> Position:
    """Return a waypoint moved to the nearest land by its clearance and more."""
    at = Point(local_points(route, airspace.projection)[index])
    nearest = shapely.get_point(shapely.shortest_line(at, airspace.terrain.land), 1)
    away_m = at.distance(nearest)
    kept_m = airspace.policy.coast_clearance_m + airspace.policy.cruise_half_width_m
    share = min(1.0, (away_m - kept_m + further_m) / away_m)
    return airspace.projection.position_from_local(
        at.x + share * (nearest.x - at.x), at.y + share * (nearest.y - at.y)
    )


def test_any_change_of_a_route_fails_by_its_digest(pond: Airspace) -> None:
    certificate, way_out, way_home = proof_in(pond)
    position = way_out.waypoints[2].position
    nudged = with_waypoint(way_out, 2, replace(position, latitude_deg=position.latitude_deg + 1e-7))

    assert any("digest" in each for each in violations((certificate, nudged, way_home), pond))


def test_another_airspace_version_fails_even_if_it_changes_nothing_here(pond: Airspace) -> None:
    elsewhere = pond.with_zone(zone("FAR", (8000.0, 5000.0, 8500.0, 5500.0)))

    found = violations(proof_in(pond), elsewhere)

    assert any(elsewhere.version[:12] in each for each in found)


def test_a_zone_across_the_way_fails_by_name(pond: Airspace) -> None:
    airspace = pond.with_zone(zone("WALL", ACROSS_EVERYTHING))

    found = violations(signed_again(proof_in(pond), airspace), airspace)

    assert any("keep-out zone WALL" in each for each in found)


@pytest.mark.parametrize(
    ("changed", "message", "remark"),
    [
        (zone("IN", (-9000.0, -6000.0, 0.0, 6000.0), rule=ZoneRule.KEEP_IN), "keep-in zone IN", "left of it"),
        (
            zone("MAST", (5980.0, -10.0, 6020.0, 10.0), band=AltitudeBand(0.0, 30.0)),
            "keep-out zone MAST",
            "over the pad, below the bands",
        ),
        (zone("NARROW", (-3000.0, -6000.0, -2999.0, 6000.0)), "keep-out zone NARROW", "a metre wide"),
    ],
)
def test_zones_of_every_kind_are_seen(pond: Airspace, changed: Zone, message: str, remark: str) -> None:
    airspace = pond.with_zone(changed)

    found = violations(signed_again(proof_in(pond), airspace), airspace)

    assert any(message in each for each in found), remark


@pytest.mark.parametrize(
    ("after_s", "holds", "remark"),
    [
        (-1.0, False, "before the departure it was proved for"),
        (0.0, True, "on time"),
        (START_WINDOW_S, True, "at the end of the window"),
        (START_WINDOW_S + 1.0, False, "too late"),
    ],
)
def test_a_launch_must_lie_in_the_window(pond: Airspace, after_s: float, holds: bool, remark: str) -> None:
    proof, at = proof_in(pond), DEPARTURE + timedelta(seconds=after_s)

    if holds:
        verify(*proof, pond, at)
    else:
        assert any("a launch at" in each for each in violations(proof, pond, at)), remark


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda proved: replace(proved, energy_wh=1.0), "the routes alone need"),
        (lambda proved: replace(proved, energy_available_wh=100.0), "less than the reserve"),
        (lambda proved: replace(proved, coast_clearance_m=500.0), "m to the coast"),
        (lambda proved: replace(proved, zone_clearance_m=5000.0), "m to the nearest zone"),
        (
            lambda proved: replace(proved, valid_from=DEPARTURE + timedelta(seconds=1)),
            "begins after the departure",
        ),
    ],
)
def test_a_certificate_that_says_too_much_fails(
    change: Callable[[Certificate], Certificate], message: str
) -> None:
    airspace = pond().with_zone(zone("SOUTH", (-5000.0, -5900.0, 5000.0, -5000.0)))
    certificate, *ways = proof_in(airspace)

    found = violations((change(certificate), ways[0], ways[1]), airspace)

    assert any(message in each for each in found)


def test_a_way_home_to_elsewhere_or_too_early_or_too_high_fails(pond: Airspace) -> None:
    certificate, way_out, way_home = proof_in(pond)
    high = tuple(replace(each, altitude_amsl_m=120.0) for each in way_home.waypoints)
    corrupt = replace(way_home, destination_site_id="B", departure=DEPARTURE, waypoints=high)

    found = violations((certificate, way_out, corrupt), pond)

    assert any("back to the origin" in each for each in found)
    assert any("departs before" in each for each in found)
    assert any("120 m AMSL" in each for each in found)


def test_times_that_do_not_grow_fail(pond: Airspace) -> None:
    certificate, way_out, way_home = proof_in(pond)
    backwards = replace(way_out.waypoints[1], offset_s=math.nextafter(0.0, -1.0))
    corrupt = replace(way_out, waypoints=(way_out.waypoints[0], backwards, *way_out.waypoints[2:]))

    assert any("do not grow" in each for each in violations((certificate, corrupt, way_home), pond))


def test_a_way_out_of_the_boundary_fails(pond: Airspace) -> None:
    certificate, way_out, way_home = proof_in(pond)
    outside = with_waypoint(way_out, 2, pond.projection.position_from_local(0.0, 9000.0))

    found = violations(signed_again((certificate, outside, way_home), pond), pond)

    assert any("outside the operation boundary" in each for each in found)


def test_joins_across_land_fail(pond: Airspace) -> None:
    certificate, way_out, way_home = proof_in(pond)
    mirrored = mirrored_way(pond, way_home)

    found = violations(signed_again((certificate, way_out, mirrored), pond), pond)

    assert any(each.startswith("join of the way home") for each in found)


def mirrored_way(airspace: Airspace, route: Route) -> Route:
    """Return the route on the other side of the island, which has the line y = 0 through its middle."""
    positions = [
        airspace.projection.position_from_local(x_m, -y_m)
        for x_m, y_m in local_points(route, airspace.projection)
    ]
    for index, position in enumerate(positions):
        route = with_waypoint(route, index, position)
    return route


def test_a_point_a_third_of_a_metre_beside_a_sharp_corner_does_not_move_the_corner() -> None:
    """Found at random: the judge took that point for the corner, so the next turn did not fit."""
    wide = replace(PERFORMANCE, turn_radius_m=90.0, wind=Wind(3.341852936031615, 74.54156076167413))
    ways = plan_round_trip(
        GOTO,
        "AKP-S",
        "TMC-S",
        performance=wide,
        departure=DEPARTURE,
        stop_s=40.0,
        start_window_s=START_WINDOW_S,
    )

    certificate = certify(
        GOTO, *ways, energy_available_wh=GENEROUS_WH, reserve_fraction=0.3, performance=wide
    )

    verify(certificate, *ways, GOTO, DEPARTURE)
