"""Two ground stations: who may do what (``SYSID_MYGCS``)."""

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.comms.radio import LinkedPeer, Radio
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


def _frame(system: int, message: mavlink.MAVLink_message) -> bytes:
    return bytes(message.pack(mavlink.MAVLink(None, srcSystem=system, srcComponent=190)))


def _heard(radio: Radio, link: int, message: mavlink.MAVLink_message) -> None:
    list(radio.hear(_frame(250 + link, message), LinkedPeer("station", link), 0.0))


@pytest.mark.parametrize(
    ("message", "passed_on"),
    [
        (mavlink.MAVLink_heartbeat_message(6, 8, 0, 0, 4, 3), True),
        (mavlink.MAVLink_radio_status_message(1, 1, 1, 1, 1, 1, 1), False),
        (mavlink.MAVLink_param_request_list_message(1, 1), False),
    ],
    ids=["for everybody", "of one link", "for the vehicle"],
)
def test_what_is_for_everybody_goes_on_to_the_other_links(
    message: mavlink.MAVLink_message, passed_on: bool
) -> None:
    radio = Radio(1)
    beat = mavlink.MAVLink_heartbeat_message(6, 8, 0, 0, 4, 3)
    _heard(radio, 0, beat)
    _heard(radio, 1, beat)
    radio.take()

    _heard(radio, 1, message)

    assert radio.take() == ([(_frame(251, message), LinkedPeer("station", 0))] if passed_on else [])


def test_a_parameter_that_was_set_is_told_to_all_who_listen(copter: GroundStation) -> None:
    beat = mavlink.MAVLink_heartbeat_message(6, 8, 0, 0, 4, 3)
    copter.vehicle.receive(_frame(200, beat), "another", copter.now)

    wish = mavlink.MAVLink_param_set_message(1, 1, b"RTL_ALT", 2000.0, 9)
    copter.vehicle.receive(_frame(255, wish), "one", copter.now)

    parser = mavlink.MAVLink(None)
    told = [
        each
        for data, peer in copter.vehicle.send()
        if peer == "another"
        for each in parser.parse_buffer(data) or ()
    ]
    assert ("RTL_ALT", 2000.0) in {
        (each.param_id, each.param_value) for each in told if each.get_type() == "PARAM_VALUE"
    }


def test_a_parameter_is_found_in_small_letters_and_told_as_asked_for(copter: GroundStation) -> None:
    answers = copter.send(mavlink.MAVLink_param_request_read_message(1, 1, b"rtl_alt", -1))

    assert [each.param_id for each in answers if each.get_type() == "PARAM_VALUE"] == ["rtl_alt"]
