"""The turbulence against the closed forms of the Dryden model."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.physics.gusts import FOOT_M, Dryden, intensity_ratio, scale_lengths_m
from simulator.physics.noise import NoiseBank
from simulator.physics.state import Floats
from simulator.wind import Wind

STEP_S = 0.2
HEIGHT_M, AIRSPEED_M_S = 60.0, 20.0
NORTH_WIND = Wind(10.0, 180.0, gusts=1.0)
"""Along the wind is north, across it to the right is east."""


def _series(winds: list[Wind], steps: int, seed: int = 0) -> Floats:
    """Return the gusts to the north, to the east and up, shape (steps, 3, n)."""
    gusts, bank = Dryden(winds, STEP_S), NoiseBank(range(seed, seed + len(winds)), 3)
    height_m, airspeed_m_s = np.full(len(winds), HEIGHT_M), np.full(len(winds), AIRSPEED_M_S)
    return np.array([gusts.velocity(bank.draw(), height_m, airspeed_m_s) for _ in range(steps)])


@pytest.fixture(scope="module")
def long_run() -> Floats:
    return _series([NORTH_WIND] * 200, 6000)[600:]


def test_the_figures_are_those_of_the_standard_at_1000_feet() -> None:
    height_m = np.array([1000.0 * FOOT_M])

    horizontal_m, vertical_m = scale_lengths_m(height_m)

    assert horizontal_m[0] == vertical_m[0] == pytest.approx(304.8)
    assert intensity_ratio(height_m)[0] == pytest.approx(1.0)


def test_the_figures_are_those_of_the_standard_at_20_feet() -> None:
    height_m = np.array([20.0 * FOOT_M])

    horizontal_m, vertical_m = scale_lengths_m(height_m)

    assert vertical_m[0] == pytest.approx(6.096)
    assert horizontal_m[0] == pytest.approx(20.0 / 0.19346**1.2 * 0.3048)
    assert intensity_ratio(height_m)[0] == pytest.approx(0.19346**-0.4)


def test_the_variances_are_those_of_the_standard(long_run: Floats) -> None:
    vertical = 0.1 * 10.0
    horizontal = vertical * intensity_ratio(np.array([HEIGHT_M]))[0]

    deviations = long_run.std(axis=(0, 2))

    assert deviations == pytest.approx([horizontal, horizontal, vertical], rel=0.03)


@pytest.mark.parametrize("lag", [1, 5, 10, 25, 60])
def test_the_autocorrelations_are_those_of_the_dryden_model(long_run: Floats, lag: int) -> None:
    distance_m = lag * STEP_S * AIRSPEED_M_S
    horizontal_m, vertical_m = (length[0] for length in scale_lengths_m(np.array([HEIGHT_M])))
    along = np.exp(-distance_m / horizontal_m)
    across = along * (1.0 - distance_m / (2.0 * horizontal_m))
    upwards = np.exp(-distance_m / vertical_m) * (1.0 - distance_m / (2.0 * vertical_m))

    found = (long_run[:-lag] * long_run[lag:]).mean(axis=(0, 2)) / long_run.var(axis=(0, 2))

    assert found == pytest.approx([along, across, upwards], abs=0.02)


def test_the_components_are_independent(long_run: Floats) -> None:
    north, east, up = (long_run[:, each] / long_run[:, each].std() for each in range(3))

    assert [np.mean(north * east), np.mean(east * up), np.mean(north * up)] == pytest.approx(
        [0, 0, 0], abs=0.03
    )


def test_the_same_seed_gives_the_same_gusts() -> None:
    assert np.array_equal(_series([NORTH_WIND], 300, seed=7), _series([NORTH_WIND], 300, seed=7))
    assert not np.array_equal(_series([NORTH_WIND], 300, seed=7), _series([NORTH_WIND], 300, seed=8))


def test_the_gusts_of_an_aircraft_do_not_depend_on_the_others() -> None:
    alone = _series([NORTH_WIND], 300)

    together = _series([NORTH_WIND, Wind(20.0, 90.0, gusts=2.0), *[Wind()] * 9], 300)

    assert np.array_equal(alone[:, :, 0], together[:, :, 0])
    assert not together[:, :, 2].any()


def test_there_are_no_gusts_unless_asked_for() -> None:
    assert not _series([Wind(10.0, 180.0)], 10).any()


@given(height_m=st.floats(0.0, 500.0), airspeed_m_s=st.floats(0.0, 40.0))
def test_the_filter_is_stable_at_any_height_and_speed(height_m: float, airspeed_m_s: float) -> None:
    gusts, random = Dryden([NORTH_WIND], STEP_S), np.random.default_rng(1)

    series = [
        gusts.velocity(random.standard_normal((3, 1)), np.array([height_m]), np.array([airspeed_m_s]))
        for _ in range(200)
    ]

    assert np.abs(np.array(series)).max() < 6.0 * 0.1 * 10.0 * 2.0
