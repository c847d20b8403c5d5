"""Commands and modes that no trace shows, answered as ArduPilot 4.7-dev SITL answered them."""

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.testing import GroundStation


@pytest.mark.parametrize(
    ("command", "params", "result"),
    [
        (mavlink.MAV_CMD_DO_SET_SERVO, (1, 1500), 4),
        (mavlink.MAV_CMD_DO_REPEAT_SERVO, (5, 1500, 2, 1), 0),
        (mavlink.MAV_CMD_DO_SET_RELAY, (0, 1), 0),
        (mavlink.MAV_CMD_DO_SET_RELAY, (5, 1), 4),
        (mavlink.MAV_CMD_DO_GRIPPER, (1, 0), 4),
        (mavlink.MAV_CMD_DO_WINCH, (1, 1, 2, 1), 4),
        (mavlink.MAV_CMD_DO_MOTOR_TEST, (1, 0, 5, 1, 1), 0),
        (mavlink.MAV_CMD_DO_PARACHUTE, (0,), 0),
        (mavlink.MAV_CMD_DO_FLIGHTTERMINATION, (0,), 4),
        (mavlink.MAV_CMD_RUN_PREARM_CHECKS, (), 0),
        (mavlink.MAV_CMD_SET_EKF_SOURCE_SET, (1,), 0),
        (mavlink.MAV_CMD_SET_EKF_SOURCE_SET, (4,), 2),
        (mavlink.MAV_CMD_PREFLIGHT_STORAGE, (1,), 2),
        (mavlink.MAV_CMD_PREFLIGHT_REBOOT_SHUTDOWN, (0,), 3),
        (mavlink.MAV_CMD_DO_SET_ROI_LOCATION, (0, 0, 0, 0, 32.7, 128.8, 10), 0),
        (mavlink.MAV_CMD_DO_SET_ROI_NONE, (), 0),
        (mavlink.MAV_CMD_CONDITION_YAW, (90, 0, 0, 0), 0),
        (mavlink.MAV_CMD_CONDITION_YAW, (400, 0, 0, 0), 4),
        (mavlink.MAV_CMD_DO_LAND_START, (), 4),
        (mavlink.MAV_CMD_NAV_LOITER_UNLIM, (), 0),
        (mavlink.MAV_CMD_NAV_VTOL_LAND, (), 0),
        (mavlink.MAV_CMD_NAV_VTOL_TAKEOFF, (0, 0, 0, 0, 0, 0, 10), 4),
        (mavlink.MAV_CMD_MISSION_START, (1, 0), 2),
        (mavlink.MAV_CMD_DO_PAUSE_CONTINUE, (0,), 4),
        (mavlink.MAV_CMD_DO_AUX_FUNCTION, (4, 3), 2),
        (mavlink.MAV_CMD_DO_AUX_FUNCTION, (999, 1), 4),
        (mavlink.MAV_CMD_GUIDED_CHANGE_SPEED, (0, 20), 3),
        (mavlink.MAV_CMD_DO_SET_MISSION_CURRENT, (0,), 4),
        (mavlink.MAV_CMD_IMAGE_START_CAPTURE, (), 4),
        (mavlink.MAV_CMD_MISSION_START, (), 0),
        (mavlink.MAV_CMD_DO_MOUNT_CONTROL, (), 4),
        (mavlink.MAV_CMD_DO_CHANGE_SPEED, (1, 5), 4),
        (mavlink.MAV_CMD_DO_JUMP_TAG, (1,), 4),
        (mavlink.MAV_CMD_CAN_FORWARD, (1,), 4),
        (mavlink.MAV_CMD_DO_ADSB_OUT_IDENT, (), 4),
        (mavlink.MAV_CMD_DEBUG_TRAP, (1,), 2),
        (mavlink.MAV_CMD_SCRIPTING, (0,), 2),
        (mavlink.MAV_CMD_EXTERNAL_POSITION_ESTIMATE, (), 3),
        (mavlink.MAV_CMD_FIXED_MAG_CAL_YAW, (0,), 0),
        (mavlink.MAV_CMD_SET_HAGL, (10,), 3),
        (mavlink.MAV_CMD_REQUEST_MESSAGE, (mavlink.MAVLINK_MSG_ID_AOA_SSA,), 4),
        (mavlink.MAV_CMD_REQUEST_MESSAGE, (mavlink.MAVLINK_MSG_ID_ESC_TELEMETRY_5_TO_8,), 4),
    ],
)
def test_a_copter_answers(
    copter: GroundStation, command: int, params: tuple[float, ...], result: int
) -> None:
    assert copter.command(command, *params) == result


@pytest.mark.parametrize(
    ("command", "params", "result"),
    [
        (mavlink.MAV_CMD_DO_FLIGHTTERMINATION, (1,), 4),
        (mavlink.MAV_CMD_CONDITION_YAW, (90,), 3),
        (mavlink.MAV_CMD_DO_PAUSE_CONTINUE, (0,), 3),
        (mavlink.MAV_CMD_NAV_LAND, (), 3),
        (mavlink.MAV_CMD_DO_WINCH, (1, 1, 2, 1), 3),
        (mavlink.MAV_CMD_DO_PARACHUTE, (2,), 4),
        (mavlink.MAV_CMD_DO_VTOL_TRANSITION, (3,), 4),
        (mavlink.MAV_CMD_DO_CHANGE_SPEED, (0, 22), 4),
        (mavlink.MAV_CMD_NAV_TAKEOFF, (0, 0, 0, 0, 0, 0, 10), 4),
        (mavlink.MAV_CMD_GUIDED_CHANGE_HEADING, (0, 90), 4),
        (mavlink.MAV_CMD_DO_GO_AROUND, (0,), 4),
        (mavlink.MAV_CMD_MISSION_START, (0, 0), 0),
        (mavlink.MAV_CMD_PREFLIGHT_CALIBRATION, (0, 0, 1), 5),
        (mavlink.MAV_CMD_DO_MOTOR_TEST, (1, 0, 5, 1), 0),
        (mavlink.MAV_CMD_SET_HAGL, (10,), 0),
        (mavlink.MAV_CMD_REQUEST_MESSAGE, (mavlink.MAVLINK_MSG_ID_AOA_SSA,), 0),
    ],
)
def test_a_quadplane_answers(
    quadplane: GroundStation, command: int, params: tuple[float, ...], result: int
) -> None:
    assert quadplane.command(command, *params) == result


def test_the_fly_button_of_a_solo_changes_to_loiter(copter: GroundStation) -> None:
    result = copter.command(mavlink.MAV_CMD_SOLO_BTN_FLY_CLICK)

    assert (result, copter.vehicle.truth.mode) == (0, "LOITER")


def test_an_accelerometer_calibration_says_what_is_said_at_the_start(copter: GroundStation) -> None:
    copter.command(mavlink.MAV_CMD_PREFLIGHT_CALIBRATION, 0, 0, 0, 0, 4)
    copter.run(0.5)

    assert copter.texts()[-1] == "Initialising ArduPilot"


def test_an_armed_quadplane_does_not_test_its_motors(quadplane: GroundStation) -> None:
    quadplane.arm()

    assert quadplane.command(mavlink.MAV_CMD_DO_MOTOR_TEST, 1, 0, 5, 1) == mavlink.MAV_RESULT_FAILED


def test_there_are_no_logs_to_list(copter: GroundStation) -> None:
    answers = copter.send(mavlink.MAVLink_log_request_list_message(1, 1, 0, 65535))

    entry = next(each for each in answers if each.get_type() == "LOG_ENTRY")
    assert (entry.num_logs, entry.last_log_num, entry.size) == (0, 0, 0)


@pytest.mark.parametrize(
    "message_id",
    [
        mavlink.MAVLINK_MSG_ID_MISSION_ITEM_REACHED,
        mavlink.MAVLINK_MSG_ID_ATTITUDE_TARGET,
        mavlink.MAVLINK_MSG_ID_AUTOPILOT_STATE_FOR_GIMBAL_DEVICE,
        mavlink.MAVLINK_MSG_ID_SIM_STATE,
        mavlink.MAVLINK_MSG_ID_TERRAIN_REQUEST,
        mavlink.MAVLINK_MSG_ID_RELAY_STATUS,
    ],
)
def test_a_message_in_no_stream_comes_when_it_is_asked_for(copter: GroundStation, message_id: int) -> None:
    copter.command(mavlink.MAV_CMD_REQUEST_MESSAGE, message_id)
    copter.run(0.5)

    assert message_id in {message.get_msgId() for _, message in copter.received}


def test_an_airspeed_calibration_is_acknowledged_again_when_it_is_done(quadplane: GroundStation) -> None:
    quadplane.command(mavlink.MAV_CMD_PREFLIGHT_CALIBRATION, 0, 0, 1)

    quadplane.run(3.0)

    acks = [each.result for each in quadplane.of("COMMAND_ACK") if each.command == 241]
    assert acks == [5, 5, 0]


def test_a_motor_test_shows_as_armed_and_ends(copter: GroundStation) -> None:
    copter.command(mavlink.MAV_CMD_DO_MOTOR_TEST, 1, 0, 5, 2, 1)
    copter.run(1.4)
    armed = list(copter.of("HEARTBEAT"))[-1].base_mode & mavlink.MAV_MODE_FLAG_SAFETY_ARMED

    assert copter.run_until_text("finished motor test", 3.0)
    assert armed


def test_a_terminated_copter_falls(copter: GroundStation) -> None:
    copter.set_mode(mavlink.COPTER_MODE_GUIDED)
    copter.arm()
    copter.command(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, 20)
    copter.run(22.0)

    assert copter.command(mavlink.MAV_CMD_DO_FLIGHTTERMINATION, 1) == 0
    copter.run(10.0)

    assert (copter.vehicle.truth.armed, copter.vehicle.truth.on_ground) == (False, True)


@pytest.mark.parametrize("number", [14, 15, 22, 23, 25, 28])
def test_modes_that_need_more_than_the_copter_has_are_refused(copter: GroundStation, number: int) -> None:
    assert copter.set_mode(number) == 4

    assert copter.texts()[-1].endswith("failed: init failed")


def test_auto_needs_a_mission_that_begins_with_a_takeoff(copter: GroundStation) -> None:
    copter.set_mode(mavlink.COPTER_MODE_GUIDED)
    copter.arm()

    assert copter.set_mode(mavlink.COPTER_MODE_AUTO) == 4
    assert copter.texts()[-1] == "Mode change to AUTO failed: init failed"


def test_the_lists_are_counted_in_parameters(copter: GroundStation) -> None:
    answers = copter.send(mavlink.MAVLink_param_request_read_message(1, 1, b"MIS_TOTAL", -1))

    assert [each.param_value for each in answers] == [1.0]


def test_a_quadplane_that_returns_on_the_ground_goes_through_the_stages(quadplane: GroundStation) -> None:
    said = len(quadplane.texts())

    quadplane.set_mode(mavlink.PLANE_MODE_QRTL)
    quadplane.run(2.0)

    assert [text.split(" v=")[0] for text in quadplane.texts()[said:]] == [
        "VTOL airbrake",
        "VTOL position1",
        "VTOL position2 started",
        "Land descend started",
        "Land final started",
    ]
