"""Compiling a certified round trip of the real Goto airspace into a flight plan."""

import math
from dataclasses import replace

import pytest
import shapely

from flight.errors import PlanError
from flight.geodesy import e7_from_degrees
from flight.plan import FlightPlan, MissionItem, VehicleClass
from geofences.route import Certificate, Route, RouteWaypoint, route_digest
from geofences.values import VerticalLimit, ZoneRule
from geofences.zones import Zone
from tests.flight_plans import ProvedTrip, certificate_of, goto_trip

HOME_AMSL_M = 4.0
NAV = {16, 21, 22, 84, 85, 93}


@pytest.fixture
def trip() -> ProvedTrip:
    return goto_trip()


def place(waypoint: RouteWaypoint) -> tuple[int, int, float]:
    position = waypoint.position
    height_m = round(waypoint.altitude_amsl_m - HOME_AMSL_M, 2)
    return e7_from_degrees(position.latitude_deg), e7_from_degrees(position.longitude_deg), height_m


def places(items: tuple[MissionItem, ...]) -> list[tuple[int, int, float]]:
    return [(item.x_e7, item.y_e7, item.z_m) for item in items if item.command == 16]


@pytest.mark.parametrize("vehicle_class", list(VehicleClass))
def test_the_mission_flies_exactly_the_certified_waypoints(
    trip: ProvedTrip, vehicle_class: VehicleClass
) -> None:
    plan = trip.compiled(vehicle_class=vehicle_class)

    out = places(plan.mission[2 : plan.release_seq])
    home = places(plan.mission[plan.return_seq : plan.landing_seq])
    if vehicle_class is VehicleClass.QUADPLANE:
        del out[-2]  # The brake point, on the last leg.
        del out[0]  # Where it turns before it flies on the wing.
    else:
        del out[-1]  # The height of the release.
    assert out == [place(waypoint) for waypoint in trip.way_out.waypoints[1:]]
    assert home == [place(waypoint) for waypoint in trip.way_home.waypoints[1:-1]]


def test_a_copter_releases_above_the_pad_and_lands_at_home(trip: ProvedTrip) -> None:
    plan = trip.compiled(vehicle_class=VehicleClass.COPTER)
    drop, release, wait, climb, marker = plan.mission[plan.release_seq - 1 : plan.return_seq + 1]

    assert drop.z_m == pytest.approx(trip.airspace.site("SGP").elevation_amsl_m + 20 - HOME_AMSL_M)
    assert release == MissionItem(183, 0, 9.0, 1900.0)
    assert wait == MissionItem(93, 0, 10.0, -1.0, -1.0, -1.0)
    assert climb.z_m == 81.0
    assert marker == MissionItem(188, 0)
    assert plan.mission[1] == MissionItem(22, 3, z_m=56.0)
    landing = plan.mission[plan.landing_seq]
    assert (landing.command, landing.param4, landing.z_m) == (21, 1.0, 0.0)


def test_a_quadplane_hovers_from_the_brake_point_until_it_has_climbed(trip: ProvedTrip) -> None:
    plan = trip.compiled(vehicle_class=VehicleClass.QUADPLANE)
    transitions = [
        (seq, item.param1)
        for seq, item in enumerate(plan.mission[: plan.landing_seq])
        if item.command == 3000
    ]
    gate = place(trip.way_out.waypoints[-2])

    _, _, (down, multicopter), (up, fixed_wing) = transitions
    assert (multicopter, fixed_wing) == (3.0, 4.0)
    assert places(plan.mission[down - 2 : down - 1]) == [gate]
    assert down < plan.release_seq < up < plan.return_seq
    assert plan.mission[1].command == 84
    assert plan.mission[plan.landing_seq].command == 85


def test_a_quadplane_waits_for_its_heights_as_arduplane_does_in_a_hover(trip: ProvedTrip) -> None:
    plan = trip.compiled(vehicle_class=VehicleClass.QUADPLANE)
    stop = plan.mission[plan.release_seq - 2 : plan.return_seq - 2]
    drop_m = trip.airspace.site("SGP").elevation_amsl_m + 20 - HOME_AMSL_M

    assert [(item.command, item.param1, item.z_m) for item in stop] == [
        (31, 0.0, drop_m),
        (19, 5.0, drop_m),
        (183, 9.0, 0.0),
        (19, 10.0, drop_m),
        (31, 0.0, 81.0),
        (19, 5.0, 81.0),
    ]
    assert not [item for item in plan.mission if item.command == 93]


def test_the_duration_holds_both_ways_and_the_planned_stop(trip: ProvedTrip) -> None:
    plan = trip.compiled()

    flown = trip.way_out.duration_s + trip.way_home.duration_s
    assert plan.planned_duration_s == pytest.approx(flown + 130)


def brake_seq(plan: FlightPlan) -> int:
    """Return the item that makes a quadplane a multicopter before the pad, not that after take-off."""
    return [seq for seq, item in enumerate(plan.mission) if item == MissionItem(3000, 0, 3.0)][1]


@pytest.mark.parametrize("farther_deg", [0.0, 0.02])
def test_an_approach_is_flown_on_the_wing_up_to_the_brake_point(trip: ProvedTrip, farther_deg: float) -> None:
    waypoints = list(trip.way_out.waypoints)
    last = waypoints[-1]
    far = replace(last.position, longitude_deg=last.position.longitude_deg - farther_deg)
    waypoints[-1] = replace(last, position=far)
    longer = replace(trip.way_out, waypoints=tuple(waypoints))
    unchecked = replace(trip, way_out=longer, certificate=certificate_for(trip, longer, trip.way_home))

    plan = unchecked.compiled(vehicle_class=VehicleClass.QUADPLANE)

    seq = brake_seq(plan)
    brake, pad = plan.mission[seq - 1], plan.mission[seq + 1]
    north_m, east_m = (brake.x_e7 - pad.x_e7) * 0.01109, (brake.y_e7 - pad.y_e7) * 0.01113 * 0.8413
    assert math.hypot(north_m, east_m) == pytest.approx(300, abs=5)


def test_an_approach_without_room_to_settle_is_hovered_from_the_gate(trip: ProvedTrip) -> None:
    waypoints = list(trip.way_out.waypoints)
    gate, pad = waypoints[-2].position, waypoints[-1].position
    nearer = replace(
        pad,
        latitude_deg=gate.latitude_deg + 0.9 * (pad.latitude_deg - gate.latitude_deg),
        longitude_deg=gate.longitude_deg + 0.9 * (pad.longitude_deg - gate.longitude_deg),
    )
    waypoints[-1] = replace(waypoints[-1], position=nearer)
    shorter = replace(trip.way_out, waypoints=tuple(waypoints))
    unchecked = replace(trip, way_out=shorter, certificate=certificate_for(trip, shorter, trip.way_home))

    plan = unchecked.compiled(vehicle_class=VehicleClass.QUADPLANE)

    seq = brake_seq(plan)
    assert places(plan.mission[seq - 1 : seq]) == [place(trip.way_out.waypoints[-2])]


@pytest.mark.parametrize("vehicle_class", list(VehicleClass))
def test_items_are_in_the_form_in_which_ardupilot_gives_them_back(
    trip: ProvedTrip, vehicle_class: VehicleClass
) -> None:
    plan = trip.compiled(vehicle_class=vehicle_class)

    for item in plan.mission[1:]:
        placed = (item.x_e7, item.y_e7) != (0, 0) or item.command in {22, 84}
        assert item.frame == (3 if placed else 0)
        assert round(item.z_m, 2) == item.z_m
        assert type(item.command) is int


def polygons(fence: tuple[MissionItem, ...]) -> list[tuple[int, int]]:
    """Command and number of corners of each polygon, as ArduPilot counts them."""
    found = []
    while fence:
        count = int(fence[0].param1)
        assert {(each.command, each.param1) for each in fence[:count]} == {(fence[0].command, float(count))}
        found.append((fence[0].command, count))
        fence = fence[count:]
    return found


def test_the_fence_is_one_inclusion_polygon_where_no_zone_is_near(trip: ProvedTrip) -> None:
    plan = trip.compiled()

    assert polygons(plan.fence) == [(5001, len(plan.fence))]
    assert 3 <= len(plan.fence) <= 60
    assert {item.frame for item in plan.fence} == {0}
    assert plan.rally == ()


def test_a_zone_near_the_corridor_becomes_an_exclusion_polygon(trip: ProvedTrip) -> None:
    before, after = trip.way_out.waypoints[1].position, trip.way_out.waypoints[2].position
    south = (before.latitude_deg + after.latitude_deg) / 2
    west = (before.longitude_deg + after.longitude_deg) / 2 + 0.005
    box = shapely.box(west, south, west + 0.002, south + 0.002)
    airspace = trip.airspace.with_zone(keep_out(box))
    certificate = certificate_of(airspace, VehicleClass.QUADPLANE, trip.way_out, trip.way_home)

    plan = replace(trip, airspace=airspace, certificate=certificate).compiled()

    inclusion, exclusion = polygons(plan.fence)
    assert (inclusion[0], exclusion[0]) == (5001, 5002)
    corners = plan.fence[inclusion[1] :]
    drawn = shapely.Polygon([(each.y_e7 / 1e7, each.x_e7 / 1e7) for each in corners])
    assert drawn.covers(box)
    assert len(plan.fence) <= 60


def test_a_speed_limit_is_set_before_its_leg_and_lifted_after_it(trip: ProvedTrip) -> None:
    waypoints = list(trip.way_out.waypoints)
    waypoints[2] = replace(waypoints[2], airspeed_m_s=15.0)
    slow = replace(trip.way_out, waypoints=tuple(waypoints))
    limited = replace(trip, way_out=slow, certificate=certificate_for(trip, slow, trip.way_home))

    plan = limited.compiled()

    _, first, second = [seq for seq, item in enumerate(plan.mission) if item.command == 178]
    assert plan.mission[first] == MissionItem(178, 0, 0.0, 15.0, -1.0)
    assert plan.mission[second] == MissionItem(178, 0, 0.0, 25.0, -1.0)
    assert places(plan.mission[first : second + 1]) == [place(waypoints[2])]
    assert places(plan.mission[:first])[-1] == place(waypoints[1])


def test_without_speed_limits_the_speed_is_set_once_whatever_the_vehicle_has_by_itself(
    trip: ProvedTrip,
) -> None:
    plan = trip.compiled()
    (seq,) = [seq for seq, item in enumerate(plan.mission) if item.command == 178]

    assert plan.mission[seq] == MissionItem(178, 0, 0.0, 25.0, -1.0)
    assert places(plan.mission[seq:])[0] == place(trip.way_out.waypoints[1])


@pytest.mark.parametrize("stands", ["home", "stop"])
def test_a_quadplane_turns_on_rotors_along_its_leg_before_it_flies_on_the_wing(
    trip: ProvedTrip, stands: str
) -> None:
    plan = trip.compiled()
    route = trip.way_out if stands == "home" else trip.way_home
    first = 2 if stands == "home" else plan.return_seq - 2

    turn, wing = plan.mission[first + (stands == "home") :][:2]
    pad, gate = place(route.waypoints[0]), place(route.waypoints[1])
    along = ((turn.x_e7 - pad[0]) / (gate[0] - pad[0]), (turn.y_e7 - pad[1]) / (gate[1] - pad[1]))

    assert wing == MissionItem(3000, 0, 4.0)
    assert turn.z_m == pad[2]
    assert along == pytest.approx((50 / 600, 50 / 600), rel=0.15)


def keep_out(box: shapely.Polygon) -> Zone:
    return Zone(
        id="WORKS",
        name_ja="工事",
        name_en="works",
        rule=ZoneRule.KEEP_OUT,
        geometry=box,
        floor=VerticalLimit(0.0),
        ceiling=VerticalLimit(300.0),
        buffer_m=0.0,
        reason_ja="工事",
        reason_en="works",
        source="test",
    )


def certificate_for(trip: ProvedTrip, *routes: Route) -> Certificate:
    return replace(trip.certificate, route_digest=route_digest(*routes))


def test_a_certificate_for_another_airspace_is_refused(trip: ProvedTrip) -> None:
    old = replace(trip, certificate=replace(trip.certificate, airspace_version="old"))

    with pytest.raises(PlanError, match="another version of the airspace"):
        old.compiled()


def test_a_certificate_for_other_routes_is_refused(trip: ProvedTrip) -> None:
    other = replace(trip, way_home=replace(trip.way_home, length_m=1.0))

    with pytest.raises(PlanError, match="other routes"):
        other.compiled()


def test_a_way_home_to_another_place_is_refused(trip: ProvedTrip) -> None:
    astray = replace(trip.way_home, destination_site_id="KZP")
    wrong = replace(trip, way_home=astray, certificate=certificate_for(trip, trip.way_out, astray))

    with pytest.raises(PlanError, match="SGP to KZP"):
        wrong.compiled()


def test_ways_without_a_gate_are_refused(trip: ProvedTrip) -> None:
    ends = (trip.way_out.waypoints[0], trip.way_out.waypoints[-1])
    straight = replace(trip.way_out, waypoints=ends)
    wrong = replace(trip, way_out=straight, certificate=certificate_for(trip, straight, trip.way_home))

    with pytest.raises(PlanError, match="gate"):
        wrong.compiled()


def test_a_quadplane_without_room_to_land_is_refused(trip: ProvedTrip) -> None:
    waypoints = list(trip.way_home.waypoints)
    waypoints[-2] = replace(waypoints[-2], position=waypoints[-1].position)
    short = replace(trip.way_home, waypoints=tuple(waypoints))
    wrong = replace(trip, way_home=short, certificate=certificate_for(trip, trip.way_out, short))

    with pytest.raises(PlanError, match="before the landing"):
        wrong.compiled(vehicle_class=VehicleClass.QUADPLANE)
