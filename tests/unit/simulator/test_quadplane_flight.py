"""Quadplane flights against ``qp_auto_delivery``, ``qp_return_path_gcs_failsafe`` and ``qp_rtl``."""

import itertools
import math
from collections.abc import Callable

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.geodesy import LocalFrame, distance_to_segment
from simulator.testing import GroundStation, MissionBuilder
from simulator.values import HomePoint, VehicleClass
from simulator.wind import Wind

HOME = HomePoint(32.7024, 128.845, 5.09)
FRAME = LocalFrame(HOME.latitude_deg, HOME.longitude_deg)
READY_S = 25.4
VTOL_TAKEOFF, VTOL_LAND = mavlink.MAV_CMD_NAV_VTOL_TAKEOFF, mavlink.MAV_CMD_NAV_VTOL_LAND


def _where(station: GroundStation) -> tuple[float, float]:
    truth = station.vehicle.truth
    return FRAME.local_from_degrees(truth.latitude_deg, truth.longitude_deg)


def _take_off(plan: MissionBuilder, height_m: float) -> MissionBuilder:
    plan.action(VTOL_TAKEOFF, frame=3)
    plan.items[1].z = height_m
    return plan


def _start(station: GroundStation) -> None:
    assert station.set_mode(mavlink.PLANE_MODE_AUTO) == 0
    station.run(1.0)
    assert station.arm() == 0


def _reached(station: GroundStation) -> list[int]:
    return [each.seq for each in station.of("MISSION_ITEM_REACHED")]


def _changes(values: list[int]) -> list[int]:
    return [value for index, value in enumerate(values) if index == 0 or value != values[index - 1]]


def _begins(texts: list[str], width: int) -> list[str]:
    return [text[:width] for text in texts]


def test_a_delivery_goes_through_the_stages_of_the_trace(
    quadplane: GroundStation, plan: MissionBuilder
) -> None:
    _take_off(plan, 30).waypoint(2000, 0, 80).waypoint(2000, 2000, 80)
    plan.place(mavlink.MAV_CMD_NAV_PAYLOAD_PLACE, 1000, 1000, 0, 60).waypoint(300, 0, 80)
    quadplane.upload(plan.place(VTOL_LAND, 0, 0, 0).items)
    said, begun = len(quadplane.texts()), quadplane.time

    _start(quadplane)
    quadplane.run_until_text("Throttle disarmed", 600.0)

    spoken = [text for text in quadplane.texts()[said:] if "Hit ground" not in text]
    assert _begins(spoken, 15) == [
        "Mission: 1 VTOL",
        "Throttle armed",
        "Mission: 2 WP",
        "Transition star",
        "Transition airs",
        "Transition done",
        "Reached waypoin",
        "Mission: 3 WP",
        "Reached waypoin",
        "Mission: 4 Payl",
        "VTOL approach d",
        "VTOL airbrake v",
        "VTOL position1 ",
        "VTOL position2 ",
        "Land descend st",
        "Payload place a",
        "Mission: 5 WP",
        "Transition star",
        "Transition airs",
        "Transition done",
        "Reached waypoin",
        "Mission: 6 VTOL",
        "VTOL approach d",
        "VTOL airbrake v",
        "VTOL position1 ",
        "VTOL position2 ",
        "Land descend st",
        "Land final star",
        "Land complete",
        "Throttle disarm",
    ]
    assert _reached(quadplane) == [1, 2, 3, 4, 5]
    states = _changes([each.vtol_state for each in quadplane.of("EXTENDED_SYS_STATE")])
    assert states == [4, 3, 1, 4, 1, 2, 3, 1, 4, 1, 2, 3]
    assert quadplane.time - begun == pytest.approx(451, abs=20)
    assert _where(quadplane) == pytest.approx((0, 0), abs=1.5)


def _delivery(plan: MissionBuilder) -> MissionBuilder:
    """Return a mission as Tsubaki writes it: out, release over the pad, climb, and back the same way."""
    _take_off(plan, 56)
    plan.waypoint(3000, 0, 56).waypoint(3000, 3000, 56).waypoint(402, 4500, 56).waypoint(402, 6500, 56)
    plan.action(mavlink.MAV_CMD_DO_VTOL_TRANSITION, mavlink.MAV_VTOL_STATE_MC)
    plan.waypoint(402, 7300, 20)
    plan.action(mavlink.MAV_CMD_DO_SET_SERVO, 9, 1900)
    plan.place(mavlink.MAV_CMD_NAV_LOITER_TIME, 402, 7300, 20, 10)
    plan.place(mavlink.MAV_CMD_NAV_LOITER_TO_ALT, 402, 7300, 81)
    plan.action(mavlink.MAV_CMD_DO_VTOL_TRANSITION, mavlink.MAV_VTOL_STATE_FW)
    plan.action(mavlink.MAV_CMD_DO_RETURN_PATH_START)
    plan.waypoint(402, 6500, 81).waypoint(402, 4500, 81).waypoint(3000, 3000, 81).waypoint(3000, 0, 81)
    return plan.place(VTOL_LAND, 0, 0, 0)


LINE = ((0.0, 0.0), (3000.0, 0.0), (3000.0, 3000.0), (402.0, 4500.0), (402.0, 7300.0))


@pytest.mark.parametrize("from_deg", range(0, 360, 45))
def test_the_flown_track_keeps_to_the_legs_in_8_m_s_of_wind(
    make_station: Callable[..., GroundStation], plan: MissionBuilder, from_deg: int
) -> None:
    station = make_station(VehicleClass.QUADPLANE, wind=Wind(8.0, from_deg), payload_kg=1.2)
    station.run(READY_S - station.time)
    station.set_parameter("RTL_AUTOLAND", 4)
    station.upload(_delivery(plan).items)

    _start(station)
    assert station.run_until_text("Throttle disarmed", 2500.0)

    track = [
        FRAME.local_from_degrees(each.latitude_deg, each.longitude_deg) for each in station.vehicle.track
    ]
    aside = [min(distance_to_segment(at, *leg) for leg in itertools.pairwise(LINE)) for at in track]
    assert max(aside) < 60.0
    assert station.vehicle.truth.released
    assert _where(station) == pytest.approx((0, 0), abs=2.0)


def test_a_vtol_waypoint_is_flown_slowly_to_its_height_and_place(
    quadplane: GroundStation, plan: MissionBuilder
) -> None:
    quadplane.set_parameter("RTL_AUTOLAND", 4)
    quadplane.upload(_delivery(plan).items)
    _start(quadplane)

    assert quadplane.run_until_text("Mission: 8 SetServo", 900.0)

    truth = quadplane.vehicle.truth
    assert _where(quadplane) == pytest.approx((402, 7300), abs=1.0)
    assert truth.altitude_amsl_m == pytest.approx(HOME.altitude_amsl_m + 20, abs=0.5)
    assert truth.ground_speed_m_s < 0.3
    near = [each for each in quadplane.vehicle.track if each.mission_seq == 7][-60:]
    assert max(each.ground_speed_m_s for each in near) == pytest.approx(5.0, abs=0.3)


def _return_mission(plan: MissionBuilder) -> MissionBuilder:
    """Return the mission of ``qp_return_path_gcs_failsafe``."""
    _take_off(plan, 30).waypoint(1500, 0, 80).waypoint(1500, 1500, 80).waypoint(1500, 3000, 80)
    plan.action(mavlink.MAV_CMD_DO_RETURN_PATH_START)
    plan.waypoint(1000, 3000, 80).waypoint(1000, 1500, 80).waypoint(0, 1500, 80)
    return plan.place(VTOL_LAND, 0, 0, 0)


@pytest.mark.parametrize(("action", "joined"), [(1, 7), (0, 4)])
def test_a_silent_ground_station_means_the_return_path_or_going_on(
    quadplane: GroundStation, plan: MissionBuilder, action: float, joined: int
) -> None:
    for name, value in (("RTL_AUTOLAND", 4.0), ("FS_GCS_ENABL", 1.0), ("FS_LONG_ACTN", action)):
        quadplane.set_parameter(name, value)
    quadplane.upload(_return_mission(plan).items)
    _start(quadplane)
    assert quadplane.run_until_text("Mission: 4 WP", 300.0)

    quadplane.beating = False
    assert quadplane.run_until_text("GCS Failsafe On", 10.0)
    quadplane.run(3.0)

    assert list(quadplane.of("MISSION_CURRENT"))[-1].seq == joined
    assert quadplane.vehicle.truth.mode == "AUTO"
    assert list(quadplane.of("HEARTBEAT"))[-1].system_status == mavlink.MAV_STATE_CRITICAL


def test_the_failsafe_shows_rtl_for_an_instant_before_auto(
    quadplane: GroundStation, plan: MissionBuilder
) -> None:
    for name, value in (("RTL_AUTOLAND", 4.0), ("FS_GCS_ENABL", 1.0), ("FS_LONG_ACTN", 1.0)):
        quadplane.set_parameter(name, value)
    quadplane.upload(_return_mission(plan).items)
    _start(quadplane)
    quadplane.run_until_text("Transition done", 60.0)

    quadplane.beating = False
    quadplane.run_until_text("Return path started", 10.0)

    modes = _changes([each.custom_mode for each in quadplane.of("HEARTBEAT")])
    assert modes[-3:] == [mavlink.PLANE_MODE_AUTO, mavlink.PLANE_MODE_RTL, mavlink.PLANE_MODE_AUTO]


def test_a_low_battery_joins_the_return_path_and_lands(
    quadplane: GroundStation, plan: MissionBuilder
) -> None:
    for name, value in (("RTL_AUTOLAND", 4.0), ("BATT_FS_LOW_ACT", 1.0)):
        quadplane.set_parameter(name, value)
    quadplane.upload(_return_mission(plan).items)
    _start(quadplane)
    assert quadplane.run_until_text("Mission: 3 WP", 300.0)

    quadplane.set_parameter("BATT_LOW_MAH", 78_500)
    assert quadplane.run_until_text("Return path started", 60.0)
    assert quadplane.run_until_text("Throttle disarmed", 600.0)

    assert _where(quadplane) == pytest.approx((0, 0), abs=1.5)


def test_rtl_becomes_qrtl_near_home(quadplane: GroundStation, plan: MissionBuilder) -> None:
    quadplane.set_parameter("Q_RTL_MODE", 1)
    quadplane.upload(_take_off(plan, 30).waypoint(3000, 0, 80).waypoint(6000, 0, 80).items)
    _start(quadplane)
    quadplane.run_until_text("Transition done", 60.0)
    quadplane.run(40.0)

    quadplane.set_mode(mavlink.PLANE_MODE_RTL)
    assert quadplane.run_until_text("VTOL airbrake", 200.0)

    assert quadplane.vehicle.truth.mode == "QRTL"
    assert math.hypot(*_where(quadplane)) == pytest.approx(157, abs=15)
    assert quadplane.run_until_text("Throttle disarmed", 120.0)
    assert _where(quadplane) == pytest.approx((0, 0), abs=1.5)


def test_a_second_flight_needs_a_new_plan_or_another_mode(
    quadplane: GroundStation, plan: MissionBuilder
) -> None:
    quadplane.set_parameter("RTL_AUTOLAND", 4)
    quadplane.upload(_return_mission(plan).items)
    _start(quadplane)
    assert quadplane.run_until_text("Throttle disarmed", 900.0)

    refused = quadplane.arm()
    quadplane.set_mode(mavlink.PLANE_MODE_QLOITER)
    quadplane.upload(plan.items)
    quadplane.set_mode(mavlink.PLANE_MODE_AUTO)

    assert refused == mavlink.MAV_RESULT_FAILED
    assert {"Arm: In landing sequence", "Arm: AUTO missing takeoff waypoint"} < set(quadplane.texts())
    assert quadplane.arm() == mavlink.MAV_RESULT_ACCEPTED
