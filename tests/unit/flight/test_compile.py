"""Compiling a certified round trip of the real Goto airspace into a flight plan."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from flight.compile import compile_plan
from flight.errors import PlanError
from flight.geodesy import e7_from_degrees
from flight.plan import FlightPlan, MissionItem, VehicleClass
from geofences.airspace import Airspace
from geofences.certificate import certify
from geofences.loading import load_airspace
from geofences.performance import FlightPhase, Performance
from geofences.route import Certificate, Route, RouteWaypoint, route_digest
from geofences.router import plan_round_trip
from tests.unit.flight.plans import ADDRESS

HOME_AMSL_M = 4.0
NAV = {16, 21, 22, 84, 85, 93}


class SteadyPower:
    def power_w(self, phase: FlightPhase, payload_kg: float) -> float:
        return 430.0


@dataclass(frozen=True)
class Trip:
    airspace: Airspace
    way_out: Route
    way_home: Route
    certificate: Certificate

    def compiled(self, vehicle_class: VehicleClass = VehicleClass.QUADPLANE) -> FlightPlan:
        return compile_plan(
            sortie_id="S1",
            vehicle=ADDRESS,
            vehicle_class=vehicle_class,
            way_out=self.way_out,
            way_home=self.way_home,
            certificate=self.certificate,
            airspace=self.airspace,
        )


@pytest.fixture(scope="module")
def trip() -> Trip:
    airspace = load_airspace()
    performance = Performance(
        cruise_speed_m_s=25, climb_rate_m_s=2.5, descent_rate_m_s=1.5, power=SteadyPower(), payload_kg=1.2
    )
    way_out, way_home = plan_round_trip(
        airspace,
        "FKP",
        "SGP",
        performance=performance,
        departure=datetime(2026, 5, 1, tzinfo=UTC),
        stop_s=120,
        start_window_s=600,
    )
    certificate = certify(airspace, way_out, way_home, energy_available_wh=900, reserve_fraction=0.3)
    return Trip(airspace, way_out, way_home, certificate)


def place(waypoint: RouteWaypoint) -> tuple[int, int, float]:
    position = waypoint.position
    height_m = round(waypoint.altitude_amsl_m - HOME_AMSL_M, 2)
    return e7_from_degrees(position.latitude_deg), e7_from_degrees(position.longitude_deg), height_m


def places(items: tuple[MissionItem, ...]) -> list[tuple[int, int, float]]:
    return [(item.x_e7, item.y_e7, item.z_m) for item in items if item.command == 16]


@pytest.mark.parametrize("vehicle_class", list(VehicleClass))
def test_the_mission_flies_exactly_the_certified_waypoints(trip: Trip, vehicle_class: VehicleClass) -> None:
    plan = trip.compiled(vehicle_class)

    out = places(plan.mission[2 : plan.release_seq])
    home = places(plan.mission[plan.return_seq :])
    assert out[:-1] == [place(waypoint) for waypoint in trip.way_out.waypoints[1:]]
    assert home == [place(waypoint) for waypoint in trip.way_home.waypoints[1:-1]]


def test_a_copter_releases_above_the_pad_and_lands_at_home(trip: Trip) -> None:
    plan = trip.compiled(VehicleClass.COPTER)
    drop, release, wait, climb, marker = plan.mission[plan.release_seq - 1 : plan.return_seq + 1]

    assert drop.z_m == pytest.approx(trip.airspace.site("SGP").elevation_amsl_m + 20 - HOME_AMSL_M)
    assert release == MissionItem(183, 0, 9.0, 1900.0)
    assert wait == MissionItem(93, 0, 10.0, -1.0, -1.0, -1.0)
    assert climb.z_m == 81.0
    assert marker == MissionItem(188, 0)
    assert plan.mission[1] == MissionItem(22, 3, z_m=56.0)
    assert (plan.mission[-1].command, plan.mission[-1].param4, plan.mission[-1].z_m) == (21, 1.0, 0.0)


def test_a_quadplane_hovers_from_the_gate_until_it_has_climbed(trip: Trip) -> None:
    plan = trip.compiled(VehicleClass.QUADPLANE)
    transitions = [(seq, item.param1) for seq, item in enumerate(plan.mission) if item.command == 3000]
    gate = place(trip.way_out.waypoints[-2])

    (down, multicopter), (up, fixed_wing) = transitions
    assert (multicopter, fixed_wing) == (3.0, 4.0)
    assert places(plan.mission[down - 1 : down]) == [gate]
    assert down < plan.release_seq < up < plan.return_seq
    assert plan.mission[1].command == 84
    assert plan.mission[-1].command == 85


def test_a_quadplane_gets_the_time_for_each_vertical_move_as_a_delay(trip: Trip) -> None:
    plan = trip.compiled(VehicleClass.QUADPLANE)
    delays = [item.param1 for item in plan.mission if item.command == 93]

    assert delays == [27.0, 10.0, 28.0]
    flown = trip.way_out.duration_s + trip.way_home.duration_s
    assert plan.planned_duration_s == pytest.approx(flown + 65)


def test_a_long_approach_is_flown_on_the_wing_up_to_the_brake_point(trip: Trip) -> None:
    waypoints = list(trip.way_out.waypoints)
    last = waypoints[-1]
    far = replace(last.position, longitude_deg=last.position.longitude_deg - 0.02)
    waypoints[-1] = replace(last, position=far)
    longer = replace(trip.way_out, waypoints=tuple(waypoints))
    unchecked = replace(trip, way_out=longer, certificate=certificate_for(trip, longer, trip.way_home))

    plan = unchecked.compiled(VehicleClass.QUADPLANE)

    seq = next(seq for seq, item in enumerate(plan.mission) if item.command == 3000)
    brake, pad = plan.mission[seq - 1], plan.mission[seq + 1]
    assert abs(brake.y_e7 - pad.y_e7) * 0.01113 * 0.8413 == pytest.approx(300, abs=25)


@pytest.mark.parametrize("vehicle_class", list(VehicleClass))
def test_items_are_in_the_form_in_which_ardupilot_gives_them_back(
    trip: Trip, vehicle_class: VehicleClass
) -> None:
    plan = trip.compiled(vehicle_class)

    for item in plan.mission[1:]:
        placed = (item.x_e7, item.y_e7) != (0, 0) or item.command in {22, 84}
        assert item.frame == (3 if placed else 0)
        assert round(item.z_m, 2) == item.z_m
        assert type(item.command) is int


def test_the_fence_is_one_polygon_that_counts_its_corners(trip: Trip) -> None:
    plan = trip.compiled()

    assert 3 <= len(plan.fence) <= 60
    assert {(item.command, item.frame, item.param1) for item in plan.fence} == {(5001, 0, len(plan.fence))}
    assert plan.rally == ()


def certificate_for(trip: Trip, *routes: Route) -> Certificate:
    return replace(trip.certificate, route_digest=route_digest(*routes))


def test_a_certificate_for_another_airspace_is_refused(trip: Trip) -> None:
    old = replace(trip, certificate=replace(trip.certificate, airspace_version="old"))

    with pytest.raises(PlanError, match="another version of the airspace"):
        old.compiled()


def test_a_certificate_for_other_routes_is_refused(trip: Trip) -> None:
    other = replace(trip, way_home=replace(trip.way_home, length_m=1.0))

    with pytest.raises(PlanError, match="other routes"):
        other.compiled()


def test_a_way_home_to_another_place_is_refused(trip: Trip) -> None:
    astray = replace(trip.way_home, destination_site_id="KZP")
    wrong = replace(trip, way_home=astray, certificate=certificate_for(trip, trip.way_out, astray))

    with pytest.raises(PlanError, match="SGP to KZP"):
        wrong.compiled()


def test_ways_without_a_gate_are_refused(trip: Trip) -> None:
    ends = (trip.way_out.waypoints[0], trip.way_out.waypoints[-1])
    straight = replace(trip.way_out, waypoints=ends)
    wrong = replace(trip, way_out=straight, certificate=certificate_for(trip, straight, trip.way_home))

    with pytest.raises(PlanError, match="gate"):
        wrong.compiled()


def test_a_quadplane_without_room_to_land_is_refused(trip: Trip) -> None:
    waypoints = list(trip.way_home.waypoints)
    waypoints[-2] = replace(waypoints[-2], position=waypoints[-1].position)
    short = replace(trip.way_home, waypoints=tuple(waypoints))
    wrong = replace(trip, way_home=short, certificate=certificate_for(trip, trip.way_out, short))

    with pytest.raises(PlanError, match="before the landing"):
        wrong.compiled(VehicleClass.QUADPLANE)
