"""What flies is what was uploaded: the plan on board, read by plain pymavlink, is the certified route."""

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from geofences.route import Route
from tests.simulation.judge import PlainStation
from tests.simulation.world import HOMES, World

HOME_AMSL_M = HOMES["Q1"].altitude_amsl_m
ONE_CENTIMETRE = pytest.approx(0.0, abs=0.01)
E7 = pytest.approx(0.0, abs=1.0)


@pytest.fixture(scope="module")
def world() -> World:
    world = World()
    world.ask()
    assert world.run_until(lambda: world.nodes["Q1"].vehicle.truth.armed, 600.0)
    return world


def cruise(route: Route) -> list[tuple[float, float, float]]:
    """Return latitude and longitude (1e7 deg) and height above home (m) of what lies between the pads."""
    return [
        (
            waypoint.position.latitude_deg * 1e7,
            waypoint.position.longitude_deg * 1e7,
            waypoint.altitude_amsl_m - HOME_AMSL_M,
        )
        for waypoint in route.waypoints[1:-1]
    ]


def test_the_mission_on_board_holds_every_waypoint_of_the_certified_route_in_order(world: World) -> None:
    plan = world.dispatcher.plan("S-0001")

    items = PlainStation(world.nodes["Q1"].vehicle, world.now).mission()

    marker = next(item.seq for item in items if item.command == mavlink.MAV_CMD_DO_RETURN_PATH_START)
    placed = [item for item in items if item.command == mavlink.MAV_CMD_NAV_WAYPOINT and item.seq > 0]
    out = [item for item in placed if item.seq < marker]
    home = [item for item in placed if marker < item.seq < plan.flight_plan.landing_seq]
    for route, found in ((plan.way_out, out), (plan.way_home, home)):
        expected = cruise(route)
        matched = [
            item
            for item in found
            if any(abs(item.x - x) <= 1 and abs(item.y - y) <= 1 for x, y, _ in expected)
        ]
        assert len(matched) == len(expected)
        for item, (x, y, z) in zip(matched, expected, strict=True):
            assert (item.x - x, item.y - y, item.z - z) == (E7, E7, ONE_CENTIMETRE)


def test_mission_and_fence_on_board_equal_the_stored_plan_item_by_item(world: World) -> None:
    plan = world.dispatcher.plan("S-0001").flight_plan
    station = PlainStation(world.nodes["Q1"].vehicle, world.now)

    for planned, kind in (
        (plan.mission, mavlink.MAV_MISSION_TYPE_MISSION),
        (plan.fence, mavlink.MAV_MISSION_TYPE_FENCE),
        (plan.rally, mavlink.MAV_MISSION_TYPE_RALLY),
    ):
        found = station.mission(kind)
        assert len(found) == len(planned)
        for wanted, item in list(zip(planned, found, strict=True))[1 if planned is plan.mission else 0 :]:
            assert (item.command, item.frame) == (wanted.command, wanted.frame)
            assert (item.param1, item.param2, item.param3, item.param4) == pytest.approx(
                (wanted.param1, wanted.param2, wanted.param3, wanted.param4)
            )
            assert (item.x - wanted.x_e7, item.y - wanted.y_e7, item.z - wanted.z_m) == (
                E7,
                E7,
                ONE_CENTIMETRE,
            )


def test_every_item_between_the_waypoints_stands_on_the_certified_line(world: World) -> None:
    plan = world.dispatcher.plan("S-0001")
    pad = plan.way_out.waypoints[-1].position

    items = PlainStation(world.nodes["Q1"].vehicle, world.now).mission()

    release = items[plan.flight_plan.release_seq]
    before = items[: plan.flight_plan.release_seq]
    hover = [item for item in before if item.command == mavlink.MAV_CMD_NAV_WAYPOINT][-1]
    assert (release.command, release.param1, release.param2) == (mavlink.MAV_CMD_DO_SET_SERVO, 9, 1900)
    assert (hover.x - pad.latitude_deg * 1e7, hover.y - pad.longitude_deg * 1e7) == (E7, E7)
