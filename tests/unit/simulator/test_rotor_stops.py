"""A quadplane that hovers in a mission, as ArduPlane does it.

Sources: ``ModeAuto::verify_nav_delay``, ``Plane::verify_loiter_time``, ``Plane::loiter_angle_update``; seen
on ArduPlane 4.7.0-dev (SITL).
"""

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.testing import GroundStation, MissionBuilder

TO_ALT, TIME = mavlink.MAV_CMD_NAV_LOITER_TO_ALT, mavlink.MAV_CMD_NAV_LOITER_TIME


def hovering(station: GroundStation, plan: MissionBuilder) -> None:
    """Upload a mission that has begun with a hover at 30 m, and start it."""
    station.set_parameter("RTL_AUTOLAND", 4)
    assert station.upload(plan.items) == mavlink.MAV_MISSION_ACCEPTED
    station.set_mode(5)
    assert station.arm() == mavlink.MAV_RESULT_ACCEPTED
    station.set_mode(10)


def begun(plan: MissionBuilder) -> MissionBuilder:
    plan.place(mavlink.MAV_CMD_NAV_VTOL_TAKEOFF, 0, 0, 30)
    return plan.action(mavlink.MAV_CMD_DO_VTOL_TRANSITION, mavlink.MAV_VTOL_STATE_MC)


def up_m(station: GroundStation) -> float:
    return station.vehicle.truth.altitude_amsl_m - 5.09


def time_of(station: GroundStation, words: str) -> float:
    return next(
        at for at, message in station.received if message.get_type() == "STATUSTEXT" and words in message.text
    )


def test_an_armed_quadplane_does_not_wait_at_a_delay(quadplane: GroundStation, plan: MissionBuilder) -> None:
    begun(plan).action(mavlink.MAV_CMD_NAV_DELAY, 20, -1, -1, -1).waypoint(50, 0, 30)
    hovering(quadplane, plan)

    assert quadplane.run_until_text("Mission: 4 WP", 60.0)

    assert time_of(quadplane, "Mission: 4 WP") - time_of(quadplane, "Delaying 20 sec") < 1.0


def test_a_loiter_on_rotors_is_a_hover_for_its_time(quadplane: GroundStation, plan: MissionBuilder) -> None:
    begun(plan).place(TIME, 0, 0, 30, 20).waypoint(50, 0, 30)
    hovering(quadplane, plan)

    assert quadplane.run_until_text("Mission: 4 WP", 90.0)

    waited_s = time_of(quadplane, "Loiter time complete") - time_of(quadplane, "Mission: 3")
    assert waited_s == pytest.approx(20.0, abs=1.0)
    assert up_m(quadplane) == pytest.approx(30.0, abs=0.5)


@pytest.mark.parametrize(("height_m", "goes_on_at_m"), [(60.0, 55.0), (12.0, 17.0)])
def test_a_height_counts_as_reached_within_5_m(
    quadplane: GroundStation, plan: MissionBuilder, height_m: float, goes_on_at_m: float
) -> None:
    begun(plan).place(TO_ALT, 0, 0, height_m).waypoint(50, 0, height_m)
    hovering(quadplane, plan)

    assert quadplane.run_until_text("Loiter to alt complete", 120.0)

    assert up_m(quadplane) == pytest.approx(goes_on_at_m, abs=1.0)


def test_a_waypoint_straight_above_counts_as_reached_at_once(
    quadplane: GroundStation, plan: MissionBuilder
) -> None:
    begun(plan).waypoint(40, 0, 30).waypoint(40, 0, 60).place(TIME, 40, 0, 60, 5)
    hovering(quadplane, plan)

    assert quadplane.run_until_text("Mission: 5 Loit", 120.0)

    assert up_m(quadplane) == pytest.approx(30.0, abs=1.0)
