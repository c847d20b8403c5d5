"""The first minute of other ground stations: what they ask a new vehicle, and what ArduPilot answers.

The requests are those that MAVProxy 1.8, QGroundControl and MAVSDK 4 send after their first heartbeat; the
answers are those of ArduCopter 4.7-dev SITL to the same requests. A station is content when nothing it needs
stays unanswered.
"""

import struct
from collections.abc import Iterator
from typing import Any

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink
from pymavlink.quaternion import Quaternion

from simulator.testing import GroundStation
from simulator.values import HomePoint, VehicleClass, VehicleConfig
from simulator.vehicle import Vehicle

HOME = HomePoint(32.69676, 128.85228, 4.0)
BOTH = pytest.mark.parametrize("vehicle_class", list(VehicleClass))

ACCEPTED, UNSUPPORTED, FAILED = (
    mavlink.MAV_RESULT_ACCEPTED,
    mavlink.MAV_RESULT_UNSUPPORTED,
    mavlink.MAV_RESULT_FAILED,
)
PROTOCOL_VERSION, COMPONENT_INFORMATION, COMPONENT_METADATA, AVAILABLE_MODES = 300, 395, 397, 435
"""Messages of newer definitions than those used here."""

MISSION, FENCE, RALLY = 0, 1, 2


@pytest.fixture
def station(vehicle_class: VehicleClass) -> GroundStation:
    """Return a station whose vehicle has been on for long enough to be armed."""
    station = GroundStation(Vehicle(VehicleConfig("test", vehicle_class, HOME)))
    station.run(45.0)
    return station


def names(messages: list[Any]) -> list[str]:
    return [message.get_type() for message in messages if message.get_type() != "STATUSTEXT"]


def command(station: GroundStation, number: int, *params: float) -> list[Any]:
    """Send a COMMAND_LONG to all components, as stations do; return the answers."""
    seven = [*params, *[0.0] * (7 - len(params))]
    return station.send(mavlink.MAVLink_command_long_message(1, 0, number, 0, *seven))


def request(station: GroundStation, message_id: int) -> list[Any]:
    return command(station, mavlink.MAV_CMD_REQUEST_MESSAGE, message_id)


def parameters(station: GroundStation) -> Iterator[tuple[int, int]]:
    """Fetch the whole list; yield index and count of each parameter."""
    station.send(mavlink.MAVLink_param_request_list_message(1, 1))
    station.run(3.0)
    for message in station.of("PARAM_VALUE"):
        yield message.param_index, message.param_count


@BOTH
def test_every_parameter_comes_once_with_its_index(station: GroundStation) -> None:
    came = list(parameters(station))

    count = came[0][1]
    assert came == [(index, count) for index in range(count)]


@BOTH
def test_the_list_of_parameters_comes_with_the_banner(
    station: GroundStation, vehicle_class: VehicleClass
) -> None:
    texts = len(station.texts())

    station.send(mavlink.MAVLink_param_request_list_message(1, 1))

    expected = {
        VehicleClass.COPTER: ("ArduCopter V4.7.0-dev (tsubaki)", "Frame: QUAD/PLUS"),
        VehicleClass.QUADPLANE: ("ArduPlane V4.7.0-dev (tsubaki)",),
    }
    assert set(expected[vehicle_class]) <= set(station.texts()[texts:])


@BOTH
def test_all_streams_flow_when_mavproxy_asks_for_them(station: GroundStation) -> None:
    station.received.clear()

    station.send(mavlink.MAVLink_request_data_stream_message(1, 1, mavlink.MAV_DATA_STREAM_ALL, 4, 1))
    station.run(5.0)

    display = {"HEARTBEAT", "SYS_STATUS", "ATTITUDE", "GLOBAL_POSITION_INT", "VFR_HUD", "GPS_RAW_INT"}
    assert display <= {message.get_type() for _, message in station.received}
    assert len(list(station.of("ATTITUDE"))) == pytest.approx(20, abs=1)


@BOTH
@pytest.mark.parametrize("list_of", [MISSION, FENCE, RALLY], ids=["mission", "fence", "rally"])
def test_every_list_says_how_long_it_is(station: GroundStation, list_of: int) -> None:
    answers = station.send(mavlink.MAVLink_mission_request_list_message(1, 0, list_of))

    assert [(each.get_type(), each.count, each.mission_type) for each in answers] == [
        ("MISSION_COUNT", int(list_of == MISSION), list_of)
    ]


@BOTH
def test_home_can_be_read_from_an_empty_mission(station: GroundStation) -> None:
    station.send(mavlink.MAVLink_mission_clear_all_message(1, 1, MISSION))

    answers = station.send(mavlink.MAVLink_mission_request_int_message(1, 1, 0, MISSION))

    home = next(each for each in answers if each.get_type() == "MISSION_ITEM_INT")
    assert (home.seq, home.x, home.y, home.z) == (0, 326967600, 1288522800, pytest.approx(4.0, abs=0.5))


@BOTH
def test_beyond_the_end_of_a_mission_its_length_is_told_again(station: GroundStation) -> None:
    answers = station.send(mavlink.MAVLink_mission_request_int_message(1, 1, 9, MISSION))

    count, refusal = answers
    assert (count.get_type(), count.count) == ("MISSION_COUNT", 1)
    assert (refusal.get_type(), refusal.type) == ("MISSION_ACK", mavlink.MAV_MISSION_INVALID_SEQUENCE)


@BOTH
def test_the_clocks_are_compared(station: GroundStation) -> None:
    (answer,) = station.send(mavlink.MAVLink_timesync_message(0, 123456789))

    assert answer.ts1 == 123456789
    assert answer.tc1 == pytest.approx(45.0e9, abs=1e9)


@BOTH
@pytest.mark.parametrize(
    ("message_id", "result", "answer"),
    [
        pytest.param(mavlink.MAVLINK_MSG_ID_AUTOPILOT_VERSION, ACCEPTED, ["AUTOPILOT_VERSION"], id="version"),
        pytest.param(mavlink.MAVLINK_MSG_ID_HOME_POSITION, ACCEPTED, ["HOME_POSITION"], id="home"),
        pytest.param(PROTOCOL_VERSION, FAILED, [], id="protocol"),
        pytest.param(COMPONENT_METADATA, FAILED, [], id="component metadata"),
        pytest.param(COMPONENT_INFORMATION, FAILED, [], id="component information"),
        pytest.param(AVAILABLE_MODES, ACCEPTED, [], id="modes"),
        pytest.param(mavlink.MAVLINK_MSG_ID_CAMERA_INFORMATION, ACCEPTED, [], id="camera"),
        pytest.param(mavlink.MAVLINK_MSG_ID_VIDEO_STREAM_INFORMATION, ACCEPTED, [], id="video"),
        pytest.param(mavlink.MAVLINK_MSG_ID_GIMBAL_MANAGER_INFORMATION, ACCEPTED, [], id="gimbal"),
        pytest.param(mavlink.MAVLINK_MSG_ID_STORAGE_INFORMATION, FAILED, [], id="storage"),
    ],
)
def test_a_requested_message_is_acknowledged_and_follows_if_there_is_one(
    station: GroundStation, message_id: int, result: int, answer: list[str]
) -> None:
    answers = request(station, message_id)

    assert names(answers) == ["COMMAND_ACK", *answer]
    assert answers[0].result == result


@BOTH
@pytest.mark.parametrize(
    ("number", "result"),
    [
        pytest.param(mavlink.MAV_CMD_REQUEST_PROTOCOL_VERSION, UNSUPPORTED, id="protocol"),
        pytest.param(mavlink.MAV_CMD_REQUEST_CAMERA_INFORMATION, UNSUPPORTED, id="camera"),
        pytest.param(mavlink.MAV_CMD_REQUEST_STORAGE_INFORMATION, UNSUPPORTED, id="storage"),
        pytest.param(mavlink.MAV_CMD_DO_GIMBAL_MANAGER_CONFIGURE, FAILED, id="gimbal control"),
        pytest.param(mavlink.MAV_CMD_DO_GIMBAL_MANAGER_PITCHYAW, FAILED, id="gimbal angle"),
    ],
)
def test_older_and_absent_things_are_refused_at_once(
    station: GroundStation, number: int, result: int
) -> None:
    answers = command(station, number, 1)

    assert [(each.get_type(), each.result) for each in answers] == [("COMMAND_ACK", result)]


@BOTH
@pytest.mark.parametrize(
    "message_id",
    [
        mavlink.MAVLINK_MSG_ID_ATTITUDE_QUATERNION,
        mavlink.MAVLINK_MSG_ID_SCALED_IMU,
        mavlink.MAVLINK_MSG_ID_HIGHRES_IMU,
        mavlink.MAVLINK_MSG_ID_HWSTATUS,
        mavlink.MAVLINK_MSG_ID_BATTERY_STATUS,
        mavlink.MAVLINK_MSG_ID_EXTENDED_SYS_STATE,
    ],
)
def test_mavsdk_gets_the_telemetry_it_sets_a_rate_for(station: GroundStation, message_id: int) -> None:
    result = station.ask_for(message_id, 2.0)
    station.received.clear()

    station.run(5.0)

    came = [message for _, message in station.received if message.get_msgId() == message_id]
    assert result == ACCEPTED
    assert len(came) == pytest.approx(10, abs=1)


@BOTH
def test_a_rate_for_a_message_that_never_comes_is_taken(station: GroundStation) -> None:
    result = station.ask_for(mavlink.MAVLINK_MSG_ID_CAMERA_INFORMATION, 2.0)

    assert result == ACCEPTED
    assert station.run(2.0, lambda message: message.get_type() == "HEARTBEAT")


@BOTH
def test_a_quaternion_is_the_attitude(station: GroundStation) -> None:
    attitude = request(station, mavlink.MAVLINK_MSG_ID_ATTITUDE)[-1]

    quaternion = request(station, mavlink.MAVLINK_MSG_ID_ATTITUDE_QUATERNION)[-1]

    euler = Quaternion([quaternion.q1, quaternion.q2, quaternion.q3, quaternion.q4]).euler
    assert list(euler) == pytest.approx([attitude.roll, attitude.pitch, attitude.yaw], abs=1e-5)


@BOTH
def test_a_wish_for_files_is_refused_at_once(station: GroundStation) -> None:
    open_for_reading, refused, not_found = 4, 129, 10
    path = b"@PARAM/param.pck"
    asked = struct.pack("<HBBBBBxI", 1, 0, open_for_reading, len(path), 0, 0, 0) + path
    payload = list(asked.ljust(251, b"\0"))

    (answer,) = station.send(mavlink.MAVLink_file_transfer_protocol_message(0, 1, 1, payload))

    assert (answer.payload[3], answer.payload[12]) == (refused, not_found)


@BOTH
def test_a_reboot_starts_all_over_and_keeps_what_was_stored(station: GroundStation) -> None:
    station.set_parameter("FENCE_RADIUS", 321.0)

    result = station.command(mavlink.MAV_CMD_PREFLIGHT_REBOOT_SHUTDOWN, 1)
    station.run(5.0)

    (clock,) = station.send(mavlink.MAVLink_timesync_message(0, 1))
    (kept,) = station.send(mavlink.MAVLink_param_request_read_message(1, 1, b"FENCE_RADIUS", -1))
    assert result == ACCEPTED
    assert clock.tc1 < 6e9
    assert kept.param_value == 321.0


@BOTH
@pytest.mark.parametrize("param1", [0, 2], ids=["nothing", "shut down"])
def test_nothing_but_a_reboot_can_be_had(station: GroundStation, param1: int) -> None:
    assert station.command(mavlink.MAV_CMD_PREFLIGHT_REBOOT_SHUTDOWN, param1) == UNSUPPORTED


@BOTH
def test_a_reboot_is_refused_while_armed(station: GroundStation) -> None:
    station.arm()

    assert station.command(mavlink.MAV_CMD_PREFLIGHT_REBOOT_SHUTDOWN, 1) == FAILED
