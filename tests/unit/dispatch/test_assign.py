from dataclasses import replace
from datetime import timedelta

import pytest

from dispatch.assign import Candidate, Errand, RoundTrip, Unroutable, assign, types_to_route
from dispatch.reasons import no_route
from dispatch.values import Drone, TemperatureClass
from flight.link_state import LinkState
from tests.unit.dispatch.world import C1, C2, ERRAND, NOW, Q1, TYPES, FakePlanner


def candidate(drone: Drone = Q1) -> Candidate:
    return Candidate(drone, TYPES[drone.type_id], None, None, LinkState.FRESH, 1.0)


def trips(**energy_wh: float) -> dict[str, RoundTrip | Unroutable]:
    planner = FakePlanner()
    planner.energy_wh.update(energy_wh)
    return {each.id: planner.propose(each, ERRAND, NOW) for each in TYPES.values()}


def test_the_drone_that_arrives_first_flies() -> None:
    assignment = assign(ERRAND, [candidate(C1), candidate(Q1)], trips())

    assert assignment.chosen is not None
    assert assignment.chosen.drone is Q1
    assert [(each.drone_id, each.reason.en.split(" at ")[0]) for each in assignment.refusals] == [
        ("C1", "it would arrive")
    ]


def test_of_equals_the_first_by_name_flies() -> None:
    assignment = assign(ERRAND, [candidate(C2), candidate(C1)], trips())

    assert assignment.chosen is not None
    assert assignment.chosen.drone is C1


def test_of_equals_the_one_that_displaces_nobody_flies() -> None:
    displacing = replace(candidate(C1), displaces="S-0001")

    assignment = assign(ERRAND, [displacing, candidate(C2)], trips())

    assert assignment.chosen is not None
    assert assignment.chosen.drone is C2


REFUSED = [
    ({"mass_kg": 2.6}, {}, "2.6 kg is more than the 2.5 kg", False, "too heavy for this type"),
    ({"temperature": TemperatureClass.FROZEN}, {}, "no box for frozen", False, "no such box"),
    ({"origin_pad_id": "NRP"}, {}, "based at FKP", False, "the goods are elsewhere"),
    ({}, {"busy_with": "S-0009"}, "busy with sortie S-0009", True, "another flight"),
    ({}, {"link": LinkState.LOST}, "link is lost", True, "out of reach"),
    ({}, {"link": LinkState.UNKNOWN}, "not been heard", True, "never heard"),
    ({}, {"battery_remaining": None}, "battery is not known", True, "no battery monitor yet"),
    ({}, {"battery_remaining": 0.7}, "needs 500 Wh and only 441 Wh of 630 Wh", True, "half empty"),
]


@pytest.mark.parametrize(("errand", "state", "reason", "may_pass", "remark"), REFUSED)
def test_a_drone_that_cannot_fly_says_why(
    errand: dict[str, object], state: dict[str, object], reason: str, may_pass: bool, remark: str
) -> None:
    wanted = Errand(**{**vars(ERRAND), **errand})
    drone = Candidate(**{**vars(candidate()), **state})

    assignment = assign(wanted, [drone], trips())

    assert assignment.chosen is None, remark
    assert reason in assignment.reason.en, remark
    assert assignment.reason.en.startswith("Q1: "), remark
    assert assignment.reason.ja.startswith("Q1: "), remark
    assert assignment.may_pass is may_pass, remark


def test_a_flight_beyond_a_full_battery_never_becomes_possible() -> None:
    assignment = assign(ERRAND, [candidate(C1)], trips(copter=2218.0))

    assert not assignment.may_pass
    assert (
        "needs 2218 Wh and only 700 Wh of 1000 Wh may be used (30 % stay in reserve)" in assignment.reason.en
    )


def test_the_reserve_is_kept_to_the_last_watt_hour() -> None:
    assert assign(ERRAND, [candidate()], trips(quadplane=630.0)).chosen is not None
    assert assign(ERRAND, [candidate()], trips(quadplane=630.1)).chosen is None


def test_a_closed_way_names_the_zones() -> None:
    closed = {"quadplane": Unroutable(no_route("no way from FKP to SGP", ["RJFE"]))}

    assignment = assign(ERRAND, [candidate()], closed)

    assert "blocked by RJFE" in assignment.reason.en
    assert "RJFE" in assignment.reason.ja
    assert not assignment.may_pass


def test_without_a_fleet_the_request_waits() -> None:
    assignment = assign(ERRAND, [], {})

    assert assignment.reason.en == "no drone is registered"
    assert assignment.may_pass


def test_routes_are_looked_for_only_where_they_matter() -> None:
    busy = replace(candidate(C1), busy_with="S-0001")

    assert [each.id for each in types_to_route(ERRAND, [candidate(), busy])] == ["quadplane"]


def test_one_arrival_is_the_departure_and_the_way_out() -> None:
    trip = trips()["quadplane"]

    assert isinstance(trip, RoundTrip)
    assert trip.arrives_at == NOW + timedelta(seconds=1500)
