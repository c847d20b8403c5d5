"""What can be read out of a trace."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

from tests.fidelity.trace import Record, Trace

IGNORED_TEXT = re.compile(
    r"^(EKF3 IMU|GPS \d|AHRS: (EKF3|DCM)|Barometer|Calibrating|ArduCopter|ArduPlane|ArduPilot|"
    r"Frame|RCOut|RC\d|IMU\d|Field Elevation|Terrain|[0-9a-f]{8,}|PreArm: |Airspeed|Smoothing|"
    r"Arm: (Accels|EKF|AHRS|Need)|EKF primary|EKF lane|PERF|u-blox|Beginning INS|SIM )"
)
"""Texts that depend on sensors, drivers and timing rather than on behaviour."""

_NUMBER = re.compile(r"-?\d+(\.\d+)?")

Key = Callable[[dict[str, Any]], Any]


def facts(trace: Trace) -> dict[str, dict[str, Any]]:
    """Return facts by name."""
    return {record.fields["name"]: record.fields for record in trace.records if record.kind == "FACT"}


def phases(trace: Trace) -> dict[str, float]:
    """Return how long each phase lasted, without set-up; a repeated name gets a number."""
    marks: list[tuple[str, float]] = []
    seen: dict[str, int] = defaultdict(int)
    for record in trace.records:
        if record.kind == "PHASE":
            name = record.fields["name"]
            seen[name] += 1
            marks.append((name if seen[name] == 1 else f"{name}#{seen[name]}", record.time_s))
    spans = {name: end - start for (name, start), (_, end) in pairwise(marks)}
    return {name: span for name, span in spans.items() if name != "setup"}


def from_vehicle(record: Record, kind: str) -> bool:
    """Say whether a record is a message of this type from the autopilot itself."""
    return record.direction == "in" and record.kind == kind and "_src" not in record.fields


def incoming(trace: Trace, kind: str, carry: bool = False) -> list[Record]:
    """Return the messages of a type after set-up.

    With ``carry`` the last one of the set-up comes first, as the state at the start.
    """
    ready = next((number for number, record in enumerate(trace.records) if _is_ready(record)), 0)
    before = [record for record in trace.records[:ready] if from_vehicle(record, kind)][-1:]
    after = [record for record in trace.records[ready:] if from_vehicle(record, kind)]
    return before + after if carry else after


def _is_ready(record: Record) -> bool:
    return record.kind == "PHASE" and record.fields["name"] == "ready"


def steps(records: Iterable[Record], key: Key, end_s: float, dwell_s: float = 0.0) -> list[Any]:
    """Return the values of ``key`` one after another: the first, and those that lasted ``dwell_s``."""
    runs: list[tuple[Any, float]] = []
    for record in records:
        value = key(record.fields)
        if not runs or runs[-1][0] != value:
            runs.append((value, record.time_s))
    kept: list[Any] = []
    for (value, start_s), stop_s in zip(runs, [*(time_s for _, time_s in runs[1:]), end_s], strict=False):
        if not kept or (stop_s - start_s >= dwell_s and kept[-1] != value):
            kept.append(value)
    return kept


def by_phase(trace: Trace, kind: str, key: Key) -> dict[str, list[Any]]:
    """Return the values of a message type per phase, without repeats and without set-up."""
    result: dict[str, list[Any]] = {}
    phase = "setup"
    for record in trace.records:
        if record.kind == "PHASE":
            phase = record.fields["name"]
        elif phase != "setup" and from_vehicle(record, kind):
            values = result.setdefault(phase, [])
            if not values or values[-1] != key(record.fields):
                values.append(key(record.fields))
    return result


def texts(trace: Trace) -> list[tuple[int, str]]:
    """Return severity and STATUSTEXT, long ones joined, numbers masked."""
    whole: list[tuple[int, str]] = []
    open_id = None
    for record in incoming(trace, "STATUSTEXT"):
        number, part = record.fields.get("id", 0), record.fields["text"]
        if number and number == open_id and record.fields.get("chunk_seq", 0) > 0:
            whole[-1] = (whole[-1][0], whole[-1][1] + part)
        else:
            whole.append((record.fields["severity"], part))
        open_id = number
    return [(severity, _NUMBER.sub("#", text)) for severity, text in whole if not IGNORED_TEXT.match(text)]


def rates(trace: Trace) -> dict[str, float]:
    """Return the received rate of each message type, in Hz."""
    notes = [record.fields["hz"] for record in trace.records if record.kind == "RATES"]
    return dict(notes[-1]) if notes else {}


def final_place(trace: Trace) -> tuple[float, float, float] | None:
    """Return the last position: degrees, and metres above home."""
    positions = incoming(trace, "GLOBAL_POSITION_INT")
    if not positions:
        return None
    last = positions[-1].fields
    return last["lat"] / 1e7, last["lon"] / 1e7, last["relative_alt"] / 1000.0
