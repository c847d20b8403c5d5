"""Two ground stations: who may do what (``SYSID_MYGCS``)."""

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.testing import GroundStation, MissionBuilder


@pytest.fixture
def other(copter: GroundStation) -> GroundStation:
    return GroundStation(copter.vehicle, copter.now, system_id=200)


def test_another_station_may_command_and_upload(
    copter: GroundStation, other: GroundStation, plan: MissionBuilder
) -> None:
    results = other.set_mode(mavlink.COPTER_MODE_GUIDED), other.arm(), other.upload(plan.items)

    assert results == (0, 0, 0)
    assert copter.vehicle.truth.armed


def test_the_heartbeats_of_another_station_do_not_count(copter: GroundStation, other: GroundStation) -> None:
    copter.set_parameter("FS_GCS_ENABLE", 1)
    copter.set_mode(mavlink.COPTER_MODE_GUIDED)
    copter.arm()
    copter.command(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, 20)
    copter.run(20.0)
    copter.beating = False
    other.now = copter.now

    other.run(7.0)

    assert "GCS Failsafe" in other.texts()
    assert copter.vehicle.truth.mode == "RTL"


@pytest.mark.parametrize("system_id", [255, 200])
def test_only_the_own_station_moves_the_sticks(copter: GroundStation, system_id: int) -> None:
    station = GroundStation(copter.vehicle, copter.now, system_id=system_id)
    station.ask_for(mavlink.MAVLINK_MSG_ID_RC_CHANNELS, 5.0)

    station.send(mavlink.MAVLink_rc_channels_override_message(1, 1, 0, 0, 1700, 0, 0, 0, 0, 0))
    station.run(1.0)

    sticks = list(station.of("RC_CHANNELS"))[-1]
    assert sticks.chan3_raw == (1700 if system_id == 255 else 1000)


def test_a_joystick_message_moves_the_throttle_until_it_is_silent(copter: GroundStation) -> None:
    copter.ask_for(mavlink.MAVLINK_MSG_ID_RC_CHANNELS, 5.0)

    copter.send(mavlink.MAVLink_manual_control_message(1, 0, 0, 800, 0, 0))
    copter.run(1.0)
    held = list(copter.of("RC_CHANNELS"))[-1].chan3_raw
    copter.run(4.0)

    assert (held, list(copter.of("RC_CHANNELS"))[-1].chan3_raw) == (1800, 1000)
