import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, box

from geofences.corners import Turning, flyable_path, merge_corners
from geofences.errors import TurnError
from geofences.shapes import XY, length_of

QUADPLANE = Turning(110.0, 100.0)
FROM_A_PAD = Turning(110.0, 100.0, (1, 0))
TO_A_PAD = Turning(110.0, 100.0, (0, 1))
U_TURN: list[XY] = [(0.0, 0.0), (0.0, 2000.0), (900.0, 300.0)]


def anywhere(start: XY, end: XY) -> bool:
    return True


def nowhere(start: XY, end: XY) -> bool:
    return False


def test_two_near_corners_to_one_side_become_one_further_out() -> None:
    path = merge_corners([(0.0, 0.0), (1000.0, 0.0), (1100.0, 40.0), (2100.0, 840.0)], anywhere)

    assert path == [(0.0, 0.0), pytest.approx((1050.0, 0.0)), (2100.0, 840.0)]


@pytest.mark.parametrize(
    ("path", "remark"),
    [
        ([(0.0, 0.0), (1000.0, 0.0), (1500.0, 200.0), (2100.0, 840.0)], "the leg is long enough"),
        ([(0.0, 0.0), (1000.0, 0.0), (1100.0, 40.0), (2100.0, 40.0)], "the corners turn to different sides"),
        ([(0.0, 0.0), (1000.0, 0.0), (1100.0, 100.0), (1100.0, 1100.0)], "one corner would be too sharp"),
        ([(0.0, 0.0), (100.0, 0.0)], "a line has no corners"),
    ],
)
def test_corners_stay_where_they_must(path: list[XY], remark: str) -> None:
    assert merge_corners(path, anywhere) == path, remark


def test_nothing_is_merged_where_the_area_is_not_free() -> None:
    path = [(0.0, 0.0), (1000.0, 0.0), (1100.0, 40.0), (2100.0, 840.0)]

    assert merge_corners(path, nowhere) == path


def test_an_aircraft_that_turns_on_the_spot_flies_the_shortest_path() -> None:
    path = [(0.0, 0.0), (1000.0, 0.0), (1100.0, 40.0), (1100.0, -900.0)]

    assert flyable_path(path, Turning(0.0, 100.0), anywhere) == path


def test_a_gentle_path_stays_as_it_is() -> None:
    path = [(0.0, 0.0), (0.0, 1000.0), (1000.0, 1500.0)]

    assert flyable_path(path, QUADPLANE, nowhere) == path


def test_a_sharp_corner_becomes_two_gentler_ones_around_it() -> None:
    start, first, second, end = flyable_path(U_TURN, QUADPLANE, anywhere)

    assert (start, end) == (U_TURN[0], U_TURN[-1])
    assert not QUADPLANE.problems([start, first, second, end])
    assert LineString([first, second]).distance(LineString([U_TURN[1], U_TURN[1]])) == pytest.approx(0.0)
    assert length_of([start, first, second, end]) < length_of(U_TURN) + 200.0


@pytest.mark.parametrize(
    ("path", "turning", "kept"),
    [(U_TURN, FROM_A_PAD, U_TURN[:2]), (U_TURN[::-1], TO_A_PAD, U_TURN[1::-1])],
)
def test_a_sharp_corner_at_a_gate_leaves_the_approach_where_it_is(
    path: list[XY], turning: Turning, kept: list[XY]
) -> None:
    better = flyable_path(path, turning, lambda start, end: {start, end} != set(kept))

    assert better[:2] == kept or better[-2:] == kept
    assert not turning.problems(better)


def test_corners_around_an_obstacle_keep_clear_of_it() -> None:
    wall = box(-50.0, -500.0, 50.0, 1000.0)
    path = [(-60.0, 0.0), (-50.0, 1000.0), (50.0, 1000.0), (60.0, 0.0)]

    better = flyable_path(path, QUADPLANE, lambda start, end: not LineString([start, end]).crosses(wall))

    assert not QUADPLANE.problems(better)
    assert not LineString(better).crosses(wall)


def test_a_corner_without_room_is_named() -> None:
    with pytest.raises(TurnError, match="for a turn of 152°") as caught:
        flyable_path(U_TURN, QUADPLANE, nowhere)

    assert caught.value.at == U_TURN[1]


@given(turn_deg=st.floats(-175.0, 175.0), before_m=st.floats(800.0, 5000.0), after_m=st.floats(800.0, 5000.0))
@settings(max_examples=100, deadline=None)
def test_any_corner_with_room_around_can_be_flown(turn_deg: float, before_m: float, after_m: float) -> None:
    angle = math.radians(turn_deg)
    path = [(0.0, -before_m), (0.0, 0.0), (after_m * math.sin(angle), after_m * math.cos(angle))]

    for turning in (QUADPLANE, FROM_A_PAD):
        assert not turning.problems(flyable_path(path, turning, anywhere))


def test_a_sharp_turn_at_a_gate_swings_wide_and_comes_back_where_there_is_room_for_no_more() -> None:
    bay = box(-1000.0, -500.0, 5000.0, 5000.0).difference(box(40.0, 250.0, 5000.0, 5000.0))
    path = [(-1000.0, 0.0), (0.0, 0.0), (-14.0, 120.0), (-120.0, 1000.0), (-130.0, 4000.0)]
    turning = Turning(110.0, 100.0, (1, 0))

    found = flyable_path(path, turning, lambda start, end: bay.covers(LineString([start, end])))

    assert turning.problems(found) == []
    assert found[:2] == path[:2], "the approach is what it was"
    assert bay.covers(LineString(found))
