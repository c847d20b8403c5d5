import itertools
import math
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString

from geofences.airspace import Airspace
from geofences.corridor import local_points
from geofences.errors import DataError, NoRoute, OutsideOperationArea, UnknownSite
from geofences.performance import FlightPhase, Performance, Wind
from geofences.round_trip import plan_round_trip, reverse_route
from geofences.rounding import rounded_track
from geofences.route import Route
from geofences.router import plan_route
from geofences.shapes import XY, bearing_deg, length_of
from geofences.values import AltitudeBand, Interval, Position, ZoneRule
from geofences.wind import WindGrid
from geofences.zones import Zone
from tests.unit.geofences.pond import (
    ACROSS_EVERYTHING,
    DEPARTURE,
    MAP,
    NORTH_OF_ISLAND,
    PERFORMANCE,
    SOUTH_OF_ISLAND,
    box_in_degrees,
    round_trip,
    way,
    zone,
)
from tests.unit.geofences.pond_lanes import SOUTHERN_LANE, lane, with_lanes

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
        way(replace(pond, islands=(*pond.islands, dam)))

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


def fly(
    airspace: Airspace,
    origin: str | Position = "A",
    destination: str | Position = "B",
    performance: Performance = PERFORMANCE,
) -> Route:
    return plan_route(airspace, origin, destination, performance=performance, departure=DEPARTURE)


def in_wind(wind: Wind) -> Performance:
    return replace(PERFORMANCE, wind=wind)


def points_of(route: Route) -> list[XY]:
    return local_points(route, MAP)


def lowest_m(route: Route) -> float:
    return min(y_m for _, y_m in points_of(route))


def wind_grid(hours: float = 2.0, north_m_s: float = 0.0, south_m_s: float = 0.0) -> WindGrid:
    """Return a wind to the east in the northern and in the southern half of the pond."""
    rows = np.array([[south_m_s, south_m_s], [north_m_s, north_m_s]])
    frames = [(DEPARTURE + timedelta(hours=h), [rows, 0 * rows]) for h in (0.0, hours)]
    return WindGrid.from_frames([-9000.0, 9000.0], [-100.0, 100.0], frames)


def test_a_point_end_needs_no_climb_and_no_approach(pond: Airspace) -> None:
    here, there = MAP.position_from_local(-5000.0, 3000.0), MAP.position_from_local(5000.0, 3000.0)

    route = fly(pond, here, there)

    assert len(route.waypoints) == 2
    assert route.length_m == pytest.approx(10_000.0, abs=0.1)
    assert route.waypoints[0].offset_s == 0.0
    assert route.duration_s == pytest.approx(400.0, abs=0.01)
    assert route.energy_wh == pytest.approx(430.0 * 400.0 / 3600.0, abs=0.01)
    assert {each.half_width_m for each in route.waypoints} == {pond.policy.cruise_half_width_m}


def test_a_route_from_a_point_can_be_turned_about(pond: Airspace) -> None:
    route = fly(pond, MAP.position_from_local(-5000.0, 3000.0), "B")

    back = reverse_route(pond, route, performance=PERFORMANCE, departure=DEPARTURE, band=pond.policy.inbound)

    assert back.destination_site_id == route.origin_site_id
    assert [each.position for each in back.waypoints] == [each.position for each in route.waypoints[::-1]]


def test_a_point_outside_the_boundary_is_refused(pond: Airspace) -> None:
    with pytest.raises(OutsideOperationArea):
        fly(pond, "A", Position(0.0, 0.0))


def test_a_point_on_land_has_no_way(pond: Airspace) -> None:
    with pytest.raises(NoRoute, match="no flyable way"):
        fly(pond, "A", MAP.position_from_local(0.0, 0.0))


def test_a_leg_knows_its_speeds_and_the_times_follow_from_them(pond: Airspace) -> None:
    route = fly(pond, performance=in_wind(Wind(8.0, 200.0)))

    points = points_of(route)
    for (before, after), (start, end) in zip(
        itertools.pairwise(route.waypoints[:-1]), itertools.pairwise(points[:-1]), strict=True
    ):
        speed_m_s = in_wind(Wind(8.0, 200.0)).ground_speed_m_s(bearing_deg(start, end))
        assert after.ground_speed_m_s == pytest.approx(speed_m_s, abs=1e-3)
        assert after.airspeed_m_s == AIRSPEED_M_S
        assert after.offset_s - before.offset_s == pytest.approx(math.dist(start, end) / speed_m_s, abs=0.01)
        cruise_wh = PERFORMANCE.energy_wh(FlightPhase.CRUISE, after.offset_s - before.offset_s)
        assert after.energy_wh - before.energy_wh == pytest.approx(cruise_wh)


def test_the_way_home_meets_the_wind_from_the_other_side(pond: Airspace) -> None:
    windy = in_wind(Wind(8.0, 270.0))
    route = fly(pond, performance=windy)

    back = reverse_route(pond, route, performance=windy, departure=DEPARTURE, band=pond.policy.inbound)

    assert route.waypoints[1].ground_speed_m_s == pytest.approx(33.0, abs=0.01)
    assert back.waypoints[1].ground_speed_m_s == pytest.approx(17.0, abs=0.01)
    assert back.duration_s > route.duration_s


def test_a_detour_with_a_tail_wind_is_taken_when_it_pays(pond: Airspace) -> None:
    """South of the island the wind blows to the east, north of it against; the island is a mile off axis."""
    south_is_longer = pond.with_zone(zone("Z", (-1500.0, -2500.0, 1500.0, -900.0)))

    calm = fly(south_is_longer)
    pushed = fly(south_is_longer, performance=replace(PERFORMANCE, wind=wind_grid(2.0, -8.0, 8.0)))

    assert lowest_m(calm) > -1.0
    assert lowest_m(pushed) < -2500.0
    assert pushed.length_m > calm.length_m
    assert pushed.duration_s < calm.duration_s


@given(speed_m_s=st.floats(0.5, 20.0), from_deg=st.floats(0.0, 360.0))
@settings(max_examples=25, deadline=None)
def test_no_wind_makes_a_round_trip_faster(pond: Airspace, speed_m_s: float, from_deg: float) -> None:
    windy = in_wind(Wind(speed_m_s, from_deg))

    there, back = fly(pond, "A", "B", windy), fly(pond, "B", "A", windy)

    assert there.duration_s + back.duration_s > 2 * fly(pond).duration_s


def test_a_flight_that_outlasts_the_wind_grid_is_an_error(pond: Airspace) -> None:
    with pytest.raises(DataError, match=r"ends at 2026-04-01T01:05:00Z, before the flight"):
        fly(pond, performance=replace(PERFORMANCE, wind=wind_grid(1 / 12)))


def test_a_departure_before_the_wind_grid_is_an_error(pond: Airspace) -> None:
    with pytest.raises(DataError, match="knows 2026-04-01T01:00:00Z"):
        plan_route(
            pond,
            "A",
            "B",
            performance=replace(PERFORMANCE, wind=wind_grid()),
            departure=DEPARTURE - timedelta(seconds=1),
        )


def test_a_wind_grid_that_is_too_strong_is_named(pond: Airspace) -> None:
    storm = replace(PERFORMANCE, wind=wind_grid(2.0, -30.0, -30.0))

    with pytest.raises(NoRoute, match=r"wind of up to 30\.0 m/s is too strong"):
        fly(pond, performance=storm)


def test_corners_are_flyable_at_the_turn_radius_and_the_track_stays_in_its_corridor(pond: Airspace) -> None:
    route = fly(pond, performance=replace(PERFORMANCE, turn_radius_m=110.0))

    track = rounded_track(points_of(route), route.turn_radius_m)
    assert route.turn_radius_m == 110.0
    assert LineString(points_of(route)).buffer(50.1).covers(track)
    assert track.length <= route.length_m


def test_a_corner_that_cannot_be_flown_is_named_with_the_radius(pond: Airspace) -> None:
    with pytest.raises(NoRoute, match=r"turn radius of 5000 m: corner at 32\.\d+, 128\.\d+: the arc"):
        fly(pond, performance=replace(PERFORMANCE, turn_radius_m=5000.0))


def test_a_lane_is_flown_in_its_band_for_each_direction(pond: Airspace) -> None:
    sea = with_lanes(pond, lane("L", SOUTHERN_LANE)).with_zone(zone("N", NORTH_OF_ISLAND))

    way_out, way_home = round_trip(sea, "B", "A")

    out = {each.corridor_id: each.altitude_amsl_m for each in way_out.waypoints}
    home = {each.corridor_id: each.altitude_amsl_m for each in way_home.waypoints}
    assert out == {None: 60.0, "L": 85.0}
    assert home == {None: 85.0, "L": 60.0}


def test_a_climb_on_the_way_costs_energy_more(pond: Airspace) -> None:
    sea = pond.with_zone(zone("N", NORTH_OF_ISLAND))
    laned = with_lanes(sea, lane("L", SOUTHERN_LANE))

    low, high = fly(sea, "B", "A"), fly(laned, "B", "A")

    climb_wh = PERFORMANCE.energy_wh(FlightPhase.CLIMB, 25.0 / 2.5)
    climbs = sum(b.altitude_amsl_m > a.altitude_amsl_m for a, b in itertools.pairwise(high.waypoints))
    assert climbs >= 1
    assert high.duration_s == pytest.approx(low.duration_s, abs=1e-6)
    assert high.energy_wh == pytest.approx(low.energy_wh + climbs * climb_wh, abs=1e-3)


def test_a_lane_with_a_speed_limit_is_flown_slower(pond: Airspace) -> None:
    through = [(-5000.0, 3000.0), (5000.0, 3000.0)]
    slow = with_lanes(pond, lane("L", through, speed_limit_m_s=24.0))

    here, there = (MAP.position_from_local(*each) for each in through)
    route = fly(slow, here, there)

    assert {each.airspeed_m_s for each in route.waypoints} == {24.0}
    assert route.duration_s == pytest.approx(10_000.0 / 24.0, abs=0.1)
    assert route.energy_wh == pytest.approx(430.0 * 10_000.0 / 24.0 / 3600.0, abs=0.1)


def test_a_lane_that_is_much_slower_than_a_way_round_it_is_avoided(pond: Airspace) -> None:
    through = [(-5000.0, 3000.0), (5000.0, 3000.0)]
    slow = with_lanes(pond, lane("L", through, speed_limit_m_s=10.0))

    here, there = (MAP.position_from_local(*each) for each in through)
    route = fly(slow, here, there)

    assert route.length_m > 10_500.0
    assert route.duration_s < 1000.0


def test_a_one_way_lane_is_left_by_who_comes_the_other_way(pond: Airspace) -> None:
    there = fly(pond)
    wide = lane("L", [(-3000.0, 1350.0), (3000.0, 1350.0)], inbound=None, width_m=800.0)
    one_way = with_lanes(pond, wide)

    east, west = fly(one_way, "A", "B"), fly(one_way, "B", "A")

    assert lowest_m(there) == lowest_m(fly(pond, "B", "A"))
    assert length_of(points_of(east)) == pytest.approx(there.length_m, abs=1.0)
    line = LineString(points_of(west))
    assert line.intersection(LineString([(-3000.0, 1350.0), (3000.0, 1350.0)]).buffer(350.0)).length < 1.0


def test_a_way_home_against_a_one_way_lane_is_another_way_on_the_same_side(pond: Airspace) -> None:
    south = lane("L", [(-3000.0, -1350.0), (3000.0, -1350.0)], inbound=None, width_m=400.0)
    one_way = with_lanes(pond.with_zone(zone("NORTH", NORTH_OF_ISLAND)), south)

    way_out, way_home = round_trip(one_way)

    assert -1500.0 < lowest_m(way_out) < -1000.0
    assert lowest_m(way_home) < -1550.0, "outside the lane"


def test_a_way_home_on_the_other_side_of_an_island_is_none(pond: Airspace) -> None:
    wide = lane("L", [(-3000.0, -1350.0), (3000.0, -1350.0)], inbound=None, width_m=800.0)
    north = lane("M", [(3000.0, 1350.0), (-3000.0, 1350.0)], inbound=None, width_m=800.0)

    with pytest.raises(NoRoute, match="cannot be joined in a straight line"):
        round_trip(with_lanes(pond, wide, north))


def test_the_best_way_home_is_taken_on_request_only(pond: Airspace) -> None:
    circling = replace(PERFORMANCE, wind=wind_grid(3.0, -8.0, 8.0))
    island = box_in_degrees((-1000.0, -1000.0, 1000.0, 1000.0))
    shoal = replace(zone("SHOAL", SOUTH_OF_ISLAND, rule=ZoneRule.CAUTION), geometry=island, cost_factor=3.0)
    open_pond = replace(pond, islands=pond.islands[1:], zones=(shoal,))

    def trip(**options: str) -> tuple[Route, Route]:
        return plan_round_trip(
            open_pond,
            "A",
            "B",
            performance=circling,
            departure=DEPARTURE,
            stop_s=40.0,
            start_window_s=1800.0,
            way_home="best" if options else "reversed",
        )

    (out, reversed_), (same_out, best) = trip(), trip(way_home="best")

    assert out == same_out
    assert lowest_m(out) < -900.0
    assert lowest_m(reversed_) < -900.0
    assert lowest_m(best) > -1.0
    assert best.duration_s < reversed_.duration_s
