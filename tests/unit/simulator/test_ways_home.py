"""RTL, rally points and Smart RTL; as ArduCopter 4.7-dev SITL flew, where it was asked."""

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.geodesy import LocalFrame
from simulator.testing import GroundStation, MissionBuilder
from simulator.values import HomePoint

HOME = HomePoint(32.7024, 128.845, 5.09)
FRAME = LocalFrame(HOME.latitude_deg, HOME.longitude_deg)
GUIDED, RTL, SMART_RTL = mavlink.COPTER_MODE_GUIDED, mavlink.COPTER_MODE_RTL, mavlink.COPTER_MODE_SMART_RTL


def _where(station: GroundStation) -> tuple[float, float, float]:
    truth = station.vehicle.truth
    place = FRAME.local_from_degrees(truth.latitude_deg, truth.longitude_deg)
    return (*place, truth.altitude_amsl_m - HOME.altitude_amsl_m)


def _go(station: GroundStation, north: float, east: float, up: float, wait_s: float = 25.0) -> None:
    station.send(
        mavlink.MAVLink_set_position_target_local_ned_message(
            0, 1, 1, 1, 0b110111111000, north, east, -up, 0, 0, 0, 0, 0, 0, 0, 0
        )
    )
    station.run(wait_s)


@pytest.fixture
def hovering(copter: GroundStation) -> GroundStation:
    copter.set_mode(GUIDED)
    copter.arm()
    copter.command(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, 20)
    copter.run(22.0)
    return copter


def _rally(station: GroundStation, *places: tuple[float, float]) -> None:
    points = MissionBuilder(HOME, 2)
    for north, east in places:
        points.place(mavlink.MAV_CMD_NAV_RALLY_POINT, north, east, 20)
    assert station.upload(points.items, 2) == 0


@pytest.mark.parametrize(
    ("settings", "landing"),
    [
        ({}, (100, 0)),
        ({"RALLY_LIMIT_KM": 0.02}, (0, 0)),
        ({"RALLY_INCL_HOME": 0, "RALLY_LIMIT_KM": 0}, (100, 0)),
    ],
)
def test_rtl_flies_to_the_nearest_rally_point_or_home(
    hovering: GroundStation, settings: dict[str, float], landing: tuple[float, float]
) -> None:
    _rally(hovering, (100, 0), (0, 150))
    for name, value in settings.items():
        hovering.set_parameter(name, value)
    _go(hovering, 90, 30, 20)

    hovering.set_mode(RTL)
    hovering.run_until_text("Disarming motors", 150.0)

    assert _where(hovering)[:2] == pytest.approx(landing, abs=1.5)


def test_rtl_with_a_final_height_hovers_there(hovering: GroundStation) -> None:
    hovering.set_parameter("RTL_ALT_FINAL", 500)

    hovering.set_mode(RTL)
    hovering.run(40.0)

    assert _where(hovering) == pytest.approx((0, 0, 5), abs=1.0)
    assert hovering.vehicle.truth.armed


@pytest.mark.parametrize(
    ("settings", "height_m"),
    [({"RTL_ALT": 4000}, 40), ({"RTL_ALT": 1500}, 20), ({"RTL_ALT": 1500, "RTL_CLIMB_MIN": 500}, 25)],
)
def test_rtl_climbs_as_its_parameters_say(
    hovering: GroundStation, settings: dict[str, float], height_m: float
) -> None:
    for name, value in settings.items():
        hovering.set_parameter(name, value)
    _go(hovering, 60, 0, 20, 15.0)

    hovering.set_mode(RTL)
    highest = 0.0
    for _ in range(30):
        hovering.run(1.0)
        highest = max(highest, _where(hovering)[2])

    assert highest == pytest.approx(height_m, abs=1.0)


def test_rtl_does_not_climb_high_near_home(hovering: GroundStation) -> None:
    hovering.set_parameter("RTL_ALT", 6000)
    _go(hovering, 10, 0, 20, 10.0)

    hovering.set_mode(RTL)
    hovering.run(15.0)

    # RTL_CONE_SLOPE 3: at 10 m from home no higher than 30 m.
    assert _where(hovering)[2] == pytest.approx(30, abs=1.5)


def test_smart_rtl_goes_back_the_way_it_came(hovering: GroundStation) -> None:
    _go(hovering, 60, 0, 20, 15.0)
    _go(hovering, 60, 60, 20, 15.0)

    hovering.set_mode(SMART_RTL)
    corner = 1e9
    for _ in range(40):
        hovering.run(0.6)
        north, east, _ = _where(hovering)
        corner = min(corner, ((north - 60) ** 2 + east**2) ** 0.5)
    hovering.run_until_text("Disarming motors", 100.0)

    assert corner < 4.0
    assert _where(hovering)[:2] == pytest.approx((0, 0), abs=1.5)
