"""Masks and frames of targets in GUIDED; as ArduCopter 4.7-dev SITL flew."""

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.geodesy import LocalFrame
from simulator.testing import GroundStation
from simulator.values import HomePoint

HOME = HomePoint(32.7024, 128.845, 5.09)
FRAME = LocalFrame(HOME.latitude_deg, HOME.longitude_deg)
POSITION, VELOCITY, ACCELERATION = 0b110111111000, 0b110111000111, 0b110000111111
YAW, NOTHING = 0b100111111000, 0b111111111111
LOCAL, OFFSET, BODY_OFFSET, UNKNOWN = 1, 7, 9, 3


def _where(station: GroundStation) -> tuple[float, float, float]:
    truth = station.vehicle.truth
    place = FRAME.local_from_degrees(truth.latitude_deg, truth.longitude_deg)
    return (*place, truth.altitude_amsl_m - HOME.altitude_amsl_m)


def _target(
    station: GroundStation,
    mask: int,
    place: tuple[float, float, float] = (0, 0, 0),
    speed: tuple[float, float, float] = (0, 0, 0),
    frame: int = LOCAL,
    push: tuple[float, float, float] = (0, 0, 0),
    yaw: float = 0,
) -> None:
    station.send(
        mavlink.MAVLink_set_position_target_local_ned_message(
            0, 1, 1, frame, mask, *place, *speed, *push, yaw, 0
        )
    )


@pytest.fixture
def hovering(copter: GroundStation) -> GroundStation:
    copter.set_mode(mavlink.COPTER_MODE_GUIDED)
    copter.arm()
    copter.command(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, 20)
    copter.run(22.0)
    return copter


def test_a_place_is_counted_from_the_origin_from_here_or_along_the_nose(hovering: GroundStation) -> None:
    _target(hovering, POSITION, (30, 10, -25))
    hovering.run(15.0)
    assert _where(hovering) == pytest.approx((30, 10, 25), abs=1.5)

    _target(hovering, POSITION, (10, 0, -5), frame=OFFSET)
    hovering.run(12.0)
    assert _where(hovering) == pytest.approx((40, 10, 30), abs=1.5)

    hovering.command(mavlink.MAV_CMD_CONDITION_YAW, 90)
    hovering.run(8.0)
    _target(hovering, POSITION, (10, 0, 0), frame=BODY_OFFSET)
    hovering.run(12.0)
    assert _where(hovering) == pytest.approx((40, 20, 30), abs=2.5)


@pytest.mark.parametrize(("mask", "frame"), [(NOTHING, LOCAL), (POSITION, UNKNOWN)])
def test_a_target_without_sense_stops_the_copter(hovering: GroundStation, mask: int, frame: int) -> None:
    _target(hovering, POSITION, (200, 0, -20))
    hovering.run(5.0)

    _target(hovering, mask, (5, 0, 0), frame=frame)
    hovering.run(8.0)

    assert hovering.vehicle.truth.ground_speed_m_s < 0.6
    assert 5 < _where(hovering)[0] < 100


def test_an_acceleration_moves_the_copter(hovering: GroundStation) -> None:
    _target(hovering, ACCELERATION, push=(1, 0, 0))
    hovering.run(2.0)

    assert hovering.vehicle.truth.ground_speed_m_s == pytest.approx(1.8, abs=0.8)


def test_a_heading_is_turned_to(hovering: GroundStation) -> None:
    _target(hovering, YAW, (0, 0, -20), yaw=1.5708)
    hovering.run(8.0)

    assert hovering.vehicle.truth.heading_deg == pytest.approx(90, abs=5)


def test_guided_is_paused_and_goes_on(hovering: GroundStation) -> None:
    _target(hovering, POSITION, (200, 0, -20))
    hovering.run(6.0)

    paused = hovering.command(mavlink.MAV_CMD_DO_PAUSE_CONTINUE, 0)
    hovering.run(6.0)
    speed = hovering.vehicle.truth.ground_speed_m_s
    hovering.command(mavlink.MAV_CMD_DO_PAUSE_CONTINUE, 1)
    hovering.run(5.0)

    assert (paused, speed < 0.6, hovering.vehicle.truth.ground_speed_m_s > 3) == (0, True, True)
