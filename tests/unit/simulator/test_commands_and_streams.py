"""Commands, messages and parameters: ``message_intervals``, ``params`` and the README of the traces."""

import math
from collections.abc import Callable

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.testing import GroundStation
from simulator.values import VehicleClass


@pytest.mark.parametrize(
    ("command", "params", "result"),
    [
        (31999, (), 3),
        (mavlink.MAV_CMD_REQUEST_PROTOCOL_VERSION, (1,), 3),
        (mavlink.MAV_CMD_REQUEST_AUTOPILOT_CAPABILITIES, (1,), 0),
        (mavlink.MAV_CMD_COMPONENT_ARM_DISARM, (2,), 3),
        (mavlink.MAV_CMD_COMPONENT_ARM_DISARM, (0,), 0),
        (mavlink.MAV_CMD_NAV_TAKEOFF, (0, 0, 0, 0, 0, 0, 20), 4),
        (mavlink.MAV_CMD_SET_MESSAGE_INTERVAL, (30, 1000), 2),
        (mavlink.MAV_CMD_SET_MESSAGE_INTERVAL, (30, -2), 2),
        (mavlink.MAV_CMD_SET_MESSAGE_INTERVAL, (9999, 1e6), 2),
        (mavlink.MAV_CMD_GET_MESSAGE_INTERVAL, (9999,), 4),
        (mavlink.MAV_CMD_REQUEST_MESSAGE, (9999,), 4),
        (mavlink.MAV_CMD_DO_REPOSITION, (-1, 0, 0, 0, 32.7, 128.8, 30), 3),
        (mavlink.MAV_CMD_DO_CHANGE_SPEED, (1, -5, -1), 4),
        (mavlink.MAV_CMD_DO_FENCE_ENABLE, (5,), 4),
        (mavlink.MAV_CMD_DO_PAUSE_CONTINUE, (5,), 2),
        (mavlink.MAV_CMD_DO_SET_MISSION_CURRENT, (77,), 2),
        (mavlink.MAV_CMD_DO_RETURN_PATH_START, (), 4),
        (mavlink.MAV_CMD_DO_SET_SERVO, (9, 1000), 0),
        (mavlink.MAV_CMD_DO_SET_SERVO, (99, 1000), 4),
        (mavlink.MAV_CMD_GET_HOME_POSITION, (), 0),
        (mavlink.MAV_CMD_BATTERY_RESET, (1, 100), 0),
        (mavlink.MAV_CMD_BATTERY_RESET, (1, 101), 4),
        (mavlink.MAV_CMD_DO_SET_MODE, (math.nan, 4), 2),
    ],
)
def test_a_command_is_answered_as_recorded(
    copter: GroundStation, command: int, params: tuple[float, ...], result: int
) -> None:
    assert copter.command(command, *params) == result


def test_a_requested_message_follows_its_acknowledgement(copter: GroundStation) -> None:
    wanted = mavlink.MAVLINK_MSG_ID_AUTOPILOT_VERSION

    answers = copter.send(mavlink.MAVLink_command_long_message(1, 1, 512, 0, wanted, 0, 0, 0, 0, 0, 0))

    assert [each.get_type() for each in answers] == ["COMMAND_ACK", "AUTOPILOT_VERSION"]


def test_a_message_for_another_vehicle_is_not_answered(copter: GroundStation) -> None:
    assert copter.send(mavlink.MAVLink_command_long_message(7, 1, 400, 0, 1, 0, 0, 0, 0, 0, 0)) == []


@pytest.mark.parametrize("rate_hz", [0.5, 1.0, 4.0, 10.0])
def test_a_message_comes_at_the_rate_asked_for(copter: GroundStation, rate_hz: float) -> None:
    copter.ask_for(mavlink.MAVLINK_MSG_ID_ATTITUDE, rate_hz)

    copter.run(20.0)

    assert len(list(copter.of("ATTITUDE"))) == pytest.approx(20.0 * rate_hz, abs=1.0)


def test_a_copter_streams_nothing_by_default_and_a_quadplane_once_a_second(
    make_station: Callable[..., GroundStation],
) -> None:
    copter, quadplane = make_station(VehicleClass.COPTER), make_station(VehicleClass.QUADPLANE)

    copter.run(10.0)
    quadplane.run(10.0)

    assert list(copter.of("VFR_HUD")) == []
    assert len(list(quadplane.of("VFR_HUD"))) == pytest.approx(12, abs=1)


def test_data_streams_are_switched_in_groups(copter: GroundStation) -> None:
    copter.send(mavlink.MAVLink_request_data_stream_message(1, 1, mavlink.MAV_DATA_STREAM_POSITION, 4, 1))

    copter.run(5.0)

    assert len(list(copter.of("GLOBAL_POSITION_INT"))) == pytest.approx(20, abs=1)
    assert len(list(copter.of("LOCAL_POSITION_NED"))) == pytest.approx(20, abs=1)
    assert list(copter.of("ATTITUDE")) == []


@pytest.mark.parametrize(
    ("name", "value", "stored"),
    [
        ("FENCE_RADIUS", 222.5, 222.5),
        ("RTL_ALT", 1234.6, 1234.0),
        ("RTL_ALT", -500.0, -500.0),
        ("FENCE_ACTION", 1000.0, 127.0),
        ("NO_SUCH_PARAM", 1.0, None),
        ("FENCE_RADIUS", math.nan, None),
    ],
)
def test_a_parameter_is_stored_as_its_type_allows(
    copter: GroundStation, name: str, value: float, stored: float | None
) -> None:
    assert copter.set_parameter(name, value) == stored


def test_the_parameter_list_is_complete_and_numbered(copter: GroundStation) -> None:
    copter.send(mavlink.MAVLink_param_request_list_message(1, 1))

    copter.run(3.0)

    values = list(copter.of("PARAM_VALUE"))
    assert [each.param_index for each in values] == list(range(1375))
    assert {each.param_count for each in values} == {1375}


def test_a_parameter_read_by_name_has_no_index(copter: GroundStation) -> None:
    by_name = copter.send(mavlink.MAVLink_param_request_read_message(1, 1, b"RTL_ALT", -1))
    by_index = copter.send(mavlink.MAVLink_param_request_read_message(1, 1, b"", 1))

    assert (by_name[0].param_value, by_name[0].param_type, by_name[0].param_index) == (1500.0, 6, 65535)
    assert (by_index[0].param_id, by_index[0].param_index) == ("SYSID_THISMAV", 1)


def test_timesync_is_answered(copter: GroundStation) -> None:
    answers = copter.send(mavlink.MAVLink_timesync_message(0, 12345))

    assert answers[0].ts1 == 12345
    assert answers[0].tc1 == pytest.approx(copter.time * 1e9, rel=0.01)


def test_the_latch_stays_where_it_was_put_and_decides_about_the_parcel(
    make_station: Callable[..., GroundStation],
) -> None:
    station = make_station(VehicleClass.COPTER, payload_kg=1.2)
    station.ask_for(mavlink.MAVLINK_MSG_ID_SERVO_OUTPUT_RAW, 1.0)

    station.command(mavlink.MAV_CMD_DO_SET_SERVO, 9, 1000)
    loaded = station.vehicle.truth.payload_kg
    station.command(mavlink.MAV_CMD_DO_SET_SERVO, 9, 1900)
    station.run(3.0)

    assert (loaded, station.vehicle.truth.payload_kg, station.vehicle.truth.released) == (1.2, 0.0, True)
    assert list(station.of("SERVO_OUTPUT_RAW"))[-1].servo9_raw == 1900


@pytest.mark.parametrize(
    "data", [b"", b"\xfd", b"\xfd" * 50, b"\x00" * 300, b"\xfe\x09\x01\x02\x03\x00junk", b"GET / HTTP/1.1"]
)
def test_garbage_is_ignored(copter: GroundStation, data: bytes) -> None:
    copter.vehicle.receive(data, "stranger", copter.now)

    assert copter.command(mavlink.MAV_CMD_GET_HOME_POSITION) == 0
