"""``tsubaki airspace``: files of zones on the command line."""

import json
from functools import partial
from pathlib import Path

import pytest

from geofences.formats import import_file
from geofences.loading import GOTO
from tests.unit.api.conftest import Run
from tests.unit.geofences.formats import samples

ZONES = GOTO / "zones.geojson"
CORRIDORS = GOTO / "corridors.geojson"


@pytest.fixture
def run(run: Run, tmp_path: Path) -> Run:
    """Return a function that runs ``tsubaki airspace`` in a folder with files, on a wide terminal."""
    (tmp_path / "quick.txt").write_text(samples.NOTAM, encoding="utf-8")
    (tmp_path / "nameless.txt").write_text(samples.NOTAM.replace("ID FW", ""), encoding="utf-8")
    (tmp_path / "fence.plan").write_text(samples.plan(), encoding="utf-8")
    (tmp_path / "bad.kml").write_text(samples.KML.replace("150</value>", "x</value>"), encoding="utf-8")
    wrong = samples.NOTAM.replace("R0.5NM", "R5").replace("150M AGL", "150M")
    (tmp_path / "bad.txt").write_text(wrong, encoding="utf-8")

    return partial(run, "airspace")


def test_good_files_are_summed_up(run: Run) -> None:
    code, printed, error = run("check", str(ZONES), str(CORRIDORS), "quick.txt")

    assert (code, error) == (0, "")
    counts = [line.strip("│ ").split() for line in printed.splitlines() if line.startswith("│")]
    assert [(row[0], row[2], row[4]) for row in counts] == [
        ("zones.geojson", "37", "0"),
        ("corridors.geojson", "0", "19"),
        ("quick.txt", "1", "0"),
    ]


def test_corridors_are_kept_by_geojson_and_told_of_by_other_formats(run: Run) -> None:
    run("import", str(CORRIDORS), "--to", "lanes.geojson")
    _, printed, _ = run("export", "lanes.geojson", "--format", "kml", "--output", "lanes.kml")

    assert import_file(Path("lanes.geojson")).corridors == import_file(CORRIDORS).corridors
    assert "19 corridors are left out; KML cannot hold them" in printed


@pytest.mark.parametrize(
    ("point", "expected", "remark"),
    [
        ("32.70,128.90", ["up to 150.0 m above the sea"], "at sea, far from any airport"),
        ("32.66639,128.83278", ["福江空港", "着陸帯"], "on the runway of Fukue"),
        (
            "32.67,128.81",
            ["up to 122.0 m above the sea", "水平表面"],
            "under the horizontal surface",
        ),
    ],
)
def test_the_height_allowed_at_a_point_is_told_with_its_reason(
    run: Run, point: str, expected: list[str], remark: str
) -> None:
    code, printed, _ = run("height", point)

    assert code == 0
    assert all(each in printed for each in expected), f"{remark}: {printed}"


@pytest.mark.parametrize(
    ("point", "problem"), [("here", "'here' is no point"), ("128.9,32.7", "latitude and longitude swapped")]
)
def test_a_height_is_not_told_for_no_point(run: Run, point: str, problem: str) -> None:
    code, _, error = run("height", point)

    assert code != 0
    assert problem in error


def test_every_problem_of_every_file_is_told_and_the_exit_code_is_2(run: Run) -> None:
    code, printed, error = run("check", "bad.txt", "quick.txt", "bad.kml", "none.kml")

    assert code == 2
    told = [line for line in printed.splitlines() if line.startswith("誤り error: ")]
    assert [line.split(": ")[1] for line in told] == ["bad.txt", "bad.txt", "bad.kml", "none.kml"]
    assert "quick.txt" in printed
    assert error == "tsubaki: 3 of 4 files are wrong; correct what is listed above\n"


def test_zones_are_shown_with_times_in_japan_and_utc(run: Run) -> None:
    code, printed, _ = run("show", "quick.txt")

    assert code == 0
    for text in ("FW", "花火大会", "Fireworks", "keep-out", "150 m", "2.69 km²"):
        assert text in printed
    assert "2026-12-01 09:00 – 2026-12-01 17:00 JST" in printed
    assert "2026-12-01 00:00 – 2026-12-01 08:00 UTC" in printed


def test_zones_are_drawn(run: Run, tmp_path: Path) -> None:
    code, _, error = run("show", "quick.txt", "--png", "quick.png")

    assert (code, error) == (0, "")
    assert (tmp_path / "quick.png").read_bytes().startswith(b"\x89PNG")


def test_an_import_writes_our_geojson_and_tells_the_notes(run: Run, tmp_path: Path) -> None:
    code, printed, _ = run("import", "nameless.txt", "--to", "zones.geojson")

    assert code == 0
    assert "注記 note: nameless.txt: zone 1: has no ID; it becomes KEEP-OUT-" in printed
    (zone,) = import_file(tmp_path / "zones.geojson").zones
    assert zone.name_en == "Fireworks"


@pytest.mark.parametrize("name", ["ed269", "ed318", "kml", "plan", "geojson", "notam"])
def test_an_export_holds_the_same_zones(run: Run, tmp_path: Path, name: str) -> None:
    code, _, error = run("export", "quick.txt", "--format", name, "-o", "out")

    assert (code, error) == (0, "")
    assert import_file(tmp_path / "out").zones == import_file(tmp_path / "quick.txt").zones


def test_a_mission_stays_in_a_plan_and_is_told_where_it_cannot(run: Run, tmp_path: Path) -> None:
    run("export", "fence.plan", "--format", "plan", "-o", "again.plan")
    _, printed, _ = run("import", "fence.plan", "--to", "zones.geojson")

    plan = json.loads((tmp_path / "again.plan").read_text(encoding="utf-8"))
    assert [item["command"] for item in plan["mission"]["items"]] == [22]
    assert "1 mission items are left out" in printed
    assert "1 rally points are left out" in printed


@pytest.mark.parametrize(
    ("arguments", "told", "remedy"),
    [
        (["show", "bad.txt"], "'R5': must be a length", "correct what is listed above"),
        (["import", "bad.kml", "--to", "x.geojson"], "'ceiling_m' must be", "correct what is listed above"),
        (
            ["export", "fence.plan", "--format", "ed318", "-o", "x"],
            "'rule': keep-in",
            "choose another format",
        ),
        (["export", str(ZONES), "--format", "shape", "-o", "x"], "", "use one of plan, ed318"),
        (["check", "quick.txt", "--from", "shape"], "", "use one of plan, ed318"),
    ],
)
def test_a_failure_is_one_line_with_a_remedy_under_the_list_and_exits_with_2(
    run: Run, arguments: list[str], told: str, remedy: str
) -> None:
    code, printed, error = run(*arguments)

    assert code == 2
    assert told in printed
    assert remedy in error
    assert error.count("\n") == 1


def test_a_file_that_cannot_be_written_is_told(run: Run) -> None:
    code, _, error = run("import", "quick.txt", "--to", "no/such/folder/x.geojson")

    assert code == 1
    assert "cannot be written" in error


@pytest.mark.parametrize(("name", "printed"), [("\\ud800", r"\ud800"), ("\\u001b[2J", r"\x1b[2J")])
def test_words_of_a_file_that_a_terminal_cannot_show_or_would_obey_are_told_in_plain(
    run: Run, tmp_path: Path, name: str, printed: str
) -> None:
    feature = f'{{"type": "Feature", "properties": {{"id": "{name}", "rule": "x"}}, "geometry": null}}'
    (tmp_path / "odd.geojson").write_text(feature, encoding="utf-8")

    code, told, error = run("check", "odd.geojson")

    assert (code, error) == (2, "tsubaki: 1 of 1 files are wrong; correct what is listed above\n")
    assert printed in told


def test_a_point_outside_the_operation_area_is_told_once(run: Run) -> None:
    code, _, error = run("height", "91,2")

    assert code == 2
    assert error.count("it covers latitude") == 1
