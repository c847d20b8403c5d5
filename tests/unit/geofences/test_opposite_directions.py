"""Two opposite drones in one two-way corridor never share a band."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point

from geofences.airspace import Airspace
from geofences.corridor import local_points
from geofences.loading import load_airspace
from geofences.replanning import raised, rises_m
from geofences.route import Route
from geofences.values import AltitudeBand
from geofences.volumes import volumes_of
from geofences.zones import Corridor
from tests.unit.geofences.pond import MAP, PERFORMANCE, pond, round_trip, way

GOTO = load_airspace()
PADS = sorted(site.id for site in GOTO.sites.values() if site.is_drone_site)
PAIRS = list(itertools.permutations(PADS, 2))[::14]
LANE = [(-5400.0, 0.0), (-3000.0, 1400.0), (3000.0, 1400.0), (5400.0, 0.0)]


@cache
def goto_trip(pair: tuple[str, str]) -> tuple[Route, Route]:
    return round_trip(GOTO, *pair)


def in_lanes(airspace: Airspace, route: Route) -> Iterator[tuple[str, bool, AltitudeBand]]:
    """Yield lane, direction (along it or not) and band of each level leg in a lane.

    A leg on which the altitude changes holds both bands: there only time keeps two drones apart.
    """
    bands = {volume.leg: volume.band for volume in volumes_of(airspace, route)}
    points = local_points(route, airspace.projection)
    for leg, (before, here) in enumerate(itertools.pairwise(route.waypoints), start=1):
        lane = next((each for each in airspace.corridors if each.id == here.corridor_id), None)
        if lane is not None and before.altitude_amsl_m == here.altitude_amsl_m:
            yield lane.id, is_along(airspace, lane, points[leg - 1], points[leg]), bands[leg]


def is_along(
    airspace: Airspace, lane: Corridor, start: tuple[float, float], end: tuple[float, float]
) -> bool:
    line = airspace.projection.geometry_to_local(lane.centreline)
    return bool(line.project(Point(end)) > line.project(Point(start)))


def shared_bands(airspace: Airspace, routes: list[Route]) -> list[str]:
    legs = [leg for route in routes for leg in in_lanes(airspace, route)]
    return [
        one[0]
        for one, other in itertools.combinations(legs, 2)
        if one[0] == other[0] and one[1] != other[1] and one[2].overlaps(other[2])
    ]


@settings(deadline=None, max_examples=40, derandomize=True)
@given(st.sampled_from(PAIRS), st.sampled_from(PAIRS))
def test_no_two_trips_on_the_lanes_of_goto_share_a_band_in_opposite_directions(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert shared_bands(GOTO, [*goto_trip(one), *goto_trip(other)]) == []


def test_the_lanes_of_goto_are_flown_in_both_directions() -> None:
    legs = [leg for pair in PAIRS for route in goto_trip(pair) for leg in in_lanes(GOTO, route)]

    both = {lane for lane, along, _ in legs if along} & {lane for lane, along, _ in legs if not along}
    assert len(both) >= 3


def pond_with_lane() -> Airspace:
    line = MAP.geometry_to_geographic(LineString(LANE))
    policy = pond().policy
    lane = Corridor("LANE", "航路", "lane", line, 800.0, policy.outbound, policy.inbound, True)
    return replace(pond(), corridors=(lane,), policy=replace(policy, open_sea_cost_factor=3.0))


def test_two_ways_out_towards_each_other_are_in_different_bands() -> None:
    airspace = pond_with_lane()
    there, back = way(airspace, "A", "B"), way(airspace, "B", "A")

    bands = {along: band for _, along, band in [*in_lanes(airspace, there), *in_lanes(airspace, back)]}

    assert bands == {True: airspace.policy.outbound, False: airspace.policy.inbound}


def test_no_layer_shares_a_band_with_the_other_direction_of_any_layer() -> None:
    airspace = pond_with_lane()
    out, home = round_trip(airspace)
    rises = (0.0, *rises_m(airspace))

    routes = [raised(airspace, route, rise, PERFORMANCE) for route in (out, home) for rise in rises]

    assert rises == (0.0, 50.0)
    assert shared_bands(airspace, routes) == []
