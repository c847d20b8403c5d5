import math
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geofences.errors import DataError
from geofences.wind import HeldWind, Wind, WindGrid

START = datetime(2026, 4, 1, tzinfo=UTC)
HOUR_S = 3600.0


def two_frames() -> WindGrid:
    """Return a grid of 2 x 2 points, 1 km apart: 0 to 30 m/s to the east, an hour later twice that."""
    east = np.array([[0.0, 10.0], [20.0, 30.0]])
    frames = [(START, [east, -east]), (START + timedelta(hours=1), [2 * east, -2 * east])]
    return WindGrid.from_frames([0.0, 1000.0], [0.0, 1000.0], frames)


def east_at(x_m: float, y_m: float, after_s: float) -> float:
    when_s = np.array([START.timestamp() + after_s])
    return float(two_frames().at(np.array([x_m]), np.array([y_m]), when_s)[0][0])


@pytest.mark.parametrize(
    ("from_deg", "expected"),
    [(0.0, (0.0, -8.0)), (90.0, (-8.0, 0.0)), (180.0, (0.0, 8.0)), (270.0, (8.0, 0.0))],
)
def test_a_wind_is_named_by_where_it_comes_from(from_deg: float, expected: tuple[float, float]) -> None:
    place = np.zeros(2)

    east_m_s, north_m_s = Wind(8.0, from_deg).at(place, place, place)

    assert list(east_m_s) == pytest.approx([expected[0]] * 2)
    assert list(north_m_s) == pytest.approx([expected[1]] * 2)


@pytest.mark.parametrize(
    ("x_m", "y_m", "after_s", "expected_m_s", "remark"),
    [
        (0.0, 0.0, 0.0, 0.0, "a corner"),
        (1000.0, 1000.0, 0.0, 30.0, "the opposite corner"),
        (500.0, 0.0, 0.0, 5.0, "half way along a row"),
        (0.0, 250.0, 0.0, 5.0, "a quarter up a column"),
        (500.0, 500.0, 0.0, 15.0, "the middle"),
        (500.0, 500.0, HOUR_S / 2, 22.5, "half an hour later"),
        (500.0, 500.0, HOUR_S, 30.0, "the last moment"),
        (-5000.0, 500.0, 0.0, 10.0, "west of the grid, its edge holds"),
        (2000.0, 9000.0, 0.0, 30.0, "north-east of the grid, its corner holds"),
    ],
)
def test_a_grid_is_bilinear_in_place_and_linear_in_time(
    x_m: float, y_m: float, after_s: float, expected_m_s: float, remark: str
) -> None:
    assert east_at(x_m, y_m, after_s) == pytest.approx(expected_m_s), remark


@pytest.mark.parametrize("after_s", [-1.0, HOUR_S + 1.0])
def test_a_grid_refuses_a_time_that_it_does_not_know(after_s: float) -> None:
    with pytest.raises(DataError, match=r"wind grid: knows 2026-04-01T00:00:00Z to 2026-04-01T01:00:00Z"):
        east_at(0.0, 0.0, after_s)


def test_a_held_wind_goes_on_after_the_last_frame() -> None:
    held = HeldWind(two_frames())
    late = np.array([START.timestamp() + 9 * HOUR_S])

    assert held.at(np.array([500.0]), np.array([500.0]), late)[0][0] == pytest.approx(30.0)
    assert held.span_s == (START.timestamp(), math.inf)


@given(
    x_m=st.floats(-3000.0, 3000.0),
    y_m=st.floats(-3000.0, 3000.0),
    after_s=st.floats(0.0, HOUR_S),
)
def test_no_wind_of_a_grid_is_stronger_than_its_strongest(x_m: float, y_m: float, after_s: float) -> None:
    grid = two_frames()

    east_m_s, north_m_s = grid.at(np.array([x_m]), np.array([y_m]), np.array([grid.times_s[0] + after_s]))

    assert math.hypot(east_m_s[0], north_m_s[0]) <= grid.strongest_m_s + 1e-9


AXIS = np.array([0.0, 1000.0])
VALUES = np.zeros((2, 2, 2))


@pytest.mark.parametrize(
    ("axes", "values", "problem", "remark"),
    [
        ((np.array([]), AXIS, AXIS), np.zeros((2, 2, 0)), "x_m is empty", "no column"),
        ((AXIS[::-1], AXIS, AXIS), VALUES, "x_m must be finite and grow", "columns from east to west"),
        ((AXIS, np.array([0.0, 0.0]), AXIS), VALUES, "y_m must be finite and grow", "a row twice"),
        ((AXIS, AXIS, np.array([0.0, np.nan])), VALUES, "times_s must be finite", "a time is no number"),
        ((AXIS, AXIS, AXIS), np.zeros((2, 2)), "east_m_s has the shape", "a frame is missing"),
        ((AXIS, AXIS, AXIS), np.full((2, 2, 2), np.nan), "holds what is not finite", "a hole in the data"),
    ],
)
def test_a_grid_that_makes_no_sense_is_refused(
    axes: tuple[np.ndarray, np.ndarray, np.ndarray], values: np.ndarray, problem: str, remark: str
) -> None:
    with pytest.raises(DataError, match=problem):
        WindGrid(*axes, values, values)


@pytest.mark.parametrize(
    ("when", "frame", "problem"),
    [
        (START.replace(tzinfo=None), np.zeros((2, 2, 2)), "offset"),
        (START, np.zeros((3, 2, 2)), "not \\(2, ny, nx\\)"),
    ],
)
def test_frames_that_make_no_sense_are_refused(when: datetime, frame: np.ndarray, problem: str) -> None:
    with pytest.raises(DataError, match=problem):
        WindGrid.from_frames([0.0, 1.0], [0.0, 1.0], [(when, frame)])


def test_a_single_frame_and_place_is_the_same_everywhere() -> None:
    grid = WindGrid.from_frames([0.0], [0.0], [(START, [[[3.0]], [[4.0]]])])

    east_m_s, north_m_s = grid.at(np.array([7.0]), np.array([-9.0]), grid.times_s)

    assert (east_m_s[0], north_m_s[0]) == (3.0, 4.0)
    assert grid.strongest_m_s == 5.0
