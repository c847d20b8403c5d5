"""A receiver that fails; times and texts as on ArduCopter 4.7-dev SITL with ``SIM_GPS1_ENABLE`` 0 at 20 m."""

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.testing import GroundStation

GUIDED, LAND, ALT_HOLD, LOITER = (
    mavlink.COPTER_MODE_GUIDED,
    mavlink.COPTER_MODE_LAND,
    mavlink.COPTER_MODE_ALT_HOLD,
    mavlink.COPTER_MODE_LOITER,
)


@pytest.fixture
def hovering(copter: GroundStation) -> GroundStation:
    copter.set_mode(GUIDED)
    copter.arm()
    copter.command(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, 20)
    copter.run(20.0)
    copter.ask_for(mavlink.MAVLINK_MSG_ID_EKF_STATUS_REPORT, 5.0)
    copter.ask_for(mavlink.MAVLINK_MSG_ID_GPS_RAW_INT, 5.0)
    return copter


def _flags(station: GroundStation) -> int:
    return int(list(station.of("EKF_STATUS_REPORT"))[-1].flags)


def test_a_copter_lands_eight_seconds_after_it_has_lost_its_position(hovering: GroundStation) -> None:
    lost_at, said = hovering.time, len(hovering.texts())
    hovering.set_parameter("SIM_GPS1_ENABLE", 0)

    hovering.run_until_text("EKF Failsafe", 20.0)

    assert hovering.time - lost_at == pytest.approx(8.1, abs=0.5)
    assert hovering.texts()[said:] == ["EKF variance", "EKF Failsafe: changed to LAND Mode"]
    assert hovering.vehicle.truth.mode == "LAND"
    assert _flags(hovering) == 37
    receiver = list(hovering.of("GPS_RAW_INT"))[-1]
    assert (receiver.fix_type, receiver.satellites_visible) == (1, 3)


def test_without_a_position_only_modes_that_need_none_are_entered(hovering: GroundStation) -> None:
    hovering.set_parameter("SIM_GPS1_ENABLE", 0)
    hovering.run_until_text("EKF Failsafe", 20.0)

    results = [hovering.set_mode(mode) for mode in (GUIDED, LOITER, ALT_HOLD, LAND)]

    assert results == [4, 4, 0, 0]
    assert "Mode change to GUIDED failed: requires position" in hovering.texts()


def test_the_position_comes_back_with_the_receiver(hovering: GroundStation) -> None:
    hovering.set_parameter("SIM_GPS1_ENABLE", 0)
    hovering.run(16.0)
    standing = _flags(hovering)

    hovering.set_parameter("SIM_GPS1_ENABLE", 1)
    back_at = hovering.time
    hovering.run_until_text("EKF Failsafe Cleared", 20.0)

    assert standing == 167
    assert "EKF3 IMU0 stopped aiding" in hovering.texts()
    assert hovering.time - back_at == pytest.approx(1.2, abs=0.5)
    assert _flags(hovering) == 831
    assert hovering.set_mode(GUIDED) == 0


@pytest.mark.parametrize(
    ("action", "text", "mode"),
    [
        (0, "EKF Failsafe", "GUIDED"),
        (2, "EKF Failsafe: changed to ALT_HOLD Mode", "ALT_HOLD"),
        (3, "EKF Failsafe: changed to LAND Mode", "LAND"),
    ],
)
def test_the_action_of_the_failsafe_is_a_parameter(
    hovering: GroundStation, action: int, text: str, mode: str
) -> None:
    hovering.set_parameter("FS_EKF_ACTION", action)
    hovering.set_parameter("SIM_GPS1_ENABLE", 0)

    hovering.run(10.0)

    assert hovering.texts()[-1] == text
    assert hovering.vehicle.truth.mode == mode


def test_a_copter_without_a_fix_cannot_be_armed_in_a_mode_that_needs_one(copter: GroundStation) -> None:
    copter.set_parameter("SIM_GPS1_ENABLE", 0)
    copter.run(10.0)
    copter.set_mode(GUIDED)

    refused = copter.arm()
    copter.set_mode(mavlink.COPTER_MODE_STABILIZE)

    assert refused == 4
    assert {"Arm: GPS 1: Bad fix", "Arm: Need Position Estimate"} <= set(copter.texts())
    assert copter.arm() == 0


def test_a_position_that_jumps_is_called_a_glitch(hovering: GroundStation) -> None:
    hovering.set_parameter("SIM_GPS1_GLTCH_X", 0.001)

    assert hovering.run_until_text("GPS Glitch or Compass error", 5.0)
    assert hovering.run_until_text("Glitch cleared", 25.0)
