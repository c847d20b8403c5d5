"""A quadplane between rotors and wing: QRTL from afar, legs on rotors, an airspeed asked for."""

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.geodesy import LocalFrame
from simulator.testing import GroundStation, MissionBuilder
from tests.unit.simulator.conftest import HOME

FRAME = LocalFrame(HOME.latitude_deg, HOME.longitude_deg)
TRANSITION = mavlink.MAV_CMD_DO_VTOL_TRANSITION


def _cruise(station: GroundStation, plan: MissionBuilder) -> None:
    plan.action(mavlink.MAV_CMD_NAV_VTOL_TAKEOFF, frame=3)
    plan.items[1].z = 30.0
    station.upload(plan.waypoint(2500, 0, 80).waypoint(3500, 0, 80).items)
    station.set_mode(mavlink.PLANE_MODE_AUTO)
    assert station.arm() == 0
    assert station.run_until_text("Transition done", 60.0)
    station.run(20.0)


def test_qrtl_from_afar_comes_in_low_on_the_wing(quadplane: GroundStation, plan: MissionBuilder) -> None:
    _cruise(quadplane, plan)

    quadplane.set_mode(21)
    assert quadplane.run_until_text("VTOL airbrake", 120.0)

    assert any(text.startswith("VTOL approach d=") for text in quadplane.texts())
    assert quadplane.vehicle.truth.altitude_amsl_m - 5.09 == pytest.approx(19.5, abs=3.0)


def test_qrtl_from_a_low_hover_climbs_and_stays_on_rotors(quadplane: GroundStation) -> None:
    quadplane.set_mode(mavlink.PLANE_MODE_GUIDED)
    quadplane.arm()
    quadplane.command(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, 6)
    quadplane.run(12.0)

    quadplane.set_mode(21)
    assert quadplane.run_until_text("Land descend started", 40.0)

    assert quadplane.vehicle.truth.altitude_amsl_m - 5.09 == pytest.approx(10.0, abs=1.5)
    assert not any("Transition" in text for text in quadplane.texts())


def test_legs_on_rotors_are_told_of_at_both_ends(quadplane: GroundStation, plan: MissionBuilder) -> None:
    plan.action(mavlink.MAV_CMD_NAV_VTOL_TAKEOFF, frame=3)
    plan.items[1].z = 20.0
    plan.action(TRANSITION, 3).waypoint(40, 0, 20).action(TRANSITION, 4).waypoint(800, 0, 40)
    quadplane.upload(plan.items)
    quadplane.set_mode(mavlink.PLANE_MODE_AUTO)
    quadplane.arm()

    assert quadplane.run_until_text("Transition started", 90.0)

    texts = quadplane.texts()
    told = [text for text in texts if "VTOL mode" in text or "waypoint #3" in text]
    assert told == ["Entered VTOL mode", "Passed waypoint #3 dist 0m", "Exited VTOL mode"]


def test_an_airspeed_counts_until_the_mode_changes(quadplane: GroundStation, plan: MissionBuilder) -> None:
    _cruise(quadplane, plan)
    assert quadplane.command(mavlink.MAV_CMD_DO_CHANGE_SPEED, 0, 20, -1) == 0
    quadplane.run(15.0)
    asked = quadplane.vehicle.truth.airspeed_m_s

    quadplane.set_mode(mavlink.PLANE_MODE_LOITER)
    quadplane.run(15.0)

    assert (asked, quadplane.vehicle.truth.airspeed_m_s) == pytest.approx((20.0, 25.0), abs=1.0)


def test_it_is_not_slower_over_ground_than_asked_for(quadplane: GroundStation, plan: MissionBuilder) -> None:
    _cruise(quadplane, plan)
    quadplane.command(mavlink.MAV_CMD_DO_CHANGE_SPEED, 0, 18, -1)

    quadplane.command(mavlink.MAV_CMD_DO_CHANGE_SPEED, 1, 23, -1)
    quadplane.run(20.0)

    assert quadplane.vehicle.truth.ground_speed_m_s == pytest.approx(23.0, abs=1.0)


def test_a_take_off_on_the_wing_is_taken(quadplane: GroundStation, plan: MissionBuilder) -> None:
    _cruise(quadplane, plan)
    quadplane.set_mode(mavlink.PLANE_MODE_GUIDED)

    result = quadplane.command(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, 40)
    quadplane.run(0.5)

    assert result == mavlink.MAV_RESULT_ACCEPTED
    assert quadplane.texts()[-1] == "VTOL Position1 d=0.0"


def test_a_landing_sequence_forbids_to_arm_without_rtl_autoland(
    quadplane: GroundStation, plan: MissionBuilder
) -> None:
    plan.action(mavlink.MAV_CMD_NAV_VTOL_TAKEOFF, frame=3)
    plan.place(mavlink.MAV_CMD_DO_LAND_START, 500, 0, 0).waypoint(500, 0, 80)
    quadplane.upload(plan.place(mavlink.MAV_CMD_NAV_VTOL_LAND, 0, 0, 0).items)

    result = quadplane.arm()
    quadplane.run(0.5)

    assert result == mavlink.MAV_RESULT_FAILED
    assert "Arm: DO_LAND_START set and RTL_AUTOLAND disabled" in quadplane.texts()


def test_rtl_close_to_home_becomes_qrtl_a_moment_later(quadplane: GroundStation) -> None:
    quadplane.set_parameter("Q_RTL_MODE", 1.0)
    quadplane.set_mode(mavlink.PLANE_MODE_GUIDED)
    quadplane.arm()
    quadplane.command(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, 25)
    quadplane.run(20.0)

    quadplane.set_mode(mavlink.PLANE_MODE_RTL)
    quadplane.run(0.5)
    at_once = quadplane.vehicle.truth.mode
    quadplane.run(1.5)

    assert (at_once, quadplane.vehicle.truth.mode) == ("RTL", "QRTL")
    assert any(text.startswith("VTOL position1 d=") and "r=90.0" in text for text in quadplane.texts())


def test_qrtl_lands_at_a_rally_point_that_is_nearer(quadplane: GroundStation, plan: MissionBuilder) -> None:
    rally = MissionBuilder(HOME, 2).place(mavlink.MAV_CMD_NAV_RALLY_POINT, 900, 300, 60)
    quadplane.upload(rally.items, 2)
    _cruise(quadplane, plan)

    quadplane.set_mode(21)
    assert quadplane.run_until_text("Throttle disarmed", 300.0)

    truth = quadplane.vehicle.truth
    place = FRAME.local_from_degrees(truth.latitude_deg, truth.longitude_deg)
    assert place == pytest.approx((900.0, 300.0), abs=3.0)
