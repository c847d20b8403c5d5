"""A quadplane on its wing that is sent to GUIDED with ``Q_GUIDED_MODE`` 1 hovers (seen with ArduPlane)."""

import math

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.geodesy import LocalFrame
from simulator.testing import GroundStation, MissionBuilder
from simulator.values import HomePoint

HOME = HomePoint(32.7024, 128.845, 5.09)
FRAME = LocalFrame(HOME.latitude_deg, HOME.longitude_deg)
HOVERS_WITHIN_S = 20.0
STOPPING_M = 157.0
"""From 25 m/s with ``Q_TRANS_DECEL`` 2 m/s²; the real one stopped 156 m ahead."""


def where(station: GroundStation) -> tuple[float, float]:
    truth = station.vehicle.truth
    return FRAME.local_from_degrees(truth.latitude_deg, truth.longitude_deg)


@pytest.fixture
def cruising(quadplane: GroundStation, plan: MissionBuilder) -> GroundStation:
    """Return a quadplane on its wing, 25 m/s northwards."""
    plan.action(mavlink.MAV_CMD_NAV_VTOL_TAKEOFF, frame=3)
    plan.items[1].z = 60
    quadplane.upload(plan.waypoint(4000, 0, 60).items)
    quadplane.set_parameter("Q_GUIDED_MODE", 1)
    quadplane.set_mode(mavlink.PLANE_MODE_AUTO)
    quadplane.run(1.0)
    assert quadplane.arm() == 0
    quadplane.run(60.0)
    return quadplane


def test_it_hovers_where_it_can_stop_straight_ahead(cruising: GroundStation) -> None:
    before, _ = where(cruising)

    cruising.set_mode(mavlink.PLANE_MODE_GUIDED)
    cruising.run(HOVERS_WITHIN_S)

    north, east = where(cruising)
    assert north - before == pytest.approx(STOPPING_M, abs=15.0)
    assert abs(east) < 5.0
    assert cruising.vehicle.truth.ground_speed_m_s < 2.0
    assert cruising.vehicle.truth.altitude_amsl_m - HOME.altitude_amsl_m == pytest.approx(60.0, abs=6.0)


def test_it_hovers_over_a_point_that_it_is_sent_to(cruising: GroundStation) -> None:
    before, _ = where(cruising)
    latitude, longitude = FRAME.degrees_from_local(before + 400.0, 0.0)
    place = (round(latitude * 1e7), round(longitude * 1e7))

    cruising.send(mavlink.MAVLink_command_int_message(1, 1, 3, 192, 0, 0, -1, 1, 0, 0, *place, 60))
    cruising.run(45.0)

    north, east = where(cruising)
    assert math.hypot(north - before - 400.0, east) < 3.0
    assert cruising.vehicle.truth.ground_speed_m_s < 1.0


def test_it_goes_on_with_its_mission_from_the_hover(cruising: GroundStation) -> None:
    cruising.set_mode(mavlink.PLANE_MODE_GUIDED)
    cruising.run(HOVERS_WITHIN_S)

    cruising.set_mode(mavlink.PLANE_MODE_AUTO)
    cruising.run(30.0)

    assert cruising.vehicle.truth.ground_speed_m_s > 20.0


def test_without_the_parameter_it_circles(cruising: GroundStation) -> None:
    cruising.set_parameter("Q_GUIDED_MODE", 0)

    cruising.set_mode(mavlink.PLANE_MODE_GUIDED)
    cruising.run(HOVERS_WITHIN_S)

    assert cruising.vehicle.truth.ground_speed_m_s > 15.0
