import itertools
import math
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Polygon, box

from geofences.flight_cost import Floats, TimeInWind
from geofences.performance import Wind
from geofences.shapes import XY
from geofences.visibility import VisibilityGraph
from geofences.wind import WindField, WindGrid

START = datetime(2026, 4, 1, tzinfo=UTC)
START_S = START.timestamp()
NORTH = (0.0, 5000.0)
EAST = (5000.0, 0.0)

coordinates = st.tuples(st.floats(-20_000.0, 20_000.0), st.floats(-20_000.0, 20_000.0))
winds = st.builds(Wind, st.floats(0.0, 24.0), st.floats(0.0, 360.0))


def seconds(wind: WindField, start: XY, end: XY, elapsed_s: float = 0.0) -> float:
    cost = TimeInWind(25.0, wind, START_S)
    return float(cost.cost(np.array([start]), np.array([end]), np.array([elapsed_s]))[0])


def bound(wind: WindField, start: XY, end: XY) -> float:
    return float(TimeInWind(25.0, wind, START_S).bound(np.array([start]), np.array([end]))[0])


def grid(east_m_s: list[list[float]], later_m_s: list[list[float]] | None = None) -> WindGrid:
    """Return a wind to the east on corners 10 km apart around the origin, with frames two hours apart."""
    axis = [-5000.0, 5000.0]
    frames = []
    for when, east in ((START, east_m_s), (START + timedelta(hours=2), later_m_s or east_m_s)):
        frames.append((when, [np.array(east), np.zeros((2, 2))]))
    return WindGrid.from_frames(axis, axis, frames)


@pytest.mark.parametrize(
    ("wind", "end", "expected_s", "remark"),
    [
        (Wind(0.0, 0.0), NORTH, 200.0, "calm: 5 km at 25 m/s"),
        (Wind(5.0, 0.0), NORTH, 250.0, "head wind: 20 m/s"),
        (Wind(5.0, 180.0), NORTH, 5000.0 / 30.0, "tail wind: 30 m/s"),
        (Wind(7.0, 0.0), EAST, 5000.0 / 24.0, "wind from the left: 7, 24, 25 is a right triangle"),
        (Wind(7.0, 180.0), EAST, 5000.0 / 24.0, "wind from the right"),
        (Wind(24.5, 0.0), NORTH, math.inf, "less than 1 m/s is left"),
        (Wind(26.0, 0.0), NORTH, math.inf, "blown backwards"),
        (Wind(26.0, 0.0), EAST, math.inf, "blown off the track"),
        (Wind(26.0, 180.0), NORTH, 5000.0 / 51.0, "a storm from behind"),
        (Wind(26.0, 0.0), (0.0, 0.0), 0.0, "no distance takes no time"),
    ],
)
def test_a_leg_takes_as_long_as_the_wind_triangle_says(
    wind: Wind, end: XY, expected_s: float, remark: str
) -> None:
    assert seconds(wind, (0.0, 0.0), end) == pytest.approx(expected_s), remark


@given(wind=winds, start=coordinates, via=coordinates, end=coordinates)
def test_no_way_round_beats_the_bound(wind: Wind, start: XY, via: XY, end: XY) -> None:
    assert bound(wind, start, end) <= seconds(wind, start, end) + 1e-6
    assert bound(wind, start, end) <= (bound(wind, start, via) + bound(wind, via, end)) * (1 + 1e-9) + 1e-6


@given(speed_m_s=st.floats(0.1, 20.0), from_deg=st.floats(0.0, 360.0), end=coordinates)
def test_a_round_trip_in_wind_never_is_faster_than_in_calm(
    speed_m_s: float, from_deg: float, end: XY
) -> None:
    wind = Wind(speed_m_s, from_deg)

    there_and_back_s = seconds(wind, (0.0, 0.0), end) + seconds(wind, end, (0.0, 0.0))

    assert there_and_back_s >= 2 * math.hypot(*end) / 25.0 - 1e-6


def test_a_grid_with_one_wind_is_that_wind() -> None:
    same = grid([[-8.0, -8.0], [-8.0, -8.0]])

    for end in (NORTH, EAST, (-3000.0, -4000.0)):
        assert seconds(same, (0.0, 0.0), end) == pytest.approx(seconds(Wind(8.0, 90.0), (0.0, 0.0), end))
        assert bound(same, (0.0, 0.0), end) <= seconds(same, (0.0, 0.0), end)


def test_a_wind_that_grows_along_a_leg_is_integrated() -> None:
    growing = grid([[0.0, 10.0], [0.0, 10.0]])

    # Ground speed 25 + 10 (x + 5000) / 10000 from x = -5000 to 5000: 1000 ln(35 / 25) seconds.
    assert seconds(growing, (-5000.0, 0.0), (5000.0, 0.0)) == pytest.approx(
        1000.0 * math.log(35.0 / 25.0), rel=1e-4
    )


def test_a_wind_that_grows_in_time_is_that_of_the_moment() -> None:
    growing = grid([[0.0, 0.0], [0.0, 0.0]], [[10.0, 10.0], [10.0, 10.0]])

    # Ground speed 25 + 10 (1800 + t) / 7200 over 5 km: (27.5 + 25 t / 18000 / 2) t = 5000.
    rate = 10.0 / 7200.0
    expected_s = (-27.5 + math.sqrt(27.5**2 + 2 * rate * 5000.0)) / rate
    assert seconds(growing, (0.0, 0.0), EAST, 1800.0) == pytest.approx(expected_s, rel=1e-5)


def test_a_leg_that_outlasts_the_grid_cannot_be_flown() -> None:
    calm = grid([[0.0, 0.0], [0.0, 0.0]])

    assert seconds(calm, (0.0, 0.0), EAST, 7000.0) == pytest.approx(200.0)
    assert seconds(calm, (0.0, 0.0), EAST, 7001.0) == math.inf


@given(first_s=st.floats(0.0, 3000.0), wait_s=st.floats(0.0, 3000.0), end=coordinates)
@settings(max_examples=50, deadline=None)
def test_who_leaves_later_never_arrives_earlier(first_s: float, wait_s: float, end: XY) -> None:
    gusty = grid([[-20.0, 5.0], [0.0, -10.0]], [[15.0, 20.0], [-5.0, 20.0]])

    early_s = first_s + seconds(gusty, (0.0, 0.0), end, first_s)
    late_s = first_s + wait_s + seconds(gusty, (0.0, 0.0), end, first_s + wait_s)

    assert late_s >= early_s * (1 - 1e-4)


def test_the_legs_of_a_chain_follow_each_other_in_time() -> None:
    growing = grid([[0.0, 0.0], [0.0, 0.0]], [[20.0, 20.0], [20.0, 20.0]])
    cost = TimeInWind(25.0, growing, START_S)
    points = [(-5000.0, 0.0), (0.0, 0.0), EAST]

    first_s, second_s = cost.leg_seconds(points, [math.inf, math.inf], 600.0)

    assert first_s == pytest.approx(seconds(growing, points[0], points[1], 600.0))
    assert second_s == pytest.approx(seconds(growing, points[1], points[2], 600.0 + first_s))


@pytest.mark.parametrize("wind", [Wind(0.0, 0.0), grid([[0.0, 0.0], [0.0, 0.0]])])
def test_a_limit_slows_only_the_leg_that_it_is_for(wind: WindField) -> None:
    points = [(-5000.0, 0.0), (0.0, 0.0), EAST]

    assert TimeInWind(25.0, wind, START_S).leg_seconds(points, [10.0, 40.0], 0.0) == pytest.approx(
        [500.0, 200.0]
    )


@st.composite
def maps(draw: st.DrawFn) -> Polygon:
    """Return a square of 10 km with up to four boxes cut out, none near the two ends."""
    sea = box(0.0, 0.0, 10_000.0, 10_000.0)
    for _ in range(draw(st.integers(1, 4))):
        x_m, y_m = draw(st.floats(1500.0, 7000.0)), draw(st.floats(1500.0, 7000.0))
        width_m, height_m = draw(st.floats(200.0, 2500.0)), draw(st.floats(200.0, 4000.0))
        sea = sea.difference(box(x_m, y_m, min(x_m + width_m, 9000.0), min(y_m + height_m, 9000.0)))
    return sea


@given(sea=maps(), wind=st.builds(Wind, st.floats(0.0, 20.0), st.floats(0.0, 360.0)))
@settings(max_examples=40, deadline=None)
def test_the_fastest_path_in_wind_is_the_best_over_all_corners(sea: Polygon, wind: Wind) -> None:
    start, goal = (500.0, 700.0), (9500.0, 9300.0)
    cost = TimeInWind(25.0, wind)

    path = VisibilityGraph(sea).shortest_path(start, goal, cost)

    assert path is not None
    found_s = sum(cost.leg_seconds(path, [math.inf] * (len(path) - 1), 0.0))
    assert found_s == pytest.approx(_best_s(sea, start, goal, cost), rel=1e-3)


def _best_s(sea: Polygon, start: XY, goal: XY, cost: TimeInWind) -> float:
    """Return the least time over all corners of a map that see each other (Floyd and Warshall)."""
    rings = [sea.exterior, *sea.interiors]
    points = [start, goal, *((x, y) for ring in rings for x, y in ring.coords[:-1])]
    wider, count = sea.buffer(0.01, join_style="mitre"), len(points)
    table: Floats = np.full((count, count), math.inf)
    for one, other in itertools.permutations(range(count), 2):
        if wider.covers(_line(points[one], points[other])):
            leg = np.array([points[one]]), np.array([points[other]])
            table[one, other] = cost.cost(*leg, np.zeros(1))[0]
    for via in range(count):
        table = np.minimum(table, table[:, via : via + 1] + table[via : via + 1, :])
    return float(table[0, 1])


def _line(start: XY, end: XY) -> LineString:
    return LineString([start, end])
