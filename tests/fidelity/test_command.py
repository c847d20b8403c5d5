"""The command, and vehicles on sockets."""

import json
import shlex
import socket
import sys
from pathlib import Path

import pytest

from tests.fidelity import totals
from tests.fidelity.__main__ import main
from tests.fidelity.launch import FIRST_PORT, PORTS_PER_INSTANCE
from tests.fidelity.scenarios import SCENARIOS
from tests.fidelity.trace import find, load

ROOT = Path(__file__).parents[2]


def free_instance() -> int:
    """Return an instance whose port nobody listens on."""
    for instance in range(300, 400):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", FIRST_PORT + PORTS_PER_INSTANCE * instance)) != 0:
                return instance
    raise AssertionError("no free port")


def test_the_command_prints_and_writes_what_it_has_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, figures = tmp_path / "traces", tmp_path / "figures" / "fidelity.json"

    code = main(["--scenario", "rally_upload,qp_params", "--out", str(out), "--json", str(figures)])

    printed = capsys.readouterr().out
    body = json.loads(figures.read_text(encoding="utf-8"))
    assert code == 0
    assert "rally_upload: " in printed
    assert "quadplane: " in printed
    assert body["copter"]["scenarios"]["rally_upload"]["held"] == body["copter"]["held"]
    assert load(find(out / "copter", "rally_upload")).meta["scenario"] == "rally_upload"
    assert (out / "quadplane" / "params.txt").read_text(encoding="utf-8").startswith("# name\t")


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["--scenario", "no_such"], "no scenario no_such"),
        (["--scenario", "rtl", "--vehicle", "quadplane"], "none of the scenarios rtl is for"),
        (["--connect", "tcp:127.0.0.1:1"], "need --vehicle"),
        (["--vehicle", "copter", "--connect", "serial:/dev/ttyUSB0:57600"], "is no link"),
        (["--vehicle", "copter", "--connect", "nonsense"], "is no link"),
    ],
)
def test_a_wrong_option_is_named(argv: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(argv)

    assert code == 2
    assert words in capsys.readouterr().err


def test_a_vehicle_process_is_held_against_the_recordings_over_tcp(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "simulator", "--vehicle", "quadplane", "--home", "32.7024,128.845,5,0"]
    command = f"env PYTHONPATH={ROOT} {shlex.join(words)} --listen tcp:127.0.0.1:{{port}} --speedup 20"
    figures = tmp_path / "fidelity.json"
    argv = ["--vehicle", "quadplane", "--scenario", "qp_params", "--speedup", "20", "--launch", command]

    code = main([*argv, "--instance", str(free_instance()), "--json", str(figures)])

    body = json.loads(figures.read_text(encoding="utf-8"))
    assert code == 0, body["quadplane"]["scenarios"]


def test_a_vehicle_that_is_not_near_enough_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(totals.NEEDED, "quadplane", 1.01)

    assert main(["--scenario", "qp_params"]) == 1


def test_a_vehicle_can_be_held_against_other_recordings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--scenario", "qp_params", "--out", str(tmp_path)])
    capsys.readouterr()

    code = main(["--reference", str(tmp_path)])

    assert code == 0
    assert "(95% needed)" in capsys.readouterr().out


def test_every_scenario_says_what_it_does() -> None:
    assert all(case.body.__doc__ for case in SCENARIOS.values())
