"""The built-in vehicle answers as the recorded ArduPilot did, but for the differences that we know."""

import pytest

from tests.fidelity import expected, floors, totals
from tests.fidelity.comparison.compare import compare
from tests.fidelity.page import PAGE, page
from tests.fidelity.references import FOLDER, all_referenced, reference, referenced
from tests.fidelity.registry import KINDS, Scenario
from tests.fidelity.runs import built_in_trace
from tests.fidelity.scenarios import SCENARIOS

KNOWN = expected.load()
FLOORS = floors.load()
EXPLAINED = [case for case in all_referenced() if case.name not in FLOORS]
UNEXPLAINED = [case for case in all_referenced() if case.name in FLOORS]


@pytest.mark.parametrize("case", EXPLAINED, ids=lambda case: case.name)
def test_the_built_in_vehicle_differs_from_ardupilot_only_where_we_know_why(case: Scenario) -> None:
    report = compare(reference(case), built_in_trace(case))

    assert expected.unexplained(report, KNOWN) == []
    assert expected.vanished(report, KNOWN) == [], "remove these from expected_differences.toml"


@pytest.mark.parametrize("case", UNEXPLAINED, ids=lambda case: case.name)
def test_no_less_holds_than_before_where_the_differences_are_not_explained_yet(case: Scenario) -> None:
    report = compare(reference(case), built_in_trace(case))

    assert report.held.total() >= FLOORS[case.name], report.differences


@pytest.mark.parametrize("kind", KINDS)
def test_enough_of_all_expectations_holds(kind: str) -> None:
    # The test above shows that exactly the known differences are found, so they can be counted.
    cases = [case for case in referenced(kind) if case.name not in FLOORS]
    total = sum(compare(reference(case), reference(case)).total.total() for case in cases)
    differences = sum(len(expected.of(case.name, KNOWN)) for case in cases)

    assert totals.enough(kind, total - differences, total)


def test_every_known_difference_belongs_to_a_scenario_with_a_recording_and_stands_there_once() -> None:
    keys = [(each.scenario, each.expectation) for each in KNOWN]

    assert {name for name, _ in keys} <= {case.name for case in EXPLAINED}
    assert len(set(keys)) == len(keys)


def test_every_scenario_has_a_recording_and_every_recording_a_scenario() -> None:
    recorded = {path.name.split(".")[0] for path in FOLDER.glob("*/*.jsonl.xz")}

    assert recorded == SCENARIOS.keys()
    assert recorded == {case.name for case in all_referenced()}
    assert FLOORS.keys() <= recorded


def test_the_page_of_fidelity_is_drawn_from_what_is_found() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_same_scenario_is_recorded_alike_twice() -> None:
    case = SCENARIOS["rally_upload"]

    once, again = built_in_trace(case), built_in_trace(case)

    assert once == again
