"""Missions that cannot begin, or change under way (as ``mission_without_takeoff`` and its like)."""

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.testing import GroundStation, MissionBuilder
from tests.unit.simulator.conftest import HOME

WAYPOINT = mavlink.MAV_CMD_NAV_WAYPOINT
RESTARTED = "Auto mission changed, restarted command"


def _patrol(last_east_m: float = 150.0) -> MissionBuilder:
    plan = MissionBuilder(HOME).action(mavlink.MAV_CMD_NAV_TAKEOFF, frame=3)
    plan.items[-1].z = 20.0
    return plan.waypoint(150, 0, 20).waypoint(150, last_east_m, 20).waypoint(0, 0, 20)


def _fly(station: GroundStation, plan: MissionBuilder) -> None:
    assert station.upload(plan.items) == 0
    station.set_mode(mavlink.COPTER_MODE_GUIDED)
    assert station.arm() == 0
    assert station.command(mavlink.MAV_CMD_MISSION_START) == 0
    assert station.run_until_text("Mission: 2 WP", 60.0)
    station.run(5.0)


def _clear(station: GroundStation) -> int:
    answers = station.send(mavlink.MAVLink_mission_clear_all_message(1, 1))
    return next(int(each.type) for each in answers if each.get_type() == "MISSION_ACK")


def test_without_a_mission_a_disarmed_copter_enters_auto_all_the_same(copter: GroundStation) -> None:
    result = copter.command(mavlink.MAV_CMD_MISSION_START)

    assert result == mavlink.MAV_RESULT_ACCEPTED
    copter.run(1.5)
    assert list(copter.of("HEARTBEAT"))[-1].custom_mode == mavlink.COPTER_MODE_AUTO


def test_armed_on_the_ground_a_mission_has_to_begin_with_a_take_off(
    copter: GroundStation, plan: MissionBuilder
) -> None:
    copter.upload(plan.waypoint(80, 0, 20).items)
    copter.set_mode(mavlink.COPTER_MODE_GUIDED)
    copter.arm()

    results = copter.command(mavlink.MAV_CMD_MISSION_START), copter.set_mode(mavlink.COPTER_MODE_AUTO)

    assert results == (mavlink.MAV_RESULT_FAILED, mavlink.MAV_RESULT_FAILED)
    assert copter.texts()[-4:] == ["Auto: Missing Takeoff Cmd", "Mode change to AUTO failed: init failed"] * 2


def test_a_mission_that_is_flown_cannot_be_cleared(copter: GroundStation) -> None:
    _fly(copter, _patrol())

    refused = _clear(copter)
    copter.set_mode(mavlink.COPTER_MODE_BRAKE)
    taken = _clear(copter)

    assert (refused, taken) == (mavlink.MAV_MISSION_ERROR, mavlink.MAV_MISSION_ACCEPTED)


def test_a_copter_begins_its_leg_anew_when_another_item_is_coming(copter: GroundStation) -> None:
    _fly(copter, _patrol())

    copter.upload(_patrol(-150.0).items)
    copter.run(0.5)

    assert set(copter.texts()[-3:]) == {"Flight plan received", "Mission: 2 WP", RESTARTED}


def test_the_same_mission_once_more_changes_nothing(copter: GroundStation) -> None:
    _fly(copter, _patrol())

    copter.upload(_patrol().items)
    copter.run(0.5)

    assert RESTARTED not in copter.texts()


def test_a_mission_that_ends_before_the_present_item_is_over(copter: GroundStation) -> None:
    _fly(copter, _patrol())

    copter.upload(_patrol().items[:2])
    copter.run(40.0)

    assert list(copter.of("MISSION_CURRENT"))[-1].mission_state == 5


def test_another_speed_counts_on_the_leg_that_is_flown(copter: GroundStation) -> None:
    _fly(copter, _patrol())

    copter.set_parameter("WPNAV_SPEED", 400.0)
    copter.run(5.0)

    copter.command(mavlink.MAV_CMD_REQUEST_MESSAGE, mavlink.MAVLINK_MSG_ID_VFR_HUD)
    assert list(copter.of("VFR_HUD"))[-1].groundspeed == pytest.approx(4.0, abs=0.7)
