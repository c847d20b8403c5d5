"""What is done at a stop, flown by the built-in vehicles.

Real ArduPilot (ArduCopter and ArduPlane 4.7.0-dev, SITL) was seen to do the same with the same plans.
"""

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from flight.plan import Delivery, FlightPlan, VehicleClass
from flight.vehicles.modes import AUTO
from simulator.testing import GroundStation
from tests.flight_plans import DESTINATION, HOME, islets, proved_trip, with_stop
from tests.unit.flight.flown import distance_to_m, flying, land, newest, run_to

BOTH = pytest.mark.parametrize("vehicle_class", list(VehicleClass))


def height_m(station: GroundStation, plan: FlightPlan) -> float:
    return station.vehicle.truth.altitude_amsl_m - plan.home_amsl_m


@BOTH
def test_the_payload_leaves_at_the_drop_height_above_the_pad(vehicle_class: VehicleClass) -> None:
    plan = proved_trip(vehicle_class).compiled()
    station = flying(plan)

    run_to(station, plan.release_seq + 1)

    assert station.vehicle.truth.released
    assert height_m(station, plan) == pytest.approx(20.0, abs=1.0)
    assert distance_to_m(station, islets().site(DESTINATION).position) < 3.0


@BOTH
def test_it_leaves_the_pad_at_the_height_of_the_way_home(vehicle_class: VehicleClass) -> None:
    plan = proved_trip(vehicle_class).compiled()
    station = flying(plan)

    run_to(station, plan.return_seq + 1)

    assert height_m(station, plan) == pytest.approx(81.0, abs=1.5)


@BOTH
def test_a_vehicle_that_hears_nothing_of_the_receiver_comes_home_with_its_payload(
    vehicle_class: VehicleClass,
) -> None:
    plan = proved_trip(vehicle_class).compiled(handshake_s=30.0)
    station = flying(plan)

    land(station)

    assert distance_to_m(station, islets().site(HOME).position) < 3.0
    assert not station.vehicle.truth.released
    lowest = min(each.altitude_amsl_m for each in station.vehicle.track if each.longitude_deg > 128.96)
    assert lowest - plan.home_amsl_m > 50.0


@BOTH
def test_a_clear_pad_is_descended_to_at_once(vehicle_class: VehicleClass) -> None:
    plan = proved_trip(vehicle_class).compiled(handshake_s=300.0)
    assert plan.hold_seq is not None
    assert plan.descend_seq is not None
    station = flying(plan)
    run_to(station, plan.hold_seq)
    station.run(20.0)
    held_at_m = height_m(station, plan)

    station.command(mavlink.MAV_CMD_DO_SET_MISSION_CURRENT, plan.descend_seq)
    run_to(station, plan.release_seq + 1)

    assert held_at_m == pytest.approx(56.0, abs=1.0)
    assert station.vehicle.truth.released
    assert height_m(station, plan) == pytest.approx(20.0, abs=1.0)


@BOTH
def test_a_placement_goes_on_by_itself_and_keeps_off_the_ground(vehicle_class: VehicleClass) -> None:
    plan = with_stop(proved_trip(vehicle_class), 300.0).compiled(delivery=Delivery.PLACE)
    station = flying(plan)
    run_to(station, plan.release_seq)
    begun_m = height_m(station, plan)
    before = len(station.vehicle.track)

    run_to(station, plan.release_seq + 1)

    lowest = min(each.altitude_amsl_m for each in list(station.vehicle.track)[before:]) - plan.home_amsl_m
    assert begun_m == pytest.approx(25.0, abs=1.0)
    assert lowest == pytest.approx(15.0, abs=1.5)
    words = {VehicleClass.COPTER: "Reached maximum descent", VehicleClass.QUADPLANE: "place aborted"}
    assert [text for text in station.texts() if words[vehicle_class] in text]


@BOTH
def test_a_delivery_by_landing_stays_on_the_ground_at_the_destination(vehicle_class: VehicleClass) -> None:
    plan = proved_trip(vehicle_class).compiled(delivery=Delivery.LAND)
    station = flying(plan)

    land(station)
    station.run(60.0)

    assert not station.vehicle.truth.armed
    assert distance_to_m(station, islets().site(DESTINATION).position) < 3.0
    assert newest(station, "HEARTBEAT").custom_mode == AUTO[vehicle_class]


def test_an_opened_gripper_is_told() -> None:
    plan = proved_trip(VehicleClass.COPTER).compiled(delivery=Delivery.GRIPPER)
    station = flying(plan)

    run_to(station, plan.release_seq + 1)

    assert "Gripper Released" in station.texts()
