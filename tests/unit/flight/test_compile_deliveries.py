"""What is done at the stop, for each kind of delivery."""

from dataclasses import replace

import pytest

from flight.errors import PlanError
from flight.plan import Delivery, FlightPlan, MissionItem, VehicleClass
from flight.vehicles.compile import compile_flight_home
from tests.flight_plans import DESTINATION, HOME, ProvedTrip, proved_trip, with_stop

TAKE_OFFS, LANDINGS = {22, 84}, {21, 85}
COPTER, QUADPLANE = VehicleClass.COPTER, VehicleClass.QUADPLANE
BOTH = pytest.mark.parametrize("vehicle_class", list(VehicleClass))
HOVERING = [
    pytest.param(vehicle_class, delivery, id=f"{vehicle_class} {delivery}")
    for vehicle_class in VehicleClass
    for delivery in Delivery
    if delivery is not Delivery.LAND and (vehicle_class, delivery) != (QUADPLANE, Delivery.WINCH)
]


def delivering(vehicle_class: VehicleClass, delivery: Delivery, drop_height_m: float = 20.0) -> FlightPlan:
    """Return a plan with time enough at the stop for any delivery."""
    trip = with_stop(proved_trip(vehicle_class), 300.0)
    return trip.compiled(delivery=delivery, drop_height_m=drop_height_m)


def home_of(trip: ProvedTrip) -> FlightPlan:
    return compile_flight_home(trip.task(delivery=Delivery.LAND))


def stop_of(plan: FlightPlan) -> list[MissionItem]:
    """Return what is done between the arrival above the pad and the return path."""
    return list(plan.mission[plan.release_seq - 3 : plan.return_seq])


def test_a_gripper_is_opened_where_a_latch_would_be() -> None:
    latch, gripper = delivering(COPTER, Delivery.SERVO), delivering(COPTER, Delivery.GRIPPER)

    assert gripper.release_seq == latch.release_seq
    assert gripper.mission[gripper.release_seq] == MissionItem(211, 0, 1.0, 0.0)
    assert [item for item in gripper.mission if item.command != 211] == [
        item for item in latch.mission if item.command != 183
    ]


def test_a_winch_lets_out_more_than_the_height_and_winds_all_of_it_in_again() -> None:
    plan = delivering(COPTER, Delivery.WINCH)
    down, wait_down, up, wait_up = plan.mission[plan.release_seq - 2 : plan.release_seq + 2]

    assert down == MissionItem(42600, 0, 1.0, 1.0, 21.0, 1.0)
    assert up == MissionItem(42600, 0, 1.0, 1.0, -21.0, 1.0)
    assert min(wait_down.param1, wait_up.param1) >= 21.0


def test_a_winch_on_a_quadplane_is_refused_because_arduplane_has_none() -> None:
    with pytest.raises(PlanError, match="winch"):
        delivering(QUADPLANE, Delivery.WINCH)


@BOTH
def test_a_placement_never_brings_the_vehicle_near_the_ground(vehicle_class: VehicleClass) -> None:
    plan = delivering(vehicle_class, Delivery.PLACE)

    place = plan.mission[plan.release_seq]
    above = [item for item in plan.mission[: plan.release_seq] if item.command in {16, 31}][-1]

    assert place.command == 94
    assert above.z_m - place.param1 == pytest.approx(15.0)
    assert plan.mission[plan.release_seq - 1].command in {19, 93}


def test_a_placement_on_a_short_line_is_refused() -> None:
    with pytest.raises(PlanError, match="line of 9 m"):
        delivering(COPTER, Delivery.PLACE, drop_height_m=9.0)


@pytest.mark.parametrize(("vehicle_class", "delivery"), HOVERING)
def test_the_kind_of_delivery_is_in_the_plan_and_behind_it_comes_the_climb(
    vehicle_class: VehicleClass, delivery: Delivery
) -> None:
    plan = delivering(vehicle_class, delivery)

    placed = [item for item in plan.mission[plan.release_seq + 1 : plan.return_seq] if item.x_e7]

    assert plan.delivery is delivery
    assert plan.release_seq < plan.return_seq
    assert placed[-1].z_m == 81.0


def test_a_stop_that_takes_longer_than_planned_is_refused() -> None:
    trip = with_stop(proved_trip(COPTER), 0.0)

    with pytest.raises(PlanError, match="longer stop"):
        trip.compiled(delivery=Delivery.WINCH)


@BOTH
def test_a_delivery_by_landing_ends_on_the_ground_and_its_flight_home_is_another_plan(
    vehicle_class: VehicleClass,
) -> None:
    trip = proved_trip(vehicle_class)
    out, home = trip.compiled(delivery=Delivery.LAND), home_of(trip)

    landing = out.mission[out.release_seq]
    pad = trip.airspace.site(DESTINATION).position

    assert landing.command in LANDINGS
    assert (landing.x_e7 / 1e7, landing.y_e7 / 1e7) == pytest.approx(
        (pad.latitude_deg, pad.longitude_deg), abs=1e-7
    )
    assert out.return_seq == out.release_seq + 1
    assert (home.home_latitude_e7, home.home_longitude_e7) == pytest.approx(
        (landing.x_e7, landing.y_e7), abs=1
    )
    assert home.return_seq == home.release_seq


@BOTH
def test_the_flight_home_lands_where_the_way_out_began(vehicle_class: VehicleClass) -> None:
    trip = proved_trip(vehicle_class)
    home = home_of(trip)

    landing, pad = home.mission[home.landing_seq], trip.airspace.site(HOME).position

    assert landing.command in LANDINGS
    assert (landing.x_e7 / 1e7, landing.y_e7 / 1e7) == pytest.approx(
        (pad.latitude_deg, pad.longitude_deg), abs=1e-7
    )
    assert home.planned_energy_wh == trip.way_home.energy_wh
    assert home.planned_duration_s == trip.way_home.duration_s
    assert home.expected[-1].time_s == pytest.approx(trip.way_home.duration_s)


def test_heights_of_the_flight_home_are_above_the_pad_that_it_begins_at() -> None:
    trip = proved_trip(COPTER)
    higher = replace(trip.airspace.site(DESTINATION), elevation_amsl_m=24.0)
    airspace = replace(trip.airspace, sites={**trip.airspace.sites, DESTINATION: higher})
    certificate = replace(trip.certificate, airspace_version=airspace.version)

    home = home_of(replace(trip, airspace=airspace, certificate=certificate))

    assert home.home_amsl_m == 24.0
    assert home.mission[1].z_m == trip.way_home.waypoints[0].altitude_amsl_m - 24.0
    assert home.mission[home.landing_seq].z_m == -20.0


@BOTH
@pytest.mark.parametrize("leg", ["out", "home"])
def test_no_mission_takes_off_after_a_landing(vehicle_class: VehicleClass, leg: str) -> None:
    trip = proved_trip(vehicle_class)
    plan = trip.compiled(delivery=Delivery.LAND) if leg == "out" else home_of(trip)

    assert [seq for seq, item in enumerate(plan.mission) if item.command in TAKE_OFFS] == [1]
    assert plan.mission[plan.landing_seq].command in LANDINGS


def test_a_wait_above_the_pad_makes_no_sense_for_a_landing() -> None:
    with pytest.raises(PlanError, match="handshake_s"):
        proved_trip(COPTER).compiled(delivery=Delivery.LAND, handshake_s=60.0)
