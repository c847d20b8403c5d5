import itertools
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiLineString, Polygon
from shapely.geometry.base import BaseGeometry

from geofences.airspace import Airspace
from geofences.corridor import centreline, corridor_area
from geofences.errors import DataError
from geofences.loading import load_airspace
from geofences.onboard import FENCE_MARGIN_M, FOR_ZONES, ZONE_REACH_M, Fence, fence_around
from geofences.rounding import TRACKING_M
from geofences.route import Route
from geofences.values import Interval, Position, ZoneRule
from geofences.zones import Zone
from tests.unit.geofences.pond import (
    ACROSS_EVERYTHING,
    NORTH_OF_ISLAND,
    SOUTH_OF_ISLAND,
    round_trip,
    way,
    zone,
)

GOTO = load_airspace()
PADS = sorted(site.id for site in GOTO.sites.values() if site.is_drone_site)
PAIRS = list(itertools.permutations(PADS, 2))[::19]
ROUNDING_M = 0.1
Ways = tuple[Route, Route]


def while_certified(ways: Ways) -> Interval:
    way_out, way_home = ways
    end = way_home.departure + timedelta(seconds=way_home.duration_s + 1800)
    return Interval(way_out.departure, end)


def fence_of(airspace: Airspace, ways: Ways, budget: int = 60) -> Fence:
    return fence_around(airspace, *ways, while_certified(ways), budget)


def polygon_of(airspace: Airspace, corners: tuple[Position, ...]) -> Polygon:
    return Polygon([airspace.projection.local_from_position(each) for each in corners])


def let_in(airspace: Airspace, fence: Fence) -> BaseGeometry:
    """Where ArduPilot lets the vehicle be: inside the inclusion and outside every exclusion."""
    exclusions = [polygon_of(airspace, each) for each in fence.exclusions]
    return shapely.difference(polygon_of(airspace, fence.inclusion), shapely.union_all(exclusions))


def corner_count(fence: Fence) -> int:
    return len(fence.inclusion) + sum(len(each) for each in fence.exclusions)


def track_of(airspace: Airspace, ways: Ways) -> BaseGeometry:
    return MultiLineString([centreline(each, airspace.projection) for each in ways])


def keep_out_zones(airspace: Airspace, ways: Ways) -> dict[str, BaseGeometry]:
    return {
        each.id: airspace.shape_of(each).buffer(each.buffer_m)
        for each in airspace.zones_for([airspace.policy.envelope], while_certified(ways))
        if each.rule is ZoneRule.KEEP_OUT
    }


@cache
def goto_trip(pair: tuple[str, str]) -> Ways:
    return round_trip(GOTO, *pair)


@settings(deadline=None, max_examples=25, derandomize=True)
@given(st.sampled_from(PAIRS), st.integers(36, 84))
def test_the_fence_lies_between_the_track_and_what_is_allowed(pair: tuple[str, str], budget: int) -> None:
    ways = goto_trip(pair)

    try:
        fence = fence_of(GOTO, ways, budget)
    except DataError as error:
        if "too few" in str(error):
            return
        raise

    space, track = let_in(GOTO, fence), track_of(GOTO, ways)
    corridor = corridor_area(ways, GOTO.projection)
    at_sea = space.difference(corridor).difference(GOTO.terrain.approach_area)
    assert corner_count(fence) <= budget
    assert all(polygon_of(GOTO, each).is_valid for each in (fence.inclusion, *fence.exclusions))
    assert fence.kept_m >= TRACKING_M
    assert space.covers(track.buffer(fence.kept_m - ROUNDING_M))
    assert corridor.buffer(FENCE_MARGIN_M * 1.01).covers(space)
    assert at_sea.intersection(GOTO.terrain.land.buffer(GOTO.policy.coast_clearance_m - 0.5)).area < 0.01
    assert not any(shape.intersects(space) for shape in keep_out_zones(GOTO, ways).values())


@pytest.mark.parametrize("pair", PAIRS[:8], ids="-".join)
def test_every_zone_nearby_is_held_by_exclusions_or_named_as_left_out(pair: tuple[str, str]) -> None:
    ways = goto_trip(pair)

    fence = fence_of(GOTO, ways)

    excluded = shapely.union_all([polygon_of(GOTO, each) for each in fence.exclusions])
    corridor = corridor_area(ways, GOTO.projection)
    near = {
        zone_id: shape
        for zone_id, shape in keep_out_zones(GOTO, ways).items()
        if shape.distance(corridor) < ZONE_REACH_M - 1.0
    }
    assert set(fence.left_out) <= set(near)
    assert all(excluded.covers(near[zone_id]) for zone_id in set(near) - set(fence.left_out))


@pytest.mark.parametrize("budget", [24, 30, 60])
def test_a_smaller_budget_still_holds_the_track(pond: Airspace, budget: int) -> None:
    ways = round_trip(pond)

    fence = fence_of(pond, ways, budget)

    assert corner_count(fence) <= budget
    assert let_in(pond, fence).covers(track_of(pond, ways).buffer(fence.kept_m - ROUNDING_M))


def test_a_budget_that_is_too_small_is_refused_and_the_least_is_named(pond: Airspace) -> None:
    ways = round_trip(pond)

    with pytest.raises(DataError, match=r"3 corners are too few .* (\d+) do") as caught:
        fence_of(pond, ways, 3)

    least = int(caught.value.problems[0].split()[-2])
    assert corner_count(fence_of(pond, ways, least)) == least


def around_the_island(pond: Airspace) -> Ways:
    """Out north of the island and home south of it: a ring."""
    out = way(pond.with_zone(zone("S", SOUTH_OF_ISLAND)))
    home = way(pond.with_zone(zone("N", NORTH_OF_ISLAND)), "B", "A")
    return out, replace(home, departure=out.departure + timedelta(seconds=out.duration_s))


def test_an_island_inside_a_ring_of_corridor_becomes_an_exclusion(pond: Airspace) -> None:
    ways = around_the_island(pond)

    fence = fence_of(pond, ways)

    (island,) = fence.exclusions
    assert polygon_of(pond, island).covers(pond.terrain.islands["MIDDLE"].buffer(200.0))
    assert let_in(pond, fence).covers(track_of(pond, ways).buffer(TRACKING_M))


def test_a_narrow_corridor_gets_no_fence(pond: Airspace) -> None:
    out, home = round_trip(pond)
    waypoints = tuple(replace(each, half_width_m=20.0) for each in out.waypoints)
    narrow = replace(out, waypoints=waypoints)

    with pytest.raises(DataError, match="narrower"):
        fence_of(pond, (narrow, replace(home, waypoints=waypoints[::-1])))


def beside(ways: Ways, airspace: Airspace, gap_m: float) -> Zone:
    """A zone south of the pond's island, at a distance from the corridor."""
    lowest = min(corridor_area(ways, airspace.projection).bounds[1], -1500.0) - gap_m
    return zone("BESIDE", (-400.0, lowest - 600.0, 400.0, lowest))


@pytest.mark.parametrize(("gap_m", "is_on_board"), [(20.0, True), (900.0, True), (1100.0, False)])
def test_a_zone_within_a_kilometre_of_the_corridor_goes_on_board(
    pond: Airspace, gap_m: float, is_on_board: bool
) -> None:
    ways = round_trip(pond.with_zone(zone("N", NORTH_OF_ISLAND)))
    airspace = pond.with_zone(beside(ways, pond, gap_m))

    fence = fence_of(airspace, ways)

    assert len(fence.exclusions) == int(is_on_board)
    assert fence.left_out == ()


def test_a_zone_that_is_not_active_while_the_certificate_holds_stays_on_the_ground(pond: Airspace) -> None:
    ways = round_trip(pond.with_zone(zone("N", NORTH_OF_ISLAND)))
    later = while_certified(ways).end + timedelta(seconds=1)
    box = beside(ways, pond, 50.0)
    closed = zone("LATER", (-400.0, -2600.0, 400.0, -1700.0), active=(Interval(later, later + timedelta(1)),))

    fences = [fence_of(pond.with_zone(each), ways) for each in (box, replace(box, schedule=closed.schedule))]

    assert [len(each.exclusions) for each in fences] == [1, 0]


def test_the_nearest_zones_come_first_and_the_others_are_named(pond: Airspace) -> None:
    ways = round_trip(pond.with_zone(zone("N", NORTH_OF_ISLAND)))
    lowest = corridor_area(ways, pond.projection).bounds[1]
    airspace = pond
    for number, gap_m in enumerate((900.0, 150.0, 600.0, 300.0, 450.0, 750.0)):
        box = (-900.0 + 300 * number, lowest - gap_m - 90.0, -700.0 + 300 * number, lowest - gap_m)
        airspace = airspace.with_zone(zone(f"Z{gap_m:.0f}", box))

    fence = fence_of(airspace, ways, len(fence_of(pond, ways).inclusion) + FOR_ZONES)

    assert len(fence.exclusions) == 4
    assert fence.left_out == ("Z750", "Z900")


def test_a_zone_across_the_track_is_named_and_not_drawn_over_it(pond: Airspace) -> None:
    ways = round_trip(pond)
    airspace = pond.with_zone(zone("ACROSS", ACROSS_EVERYTHING))

    fence = fence_of(airspace, ways)

    assert fence.left_out == ("ACROSS",)
    assert let_in(airspace, fence).covers(track_of(airspace, ways).buffer(TRACKING_M))


def test_corners_are_those_of_mavlink(pond: Airspace) -> None:
    fence = fence_of(pond, round_trip(pond))

    for corner in itertools.chain(fence.inclusion, *fence.exclusions):
        assert corner == Position(round(corner.latitude_deg, 7), round(corner.longitude_deg, 7))
