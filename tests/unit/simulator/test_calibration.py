"""Calibration on request, as ArduPilot answers it."""

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.testing import GroundStation

CALIBRATE = mavlink.MAV_CMD_PREFLIGHT_CALIBRATION


@pytest.mark.parametrize(
    ("params", "result"),
    [
        pytest.param((1,), mavlink.MAV_RESULT_ACCEPTED, id="gyroscopes"),
        pytest.param((0, 0, 1), mavlink.MAV_RESULT_ACCEPTED, id="barometer"),
        pytest.param((0, 0, 0, 0, 1), mavlink.MAV_RESULT_ACCEPTED, id="accelerometers in six positions"),
        pytest.param((0, 0, 0, 0, 2), mavlink.MAV_RESULT_ACCEPTED, id="level"),
        pytest.param((0, 0, 0, 0, 4), mavlink.MAV_RESULT_ACCEPTED, id="accelerometers, simple"),
        pytest.param((0, 0, 0, 0, 76), mavlink.MAV_RESULT_ACCEPTED, id="keep the accelerometers as they are"),
        pytest.param((0, 76), mavlink.MAV_RESULT_ACCEPTED, id="keep the compasses as they are"),
        pytest.param((), mavlink.MAV_RESULT_UNSUPPORTED, id="nothing"),
    ],
)
def test_a_calibration_on_the_ground_is_answered(
    copter: GroundStation, params: tuple[float, ...], result: int
) -> None:
    assert copter.command(CALIBRATE, *params) == result


def test_nothing_is_calibrated_while_armed(copter: GroundStation) -> None:
    copter.arm()

    assert copter.command(CALIBRATE, 1) == mavlink.MAV_RESULT_FAILED
    assert copter.texts()[-1] == "Disarm to allow calibration"


def test_accelerometers_rest_between_two_calibrations(copter: GroundStation) -> None:
    copter.command(CALIBRATE, 0, 0, 0, 0, 4)

    too_early = copter.command(CALIBRATE, 0, 0, 0, 0, 2)
    copter.run(5.0)

    assert too_early == mavlink.MAV_RESULT_TEMPORARILY_REJECTED
    assert copter.command(CALIBRATE, 0, 0, 0, 0, 2) == mavlink.MAV_RESULT_ACCEPTED


def test_a_compass_calibration_has_to_be_cancelled_before_arming(copter: GroundStation) -> None:
    started = copter.command(mavlink.MAV_CMD_DO_START_MAG_CAL, 0, 1, 1)
    refused = copter.arm()
    cancelled = copter.command(mavlink.MAV_CMD_DO_CANCEL_MAG_CAL)

    assert (started, refused, cancelled) == (0, mavlink.MAV_RESULT_FAILED, 0)
    assert "Arm: Compass calibration running" in copter.texts()
    assert copter.arm() == mavlink.MAV_RESULT_ACCEPTED


def test_too_few_readings_of_the_compass_are_not_kept(copter: GroundStation) -> None:
    copter.command(mavlink.MAV_CMD_DO_START_MAG_CAL)

    assert copter.command(mavlink.MAV_CMD_DO_ACCEPT_MAG_CAL) == mavlink.MAV_RESULT_FAILED
    assert copter.command(mavlink.MAV_CMD_DO_ACCEPT_MAG_CAL) == mavlink.MAV_RESULT_ACCEPTED


@pytest.mark.parametrize(
    "command",
    [
        mavlink.MAV_CMD_DO_START_MAG_CAL,
        mavlink.MAV_CMD_DO_ACCEPT_MAG_CAL,
        mavlink.MAV_CMD_DO_CANCEL_MAG_CAL,
    ],
)
def test_a_compass_that_cannot_exist_is_refused(copter: GroundStation, command: int) -> None:
    assert copter.command(command, 256) == mavlink.MAV_RESULT_FAILED


def test_the_compass_is_not_calibrated_while_armed(copter: GroundStation) -> None:
    copter.arm()

    assert copter.command(mavlink.MAV_CMD_DO_START_MAG_CAL) == mavlink.MAV_RESULT_FAILED
    assert copter.texts()[-1] == "Disarm to allow compass calibration"
