from dataclasses import replace
from datetime import timedelta

import pytest
from shapely import LineString

from geofences.airspace import Airspace
from geofences.corridor import local_points
from geofences.errors import NoRoute, UnknownSite
from geofences.performance import Wind
from geofences.router import plan_route, reverse_route
from geofences.values import AltitudeBand, Interval
from geofences.zones import Zone
from tests.unit.geofences.pond import (
    ACROSS_EVERYTHING,
    DEPARTURE,
    NORTH_OF_ISLAND,
    PERFORMANCE,
    SOUTH_OF_ISLAND,
    round_trip,
    way,
    zone,
)

AIRSPEED_M_S = 25.0


def test_the_way_leads_round_the_island_at_the_distance_of_the_rule(pond: Airspace) -> None:
    route = way(pond)

    line = LineString(local_points(route, pond.projection))
    assert route.length_m == pytest.approx(1200.0 + 11_200.0, rel=0.01)
    assert 300.0 <= line.distance(pond.terrain.islands["MIDDLE"]) <= 330.0


def test_a_way_is_the_same_every_time(pond: Airspace) -> None:
    assert way(pond) == way(replace(pond))


def test_each_segment_is_as_wide_as_the_policy_says(pond: Airspace) -> None:
    widths_m = [waypoint.half_width_m for waypoint in way(pond).waypoints]

    policy = pond.policy
    assert widths_m[0] == widths_m[1] == widths_m[-1] == policy.approach_half_width_m
    assert set(widths_m[2:-1]) == {policy.cruise_half_width_m}


def test_positions_are_those_that_mavlink_can_carry(pond: Airspace) -> None:
    for waypoint in way(pond).waypoints:
        assert waypoint.position.latitude_deg == round(waypoint.position.latitude_deg * 1e7) / 1e7


def test_time_and_energy_count_climb_cruise_and_descent(pond: Airspace) -> None:
    route = way(pond)

    climb_s, descent_s = 56.0 / 2.5, 56.0 / 1.5
    cruise_s = route.length_m / AIRSPEED_M_S
    assert route.waypoints[0].offset_s == pytest.approx(climb_s)
    assert route.duration_s == pytest.approx(climb_s + cruise_s + descent_s)
    assert route.energy_wh == pytest.approx((430.0 * cruise_s + 1900.0 * (climb_s + descent_s)) / 3600.0)


def test_a_head_wind_makes_the_way_longer_in_time(pond: Airspace) -> None:
    windy = replace(PERFORMANCE, wind=Wind(8.0, 90.0))

    route = plan_route(pond, "A", "B", performance=windy, departure=DEPARTURE, band=pond.policy.outbound)

    assert route.length_m == way(pond).length_m
    assert route.duration_s > way(pond).duration_s + 100.0


def test_a_storm_ends_in_no_route(pond: Airspace) -> None:
    storm = replace(PERFORMANCE, wind=Wind(30.0, 90.0))

    with pytest.raises(NoRoute, match="too strong"):
        plan_route(pond, "A", "B", performance=storm, departure=DEPARTURE, band=pond.policy.outbound)


def test_the_way_home_is_the_way_out_reversed_in_the_other_band(pond: Airspace) -> None:
    way_out, way_home = round_trip(pond)

    assert [each.position for each in way_home.waypoints] == [
        each.position for each in way_out.waypoints[::-1]
    ]
    assert {each.altitude_amsl_m for each in way_home.waypoints} == {85.0}
    assert way_home.departure == way_out.departure + timedelta(seconds=way_out.duration_s + 40.0)
    assert [each.half_width_m for each in way_home.waypoints] == [
        each.half_width_m for each in way_out.waypoints
    ]


def test_a_way_reversed_twice_is_the_way(pond: Airspace) -> None:
    route = way(pond)

    back = reverse_route(pond, route, performance=PERFORMANCE, departure=DEPARTURE, band=pond.policy.inbound)
    again = reverse_route(pond, back, performance=PERFORMANCE, departure=DEPARTURE, band=pond.policy.outbound)

    assert [each.position for each in again.waypoints] == [each.position for each in route.waypoints]
    assert again.length_m == pytest.approx(route.length_m, abs=0.1)
    assert again.energy_wh == pytest.approx(route.energy_wh, rel=1e-5)


@pytest.mark.parametrize(
    ("zones", "blocking", "remark"),
    [
        ([zone("WALL", ACROSS_EVERYTHING)], {"WALL"}, "one zone across everything"),
        (
            [zone("N", NORTH_OF_ISLAND), zone("S", SOUTH_OF_ISLAND)],
            {"N", "S"},
            "each of two zones would open a way",
        ),
        (
            [zone("WALL", ACROSS_EVERYTHING), zone("WALL-2", (3000.0, -7000.0, 3500.0, 7000.0))],
            {"WALL", "WALL-2"},
            "both of two zones must go",
        ),
        (
            [zone("WALL", ACROSS_EVERYTHING), zone("FAR", (-8000.0, 4000.0, -7000.0, 5000.0))],
            {"WALL"},
            "a zone aside is not blamed",
        ),
        ([zone("PAD", (5800.0, -20.0, 5900.0, 20.0))], {"PAD"}, "a zone in the approach"),
        (
            [zone("MAST", (5900.0, -20.0, 6010.0, 20.0), band=AltitudeBand(0.0, 30.0))],
            {"MAST"},
            "a low zone at the pad, below the cruise band",
        ),
    ],
)
def test_no_route_names_the_zones_that_block(
    pond: Airspace, zones: list[Zone], blocking: set[str], remark: str
) -> None:
    airspace = pond
    for each in zones:
        airspace = airspace.with_zone(each)

    with pytest.raises(NoRoute, match="no flyable way from A to B") as caught:
        way(airspace)

    assert set(caught.value.blocking_zones) == blocking, remark


def test_no_route_names_no_zone_where_the_land_blocks(pond: Airspace) -> None:
    dam = replace(pond.islands[0], id="DAM", geometry=zone("DAM", ACROSS_EVERYTHING).geometry)

    with pytest.raises(NoRoute) as caught:
        way(replace(pond, islands=(*pond.islands, dam), shared_terrain=None))

    assert caught.value.blocking_zones == ()


def test_a_low_zone_on_the_open_sea_blocks_nothing(pond: Airspace) -> None:
    low = zone("LOW", ACROSS_EVERYTHING, band=AltitudeBand(0.0, 40.0))

    assert way(pond.with_zone(low)) == way(pond)


def test_a_zone_that_begins_in_mid_flight_counts(pond: Airspace) -> None:
    start = DEPARTURE + timedelta(minutes=5)
    late = zone("LATE", NORTH_OF_ISLAND, active=(Interval(start, start + timedelta(hours=1)),))
    detour = way(pond.with_zone(late))

    points = local_points(detour, pond.projection)
    assert min(y_m for _, y_m in points) < -1000.0
    assert max(y_m for _, y_m in points) < 1000.0


def test_a_zone_that_begins_after_the_arrival_is_no_matter_for_one_way_but_for_the_round_trip(
    pond: Airspace,
) -> None:
    start = DEPARTURE + timedelta(minutes=15)
    later = zone("LATER", ACROSS_EVERYTHING, active=(Interval(start, start + timedelta(hours=1)),))
    airspace = pond.with_zone(later)

    assert way(airspace) == way(pond)
    with pytest.raises(NoRoute):
        round_trip(airspace)


@pytest.mark.parametrize(
    ("origin", "destination", "error", "message"),
    [
        ("A", "NOWHERE", UnknownSite, "NOWHERE"),
        ("NOWHERE", "B", UnknownSite, "NOWHERE"),
        ("A", "VILLAGE", NoRoute, "served by road from B"),
        ("A", "A", NoRoute, "same pad"),
    ],
)
def test_sites_that_cannot_be_flown_between_are_refused(
    pond: Airspace, origin: str, destination: str, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        way(pond, origin, destination)


def test_the_first_delivery_goes_round_the_north_of_fukue(goto: Airspace) -> None:
    route = way(goto, "FKP", "SGP")

    northernmost = max(waypoint.position.latitude_deg for waypoint in route.waypoints)
    assert northernmost > 32.75
    assert 34_000.0 < route.length_m < 46_000.0
