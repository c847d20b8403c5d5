"""The errors of GPS and barometer against the closed forms of a Gauss-Markov process."""

import numpy as np
import pytest

from simulator.hazards import Hazards
from simulator.physics.hazards import HazardArrays
from simulator.physics.noise import NoiseBank
from simulator.physics.sensors import (
    BAROMETER_M,
    BAROMETER_TIME_S,
    GPS_HORIZONTAL_M,
    GPS_TIME_S,
    GPS_VERTICAL_M,
    NORMALS,
    SPEED_M_S,
    Sensors,
)
from simulator.physics.state import Floats

STEP_S = 20.0
"""The discretisation is exact at any step; this one makes the runs short."""

COUNT = 400


@pytest.fixture(scope="module")
def long_run() -> Floats:
    """Errors of 400 aircraft, shape (steps, 7, n): position, barometer, velocity."""
    sensors, bank = Sensors(COUNT, STEP_S), NoiseBank(range(COUNT), NORMALS)
    hazards, steps = HazardArrays([4] * COUNT), []
    for _ in range(800):
        sensors.errors(bank.draw(), hazards)
        steps.append(np.vstack((sensors.gps_m, sensors.barometer_m[None], sensors.speed_m_s)))
    return np.array(steps)[200:]


def test_the_errors_have_their_sizes(long_run: Floats) -> None:
    sizes = [GPS_HORIZONTAL_M, GPS_HORIZONTAL_M, GPS_VERTICAL_M, BAROMETER_M, *[SPEED_M_S] * 3]

    assert long_run.std(axis=(0, 2)) == pytest.approx(sizes, rel=0.03)
    assert long_run.mean(axis=(0, 2)) == pytest.approx([0.0] * 7, abs=0.02)


@pytest.mark.parametrize("lag", [1, 5, 15])
def test_the_slow_errors_are_forgotten_exponentially(long_run: Floats, lag: int) -> None:
    times_s = np.array([GPS_TIME_S, GPS_TIME_S, GPS_TIME_S, BAROMETER_TIME_S])
    slow = long_run[:, :4]

    found = (slow[:-lag] * slow[lag:]).mean(axis=(0, 2)) / slow.var(axis=(0, 2))

    assert found == pytest.approx(np.exp(-lag * STEP_S / times_s), abs=0.03)


def test_the_error_of_the_velocity_is_white(long_run: Floats) -> None:
    fast = long_run[:, 4:]

    assert (fast[:-1] * fast[1:]).mean() / fast.var() == pytest.approx(0.0, abs=0.01)


def test_the_step_length_does_not_change_the_process() -> None:
    coarse, fine = Sensors(1, 1.0), Sensors(1, 0.2)
    hazards, one = HazardArrays([4]), np.ones((NORMALS, 1))
    coarse.errors(one, hazards)
    fine.errors(one, hazards)
    start = coarse.gps_m[0, 0], fine.gps_m[0, 0]

    coarse.errors(np.zeros((NORMALS, 1)), hazards)
    for _ in range(5):
        fine.errors(np.zeros((NORMALS, 1)), hazards)

    assert coarse.gps_m[0, 0] / start[0] == pytest.approx(fine.gps_m[0, 0] / start[1])


def test_the_estimate_has_its_height_from_the_barometer() -> None:
    sensors = Sensors(1, 0.2)

    north_m, east_m, up_m = sensors.errors(NoiseBank([1], NORMALS).draw(), HazardArrays([4]))

    assert (north_m[0], east_m[0]) == tuple(sensors.gps_m[:2, 0])
    assert up_m[0] == sensors.barometer_m[0] != sensors.gps_m[2, 0]


def test_a_jump_that_the_estimator_believes_comes_on_top_and_goes_again() -> None:
    sensors, hazards, still = Sensors(2, 0.2), HazardArrays([4, 4]), np.zeros((NORMALS, 2))
    hazards.update(1, Hazards(believed_north_m=80.0, believed_east_m=-10.0, believed_up_m=5.0))

    sensors.errors(still, hazards)
    jumped = sensors.gps_m.copy()
    hazards.update(1, Hazards())
    sensors.errors(still, hazards)

    assert jumped.T.tolist() == [[0.0, 0.0, 0.0], [80.0, -10.0, 5.0]]
    assert not sensors.gps_m.any()
