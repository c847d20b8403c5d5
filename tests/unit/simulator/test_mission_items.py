"""Jumps, conditions and further items of a mission; ArduCopter 4.7-dev SITL flew the same missions so."""

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.testing import GroundStation, MissionBuilder

JUMP = mavlink.MAV_CMD_DO_JUMP


def _take_off(plan: MissionBuilder, height_m: float) -> MissionBuilder:
    plan.action(mavlink.MAV_CMD_NAV_TAKEOFF, frame=3)
    plan.items[-1].z = height_m
    return plan


def _fly(station: GroundStation, plan: MissionBuilder) -> None:
    assert station.upload(plan.items) == 0
    station.set_mode(mavlink.COPTER_MODE_GUIDED)
    station.arm()
    station.command(mavlink.MAV_CMD_MISSION_START)


def _reached(station: GroundStation) -> list[int]:
    return [each.seq for each in station.of("MISSION_ITEM_REACHED")]


def test_a_jump_is_made_as_often_as_it_says_and_says_so(copter: GroundStation, plan: MissionBuilder) -> None:
    _take_off(plan, 15).waypoint(40, 0, 15).waypoint(40, 40, 15)
    plan.action(JUMP, 2, 2).waypoint(0, 0, 15).action(mavlink.MAV_CMD_NAV_RETURN_TO_LAUNCH)

    _fly(copter, plan)
    copter.run_until_text("Disarming motors", 300.0)
    copter.run(2.0)

    assert _reached(copter) == [1, 2, 3, 2, 3, 2, 3, 5, 6]
    assert [text for text in copter.texts() if "Jump" in text] == [
        "Mission: 4 Jump 1/2",
        "Mission: 4 Jump 2/2",
    ]
    last = list(copter.of("MISSION_CURRENT"))[-1]
    assert (last.seq, last.mission_state) == (0, 5)


@pytest.mark.parametrize("target", [0, 99])
def test_a_jump_that_leads_nowhere_is_refused(
    copter: GroundStation, plan: MissionBuilder, target: int
) -> None:
    _take_off(plan, 15).waypoint(40, 0, 15).action(JUMP, target, 1)

    assert copter.upload(plan.items) == mavlink.MAV_MISSION_ERROR


def test_an_endless_jump_counts_without_an_end(copter: GroundStation, plan: MissionBuilder) -> None:
    _take_off(plan, 10).waypoint(10, 0, 10).waypoint(0, 0, 10).action(JUMP, 2, -1)

    _fly(copter, plan)

    assert copter.run_until_text("Mission: 4 Jump 3/unlimited", 200.0)


def test_a_mission_without_an_end_on_the_ground_leaves_the_copter_hovering_in_auto(
    copter: GroundStation, plan: MissionBuilder
) -> None:
    _take_off(plan, 10).waypoint(20, 0, 10)

    _fly(copter, plan)
    copter.run(60.0)

    truth = copter.vehicle.truth
    assert (truth.mode, truth.armed) == ("AUTO", True)
    assert truth.ground_speed_m_s < 0.5
    assert list(copter.of("MISSION_CURRENT"))[-1].mission_state == 5


def test_conditions_hold_actions_back_while_the_flight_goes_on(
    copter: GroundStation, plan: MissionBuilder
) -> None:
    plan.action(mavlink.MAV_CMD_DO_CHANGE_SPEED, 1, 6, -1)
    _take_off(plan, 15).place(mavlink.MAV_CMD_NAV_LOITER_TIME, 60, 0, 15, 4)
    plan.action(mavlink.MAV_CMD_CONDITION_DELAY, 5).action(mavlink.MAV_CMD_DO_SET_SERVO, 9, 1800)
    plan.place(mavlink.MAV_CMD_NAV_LOITER_TURNS, 60, 0, 15, 2, 0, 10)
    plan.action(mavlink.MAV_CMD_CONDITION_YAW, 90).action(mavlink.MAV_CMD_DO_CHANGE_SPEED, 1, 4, -1)
    plan.place(mavlink.MAV_CMD_NAV_LOITER_TO_ALT, 60, 60, 25)
    plan.place(mavlink.MAV_CMD_NAV_SPLINE_WAYPOINT, 0, 60, 20)
    plan.action(mavlink.MAV_CMD_CONDITION_DISTANCE, 20).action(mavlink.MAV_CMD_DO_SET_SERVO, 10, 1700)
    plan.waypoint(0, 0, 20)
    said = len(copter.texts())

    _fly(copter, plan)
    copter.run_until_text("Reached command #13", 400.0)

    assert _reached(copter) == [1, 2, 3, 4, 6, 7, 8, 10, 11, 13]
    assert [text for text in copter.texts()[said:] if "Mission" in text or "Reached" in text] == [
        "Mission: 1 ChangeSpeed",
        "Mission: 2 Takeoff",
        "Mission: 2 Takeoff",
        "Mission: 3 LoitTime",
        "Reached command #3",
        "Mission: 4 CondDelay",
        "Mission: 6 LoitTurns",
        "Mission: 5 SetServo",
        "Mission: starting circle 1/2",
        "Mission: starting circle 2/2",
        "Mission: 7 CondYaw",
        "Mission: 9 LoitAltitude",
        "Mission: 8 ChangeSpeed",
        "Mission: 10 SplineWP",
        "Reached command #10",
        "Mission: 11 CondDist",
        "Mission: 13 WP",
        "Mission: 12 SetServo",
        "Reached command #13",
    ]


def test_home_moves_where_the_mission_says_so(copter: GroundStation, plan: MissionBuilder) -> None:
    _take_off(plan, 10).waypoint(30, 0, 10).action(mavlink.MAV_CMD_DO_SET_HOME, 1)
    plan.waypoint(30, 10, 10)
    before = list(copter.of("HOME_POSITION"))

    _fly(copter, plan)
    copter.run_until_text("Reached command #4", 100.0)

    moved = list(copter.of("HOME_POSITION"))[-1]
    assert moved.latitude - before[0].latitude == pytest.approx(30 / 0.0111, rel=0.1)


def test_a_quadplane_counts_its_turns_and_goes_on(quadplane: GroundStation, plan: MissionBuilder) -> None:
    plan.action(mavlink.MAV_CMD_NAV_VTOL_TAKEOFF, frame=3)
    plan.items[-1].z = 30
    plan.waypoint(600, 0, 60).place(mavlink.MAV_CMD_NAV_LOITER_TURNS, 900, 0, 60, 2)
    plan.place(mavlink.MAV_CMD_NAV_LOITER_TO_ALT, 900, 0, 90).waypoint(900, 900, 90)
    quadplane.upload(plan.items)
    quadplane.set_mode(mavlink.PLANE_MODE_AUTO)

    quadplane.arm()
    quadplane.run_until_text("Mission: 5 WP", 400.0)

    assert {"Loiter orbits complete", "Loiter to alt complete"} <= set(quadplane.texts())
    assert _reached(quadplane)[-2:] == [3, 4]
