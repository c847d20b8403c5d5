"""Copter flights against ``auto_delivery``, ``rtl``, ``return_path_*`` and ``guided_flight``."""

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.geodesy import LocalFrame
from simulator.testing import GroundStation, MissionBuilder
from simulator.values import HomePoint, VehicleClass, VehicleConfig
from simulator.vehicle import Vehicle

HOME = HomePoint(32.7024, 128.845, 5.09)
FRAME = LocalFrame(HOME.latitude_deg, HOME.longitude_deg)
ACCEPTED = 0


def _where(station: GroundStation) -> tuple[float, float]:
    truth = station.vehicle.truth
    return FRAME.local_from_degrees(truth.latitude_deg, truth.longitude_deg)


def _start(station: GroundStation) -> None:
    station.set_mode(mavlink.COPTER_MODE_GUIDED)
    assert station.arm() == ACCEPTED
    assert station.command(mavlink.MAV_CMD_MISSION_START) == ACCEPTED


def _reached(station: GroundStation) -> list[int]:
    return [each.seq for each in station.of("MISSION_ITEM_REACHED")]


def _changes(values: list[int]) -> list[int]:
    return [value for index, value in enumerate(values) if index == 0 or value != values[index - 1]]


def _delivery(plan: MissionBuilder) -> MissionBuilder:
    plan.action(mavlink.MAV_CMD_NAV_TAKEOFF, frame=3)
    plan.items[1].z = 60
    plan.waypoint(800, 0, 60).waypoint(800, 800, 60)
    plan.action(mavlink.MAV_CMD_DO_SET_SERVO, 9, 1900).action(mavlink.MAV_CMD_NAV_DELAY, 5, -1, -1, -1)
    return plan.waypoint(0, 800, 60).place(mavlink.MAV_CMD_NAV_LAND, 0, 700, 0)


def test_a_delivery_says_and_does_what_the_trace_auto_delivery_says(
    copter: GroundStation, plan: MissionBuilder
) -> None:
    copter.upload(_delivery(plan).items)
    begun = copter.time
    said = len(copter.texts())

    _start(copter)
    copter.run_until_text("Disarming motors", 500.0)
    flown_s = copter.time - begun
    copter.run(2.0)

    spoken = [text for text in copter.texts()[said:] if "Hit ground" not in text]
    assert spoken == [
        "Arming motors",
        "Mission: 1 Takeoff",
        "Mission: 1 Takeoff",
        "Mission: 2 WP",
        "Reached command #2",
        "Mission: 3 WP",
        "Reached command #3",
        "Mission: 4 SetServo",
        "Mission: 5 Delay",
        "Delaying 5 sec",
        "Mission: 6 WP",
        "Reached command #6",
        "Mission: 7 Land",
        "Disarming motors",
        "Mission: 1 Takeoff",
    ]
    assert _reached(copter) == [1, 2, 3, 5, 6]
    assert _changes([each.seq for each in copter.of("MISSION_CURRENT")]) == [0, 1, 2, 3, 5, 6, 7, 1]
    assert _changes([each.landed_state for each in copter.of("EXTENDED_SYS_STATE")]) == [1, 3, 2, 4, 1]
    assert flown_s == pytest.approx(367, abs=4)
    assert _where(copter) == pytest.approx((0, 700), abs=1)
    assert copter.vehicle.truth.released


def _round_trip(plan: MissionBuilder) -> MissionBuilder:
    """Return the mission of the traces ``return_path_*``."""
    plan.action(mavlink.MAV_CMD_NAV_TAKEOFF, frame=3)
    plan.items[1].z = 40
    plan.waypoint(300, 0, 40).waypoint(300, 300, 40).waypoint(300, 500, 40)
    plan.action(mavlink.MAV_CMD_DO_RETURN_PATH_START)
    plan.waypoint(200, 500, 40).waypoint(0, 400, 40).waypoint(0, 200, 40)
    return plan.place(mavlink.MAV_CMD_NAV_LAND, 0, 0, 0)


def _fly_until_reached(station: GroundStation, seq: int) -> None:
    assert station.run(300.0, lambda each: each.get_type() == "MISSION_ITEM_REACHED" and each.seq == seq), (
        f"item {seq} was not reached"
    )


def test_the_waypoint_before_the_marker_is_announced_with_the_marker_s_number(
    copter: GroundStation, plan: MissionBuilder
) -> None:
    copter.upload(_round_trip(plan).items)

    _start(copter)
    copter.run_until_text("Disarming motors", 400.0)

    assert _reached(copter) == [1, 2, 3, 5, 6, 7, 8]
    assert "Reached command #4" in copter.texts()


@pytest.mark.parametrize(("after", "joined"), [(2, 9), (3, 6)])
def test_the_return_path_is_joined_on_its_nearest_leg(
    copter: GroundStation, plan: MissionBuilder, after: int, joined: int
) -> None:
    copter.upload(_round_trip(plan).items)
    _start(copter)
    _fly_until_reached(copter, after)

    assert copter.command(mavlink.MAV_CMD_DO_RETURN_PATH_START) == ACCEPTED
    copter.run(1.0)

    assert list(copter.of("MISSION_CURRENT"))[-1].seq == joined
    assert copter.texts()[-1] == "Return path started"
    assert copter.vehicle.truth.mode == "AUTO_RTL"


def test_a_silent_ground_station_sends_the_copter_onto_the_return_path(
    copter: GroundStation, plan: MissionBuilder
) -> None:
    copter.set_parameter("FS_GCS_ENABLE", 6)
    copter.upload(_round_trip(plan).items)
    _start(copter)
    _fly_until_reached(copter, 3)

    copter.beating = False
    silent_at = copter.time
    assert copter.run_until_text("GCS Failsafe", 10.0)
    acted_s = copter.time - silent_at
    copter.run(2.0)
    status = list(copter.of("HEARTBEAT"))[-1].system_status
    copter.beating = True
    assert copter.run_until_text("Disarming motors", 300.0)

    assert acted_s == pytest.approx(5.0, abs=1.2)
    assert status == mavlink.MAV_STATE_CRITICAL
    assert "GCS Failsafe Cleared" in copter.texts()
    assert _reached(copter) == [1, 2, 3, 6, 7, 8]
    assert _where(copter) == pytest.approx((0, 0), abs=1)


def test_with_fs_options_2_a_copter_in_auto_goes_on_without_a_ground_station(
    copter: GroundStation, plan: MissionBuilder
) -> None:
    copter.set_parameter("FS_GCS_ENABLE", 6)
    copter.set_parameter("FS_OPTIONS", 2)
    copter.upload(_round_trip(plan).items)
    _start(copter)
    _fly_until_reached(copter, 2)

    copter.beating = False
    assert copter.run_until_text("Disarming motors", 400.0)

    assert "GCS Failsafe - Continuing Auto Mode" in copter.texts()
    assert _reached(copter) == [1, 2, 3, 5, 6, 7, 8]


def test_a_low_battery_sends_the_copter_onto_the_return_path_after_10_s(
    copter: GroundStation, plan: MissionBuilder
) -> None:
    copter.set_parameter("BATT_FS_LOW_ACT", 6)
    copter.upload(_round_trip(plan).items)
    _start(copter)
    _fly_until_reached(copter, 2)

    copter.set_parameter("SIM_BATT_VOLTAGE", 10.0)
    low_at = copter.time
    assert copter.run_until_text("Battery Failsafe", 15.0)

    assert copter.time - low_at == pytest.approx(10.5, abs=1.5)
    assert any(text.startswith("Battery 1 is low 9.") for text in copter.texts())
    assert copter.vehicle.truth.mode == "AUTO_RTL"
    assert copter.run_until_text("Disarming motors", 300.0)
    assert copter.set_mode(mavlink.COPTER_MODE_GUIDED) == ACCEPTED
    assert copter.arm() == mavlink.MAV_RESULT_FAILED
    copter.set_parameter("SIM_BATT_VOLTAGE", 12.6)
    assert copter.command(mavlink.MAV_CMD_BATTERY_RESET, 1, 100) == ACCEPTED
    assert copter.arm() == ACCEPTED


def test_an_empty_battery_brings_the_copter_down_where_it_is(plan: MissionBuilder) -> None:
    config = VehicleConfig("weak", VehicleClass.COPTER, HOME, battery_wh=30.0)
    station = GroundStation(Vehicle(config))
    station.run(42.0)
    station.upload(_delivery(plan).items)
    _start(station)

    assert station.run_until_text("Crash: Disarming", 200.0)

    assert station.vehicle.truth.on_ground
    assert not station.vehicle.truth.armed
    # So small a pack under so high a power reaches its cut-off voltage before it is empty.
    assert 24.0 < station.vehicle.truth.energy_used_wh < 30.0


def test_the_charge_left_triggers_the_battery_failsafe_too(
    copter: GroundStation, plan: MissionBuilder
) -> None:
    copter.set_parameter("BATT_FS_LOW_ACT", 2)
    copter.upload(_round_trip(plan).items)
    _start(copter)
    _fly_until_reached(copter, 1)

    copter.set_parameter("BATT_LOW_MAH", 87_500)

    assert copter.run_until_text("Battery Failsafe", 60.0)
    assert copter.vehicle.truth.mode == "RTL"


def test_rtl_climbs_flies_home_waits_and_lands(copter: GroundStation, plan: MissionBuilder) -> None:
    copter.set_parameter("RTL_ALT", 4000)
    plan.action(mavlink.MAV_CMD_NAV_TAKEOFF, frame=3)
    plan.items[1].z = 30
    copter.upload(plan.waypoint(200, 0, 30).waypoint(200, 200, 30).items)
    _start(copter)
    _fly_until_reached(copter, 2)

    begun = copter.time
    assert copter.set_mode(mavlink.COPTER_MODE_RTL) == ACCEPTED
    highest_m = 0.0
    while copter.vehicle.truth.armed and copter.time - begun < 200:
        copter.run(1.0)
        highest_m = max(highest_m, copter.vehicle.truth.altitude_amsl_m - 5.09)

    assert highest_m == pytest.approx(40.0, abs=0.5)
    assert copter.time - begun == pytest.approx(86, abs=6)
    assert _where(copter) == pytest.approx((0, 0), abs=1)
    assert copter.vehicle.truth.mode == "RTL"


def test_a_pause_holds_the_copter_in_auto_and_it_goes_on(copter: GroundStation, plan: MissionBuilder) -> None:
    copter.upload(_delivery(plan).items)
    _start(copter)
    _fly_until_reached(copter, 1)
    copter.run(20.0)

    copter.command(mavlink.MAV_CMD_DO_PAUSE_CONTINUE, 0)
    copter.run(10.0)
    paused, speed = (
        list(copter.of("MISSION_CURRENT"))[-1].mission_state,
        copter.vehicle.truth.ground_speed_m_s,
    )
    copter.command(mavlink.MAV_CMD_DO_PAUSE_CONTINUE, 1)

    assert (paused, copter.vehicle.truth.mode) == (mavlink.MISSION_STATE_PAUSED, "AUTO")
    assert speed < 0.3
    _fly_until_reached(copter, 2)


def test_a_jump_repeats_its_items_and_then_goes_on(copter: GroundStation, plan: MissionBuilder) -> None:
    plan.action(mavlink.MAV_CMD_NAV_TAKEOFF, frame=3)
    plan.items[1].z = 20
    plan.waypoint(50, 0, 20).waypoint(0, 0, 20).action(mavlink.MAV_CMD_DO_JUMP, 2, 2)
    copter.upload(plan.place(mavlink.MAV_CMD_NAV_LAND, 0, 0, 0).items)

    _start(copter)
    copter.run_until_text("Disarming motors", 400.0)

    assert _reached(copter) == [1, 2, 3, 2, 3, 2, 3]


def test_guided_flight_takes_off_repositions_and_stays(copter: GroundStation) -> None:
    copter.set_mode(mavlink.COPTER_MODE_GUIDED)
    copter.arm()

    assert copter.command(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, 30) == ACCEPTED
    copter.run(17.0)
    assert copter.vehicle.truth.altitude_amsl_m - 5.09 == pytest.approx(30.0, abs=1.0)
    latitude, longitude = FRAME.degrees_from_local(150.0, 0.0)
    place = round(latitude * 1e7), round(longitude * 1e7)
    answers = copter.send(mavlink.MAVLink_command_int_message(1, 1, 6, 192, 0, 0, -1, 0, 0, 0, *place, 30))
    copter.run(30.0)

    assert answers[0].result == ACCEPTED
    assert _where(copter) == pytest.approx((150, 0), abs=1)


def test_the_old_form_of_a_guided_target_is_obeyed(copter: GroundStation) -> None:
    copter.set_mode(mavlink.COPTER_MODE_GUIDED)
    copter.arm()
    copter.command(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, 30)
    copter.run(20.0)
    latitude, longitude = FRAME.degrees_from_local(100.0, 0.0)
    target = mavlink.MAVLink_mission_item_message(1, 1, 0, 3, 16, 2, 0, 0, 0, 0, 0, latitude, longitude, 40)

    answers = copter.send(target)
    copter.run(30.0)

    assert answers[0].type == mavlink.MAV_MISSION_ACCEPTED
    assert _where(copter) == pytest.approx((100, 0), abs=1.5)


def test_a_velocity_target_lasts_three_seconds(copter: GroundStation) -> None:
    copter.set_mode(mavlink.COPTER_MODE_GUIDED)
    copter.arm()
    copter.command(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, 30)
    copter.run(20.0)

    copter.send(
        mavlink.MAVLink_set_position_target_local_ned_message(
            0, 1, 1, 1, 3527, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0
        )
    )
    copter.run(2.8)
    moving_m_s = copter.vehicle.truth.ground_speed_m_s
    copter.run(6.0)

    assert moving_m_s == pytest.approx(5.0, abs=0.1)
    assert copter.vehicle.truth.ground_speed_m_s < 0.3


def test_a_broken_fence_sends_the_copter_home(copter: GroundStation, plan: MissionBuilder) -> None:
    copter.set_parameter("FENCE_RADIUS", 100)
    copter.set_parameter("FENCE_ENABLE", 1)
    copter.upload(_round_trip(plan).items)

    _start(copter)
    assert copter.run_until_text("Circle fence breached", 120.0)

    assert copter.vehicle.truth.mode == "RTL"
    assert copter.run_until_text("Fence breach cleared", 60.0)
    assert list(copter.of("HEARTBEAT"))[-1].system_status == mavlink.MAV_STATE_ACTIVE
