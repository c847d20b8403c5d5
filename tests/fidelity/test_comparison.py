"""The comparison finds what is wrong, and nothing else."""

from collections.abc import Callable
from copy import deepcopy

import pytest

from tests.fidelity.comparison.compare import compare
from tests.fidelity.references import all_referenced, reference
from tests.fidelity.registry import SCENARIOS, Scenario
from tests.fidelity.trace import Record, Trace

Change = Callable[[Trace], None]


def find(trace: Trace, kind: str, **want: object) -> Record:
    """Return the last record of a kind with these fields."""
    return [
        record
        for record in trace.records
        if record.kind == kind and want.items() <= {**record.fields, "dir": record.direction}.items()
    ][-1]


def put(kind: str, field: str, value: object, **want: object) -> Change:
    def change(trace: Trace) -> None:
        find(trace, kind, **want).fields[field] = value

    return change


def drop(kind: str, **want: object) -> Change:
    def change(trace: Trace) -> None:
        trace.records.remove(find(trace, kind, **want))

    return change


def wrong_order(trace: Trace) -> None:
    reached = [record for record in trace.records if record.kind == "MISSION_ITEM_REACHED"]
    reached[0].fields, reached[1].fields = reached[1].fields, reached[0].fields


def wrong_rate(trace: Trace) -> None:
    find(trace, "RATES").fields["hz"]["VFR_HUD"] *= 2


def silent_type(trace: Trace) -> None:
    del find(trace, "RATES").fields["hz"]["WIND"]


def late(trace: Trace) -> None:
    find(trace, "PHASE", name="end").time_s += 60.0


def missing_phase(trace: Trace) -> None:
    trace.records.remove(find(trace, "PHASE", name="loiter"))


def elsewhere(trace: Trace) -> None:
    find(trace, "GLOBAL_POSITION_INT").fields["lat"] += 1000


def other_mode(trace: Trace) -> None:
    for record in trace.records:
        if record.kind == "HEARTBEAT" and record.fields["custom_mode"] == 6:
            record.fields["custom_mode"] = 9


def broken_off(trace: Trace) -> None:
    trace.meta["error"] = "StuckError: reached 2"


CHANGES: list[tuple[str, Change, str]] = [
    (
        "wrong result of a command",
        put("COMMAND_ACK", "result", 4, command=176),
        "replies: COMMAND_ACK in climb",
    ),
    ("wrong fact of a result", put("FACT", "value", [4], name="ack:mode RTL"), "ack: climb / mode RTL"),
    ("wrong result of an upload", put("MISSION_ACK", "type", 1, dir="in"), "replies: MISSION_ACK in upload"),
    ("missing acknowledgement", drop("MISSION_ACK", dir="in"), "replies: MISSION_ACK in upload"),
    ("missing text", drop("STATUSTEXT", text="Disarming motors"), "text: severity 6 'Disarming motors'"),
    (
        "text of another severity",
        put("STATUSTEXT", "severity", 2, text="Disarming motors"),
        "text: severity 6 'Disarming motors'",
    ),
    ("items in the wrong order", wrong_order, "order: MISSION_ITEM_REACHED"),
    ("another mode", other_mode, "order: mode"),
    ("twice the rate", wrong_rate, "rate: VFR_HUD"),
    ("a type never sent", silent_type, "rate: WIND"),
    ("a long end", late, "phase: landing"),
    ("a missing phase", missing_phase, "phase: all in order"),
    ("another place at the end", elsewhere, "place: final position"),
    (
        "a place of a fact 9 m off",
        put("FACT", "value", [9.0, 0.0, 0.0], name="final"),
        "fact: landing / final",
    ),
    ("a missing fact", drop("FACT", name="final"), "fact: landing / final"),
    ("a fact without a value", put("FACT", "value", None, name="final"), "fact: landing / final"),
    ("a flight that ended early", broken_off, "run: to its end"),
]


@pytest.mark.parametrize(
    ("change", "expectation"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES]
)
def test_a_fault_in_a_trace_is_found(change: Change, expectation: str) -> None:
    trace = deepcopy(reference(SCENARIOS["rtl"]))
    change(trace)

    report = compare(reference(SCENARIOS["rtl"]), trace)

    assert expectation in [each.expectation for each in report.differences]


@pytest.mark.parametrize("case", all_referenced(), ids=lambda case: case.name)
def test_a_trace_compared_with_itself_holds_completely(case: Scenario) -> None:
    report = compare(reference(case), reference(case))

    assert report.differences == []
    assert report.held.total() == report.total.total() > 10


def test_small_differences_of_time_and_place_are_no_faults() -> None:
    trace = deepcopy(reference(SCENARIOS["rtl"]))
    find(trace, "PHASE", name="end").time_s += 1.0
    find(trace, "GLOBAL_POSITION_INT").fields["lat"] += 100

    report = compare(reference(SCENARIOS["rtl"]), trace)

    assert report.differences == []


def test_the_names_of_the_expectations_of_a_scenario_are_unique() -> None:
    for case in all_referenced():
        nothing = Trace({}, [])

        names = [each.expectation for each in compare(reference(case), nothing).differences]

        assert len(set(names)) == len(names), case.name
