import itertools
import math
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point

from geofences.airspace import Airspace
from geofences.corridor import local_points
from geofences.route import Route, RouteWaypoint
from geofences.values import AltitudeBand
from geofences.volumes import PIECE_S, START_S, Uncertainty, Volume4D, volumes_of
from tests.unit.geofences.pond import DEPARTURE, MAP, pond

POND = pond()
OUT, HOME = POND.policy.outbound, POND.policy.inbound
CERTAIN = Uncertainty(start_s=0.0, wind_error_m_s=0.0)
CLIMB_S, DESCENT_S = 22.4, 37.0


def route_over(points: list[tuple[float, float]], speed_m_s: float = 25.0, altitude_m: float = 60.0) -> Route:
    """From pad A to pad B over some points of the pond at one speed, climb and descent at the ends."""
    clock_s = CLIMB_S
    waypoints = [waypoint(points[0], altitude_m, clock_s, speed_m_s)]
    for start, end in itertools.pairwise(points):
        clock_s += math.dist(start, end) / speed_m_s
        waypoints.append(waypoint(end, altitude_m, clock_s, speed_m_s))
    waypoints[-1] = replace(waypoints[-1], offset_s=clock_s + DESCENT_S)
    return Route("A", "B", DEPARTURE, tuple(waypoints), 0.0)


def waypoint(at: tuple[float, float], altitude_m: float, offset_s: float, speed_m_s: float) -> RouteWaypoint:
    return RouteWaypoint(MAP.position_from_local(*at), altitude_m, 100.0, offset_s, 0.0, speed_m_s, speed_m_s)


STRAIGHT = [(-6000.0, 0.0), (-5400.0, 0.0), (0.0, 0.0), (6000.0, 0.0)]


def seconds(when: datetime) -> float:
    return (when - DEPARTURE).total_seconds()


def test_a_flight_begins_and_ends_with_a_column_above_a_pad() -> None:
    volumes = volumes_of(POND, route_over(STRAIGHT), uncertainty=CERTAIN)

    up, down = volumes[0], volumes[-1]
    assert (up.leg, down.leg) == (0, 4)
    assert up.band == down.band == AltitudeBand(4.0, 70.0)
    assert up.area.centroid.distance(Point(-6000, 0)) < 1.0
    assert (seconds(up.interval.start), seconds(up.interval.end)) == pytest.approx((0.0, CLIMB_S))
    assert seconds(down.interval.end) - seconds(down.interval.start) == pytest.approx(DESCENT_S, abs=0.1)


def test_a_long_leg_is_cut_into_equal_pieces_of_a_minute_at_most() -> None:
    points = [(-6000.0, 0.0), (-5400.0, 0.0), (250.0, 0.0), (6000.0, 0.0)]

    volumes = volumes_of(POND, route_over(points), uncertainty=CERTAIN)

    lengths_s = [
        seconds(each.interval.end) - seconds(each.interval.start) for each in volumes if each.leg in (2, 3)
    ]
    assert lengths_s == pytest.approx([56.5] * 4 + [57.5] * 4, abs=0.01)
    assert max(lengths_s) <= PIECE_S + 1e-6


def test_the_sea_legs_are_in_the_band_of_the_policy() -> None:
    out = volumes_of(POND, route_over(STRAIGHT, altitude_m=OUT.middle_amsl_m))
    home = volumes_of(POND, route_over(STRAIGHT, altitude_m=HOME.middle_amsl_m))

    assert {each.band for each in out[1:-1]} == {OUT}
    assert {each.band for each in home[1:-1]} == {HOME}


def test_an_altitude_outside_the_bands_gets_a_band_around_it() -> None:
    volumes = volumes_of(POND, route_over(STRAIGHT, altitude_m=130.0))

    assert {each.band for each in volumes[1:-1]} == {AltitudeBand(120.0, 140.0)}


def test_a_change_of_altitude_covers_both_bands() -> None:
    route = route_over(STRAIGHT)
    higher = tuple(replace(each, altitude_amsl_m=HOME.middle_amsl_m) for each in route.waypoints[2:])
    climbing = replace(route, waypoints=(*route.waypoints[:2], *higher))

    bands = {each.leg: each.band for each in volumes_of(POND, climbing)}

    assert bands[1] == OUT
    assert bands[2] == AltitudeBand(OUT.floor_amsl_m, HOME.ceiling_amsl_m)
    assert bands[3] == HOME


def test_the_time_at_a_place_grows_with_the_time_flown_and_against_the_wind() -> None:
    def widths_s(speed_m_s: float) -> list[float]:
        volumes = volumes_of(
            POND, route_over(STRAIGHT, speed_m_s), uncertainty=Uncertainty(wind_error_m_s=2.5)
        )
        sure = volumes_of(POND, route_over(STRAIGHT, speed_m_s), uncertainty=CERTAIN)
        return [
            seconds(each.interval.end) - seconds(one.interval.end)
            for each, one in zip(volumes, sure, strict=True)
        ]

    fast, slow = widths_s(25.0), widths_s(12.5)

    assert fast[0] == pytest.approx(START_S)
    assert fast == sorted(fast)
    assert fast[-1] == pytest.approx(START_S + 12000 / 25 * 0.1)
    assert slow[-1] == pytest.approx(START_S + 12000 / 12.5 * 0.2)


def test_a_start_window_lets_every_volume_end_later_and_begin_as_before() -> None:
    now = volumes_of(POND, route_over(STRAIGHT))
    window = volumes_of(POND, route_over(STRAIGHT), start_window_s=300.0)

    for each, late in zip(now, window, strict=True):
        assert late.interval.start == each.interval.start
        assert late.interval.end == each.interval.end + timedelta(seconds=300)


def test_nothing_begins_before_the_departure() -> None:
    volumes = volumes_of(POND, route_over(STRAIGHT, 3.0), uncertainty=Uncertainty(wind_error_m_s=5.0))

    assert all(each.interval.start >= DEPARTURE for each in volumes)


def test_a_way_out_and_home_is_one_chain_with_the_stop_in_it() -> None:
    out = route_over(STRAIGHT)
    home = replace(
        route_over(STRAIGHT[::-1], altitude_m=85.0),
        origin_site_id="B",
        destination_site_id="A",
        departure=out.departure + timedelta(seconds=out.duration_s + 120),
    )

    volumes = volumes_of(POND, out, home, uncertainty=CERTAIN, name="S-1")

    at_stop = [each for each in volumes if each.area.centroid.distance(Point(6000, 0)) < 1.0]
    begin, end = seconds(at_stop[0].interval.start), seconds(at_stop[-1].interval.end)
    assert len(at_stop) == 3
    assert (begin, end) == pytest.approx((CLIMB_S + 480, CLIMB_S + 480 + DESCENT_S + 120 + CLIMB_S), abs=0.2)
    assert at_stop[1].interval.start <= at_stop[0].interval.end
    assert [each.id for each in volumes] == [f"S-1/{number}" for number in range(len(volumes))]
    assert [each.leg for each in volumes] == sorted(each.leg for each in volumes)


def test_a_route_from_a_point_in_the_open_has_no_column_to_the_ground() -> None:
    airborne = replace(route_over(STRAIGHT), origin_site_id="32.9500000,128.9500000")

    volumes = volumes_of(POND, airborne)

    assert volumes[0].band == OUT


def test_lateral_uncertainty_widens_every_area() -> None:
    wide = volumes_of(POND, route_over(STRAIGHT), uncertainty=Uncertainty(lateral_m=50.0))

    assert all(each.area.bounds[3] == pytest.approx(150.0, abs=0.3) for each in wide)


coordinates = st.floats(-5000.0, 5000.0)
ways = st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=4, unique=True)


@settings(deadline=None, max_examples=60, derandomize=True)
@given(ways, st.floats(8.0, 40.0), st.floats(0.0, 1.0), st.floats(-1.0, 1.0), st.floats(0.0, 1.0))
def test_wherever_the_aircraft_may_be_a_volume_holds_it(
    middle: list[tuple[float, float]], speed_m_s: float, part: float, error: float, late: float
) -> None:
    route = route_over([(-6000.0, 0.0), *middle, (6000.0, 0.0)], speed_m_s)
    window_s = 200.0
    volumes = volumes_of(POND, route, start_window_s=window_s)
    flying_s = route.duration_s - CLIMB_S - DESCENT_S
    nominal_s = CLIMB_S + part * flying_s
    place = place_at(POND, route, nominal_s)
    when_s = nominal_s + error * part * flying_s * 2.5 / speed_m_s + late * (window_s + START_S)
    when = DEPARTURE + timedelta(seconds=max(0.0, when_s))

    assert any(holds(each, place, 60.0, when) for each in volumes)
    for one, following in itertools.pairwise(volumes):
        assert one.interval.overlaps(following.interval)
        assert one.area.intersects(following.area)
        assert one.band.overlaps(following.band)


def place_at(airspace: Airspace, route: Route, offset_s: float) -> Point:
    """Return where the aircraft is by plan between climb and descent."""
    points, speed = local_points(route, airspace.projection), route.waypoints[0].ground_speed_m_s
    left_m = (offset_s - CLIMB_S) * speed
    for start, end in itertools.pairwise(points):
        length_m = math.dist(start, end)
        if left_m <= length_m:
            part = left_m / length_m
            return Point(start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1]))
        left_m -= length_m
    return Point(points[-1])


def holds(volume: Volume4D, place: Point, altitude_m: float, when: datetime) -> bool:
    second = timedelta(milliseconds=1)
    return (
        volume.area.buffer(0.01).covers(place)
        and volume.band.floor_amsl_m <= altitude_m <= volume.band.ceiling_amsl_m
        and volume.interval.start - second <= when <= volume.interval.end + second
    )
