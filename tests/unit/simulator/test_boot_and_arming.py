"""The first minute, modes and arming: ``boot_and_prearm``, ``arm_disarm``, ``set_mode`` and ``qp_modes``."""

from collections.abc import Callable

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.testing import GroundStation, MissionBuilder
from simulator.values import HomePoint, VehicleClass, VehicleConfig
from simulator.vehicle import Vehicle

HOME = HomePoint(32.7024, 128.845, 5.09)
ACCEPTED, DENIED, UNSUPPORTED, FAILED = 0, 2, 3, 4


def _heartbeats(station: GroundStation) -> list[tuple[int, int, int]]:
    return [(each.base_mode, each.custom_mode, each.system_status) for each in station.of("HEARTBEAT")]


def test_a_silent_peer_gets_heartbeats_and_nothing_else() -> None:
    vehicle = Vehicle(VehicleConfig("test", VehicleClass.COPTER, HOME, boot_at=0.0))
    vehicle.connect("peer", 0.0)
    vehicle.advance(5.0)
    parser = mavlink.MAVLink(None)

    messages = [message for data, _ in vehicle.send() for message in parser.parse_buffer(data)]

    assert {message.get_type() for message in messages} == {"HEARTBEAT"}
    assert [message.base_mode for message in messages] == [89, 89, 81, 81]


def test_a_copter_can_be_armed_in_guided_only_once_it_knows_its_position(
    make_station: Callable[..., GroundStation],
) -> None:
    station = make_station(VehicleClass.COPTER)
    station.set_mode(mavlink.COPTER_MODE_GUIDED)

    station.run(40.0 - station.time)
    too_early = station.arm()
    station.run(2.0)
    in_time = station.arm()

    assert (too_early, in_time) == (FAILED, ACCEPTED)
    assert "Arm: Need Position Estimate" in station.texts()
    assert station.texts()[-1] == "Arming motors"


def test_a_quadplane_boots_in_initialising_then_fbwa_and_is_armable_after_25_s(
    make_station: Callable[..., GroundStation],
) -> None:
    station = make_station(VehicleClass.QUADPLANE)

    station.run(20.0 - station.time)
    too_early = station.arm()
    station.run(5.2)

    assert _heartbeats(station)[0] == (17, 16, 2)
    assert _heartbeats(station)[-1] == (81, 5, 3)
    assert (too_early, station.arm()) == (FAILED, ACCEPTED)


@pytest.mark.parametrize(
    ("mode", "name"), [(3, "AUTO"), (6, "RTL"), (9, "LAND"), (17, "BRAKE"), (7, "CIRCLE"), (21, "SMART_RTL")]
)
def test_a_copter_refuses_arming_in_modes_that_fly_by_themselves(
    copter: GroundStation, plan: MissionBuilder, mode: int, name: str
) -> None:
    copter.upload(plan.action(20, frame=3).items)
    copter.set_mode(mode)

    assert copter.arm() == FAILED

    assert copter.texts()[-1] == f"Arm: {name} mode not armable"


def test_auto_without_a_mission_is_entered_but_not_armed(copter: GroundStation) -> None:
    assert copter.set_mode(mavlink.COPTER_MODE_AUTO) == ACCEPTED

    assert copter.arm() == FAILED

    assert copter.texts()[-1] == "Arm: Mode requires mission"


@pytest.mark.parametrize("mode", [0, 2, 4, 5])
def test_the_armed_heartbeat_comes_with_the_next_regular_one(copter: GroundStation, mode: int) -> None:
    copter.set_mode(mode)
    before = len(_heartbeats(copter))

    assert copter.arm() == ACCEPTED
    assert len(_heartbeats(copter)) == before
    copter.run(1.2)

    assert _heartbeats(copter)[-1][0] & mavlink.MAV_MODE_FLAG_SAFETY_ARMED


def test_a_copter_that_is_armed_for_nothing_disarms_after_10_s(copter: GroundStation) -> None:
    copter.set_mode(mavlink.COPTER_MODE_GUIDED)
    copter.arm()
    armed_at = copter.time

    assert copter.run_until_text("Disarming motors", 15.0)

    assert copter.time - armed_at == pytest.approx(10.0, abs=0.5)


@pytest.mark.parametrize(
    ("params", "result"),
    [((1, 99), FAILED), ((0, 4), DENIED), ((1, 4.6), ACCEPTED), ((1, 27), FAILED), ((1, 5), ACCEPTED)],
)
def test_do_set_mode_is_answered_as_recorded(
    copter: GroundStation, params: tuple[float, float], result: int
) -> None:
    assert copter.command(mavlink.MAV_CMD_DO_SET_MODE, *params) == result


def test_set_mode_is_obeyed_without_an_acknowledgement(copter: GroundStation) -> None:
    answers = copter.send(mavlink.MAVLink_set_mode_message(1, 1, 4))

    assert [each.get_type() for each in answers] == ["HEARTBEAT"]
    assert _heartbeats(copter)[-1][1] == 4


def test_a_quadplane_without_a_mission_falls_from_auto_to_rtl(quadplane: GroundStation) -> None:
    assert quadplane.set_mode(mavlink.PLANE_MODE_AUTO) == ACCEPTED

    assert quadplane.texts()[-1] == "Mission complete, changing mode to RTL"
    assert quadplane.arm() == FAILED
    assert quadplane.texts()[-1] == "Arm: RTL mode not armable"


def _plane_mission(plan: MissionBuilder, last_north_m: float, *, marker: bool) -> MissionBuilder:
    plan.action(mavlink.MAV_CMD_NAV_VTOL_TAKEOFF, frame=3).waypoint(1000, 0, 80)
    if marker:
        plan.action(mavlink.MAV_CMD_DO_RETURN_PATH_START)
    return plan.waypoint(last_north_m, 0, 80).place(mavlink.MAV_CMD_NAV_VTOL_LAND, 0, 0, 0)


def test_a_landing_too_near_to_the_waypoint_before_it_keeps_a_quadplane_on_the_ground(
    quadplane: GroundStation, plan: MissionBuilder
) -> None:
    quadplane.upload(_plane_mission(plan, 100, marker=False).items)
    quadplane.set_mode(mavlink.PLANE_MODE_AUTO)

    assert quadplane.arm() == FAILED

    assert quadplane.texts()[-1] == "Arm: VTOL land too short, min 117m"


@pytest.mark.parametrize(("autoland", "result"), [(0, FAILED), (4, ACCEPTED)])
def test_a_return_path_needs_rtl_autoland(
    quadplane: GroundStation, plan: MissionBuilder, autoland: float, result: int
) -> None:
    quadplane.set_parameter("RTL_AUTOLAND", autoland)
    quadplane.upload(_plane_mission(plan, 300, marker=True).items)
    quadplane.set_mode(mavlink.PLANE_MODE_AUTO)

    assert quadplane.arm() == result


def test_arming_outside_the_fence_is_refused(copter: GroundStation) -> None:
    fence = MissionBuilder(HOME, mavlink.MAV_MISSION_TYPE_FENCE)
    for north, east in ((900, -100), (900, 100), (1100, 100), (1100, -100)):
        fence.place(5001, north, east, 0, 4, frame=0)
    copter.upload(fence.items, mavlink.MAV_MISSION_TYPE_FENCE)
    copter.set_parameter("FENCE_ENABLE", 1)
    copter.set_mode(mavlink.COPTER_MODE_GUIDED)
    copter.run(2.0)

    assert copter.arm() == FAILED

    assert copter.texts()[-1] == "Arm: Vehicle breaching Polygon fence"
