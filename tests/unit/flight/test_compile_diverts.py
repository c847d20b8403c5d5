"""The ways to divert sites on board are the certified ones, and nothing else leads there."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from flight.errors import PlanError
from flight.geodesy import e7_from_degrees
from flight.plan import FlightPlan, MissionItem, PlannedDivert, VehicleClass
from flight.vehicles.diverts import chains_of
from geofences.route import CheckedDivert, Route, Way, route_digest
from geofences.values import Position
from tests.flight_plans import DESTINATION, DIVERT, ProvedTrip, goto_trip, proved_trip

WAYPOINT, TAKE_OFFS, LANDINGS = 16, {22, 84}, {21, 85}
FENCE_OFF, LANDING_BEGINS = MissionItem(207, 0), MissionItem(189, 0)

TRIPS: dict[str, Callable[[], ProvedTrip]] = {
    "copter past the islet": partial(proved_trip, VehicleClass.COPTER),
    "quadplane past the islet": partial(proved_trip, VehicleClass.QUADPLANE),
    "quadplane through Goto": goto_trip,
}


@pytest.fixture(params=TRIPS)
def trip(request: pytest.FixtureRequest) -> ProvedTrip:
    return TRIPS[request.param]()


@pytest.fixture
def plan(trip: ProvedTrip) -> FlightPlan:
    return trip.compiled()


def e7(position: Position) -> tuple[int, int]:
    return e7_from_degrees(position.latitude_deg), e7_from_degrees(position.longitude_deg)


def route_of(trip: ProvedTrip, way: Way) -> Route:
    return trip.way_out if way is Way.OUT else trip.way_home


def seq_of_leg(trip: ProvedTrip, plan: FlightPlan, divert: CheckedDivert) -> int:
    """Return the item that ends a leg; the last waypoint of a way home is the landing."""
    end = e7(route_of(trip, divert.way).waypoints[divert.leg].position)
    seqs = (
        range(1, plan.return_seq) if divert.way is Way.OUT else range(plan.return_seq, plan.landing_seq + 1)
    )
    return next(seq for seq in seqs if (plan.mission[seq].x_e7, plan.mission[seq].y_e7) == end)


def row_at(plan: FlightPlan, seq: int) -> PlannedDivert | None:
    found = [each for each in plan.diverts if each.from_seq <= seq <= each.to_seq]
    assert len(found) <= 1
    return found[0] if found else None


def sequence_of(plan: FlightPlan, row: PlannedDivert) -> tuple[MissionItem, ...]:
    return plan.mission[row.enter_seq : row.land_seq + 1]


def certified_elsewhere(trip: ProvedTrip) -> list[CheckedDivert]:
    return [each for each in trip.certificate.diverts if each.site_id != trip.way_out.origin_site_id]


def test_every_certified_divert_but_those_to_home_is_on_board_for_its_leg(
    trip: ProvedTrip, plan: FlightPlan
) -> None:
    for divert in trip.certificate.diverts:
        row = row_at(plan, seq_of_leg(trip, plan, divert))

        if divert.site_id == trip.way_out.origin_site_id:
            assert row is None
        else:
            assert row is not None
            assert row.site_id == divert.site_id
    assert len(plan.diverts) == len(certified_elsewhere(trip))


def test_a_divert_flies_exactly_the_certified_path_from_the_end_of_its_leg(
    trip: ProvedTrip, plan: FlightPlan
) -> None:
    for divert in certified_elsewhere(trip):
        row = row_at(plan, seq_of_leg(trip, plan, divert))
        assert row is not None
        placed = [item for item in sequence_of(plan, row) if item.command in {WAYPOINT, *LANDINGS}]

        assert [(item.x_e7, item.y_e7) for item in placed] == [e7(point) for point in divert.path]


def test_a_divert_goes_on_to_the_item_that_was_flown_to_at_the_same_height(
    trip: ProvedTrip, plan: FlightPlan
) -> None:
    for divert in certified_elsewhere(trip):
        flown_to = seq_of_leg(trip, plan, divert)
        row = row_at(plan, flown_to)
        assert row is not None

        entered = plan.mission[row.enter_seq]
        if len(divert.path) == 1:
            assert row.enter_seq == row.land_seq
        else:
            assert entered == plan.mission[flown_to]


def test_a_divert_is_flown_at_the_height_of_the_leg_where_it_leaves(
    trip: ProvedTrip, plan: FlightPlan
) -> None:
    for chain in chains_of(iter(certified_elsewhere(trip))):
        row = row_at(plan, seq_of_leg(trip, plan, chain[-1]))
        assert row is not None
        leaves_at = route_of(trip, chain[-1].way).waypoints[chain[-1].leg].altitude_amsl_m

        heights = {item.z_m for item in sequence_of(plan, row)[:-1] if item.command == WAYPOINT}
        assert heights <= {round(leaves_at - plan.home_amsl_m, 2)}


def test_a_divert_ends_at_the_pad_of_its_site(trip: ProvedTrip, plan: FlightPlan) -> None:
    for row in plan.diverts:
        site, landing = trip.airspace.site(row.site_id), plan.mission[row.land_seq]

        assert landing.command in LANDINGS
        assert (landing.x_e7, landing.y_e7) == pytest.approx(e7(site.position), abs=1)
        assert landing.z_m == round(site.elevation_amsl_m - plan.home_amsl_m, 2)
        assert [item.command for item in sequence_of(plan, row) if item.command in LANDINGS] == [
            landing.command
        ]


def test_where_a_divert_leaves_the_corridor_the_fence_goes_off_and_a_landing_begins(
    trip: ProvedTrip, plan: FlightPlan
) -> None:
    for chain in chains_of(iter(certified_elsewhere(trip))):
        row = row_at(plan, seq_of_leg(trip, plan, chain[0]))
        assert row is not None
        sequence, along = sequence_of(plan, row), len(chain)

        if len(chain[-1].path) == 1:
            assert FENCE_OFF not in sequence
            continue
        assert [item.command for item in sequence[:along]] == [WAYPOINT] * along
        assert sequence[along : along + 2] == (FENCE_OFF, LANDING_BEGINS)


def test_the_first_landing_behind_the_marker_is_at_home_so_no_failsafe_joins_a_divert(
    plan: FlightPlan,
) -> None:
    landings = [seq for seq, item in enumerate(plan.mission) if item.command in LANDINGS]

    assert landings[0] == plan.landing_seq > plan.return_seq
    assert all(row.enter_seq > plan.landing_seq for row in plan.diverts)


def test_nothing_takes_off_but_the_first_item(plan: FlightPlan) -> None:
    assert [seq for seq, item in enumerate(plan.mission) if item.command in TAKE_OFFS] == [1]


def test_what_is_done_at_the_stop_diverts_to_the_landing_at_the_destination(
    trip: ProvedTrip, plan: FlightPlan
) -> None:
    rows = {row_at(plan, seq) for seq in range(plan.release_seq - 2, plan.return_seq + 1)}

    (row,) = rows
    assert row is not None
    assert row.site_id == trip.way_out.destination_site_id
    assert row.enter_seq == row.land_seq
    assert row.energy_wh > 0.0


def test_diverts_that_leave_at_one_place_are_one_sequence_with_many_entries() -> None:
    plan = proved_trip(VehicleClass.COPTER).compiled()

    rows = [row for row in plan.diverts if row.site_id == DIVERT]

    assert len(rows) == 3
    assert [row.enter_seq for row in rows] == [rows[0].enter_seq + number for number in range(3)]
    assert len({row.land_seq for row in rows}) == 1


def test_the_longest_trip_of_the_real_islands_fits_well_on_board() -> None:
    plan = goto_trip().compiled()

    assert len(plan.diverts) >= 20
    assert len(plan.mission) < 200


def test_a_divert_that_begins_in_a_hover_is_flown_on_the_wing() -> None:
    plan = proved_trip(VehicleClass.QUADPLANE).compiled()
    row = next(row for row in plan.diverts if row.site_id == DIVERT)

    sequence = sequence_of(plan, row)

    assert sequence[sequence.index(LANDING_BEGINS) + 1] == MissionItem(3000, 0, 4.0)


def slowed(trip: ProvedTrip, leg: int, airspeed_m_s: float) -> ProvedTrip:
    waypoints = list(trip.way_out.waypoints)
    waypoints[leg] = replace(waypoints[leg], airspeed_m_s=airspeed_m_s)
    slow = replace(trip.way_out, waypoints=tuple(waypoints))
    certificate = replace(trip.certificate, route_digest=route_digest(slow, trip.way_home))
    return replace(trip, way_out=slow, certificate=certificate)


def test_a_divert_leaves_a_slow_lane_with_cruise_speed() -> None:
    trip = proved_trip(VehicleClass.QUADPLANE)
    (chain,) = [each for each in chains_of(iter(certified_elsewhere(trip))) if each[0].site_id == DIVERT]
    plan = slowed(trip, chain[-1].leg, 15.0).compiled()

    row = next(row for row in plan.diverts if row.site_id == DIVERT)

    sequence = sequence_of(plan, row)
    assert sequence[: len(chain)][0].command == WAYPOINT
    assert MissionItem(178, 0, 0.0, 25.0, -1.0) in sequence[: sequence.index(FENCE_OFF)]


def test_a_divert_along_the_route_keeps_to_the_limit_of_each_leg() -> None:
    trip = proved_trip(VehicleClass.COPTER)
    last = max(each.leg for each in trip.certificate.diverts if each.site_id == DIVERT)
    plan = slowed(trip, last, 8.0).compiled()

    row = next(row for row in plan.diverts if row.site_id == DIVERT)

    speeds = [item.param2 for item in sequence_of(plan, row) if item.command == 178]
    assert speeds == [8.0, 12.0]


def test_a_quadplane_without_room_to_land_at_a_divert_site_is_refused() -> None:
    trip = proved_trip(VehicleClass.QUADPLANE)
    near = tuple(
        replace(each, path=(*each.path[:-2], each.path[-1], each.path[-1]))
        if each.site_id == DIVERT
        else each
        for each in trip.certificate.diverts
    )
    wrong = replace(trip, certificate=replace(trip.certificate, diverts=near))

    with pytest.raises(PlanError, match="before the landing"):
        wrong.compiled()


def test_the_destination_of_the_islets_is_a_divert_site_too() -> None:
    plan = proved_trip(VehicleClass.QUADPLANE).compiled()

    assert {row.site_id for row in plan.diverts} == {DIVERT, DESTINATION}


def test_diverts_to_one_site_that_leave_at_two_places_are_two_sequences() -> None:
    far, near, pad = Position(32.0, 128.0), Position(32.1, 128.1), Position(32.2, 128.2)
    first = CheckedDivert(Way.OUT, 1, DIVERT, (far, pad), (), 0.0, 0.0, 0.0, 0.0)
    second = CheckedDivert(Way.OUT, 2, DIVERT, (near, pad), (), 0.0, 0.0, 0.0, 0.0)
    along = replace(first, path=(far, near, pad))

    assert list(chains_of(iter([first, second]))) == [(first,), (second,)]
    assert list(chains_of(iter([along, second]))) == [(along, second)]
