"""The clock of a vehicle on a socket, the recorder, and trace files."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from tests.fidelity import trace
from tests.fidelity.errors import UsageError
from tests.fidelity.in_process import BuiltIn, InProcessTransport
from tests.fidelity.link import Link
from tests.fidelity.recorder import Recorder
from tests.fidelity.trace import MAX_BYTES, Record, Trace
from tests.fidelity.vehicle_clock import VehicleClock


class Wall:
    """Wall time that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def attitude(boot_ms: int = 1000) -> mavlink.MAVLink_attitude_message:
    message = mavlink.MAVLink_attitude_message(boot_ms, 0, 0, 0, 0, 0, 0)
    message.pack(mavlink.MAVLink(None, srcSystem=1, srcComponent=1))
    return message


def test_the_clock_corrects_what_it_has_guessed_when_the_first_time_stamp_comes() -> None:
    wall = Wall()
    clock = VehicleClock(10.0, wall)
    wall.now += 1.0

    guessed_s, correction_s = clock.now(), clock.stamp(12.0)

    assert (guessed_s, correction_s, clock.now()) == (10.0, 2.0, 12.0)


def test_the_clock_learns_the_rate_of_the_vehicle() -> None:
    wall = Wall()
    clock = VehicleClock(1.0, wall)
    clock.stamp(10.0)
    wall.now += 2.0

    clock.stamp(50.0)

    assert clock.rate == pytest.approx(20.0)


def test_the_clock_stops_for_a_vehicle_that_has_stopped() -> None:
    wall = Wall()
    clock = VehicleClock(1.0, wall)
    clock.stamp(10.0)
    wall.now += 60.0

    assert clock.now() == pytest.approx(12.0)


def test_the_clock_goes_on_over_a_reboot() -> None:
    wall = Wall()
    clock = VehicleClock(1.0, wall)
    clock.stamp(500.0)

    clock.stamp(1.0)
    clock.stamp(4.0)

    assert clock.now() == pytest.approx(503.0)


@given(st.lists(st.tuples(st.floats(0, 5), st.floats(0, 1000)), max_size=20))
def test_the_clock_never_goes_back(events: list[tuple[float, float]]) -> None:
    wall = Wall()
    clock = VehicleClock(1.0, wall)
    clock.stamp(0.0)
    shown = [clock.now()]

    for pause_s, boot_s in events:
        wall.now += pause_s
        clock.stamp(boot_s)
        shown.append(clock.now())

    assert shown == sorted(shown)


@given(st.floats(1e-9, 1.0))
def test_the_shortest_wait_on_virtual_time_ends(seconds: float) -> None:
    link = Link(InProcessTransport(BuiltIn("copter")), Recorder())

    link.sleep(seconds)

    assert link.now >= seconds * 0.999


def test_periodic_telemetry_is_kept_on_change_and_else_once_a_second() -> None:
    recorder = Recorder()

    for tenth in range(21):
        mode = 4 if tenth >= 5 else 0
        beat = mavlink.MAVLink_heartbeat_message(2, 3, 81, mode, 3, 3)
        beat.pack(mavlink.MAVLink(None, srcSystem=1, srcComponent=1))
        recorder.message(tenth / 10, "in", beat)

    assert [record.time_s for record in recorder.records] == [0.0, 0.5, 1.5]
    assert recorder.counts["HEARTBEAT"] == 21


def test_what_another_system_says_is_marked() -> None:
    recorder = Recorder()
    ack = mavlink.MAVLink_command_ack_message(400, 0)
    ack.pack(mavlink.MAVLink(None, srcSystem=7, srcComponent=1))

    recorder.message(0.0, "in", ack)

    assert recorder.records[0].fields["_src"] == [7, 1]


def test_rates_are_those_of_the_window() -> None:
    recorder = Recorder()
    recorder.message(0.0, "in", attitude())
    recorder.start_rates(10.0)
    for number in range(40):
        recorder.message(10.0 + number / 4, "in", attitude())

    assert recorder.finish_rates(20.0) == {"ATTITUDE": 4.0}


@pytest.mark.parametrize("name", ["rtl.jsonl", "rtl.jsonl.xz"])
def test_a_trace_is_read_as_it_was_written(name: str, tmp_path: Path) -> None:
    records = [
        Record(1.5, "in", "COMMAND_ACK", {"command": 400, "result": 0}),
        Record(2.0, "note", "GCS", {}),
    ]
    trace.write(Trace({"scenario": "rtl"}, records), tmp_path / name)

    path = trace.find(tmp_path, "rtl")

    assert path.name == name
    assert trace.names(tmp_path) == ["rtl"]
    assert trace.load(path) == Trace({"scenario": "rtl", "sample_spacing_s": 1.0}, records)


def test_a_missing_trace_is_named() -> None:
    with pytest.raises(UsageError, match="no trace of rtl"):
        trace.find(Path("/nowhere"), "rtl")


def test_a_long_trace_loses_samples_and_nothing_else(tmp_path: Path) -> None:
    samples = [Record(float(second), "in", "VFR_HUD", {"text": "x" * 100}, True) for second in range(8000)]
    ack = Record(8000.0, "in", "COMMAND_ACK", {})
    trace.write(Trace({}, [*samples, ack]), tmp_path / "long.jsonl")

    read = trace.load(tmp_path / "long.jsonl")

    assert (tmp_path / "long.jsonl").stat().st_size <= MAX_BYTES
    assert read.records[-1] == ack
    assert len(read.records) < len(samples) / 2
