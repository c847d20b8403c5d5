"""The mean wind around a fleet."""

import numpy as np
import pytest

from geofences.wind import HeldWind, WindGrid
from simulator.physics.wind import WindModel
from simulator.wind import Wind

NOWHERE = np.zeros(1)


def _field() -> WindGrid:
    """From 0 to 10 m/s to the east over 1 km eastwards; twice that after 100 s."""
    axis, times_s = np.array([0.0, 1000.0]), np.array([0.0, 100.0])
    east = np.array([[[0.0, 10.0], [0.0, 10.0]], [[0.0, 20.0], [0.0, 20.0]]])
    return WindGrid(axis, axis, times_s, east, np.zeros((2, 2, 2)))


@pytest.mark.parametrize(
    ("height_m", "share", "remark"),
    [
        (10.0, 1.0, "the height of the reference"),
        (100.0, 10.0**0.14, "a decade higher"),
        (0.0, 0.05**0.14, "the roughness of the ground"),
        (500.0, 15.0**0.14, "above the boundary layer"),
    ],
)
def test_the_wind_grows_with_height_by_the_power_law(height_m: float, share: float, remark: str) -> None:
    model = WindModel([Wind(8.0, 180.0, shear=0.14)])

    north_m_s, east_m_s = model.velocity(NOWHERE, NOWHERE, np.array([height_m]), 0.0)

    assert north_m_s[0] == pytest.approx(8.0 * share), remark
    assert east_m_s[0] == pytest.approx(0.0, abs=1e-9)


def test_each_aircraft_has_its_own_wind() -> None:
    model = WindModel([Wind(5.0, 0.0), Wind(7.0, 90.0, shear=0.11)])

    north_m_s, east_m_s = model.velocity(np.zeros(2), np.zeros(2), np.full(2, 50.0), 0.0)

    assert north_m_s == pytest.approx([-5.0, 0.0], abs=1e-9)
    assert east_m_s == pytest.approx([0.0, -7.0 * 5.0**0.11], abs=1e-9)


def test_a_gust_front_comes_on_top() -> None:
    model = WindModel([Wind(5.0, 0.0)] * 2)
    model.front_north_m_s[1], model.front_east_m_s[1] = -9.0, 3.0

    north_m_s, east_m_s = model.velocity(np.zeros(2), np.zeros(2), np.full(2, 50.0), 0.0)

    assert north_m_s == pytest.approx([-5.0, -14.0])
    assert east_m_s == pytest.approx([0.0, 3.0], abs=1e-9)


def test_a_field_blows_as_it_is_where_and_when_the_aircraft_is() -> None:
    model = WindModel([Wind(30.0, 0.0)], _field())
    height_m = np.array([10.0])

    first = model.velocity(np.array([500.0]), np.array([250.0]), height_m, 0.0)
    later = model.velocity(np.array([500.0]), np.array([250.0]), height_m, 50.0)

    assert [each[0] for each in first] == pytest.approx([0.0, 2.5])
    assert [each[0] for each in later] == pytest.approx([0.0, 3.75])


def test_a_field_is_asked_once_a_second_and_sheared() -> None:
    model = WindModel([Wind(0.0, 0.0, shear=0.14)], HeldWind(_field()))
    height_m = np.array([100.0])

    before = model.velocity(NOWHERE, np.array([400.0]), height_m, 0.0)[1][0]
    soon = model.velocity(NOWHERE, np.array([800.0]), height_m, 0.8)[1][0]
    then = model.velocity(NOWHERE, np.array([800.0]), height_m, 1.0)[1][0]

    assert before == soon == pytest.approx(4.0 * 10.0**0.14)
    assert then == pytest.approx(8.0 * 1.01 * 10.0**0.14)
