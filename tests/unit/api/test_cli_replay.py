"""``tsubaki replay``: a recording told again on the command line."""

import json
from pathlib import Path

import pytest

from dispatch.store.codec import plan_to_json
from flight.protocol.codec import Encoder
from flight.protocol.items import wire_from_item
from flight.protocol.messages import Heartbeat, MissionCount, MissionCurrent, StatusText
from flight.protocol.names import MissionType
from flight.protocol.operation import Target
from flight.records.tlog import TlogFile
from tests.unit.api.conftest import Run
from tests.unit.flight.plans import small_plan

AT = 1_795_694_400.0


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """An upload, and the vehicle armed in AUTO on its way to item 2."""
    vehicle, station = Encoder(1, 1), Encoder(255, 190)
    mission = small_plan().mission
    items = [wire_from_item(item, seq, MissionType.MISSION, Target(1)) for seq, item in enumerate(mission)]
    frames = [vehicle.encode(Heartbeat(2, 3, 81, 4, 3))]
    frames += [station.encode(message) for message in (MissionCount(1, 1, len(mission), 0), *items)]
    frames += [vehicle.encode(MissionCurrent(2)), vehicle.encode(Heartbeat(2, 3, 209, 3, 4))]
    frames += [
        vehicle.encode(StatusText(4, "[bold]Mission: 2 WP")),
        vehicle.encode(Heartbeat(2, 3, 209, 3, 4)),
    ]
    file = TlogFile(tmp_path / "a.tlog")
    for second, frame in enumerate(frames):
        file.append(frame, AT + second)
    file.close()
    return file.path


def test_the_events_of_a_recording_are_lines_with_time_vehicle_and_figures(run: Run, recording: Path) -> None:
    code, out, err = run("replay", str(recording))

    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[0] == "2026-11-26 12:00:00.000Z  recording#1  LinkChanged       link=fresh"
    assert any("ModeSeen          mode=AUTO" in line for line in lines)
    assert any("PlanFound         items=10" in line for line in lines)
    assert any("PhaseChanged      phase=enroute" in line for line in lines)
    assert any("text=[bold]Mission: 2 WP" in line for line in lines)


def test_the_events_of_a_recording_as_json_lines(run: Run, recording: Path) -> None:
    code, out, _ = run("replay", str(recording), "--json")

    events = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [events[1][name] for name in ("event", "at", "mode")] == ["ModeSeen", AT, "GUIDED"]
    assert events[0]["vehicle"] == {"link": "recording", "system_id": 1, "component_id": 1}


def test_a_plan_in_a_file_is_what_the_flight_is_held_against(
    run: Run, recording: Path, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(plan_to_json(small_plan()), encoding="utf-8")

    code, out, _ = run("replay", str(recording), "--plan", str(plan), "--json")

    (phase,) = (json.loads(line) for line in out.splitlines() if "PhaseChanged" in line)
    assert code == 0
    assert (phase["sortie_id"], phase["phase"]) == ("S1", "enroute")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["nowhere.tlog"], 1, "nowhere.tlog cannot be read: No such file or directory; name a .tlog file"),
        (["a.tlog", "--plan", "b.json"], 1, "b.json cannot be read"),
        (["a.tlog", "--plan", "a.tlog"], 1, "is no flight plan"),
        (["a.tlog", "--plan", "b.json", "--sortie", "S-0001"], 2, "both name a plan; give one of them"),
        (["a.tlog", "--sortie", "S-0009"], 1, "S-0009"),
    ],
)
def test_what_cannot_be_replayed_is_told_in_one_line(
    run: Run, recording: Path, arguments: list[str], code: int, words: str
) -> None:
    found = run("replay", *arguments)

    assert found[0] == code
    assert words in found[2]
    assert found[2].count("\n") == 1


def test_a_file_that_is_no_recording_is_told_as_such(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("The drone came at noon, and it was on time. " * 3)

    code, out, err = run("replay", "notes.txt")

    assert (code, out) == (1, "")
    assert "notes.txt holds nothing that a vehicle says; name a .tlog file" in err
