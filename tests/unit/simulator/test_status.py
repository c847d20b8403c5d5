"""What a person sees: lines for programs and files, a table on a terminal."""

import io
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from simulator.faults import parse_fault
from simulator.shell.status import Lines, VehicleStatus, condition_of, status_of
from simulator.shell.table import LiveTable, table_of
from simulator.testing import GroundStation
from simulator.values import HomePoint, VehicleClass, VehicleConfig
from simulator.vehicle import Vehicle

ROOT = Path(__file__).parents[3]
HOME = HomePoint(32.69676, 128.85228, 4.0)
FLYING = VehicleStatus("C1", 7, "AUTO", "armed", 3, 64.4, 9.96, 120.4, 0.876, 11.84, 2, ("gps_loss",))


def test_a_vehicle_tells_its_status(copter: GroundStation) -> None:
    status = status_of(copter.vehicle)

    assert (status.name, status.mode, status.condition, status.peers) == (
        *("test", "STABILIZE", "disarmed", 1),
    )
    assert 0.99 < status.charge <= 1.0
    assert 12.0 < status.volts < 13.0
    assert status.faults == ()


def test_a_vehicle_tells_which_of_its_faults_are_at_work() -> None:
    faults = (parse_fault("gps_loss@5+10"), parse_fault("motor_loss@900"))
    vehicle = Vehicle(VehicleConfig("C1", VehicleClass.COPTER, HOME, faults=faults))
    shown = []

    for second in (0, 4, 6, 20):
        vehicle.advance(1_800_000_000.0 + second)
        shown.append(status_of(vehicle).faults)

    assert shown == [(), (), ("gps_loss",), ()]


@pytest.mark.parametrize(
    ("truth", "condition"),
    [
        ({}, "disarmed"),
        ({"armed": True}, "armed"),
        ({"wrecked": True}, "wrecked"),
        ({"wrecked": True, "in_water": True}, "sunk"),
    ],
)
def test_what_has_become_of_a_vehicle_stands_in_its_line(truth: dict[str, Any], condition: str) -> None:
    standing = Vehicle(VehicleConfig("C1", VehicleClass.COPTER, HOME)).truth

    found = condition_of(replace(standing, **truth))

    assert found == condition
    assert replace(FLYING, condition=found).line().startswith(f"C1: AUTO, {condition}, mission item")


def test_the_form_of_a_line_is_kept() -> None:
    line = replace(FLYING, faults=()).line()

    assert line == "C1: AUTO, armed, mission item 3, 64 m AMSL, 10 m/s, 120 Wh used"


def test_active_faults_stand_in_the_line() -> None:
    assert FLYING.line() == (
        "C1: AUTO, armed, mission item 3, faults gps_loss, 64 m AMSL, 10 m/s, 120 Wh used"
    )


def test_a_line_is_written_when_a_state_changes_and_only_then() -> None:
    written: list[str] = []
    lines = Lines(written.append)
    landed = replace(FLYING, condition="disarmed")

    for status in (FLYING, replace(FLYING, altitude_amsl_m=70.0), landed, replace(landed, name="C2")):
        lines.show([status])

    assert [line.partition(", ")[0] for line in written] == ["C1: AUTO", "C1: AUTO", "C2: AUTO"]
    assert ["disarmed" in line for line in written] == [False, True, True]


def test_the_table_has_a_row_for_each_vehicle_with_all_that_matters() -> None:
    drawn = io.StringIO()

    Console(file=drawn, width=120).print(
        table_of([FLYING, replace(FLYING, name="C2", condition="disarmed", faults=())])
    )

    rows = [line for line in drawn.getvalue().splitlines() if "C1" in line or "C2" in line]
    assert [row.split() for row in rows] == [
        ["C1", "7", "AUTO", "armed", "3", "64", "10.0", "88%", "11.8", "2", "gps_loss"],
        ["C2", "7", "AUTO", "-", "3", "64", "10.0", "88%", "11.8", "2", "-"],
    ]


def test_on_eighty_columns_nothing_of_the_table_is_cut_off() -> None:
    drawn = io.StringIO()
    tossed = replace(FLYING, mode="GUIDED_NOGPS", faults=("cell_failure", "wrong_battery", "rogue_station"))

    Console(file=drawn, width=80).print(table_of([tossed]))

    words = drawn.getvalue().split()
    assert {"battery", "peers", "GUIDED_NOGPS", *tossed.faults} <= set(words)
    assert "…" not in drawn.getvalue()


def test_the_table_is_drawn_once_a_second() -> None:
    wall_s = [0.0]
    drawn = io.StringIO()
    table = LiveTable(Console(file=drawn, width=120, force_terminal=True), lambda: wall_s[0])

    for tenth in range(25):
        wall_s[0] = tenth / 10
        table.show([FLYING])
    pictures = drawn.getvalue().count("gps_loss")
    table.close()

    assert pictures == 3


@contextmanager
def _on_a_terminal(*arguments: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Run the simulator on a pseudo-terminal; yield it and our end."""
    ours, its = pty.openpty()
    command = [sys.executable, "-m", "simulator", *arguments]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    try:
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=its, stdout=its, stderr=subprocess.PIPE
        ) as process:
            os.close(its)
            try:
                yield process, ours
            finally:
                process.kill()
    finally:
        os.close(ours)


def test_on_a_terminal_there_is_a_table_and_ctrl_c_ends_it_cleanly() -> None:
    with _on_a_terminal("--vehicle", "copter", "--listen", "udp:127.0.0.1:0") as (process, terminal):
        shown = b""
        while b"STABILIZE" not in shown:
            shown += os.read(terminal, 4096)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=10)

    assert (process.returncode, errors) == (0, b"")
    assert b"listening on udp:127.0.0.1:" in shown
    assert b"battery" in shown
