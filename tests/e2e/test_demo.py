"""What a newcomer sees first: one delivery, from nothing to the summary."""

import json
import subprocess
from pathlib import Path

import pytest
from pymavlink import mavutil

from tests.e2e.processes import ROOT, environment, free_port, python

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@pytest.mark.slow
def test_the_demo_delivers_shows_a_summary_and_leaves_its_files(tmp_path: Path) -> None:
    data_dir = tmp_path / "demo"
    shown = _run("--once", "--port", str(free_port()), "--speedup", "100", "--data-dir", str(data_dir))
    for words in ("R-0001 received", "S-0001 closed", "km out and home", "Wh used", "to the coast of"):
        assert words in shown
    plan = json.loads((data_dir / "S-0001.plan").read_text(encoding="utf-8"))
    assert plan["fileType"] == "Plan"
    assert len(plan["mission"]["items"]) > 10
    assert (data_dir / "S-0001.png").read_bytes().startswith(PNG_SIGNATURE)
    assert (data_dir / "tracks" / "Q1.jsonl").stat().st_size > 0
    recordings = sorted((data_dir / "tlog").rglob("*.tlog"), key=lambda path: path.stat().st_size)
    assert {"HEARTBEAT", "MISSION_ACK", "GLOBAL_POSITION_INT"} <= _message_types(recordings[-1])


def test_a_demo_in_a_used_folder_ends_with_one_line_and_its_remedy(tmp_path: Path) -> None:
    (tmp_path / "something").touch()
    command = python("api.cli", "demo", "--once", "--data-dir", str(tmp_path))
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode != 0
    assert done.stderr.count("\n") == 1
    assert "name a new folder" in done.stderr


def _run(*options: str) -> str:
    # A wide terminal, so that no figure of the summary is folded.
    done = subprocess.run(
        python("api.cli", "demo", *options),
        cwd=ROOT,
        env=environment(COLUMNS="200"),
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _message_types(tlog: Path) -> set[str]:
    """Read the recording as MAVProxy's tools do."""
    recording = mavutil.mavlink_connection(str(tlog), dialect="ardupilotmega")
    try:
        types = set()
        while (message := recording.recv_match()) is not None:
            types.add(str(message.get_type()))
        return types
    finally:
        recording.close()
