"""A divert on board needs one command, and then nobody: flown by the built-in vehicles.

Real ArduPilot (ArduCopter and ArduPlane 4.7.0-dev, SITL) was seen to do the same with the same plans.
"""

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from flight.plan import FlightPlan, PlannedDivert, VehicleClass
from flight.vehicles.modes import AUTO
from tests.flight_plans import DIVERT, divert_plan, islets
from tests.unit.flight.flown import distance_to_m, flying, land, newest, run_to

FENCE_BIT = mavlink.MAV_SYS_STATUS_GEOFENCE


@pytest.fixture(params=list(VehicleClass))
def plan(request: pytest.FixtureRequest) -> FlightPlan:
    return divert_plan(request.param)


def to_divert(plan: FlightPlan) -> PlannedDivert:
    return next(row for row in plan.diverts if row.site_id == DIVERT)


def test_a_divert_takes_one_command_and_ends_at_the_pad_of_its_site(plan: FlightPlan) -> None:
    station, row = flying(plan), to_divert(plan)
    run_to(station, row.from_seq)

    station.command(mavlink.MAV_CMD_DO_SET_MISSION_CURRENT, row.enter_seq)
    station.beating = False
    land(station)

    assert distance_to_m(station, islets().site(DIVERT).position) < 3.0
    assert not newest(station, "SYS_STATUS").onboard_control_sensors_enabled & FENCE_BIT
    assert not [text for text in station.texts() if "breach" in text.lower()]


def test_nothing_takes_off_again_from_a_divert_site(plan: FlightPlan) -> None:
    station, row = flying(plan), to_divert(plan)
    run_to(station, row.from_seq)
    station.command(mavlink.MAV_CMD_DO_SET_MISSION_CURRENT, row.enter_seq)
    land(station)

    station.run(60.0)

    assert not station.vehicle.truth.armed


def test_an_early_return_joins_the_way_home_and_never_a_divert(plan: FlightPlan) -> None:
    station, row = flying(plan), to_divert(plan)
    run_to(station, row.to_seq + 1)

    station.command(mavlink.MAV_CMD_DO_RETURN_PATH_START)
    station.run(2.0)

    assert plan.return_seq < newest(station, "MISSION_CURRENT").seq <= plan.landing_seq


def test_a_divert_leaves_a_return_that_is_under_way(plan: FlightPlan) -> None:
    station, row = flying(plan), to_divert(plan)
    run_to(station, row.from_seq)
    station.command(mavlink.MAV_CMD_DO_RETURN_PATH_START)
    station.run(2.0)

    station.command(mavlink.MAV_CMD_DO_SET_MISSION_CURRENT, row.enter_seq)
    station.run(2.0)

    assert newest(station, "MISSION_CURRENT").seq == row.enter_seq
    assert newest(station, "HEARTBEAT").custom_mode == AUTO[plan.vehicle_class]


def test_a_low_battery_does_not_call_a_copter_back_from_its_divert() -> None:
    plan = divert_plan(VehicleClass.COPTER)
    station, row = flying(plan), to_divert(plan)
    run_to(station, row.from_seq)
    station.command(mavlink.MAV_CMD_DO_SET_MISSION_CURRENT, row.enter_seq)
    run_to(station, row.land_seq - 1)

    station.set_parameter("BATT_LOW_VOLT", 60.0)
    assert station.run_until_text("Landing sequence active", 30.0)

    land(station)
    assert distance_to_m(station, islets().site(DIVERT).position) < 3.0


@pytest.mark.parametrize(("reaction", "goes_to_site"), [(1.0, False), (0.0, True)])
def test_a_low_battery_calls_a_quadplane_back_from_its_divert_unless_that_is_switched_off(
    reaction: float, goes_to_site: bool
) -> None:
    """ArduPlane 4.7 in SITL did both; so a divert switches it off."""
    plan = divert_plan(VehicleClass.QUADPLANE)
    station, row = flying(plan), to_divert(plan)
    run_to(station, row.from_seq)
    station.command(mavlink.MAV_CMD_DO_SET_MISSION_CURRENT, row.enter_seq)
    for name, value in (("BATT_FS_LOW_ACT", reaction), ("BATT_LOW_TIMER", 1.0)):
        station.set_parameter(name, value)
    run_to(station, row.land_seq - 1)

    station.set_parameter("BATT_LOW_VOLT", 60.0)
    station.run(30.0)

    assert (newest(station, "MISSION_CURRENT").seq == row.land_seq) is goes_to_site
