"""The cells that act, and every command, flown again: each ends as docs/contingencies.md says."""

import pytest

from flight.contingencies.table import GO_ON, TABLE, row_of
from flight.events import FlightPhase
from flight.plan import VehicleClass
from flight.situations import Action, Situation
from tests.contingencies.cases import PHASES, Case, cases
from tests.contingencies.page import PAGE, line, page
from tests.contingencies.run import fly

FLOWN_EVERY_TIME = FlightPhase.ENROUTE
"""Of the cells in which nothing is done, this one is flown each time; the others by the soak."""


def acts(case: Case, vehicle_class: VehicleClass) -> bool:
    """Say whether a case is flown in every run of the tests."""
    if isinstance(case.what, Action):
        return True
    cell = row_of(case.what, vehicle_class).chain(case.phase)
    return cell != GO_ON or case.phase is FLOWN_EVERY_TIME


@pytest.mark.parametrize("vehicle_class", list(VehicleClass))
def test_what_is_done_in_each_cell_ends_as_the_page_says(vehicle_class: VehicleClass) -> None:
    lines = PAGE.read_text(encoding="utf-8").partition(f"### {vehicle_class.capitalize()}")[2].splitlines()

    outcomes = fly(vehicle_class, [each for each in cases() if acts(each, vehicle_class)])

    assert [
        line(case, outcome) for case, outcome in outcomes.items() if line(case, outcome) not in lines
    ] == []


def test_the_page_has_every_case_for_both_classes() -> None:
    text = PAGE.read_text(encoding="utf-8")

    flown = [each for each in text.splitlines() if each.endswith(" % |")]

    assert len(flown) == 2 * len(list(cases()))


def test_no_flight_of_the_page_is_lost_but_by_termination() -> None:
    text = PAGE.read_text(encoding="utf-8")

    lost = [each for each in text.splitlines() if each.endswith(" % |") and "| lost" in each]

    assert lost
    assert all(each.startswith(f"| {Action.TERMINATE} ") for each in lost)


def test_every_situation_has_a_row_with_a_reason_and_a_cell_for_each_phase() -> None:
    assert set(TABLE) == set(Situation)
    assert all(row.reason and all(row.chain(phase) for phase in PHASES) for row in TABLE.values())


def test_the_page_shows_the_table_that_is_in_force() -> None:
    text = PAGE.read_text(encoding="utf-8")

    assert text.startswith(page({}).rstrip())
