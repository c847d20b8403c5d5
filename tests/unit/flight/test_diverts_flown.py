"""A divert on board needs one command, and then nobody: flown by the built-in vehicles.

Real ArduPilot (ArduCopter and ArduPlane 4.7.0-dev, SITL) was seen to do the same with the same plans.
"""

from collections.abc import Sequence
from typing import Any

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from flight.geodesy import distance_m
from flight.plan import FlightPlan, MissionItem, PlannedDivert, VehicleClass
from flight.vehicles.modes import AUTO
from geofences.values import Position
from simulator.testing import GroundStation
from simulator.values import HomePoint, VehicleConfig
from simulator.values import VehicleClass as SimulatedClass
from simulator.vehicle import Vehicle
from tests.flight_plans import DIVERT, divert_plan, islets

READY_S = 42.0
FENCE_BIT = mavlink.MAV_SYS_STATUS_GEOFENCE
AUTO_RTL = 27


@pytest.fixture(params=list(VehicleClass))
def plan(request: pytest.FixtureRequest) -> FlightPlan:
    return divert_plan(request.param)


def flying(plan: FlightPlan) -> GroundStation:
    """Return the station of a vehicle that has begun the mission with its fence on."""
    home = HomePoint(plan.home_latitude_e7 / 1e7, plan.home_longitude_e7 / 1e7, plan.home_amsl_m)
    station = GroundStation(Vehicle(VehicleConfig("Q1", SimulatedClass(plan.vehicle_class.value), home)))
    station.run(READY_S)
    for kind, items in enumerate((plan.mission, plan.fence)):
        assert station.upload(_messages(items, kind), kind) == mavlink.MAV_MISSION_ACCEPTED
    for name, value in plan.parameters:
        station.set_parameter(name, value)
    for message_id in (mavlink.MAVLINK_MSG_ID_MISSION_CURRENT, mavlink.MAVLINK_MSG_ID_SYS_STATUS):
        station.ask_for(message_id, 1.0)
    station.set_mode({VehicleClass.COPTER: 4, VehicleClass.QUADPLANE: 5}[plan.vehicle_class])
    assert station.arm() == mavlink.MAV_RESULT_ACCEPTED
    station.set_mode(AUTO[plan.vehicle_class])
    station.command(mavlink.MAV_CMD_MISSION_START)
    return station


def _messages(items: Sequence[MissionItem], kind: int) -> list[Any]:
    return [
        mavlink.MAVLink_mission_item_int_message(
            1,
            1,
            seq,
            item.frame,
            item.command,
            0,
            1,
            *(item.param1, item.param2, item.param3, item.param4),
            *(item.x_e7, item.y_e7, item.z_m),
            kind,
        )
        for seq, item in enumerate(items)
    ]


def run_to(station: GroundStation, seq: int) -> None:
    assert station.run(600.0, lambda each: each.get_type() == "MISSION_CURRENT" and each.seq == seq)


def newest(station: GroundStation, kind: str) -> Any:
    return list(station.of(kind))[-1]


def land(station: GroundStation) -> None:
    armed = mavlink.MAV_MODE_FLAG_SAFETY_ARMED
    assert station.run(600.0, lambda each: each.get_type() == "HEARTBEAT" and not each.base_mode & armed)


def to_divert(plan: FlightPlan) -> PlannedDivert:
    return next(row for row in plan.diverts if row.site_id == DIVERT)


def distance_to_m(station: GroundStation, position: Position) -> float:
    body = station.vehicle.truth
    return distance_m(
        (body.latitude_deg, body.longitude_deg), (position.latitude_deg, position.longitude_deg)
    )


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
