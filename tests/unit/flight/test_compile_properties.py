"""What holds for every plan, whatever the route, the vehicle and the delivery."""

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import shapely
from hypothesis import given
from hypothesis import strategies as st

from dispatch.store.codec import plan_from_json, plan_to_json
from flight.plan import Delivery, FlightPlan, MissionItem, VehicleClass
from flight.vehicles.writer import LARGEST_MISSION
from geofences.route import CheckedDivert, Route, RouteWaypoint, Way, route_digest
from geofences.shapes import XY
from geofences.values import Position
from tests.flight_plans import (
    DESTINATION,
    DIVERT,
    HOME,
    MAP,
    ProvedTrip,
    islets,
    proved_trip,
)

WAYPOINT, TAKE_OFFS, LANDINGS, RETURN_PATH = 16, {22, 84}, {21, 85}, 188
HOVERED = {19, 31, 94}
ON_LINE_M = 1.0

PADS: dict[str, XY] = {HOME: (-2000.0, 0.0), DESTINATION: (2000.0, 0.0), DIVERT: (-850.0, 1150.0)}
GATES: dict[str, XY] = {HOME: (-1400.0, 0.0), DESTINATION: (1400.0, 0.0), DIVERT: (-850.0, 550.0)}
CLIMB_S, DESCENT_S, STOP_S = 30.0, 60.0, 300.0
LEG_WH = 2.0


@dataclass(frozen=True)
class Flight:
    """A trip and how it is compiled."""

    trip: ProvedTrip
    options: dict[str, Any]

    @property
    def plan(self) -> FlightPlan:
        return self.trip.compiled(**self.options)


def route(points: list[XY], ends: tuple[str, str], heights: list[float], speeds: list[float]) -> Route:
    """Return a route with made-up times and energies that only grow."""
    waypoints = [
        RouteWaypoint(
            position=MAP.position_from_local(*point),
            altitude_amsl_m=height_m,
            half_width_m=100.0,
            offset_s=CLIMB_S + 40.0 * number + (DESCENT_S if number == len(points) - 1 else 0.0),
            energy_wh=LEG_WH * (number + 1) + (30.0 if number == len(points) - 1 else 0.0),
            ground_speed_m_s=speed_m_s,
            airspeed_m_s=speed_m_s,
        )
        for number, (point, height_m, speed_m_s) in enumerate(zip(points, heights, speeds, strict=True))
    ]
    return Route(*ends, proved_trip(VehicleClass.COPTER).way_out.departure, tuple(waypoints), 0.0)


@st.composite
def flights(draw: st.DrawFn) -> Flight:
    vehicle_class = draw(st.sampled_from(list(VehicleClass)))
    corner = st.tuples(st.floats(-1300, 1300), st.floats(300, 500))
    corners = sorted(draw(st.lists(corner, max_size=4)))
    out = [PADS[HOME], GATES[HOME], *corners, GATES[DESTINATION], PADS[DESTINATION]]
    speeds = draw(st.lists(st.sampled_from([12.0, 15.0, 20.0]), min_size=len(out), max_size=len(out)))
    heights = draw(st.lists(st.sampled_from([55.0, 60.0]), min_size=len(out), max_size=len(out)))
    way_out = route(out, (HOME, DESTINATION), heights, speeds)
    way_home = route(out[::-1], (DESTINATION, HOME), [85.0] * len(out), speeds[::-1])
    starts_at = way_out.departure + timedelta(seconds=way_out.duration_s + STOP_S)
    way_home = replace(way_home, departure=starts_at)
    base = proved_trip(vehicle_class)
    certificate = replace(
        base.certificate,
        route_digest=route_digest(way_out, way_home),
        energy_wh=way_out.energy_wh + way_home.energy_wh + 20.0,
        diverts=tuple(draw_diverts(draw, way_out, way_home)),
    )
    return Flight(
        replace(base, way_out=way_out, way_home=way_home, certificate=certificate),
        draw_options(draw, vehicle_class),
    )


def draw_options(draw: st.DrawFn, vehicle_class: VehicleClass) -> dict[str, Any]:
    kinds = [each for each in Delivery if (vehicle_class, each) != (VehicleClass.QUADPLANE, Delivery.WINCH)]
    delivery = draw(st.sampled_from(kinds))
    waits = st.none() if delivery is Delivery.LAND else st.none() | st.floats(1.0, 60.0)
    return {
        "delivery": delivery,
        "drop_height_m": draw(st.sampled_from([10.0, 15.0, 20.0])),
        "handshake_s": draw(waits),
    }


def draw_diverts(draw: st.DrawFn, way_out: Route, way_home: Route) -> list[CheckedDivert]:
    """Return a divert for each leg: along the route to where one leaves it, or to the end of the route."""
    diverts: list[CheckedDivert] = []
    for way, flown in ((Way.OUT, way_out), (Way.HOME, way_home)):
        last = len(flown.waypoints) - 1
        path: tuple[Position, ...] = (flown.waypoints[last].position,)
        site_id = flown.destination_site_id
        of_way = [divert(way, last, site_id, path)]
        for leg in range(last - 1, 0, -1):
            here = flown.waypoints[leg].position
            if draw(st.booleans()):
                path = (here, *path)
            else:
                site_id = draw(st.sampled_from([HOME, DESTINATION, DIVERT]))
                between = draw(st.lists(st.tuples(st.floats(-900, 900), st.floats(550, 700)), max_size=2))
                gate, pad = GATES[site_id], PADS[site_id]
                path = (here, *(MAP.position_from_local(*point) for point in (*between, gate, pad)))
            of_way.append(divert(way, leg, site_id, path))
        diverts += of_way[::-1]
    return diverts


def divert(way: Way, leg: int, site_id: str, path: tuple[Any, ...]) -> CheckedDivert:
    return CheckedDivert(way, leg, site_id, path, (), 0.0, 0.0, energy_wh=5.0, needed_wh=100.0)


def local(item: MissionItem) -> shapely.Point:
    return shapely.Point(MAP.local_from_position(Position(item.x_e7 / 1e7, item.y_e7 / 1e7)))


def line(positions: list[Any]) -> shapely.LineString:
    return shapely.LineString([MAP.local_from_position(each) for each in positions])


@given(flights())
def test_every_place_before_the_landing_lies_on_the_certified_ways(flight: Flight) -> None:
    plan = flight.plan
    ways = [
        line([each.position for each in way.waypoints]) for way in (flight.trip.way_out, flight.trip.way_home)
    ]

    for item in plan.mission[1 : plan.landing_seq + 1]:
        if item.x_e7:
            assert min(way.distance(local(item)) for way in ways) < ON_LINE_M


@given(flights())
def test_every_place_behind_the_landing_is_one_of_a_certified_divert(flight: Flight) -> None:
    plan = flight.plan
    paths = [
        MAP.local_from_position(point) for each in flight.trip.certificate.diverts for point in each.path
    ]

    for item in plan.mission[plan.landing_seq + 1 :]:
        if item.x_e7:
            assert shapely.MultiPoint(paths).distance(local(item)) < ON_LINE_M


@given(flights())
def test_it_takes_off_once_has_one_return_path_and_lands_at_home_behind_it(flight: Flight) -> None:
    plan = flight.plan
    landings = [seq for seq, item in enumerate(plan.mission) if item.command in LANDINGS]

    assert [seq for seq, item in enumerate(plan.mission) if item.command in TAKE_OFFS] == [1]
    assert [seq for seq, item in enumerate(plan.mission) if item.command == RETURN_PATH] == [plan.return_seq]
    assert next(seq for seq in landings if seq > plan.return_seq) == plan.landing_seq
    assert local(plan.mission[plan.landing_seq]).distance(shapely.Point(PADS[HOME])) < ON_LINE_M
    assert plan.release_seq < plan.return_seq < plan.landing_seq < len(plan.mission) <= LARGEST_MISSION


@given(flights())
def test_heights_are_above_home_and_as_ardupilot_keeps_them(flight: Flight) -> None:
    for item in flight.plan.mission[1:]:
        placed = bool(item.x_e7) or item.command in TAKE_OFFS
        assert item.frame == (3 if placed else 0)
        assert 0.0 <= item.z_m <= 81.0
        assert round(item.z_m, 2) == item.z_m


@given(flights())
def test_diverts_begin_at_a_waypoint_or_a_landing_and_end_at_their_landing(flight: Flight) -> None:
    plan = flight.plan
    spans = sorted((row.from_seq, row.to_seq) for row in plan.diverts)

    for row in plan.diverts:
        commands = [item.command for item in plan.mission[row.enter_seq : row.land_seq + 1]]
        assert commands[0] in {WAYPOINT, *LANDINGS}
        assert [each in LANDINGS for each in commands] == [False] * (len(commands) - 1) + [True]
        assert plan.landing_seq < row.enter_seq <= row.land_seq
        assert 1 <= row.from_seq <= row.to_seq <= plan.landing_seq
    assert all(one[1] < other[0] for one, other in pairwise(spans))


@given(flights())
def test_what_is_expected_only_grows_and_ends_with_the_figures_of_the_plan(flight: Flight) -> None:
    plan = flight.plan
    times = [each.time_s for each in plan.expected]
    energies = [each.energy_wh for each in plan.expected]

    assert len(plan.expected) == plan.landing_seq + 1
    assert all(one <= other + 1e-6 for one, other in pairwise(times))
    assert all(one <= other + 1e-6 for one, other in pairwise(energies))
    assert (times[-1], energies[-1]) == (plan.planned_duration_s, plan.planned_energy_wh)


@given(flights())
def test_a_plan_is_the_same_after_its_way_through_the_database(flight: Flight) -> None:
    plan = flight.plan

    stored = plan_from_json(plan_to_json(plan))

    assert stored == plan
    assert stored.hash == plan.hash


def test_the_places_of_these_tests_are_those_of_the_islets() -> None:
    airspace = islets()

    for site_id, pad in PADS.items():
        found = MAP.local_from_position(airspace.site(site_id).position)
        assert shapely.Point(found).dwithin(shapely.Point(pad), 0.1)
