"""Where a copter comes down, where its nose points, and how it rounds a corner."""

import math

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.geodesy import LocalFrame
from simulator.testing import GroundStation, MissionBuilder
from tests.unit.simulator.conftest import HOME

FRAME = LocalFrame(HOME.latitude_deg, HOME.longitude_deg)
VELOCITY_ONLY = 0b0000_1101_1100_0111


def _where(station: GroundStation) -> tuple[float, float]:
    truth = station.vehicle.truth
    return FRAME.local_from_degrees(truth.latitude_deg, truth.longitude_deg)


def _hover(station: GroundStation, height_m: float = 15.0) -> None:
    station.set_mode(mavlink.COPTER_MODE_GUIDED)
    assert station.arm() == 0
    assert station.command(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, height_m) == 0
    station.run(18.0)


def _push(station: GroundStation, north_m_s: float, east_m_s: float, seconds: int) -> None:
    for _ in range(seconds):
        velocity = (north_m_s, east_m_s, 0.0)
        station.send(
            mavlink.MAVLink_set_position_target_local_ned_message(
                0, 1, 1, 1, VELOCITY_ONLY, 0, 0, 0, *velocity, *[0.0] * 5
            )
        )
        station.run(1.0)


def test_land_at_full_speed_comes_down_where_it_stops(copter: GroundStation) -> None:
    _hover(copter)
    _push(copter, 0.0, 6.0, 8)
    copter.set_mode(mavlink.COPTER_MODE_LAND)
    copter.run(5.0)
    stopped = _where(copter)

    assert copter.run_until_text("Disarming motors", 60.0)

    assert math.dist(_where(copter), stopped) < 1.5


def test_a_velocity_turns_the_nose_to_where_it_leads(copter: GroundStation) -> None:
    _hover(copter)
    copter.command(mavlink.MAV_CMD_CONDITION_YAW, 180, 60, 1, 0)
    copter.run(5.0)

    _push(copter, 0.0, 3.0, 5)

    assert copter.vehicle.truth.heading_deg == pytest.approx(90.0, abs=5.0)


def test_through_a_corner_it_keeps_its_way(copter: GroundStation, plan: MissionBuilder) -> None:
    plan.action(mavlink.MAV_CMD_NAV_TAKEOFF, frame=3)
    plan.items[-1].z = 15.0
    copter.upload(plan.waypoint(120, 0, 15).waypoint(120, 120, 15).items)
    copter.set_mode(mavlink.COPTER_MODE_GUIDED)
    copter.arm()
    copter.command(mavlink.MAV_CMD_MISSION_START)
    assert copter.run_until_text("Reached command #2", 90.0)

    slowest = min(_speed_after(copter, 0.2) for _ in range(15))

    assert slowest > 2.0


def _speed_after(station: GroundStation, seconds: float) -> float:
    station.run(seconds)
    return station.vehicle.truth.ground_speed_m_s


def test_without_satellites_for_long_the_way_for_smart_rtl_is_given_up(copter: GroundStation) -> None:
    _hover(copter, 60.0)

    copter.set_parameter("SIM_GPS1_ENABLE", 0.0)

    assert copter.run_until_text("SmartRTL deactivated: bad position", 40.0)


def test_without_a_position_there_is_no_wind(copter: GroundStation) -> None:
    copter.set_parameter("SIM_GPS1_ENABLE", 0.0)
    copter.run(20.0)
    before = len(list(copter.of("WIND")))
    copter.ask_for(mavlink.MAVLINK_MSG_ID_WIND, 5.0)

    copter.run(5.0)

    assert len(list(copter.of("WIND"))) == before
