"""The checks, one for each kind of property of a trace."""

from typing import Any

from tests.fidelity.comparison import reading
from tests.fidelity.comparison.reading import Key
from tests.fidelity.comparison.report import Report
from tests.fidelity.comparison.tolerance import Tolerance
from tests.fidelity.trace import Trace

RATE_IGNORED = frozenset(
    [
        "COMMAND_ACK",
        "STATUSTEXT",
        "PARAM_VALUE",
        "MISSION_REQUEST",
        "MISSION_REQUEST_INT",
        "MISSION_ACK",
        "MISSION_COUNT",
        "MISSION_ITEM_INT",
        "MISSION_ITEM",
        "MISSION_ITEM_REACHED",
        "TERRAIN_REQUEST",
        "TIMESYNC",
        "HOME_POSITION",
        "GPS_GLOBAL_ORIGIN",
        "MESSAGE_INTERVAL",
        "AUTOPILOT_VERSION",
        "TERRAIN_REPORT",
        "ATTITUDE",
        "PING",
        "POSITION_TARGET_GLOBAL_INT",
        "CAMERA_FEEDBACK",
    ]
)
"""Types that come on request or by chance."""

TEXT_PREFIX = 20
_METRES_PER_DEGREE = 111_320, 93_600
"""Of latitude, and of longitude at 32.7 degrees north."""


def same_fact(reference: dict[str, Any], other: dict[str, Any], tolerance: Tolerance) -> bool:
    """Say whether a fact agrees within its tolerance."""
    kind, one, two = reference["kind"], reference["value"], other["value"]
    if one is None or two is None:
        return one is None and two is None
    if kind == "set":
        return set(one) == set(two)
    if kind == "exact":
        return bool(one == two)
    if not isinstance(one, list) and not isinstance(two, list):
        return tolerance.near(one, two, reference)
    return (
        isinstance(one, list)
        and isinstance(two, list)
        and len(one) == len(two)
        and all(tolerance.near(a, b, reference) for a, b in zip(one, two, strict=True))
    )


def check_facts(report: Report, reference: Trace, other: Trace, tolerance: Tolerance) -> None:
    """Compare what the scenario recorded itself."""
    theirs = reading.facts(other)
    for name, fact in reading.facts(reference).items():
        if fact["kind"] == "info":
            continue
        match = theirs.get(name)
        good = match is not None and same_fact(fact, match, tolerance)
        group = "ack" if name.startswith("ack:") else "fact"
        report.expect(group, f"{fact['phase']} / {name.removeprefix('ack:')}", good, _gap(fact, match))


def _gap(fact: dict[str, Any], match: dict[str, Any] | None) -> str:
    got = match["value"] if match else "nothing"
    if match and fact["kind"] == "set" and match["value"] is not None:
        missing, extra = set(fact["value"]) - set(got), set(got) - set(fact["value"])
        return f"missing {sorted(missing)}, extra {sorted(extra)}"
    return f"expected {fact['value']}, got {got}"


SEQUENCES: tuple[tuple[str, str, Key, float], ...] = (
    ("mode", "HEARTBEAT", lambda fields: fields["custom_mode"], 1.0),
    ("armed", "HEARTBEAT", lambda fields: bool(fields["base_mode"] & 128), 0.0),
    ("system_status", "HEARTBEAT", lambda fields: fields["system_status"], 2.0),
    ("landed_state", "EXTENDED_SYS_STATE", lambda fields: fields["landed_state"], 1.0),
    ("vtol_state", "EXTENDED_SYS_STATE", lambda fields: fields["vtol_state"], 1.0),
    ("MISSION_CURRENT", "MISSION_CURRENT", lambda fields: fields["seq"], 1.0),
    ("MISSION_ITEM_REACHED", "MISSION_ITEM_REACHED", lambda fields: fields["seq"], 0.0),
    ("breach", "FENCE_STATUS", lambda fields: [fields["breach_status"], fields["breach_type"]], 1.0),
)
"""Name, message type, value, and how many dwell times a value has to last."""


def check_sequences(report: Report, reference: Trace, other: Trace, tolerance: Tolerance) -> None:
    """Compare the order of states and the progress of the mission over the whole scenario."""
    for name, kind, key, dwells in SEQUENCES:
        carry = name != "MISSION_ITEM_REACHED"
        one, two = (
            reading.steps(
                reading.incoming(trace, kind, carry),
                key,
                trace.records[-1].time_s if trace.records else 0.0,
                dwells * tolerance.dwell_s,
            )
            for trace in (reference, other)
        )
        if one or two:
            report.expect("order", name, one == two, f"expected {one}, got {two}")


REPLIES: tuple[tuple[str, Key], ...] = (
    ("COMMAND_ACK", lambda fields: (fields["command"], fields["result"])),
    ("MISSION_ACK", lambda fields: (fields["mission_type"], fields["type"])),
)


def check_replies(report: Report, reference: Trace, other: Trace) -> None:
    """Compare acknowledgements as received, in order, per phase."""
    for kind, key in REPLIES:
        ours, theirs = reading.by_phase(reference, kind, key), reading.by_phase(other, kind, key)
        for phase, values in ours.items():
            got = theirs.get(phase, [])
            report.expect("replies", f"{kind} in {phase}", values == got, _parting(values, got))


def _parting(one: list[Any], two: list[Any]) -> str:
    for number, (a, b) in enumerate(zip(one, two, strict=False)):
        if a != b:
            return f"entry {number}: expected {a}, got {b}"
    return f"expected {len(one)} entries, got {len(two)}"


def check_texts(report: Report, reference: Trace, other: Trace) -> None:
    """Expect each kind of text by severity and beginning."""
    theirs = {(severity, text[:TEXT_PREFIX].lower()) for severity, text in reading.texts(other)}
    seen: set[tuple[int, str]] = set()
    for severity, text in reading.texts(reference):
        key = (severity, text[:TEXT_PREFIX].lower())
        if key not in seen:
            seen.add(key)
            report.expect("text", f"severity {severity} {text!r}", key in theirs, "missing")


def check_rates(report: Report, reference: Trace, other: Trace, tolerance: Tolerance) -> None:
    """Expect each message type at its rate."""
    theirs = reading.rates(other)
    for kind, hz in reading.rates(reference).items():
        if kind not in RATE_IGNORED:
            got = theirs.get(kind, 0.0)
            good = got > 0 and tolerance.near_rate(hz, got)
            report.expect("rate", kind, good, f"expected {hz:.2f} Hz, got {got:.2f} Hz")


def check_phases(report: Report, reference: Trace, other: Trace, tolerance: Tolerance) -> None:
    """Expect the same phases in the same order and of similar length."""
    ours, theirs = reading.phases(reference), reading.phases(other)
    report.expect(
        "phase", "all in order", list(ours) == list(theirs), f"expected {list(ours)}, got {list(theirs)}"
    )
    for name, seconds in ours.items():
        got = theirs.get(name)
        good = got is not None and tolerance.near_seconds(seconds, got)
        shown = "nothing" if got is None else f"{got:.1f} s"
        report.expect("phase", name, good, f"expected {seconds:.1f} s, got {shown}")


def check_final_place(report: Report, reference: Trace, other: Trace, tolerance: Tolerance) -> None:
    """Expect the vehicle to end in the same place."""
    ours, theirs = reading.final_place(reference), reading.final_place(other)
    if ours is None:
        return
    scales = (*_METRES_PER_DEGREE, 1.0)
    good = theirs is not None and all(
        abs(a - b) * scale <= tolerance.metres for a, b, scale in zip(ours, theirs, scales, strict=True)
    )
    report.expect("place", "final position", good, f"expected {ours}, got {theirs}")
