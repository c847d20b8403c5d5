"""``tsubaki soak``: a seed is the same world in every process, and a broken rule is told with its repeat."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from api.cli import main
from api.soak.campaign import Campaign
from api.soak.faults import KINDS, chosen_kinds, excuse
from api.soak.invariants import Violation
from api.soak.run import scene_of

SEED = 212
"""Wind, a recall and a reboot."""


def soak(*arguments: str, hash_seed: str = "0") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "api.cli", "soak", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
    )


def test_a_seed_has_the_same_event_log_in_two_processes(tmp_path: Path) -> None:
    logs = [tmp_path / "one.log", tmp_path / "other.log"]

    ends = [
        soak("--seeds", "1", "--first", str(SEED), "--log", str(log), hash_seed=str(number))
        for number, log in enumerate(logs, start=1)
    ]

    hashes = [re.findall(r"sha256 ([0-9a-f]{64})", end.stdout) for end in ends]
    assert [end.stderr for end in ends] == ["", ""]
    assert len(hashes[0]) == 1
    assert hashes[0] == hashes[1]
    assert logs[0].read_bytes() == logs[1].read_bytes()
    assert {line.split()[1] for line in logs[0].read_text().splitlines()} >= {"flight", "stored", "truth"}


def test_report_and_summary_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report, summary = tmp_path / "out" / "report.html", tmp_path / "out" / "summary.json"
    files = ["--report", str(report), "--summary", str(summary)]

    with pytest.raises(SystemExit) as stopped:
        main(["soak", "--seeds", "2", "--first", "226", "--faults", "crash,wind", "--processes", "1", *files])

    figures = json.loads(summary.read_text())
    assert stopped.value.code == 0
    assert figures["seeds"] == 2
    assert figures["failures"] == 0
    assert figures["deliveries"] == 2
    assert figures["simulated_hours"] > 0.4
    assert set(figures["faults"]) <= {"crash", "wind"}
    assert "all 2 seeds kept every rule" in report.read_text()
    assert "http" not in report.read_text()
    assert "2 seeds, 0 failures" in capsys.readouterr().out


def test_a_broken_rule_ends_with_the_command_that_repeats_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("dispatch.sortie_events._delivered", lambda uow, sortie, at: sortie)
    report = tmp_path / "report.html"
    wanted = ["--seeds", "1", "--first", "226", "--faults", "none", "--report", str(report)]

    with pytest.raises(SystemExit) as stopped:
        main(["soak", *wanted])

    told = capsys.readouterr()
    repeat = "tsubaki soak --seeds 1 --first 226 --faults none"
    assert stopped.value.code == 1
    assert "no request lost or delivered twice" in told.out
    assert f"repeat with: {repeat}" in told.out
    assert repeat in report.read_text()


def test_a_fault_that_does_not_exist_is_refused_with_those_that_do(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["soak", "--faults", "wind,locusts"])

    told = capsys.readouterr().err
    assert stopped.value.code == 2
    assert "there is no fault 'locusts'" in told
    assert "gps_loss" in told


def test_fewer_kinds_of_fault_leave_town_and_the_other_faults_as_they_are() -> None:
    every, some = chosen_kinds("all"), chosen_kinds("wind,crash")

    for seed in range(20):
        whole, part = scene_of(seed, every, is_day=False), scene_of(seed, some, is_day=False)
        assert part.town == whole.town
        assert part.crashes == whole.crashes
        assert part.weather.wind == whole.weather.wind


def test_every_kind_of_fault_comes_in_the_default_seeds_and_can_be_made() -> None:
    scenes = [scene_of(seed, KINDS, is_day=False) for seed in range(500)]

    struck = {trouble.kind for each in scenes for trouble in each.troubles}

    assert struck == {kind.name for kind in KINDS}


@pytest.mark.parametrize(
    ("rule", "at_s", "drone_id", "is_excused"),
    [
        ("inside certified airspace", 600.0, "Q1", True),
        ("inside certified airspace", 400.0, "Q1", False),  # before it begins
        ("inside certified airspace", 600.0, "Q2", False),  # another drone
        ("one launch per attempt", 600.0, "Q1", False),  # it does not cause this
    ],
)
def test_a_fault_excuses_only_what_it_does_to_whom_it_strikes_and_not_before(
    rule: str, at_s: float, drone_id: str, is_excused: bool
) -> None:
    scene = scene_of(226, (), is_day=False)
    scene.note("gps_jump", "Q1", begins_s=500.0)

    reason = excuse(scene, Violation(rule, at_s, (drone_id,), None, "60 m beside"))

    assert (reason is not None) == is_excused


def test_the_repeat_command_tells_faults_and_day() -> None:
    campaign = Campaign(range(5), "wind,crash", is_day=True)

    assert campaign.repeat_command(3) == "tsubaki soak --seeds 1 --first 3 --faults wind,crash --day"
