"""``tsubaki route``: a round trip on the command line, without a service and without flying."""

import json
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.cli import main, route
from geofences.airspace import Airspace
from geofences.formats.geojson import GeoJson
from geofences.loading import GOTO, load_airspace
from geofences.schedule import during
from geofences.values import Circle, Interval, VerticalLimit, ZoneRule
from geofences.zones import Zone

Run = Callable[..., tuple[int, str, str]]
WINTER_MORNING = "2026-12-01T09:00+09:00"


@pytest.fixture(scope="module")
def goto() -> Airspace:
    return load_airspace()


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, goto: Airspace
) -> Run:
    """Return a function that runs ``tsubaki route`` in an empty folder, on a wide terminal."""
    monkeypatch.setattr(route, "load_airspace", lambda folder: goto)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["route", *arguments])
        code = ended.value.code
        output = capsys.readouterr()
        return (code if isinstance(code, int) else 1), output.out, output.err

    return run


def minutes(printed: str, way: str) -> float:
    row = next(line for line in printed.splitlines() if way in line)
    return float(row.split("│")[3])


def test_a_route_is_printed_with_everything_that_was_proved(run: Run) -> None:
    code, printed, error = run("福江港", "嵯峨島", "--at", WINTER_MORNING)

    assert (code, error) == (0, "")
    assert "departs: 2026-12-01 09:00 JST; back 09:5" in printed
    assert re.search(r"海岸 coast: 2\d\d m to \S+ \S+ at 32\.\d{5}, 128\.\d{5}", printed)
    assert re.search(r"予備 reserve: 3\d% of 900 Wh is left, 30% is required", printed)
    assert re.search(r"帰還 returns: proved from all \d+ legs", printed)
    assert "代替 divert SGP 嵯峨島港: 往路 out" in printed
    assert "checked again by other means: holds" in printed


def test_a_wind_from_the_west_makes_the_way_out_slower_and_the_way_home_faster(run: Run) -> None:
    _, calm, _ = run("FKP", "SGP", "--at", WINTER_MORNING)
    _, windy, _ = run("FKP", "SGP", "--at", WINTER_MORNING, "--wind", "8@270")

    assert "風 wind: 無風 none" in calm
    assert "風 wind: wind of 8 m/s from 270°" in windy
    assert minutes(windy, "往路") > minutes(calm, "往路") + 2.0
    assert minutes(windy, "復路") < minutes(calm, "復路") - 1.0


@pytest.mark.parametrize("name", ["SGP", "sgc", "嵯峨島", "嵯峨ノ島", "嵯峨島診療所", "saganoshima"])
def test_an_island_with_one_pad_is_as_good_as_the_pad(run: Run, name: str) -> None:
    code, printed, _ = run("FKP", name)

    assert code == 0
    assert "SGP 嵯峨島港" in printed


def test_a_picture_and_a_plan_are_written(run: Run, tmp_path: Path) -> None:
    code, printed, _ = run("FKP", "NRP", "--png", "route.png", "--plan", "route.plan")

    assert code == 0
    assert "picture: route.png" in printed
    assert (tmp_path / "route.png").read_bytes().startswith(b"\x89PNG")
    plan = json.loads((tmp_path / "route.plan").read_text(encoding="utf-8"))
    assert plan["fileType"] == "Plan"
    assert len(plan["mission"]["items"]) > 6
    assert plan["geoFence"]["polygons"][0]["inclusion"] is True


def test_a_flight_to_a_point_at_sea_is_proved_but_has_no_plan(run: Run, tmp_path: Path) -> None:
    code, printed, error = run("FKP", "32.70,129.08", "--png", "sea.png", "--plan", "sea.plan")

    assert code == 2
    assert "checked again by other means: holds" in printed
    assert (tmp_path / "sea.png").exists()
    assert error == (
        "tsubaki: --plan: 32.7000000,129.0800000 has no pad; plan between drone sites, or leave out --plan\n"
    )


@pytest.mark.parametrize(
    ("arguments", "told", "remedy"),
    [
        (["FKP", "SGP", "--wind", "8"], "--wind: '8' is not a wind", "such as 8@220"),
        (["FKP", "SGP", "--wind", "8@400"], "--wind: '8@400'", "such as 8@220"),
        (["FKP", "SGP", "--at", "soon"], "--at: 'soon' is not a time", "such as 2026-12-01T09:00+09:00"),
        (["FKP", "SGP", "--at", "2026-12-01T09:00"], "where its clock stands", "with its offset"),
        (["FKP", "SGP", "--payload", "9"], "--payload: 9 kg", "quadplane carries 0 to 2.5 kg"),
        (["FKP", "SGP", "--payload", "nan"], "--payload: nan kg", "quadplane carries 0 to 2.5 kg"),
        (["FKP", "SGP", "--wait", "-1"], "--wait: -1 min", "give minutes"),
        (["FKP", "SGP", "--drone", "balloon"], "--drone: there is no drone type", "quadplane, copter"),
        (["FKP", "東京"], "TO: there is no place '東京'", "use one of AKP-S, ARP, FKP"),
        (["", "SGP"], "FROM: there is no place ''", "use one of AKP-S"),
        (["FKP", "中通島"], "TO: '中通島' may mean several pads: ARP 有川港", "give one of these ids"),
        (["FKP", "129.08,32.70"], "TO: 129.08,32.7 lies outside", "give latitude first"),
    ],
)
def test_wrong_words_give_one_line_with_the_option_and_a_remedy(
    run: Run, arguments: list[str], told: str, remedy: str
) -> None:
    code, printed, error = run(*arguments)

    assert (code, printed) == (2, "")
    assert told in error
    assert remedy in error
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "told", "remedy"),
    [
        (["FKP", "SGP", "--wind", "30@270"], "wind of 30 m/s from 270° is too strong", "would not help"),
        (["FKP", "UKC", "--wind", "14@30"], "cannot be proved: needs", "try less payload"),
        (["FKP", "RJDK"], "RJDK has no pad", "choose a site near one of"),
        (
            ["FKP", "SGP", "--png", "no/such/folder/x.png"],
            "--png: no/such/folder/x.png cannot be",
            "another file",
        ),
        (["FKP", "SGP", "--plan", "no/such/folder/x"], "--plan: no/such/folder/x cannot be", "another file"),
    ],
)
def test_what_cannot_be_done_gives_one_line_with_the_reason(
    run: Run, arguments: list[str], told: str, remedy: str
) -> None:
    code, _, error = run(*arguments)

    assert code == 1
    assert told in error
    assert remedy in error
    assert error.count("\n") == 1


def closed_until_noon(airspace: Airspace) -> Airspace:
    """Return the airspace with a zone over the pad of Saganoshima, in force until 12:00 JST."""
    zone = Zone(
        id="FIREWORKS",
        name_ja="花火大会",
        name_en="Fireworks",
        rule=ZoneRule.KEEP_OUT,
        geometry=Circle(airspace.site("SGP").position, 500.0),
        floor=VerticalLimit(0.0),
        ceiling=VerticalLimit(150.0),
        buffer_m=0.0,
        reason_ja="花火",
        reason_en="fireworks",
        source="test",
        schedule=during(
            Interval(datetime(2026, 11, 30, tzinfo=UTC), datetime(2026, 12, 1, 3, 0, tzinfo=UTC))
        ),
    )
    return airspace.with_zone(zone)


def test_no_route_names_what_blocks_and_when_it_would_work(
    run: Run, goto: Airspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(route, "load_airspace", lambda folder: closed_until_noon(goto))

    code, printed, error = run("FKP", "SGP", "--at", WINTER_MORNING)

    assert (code, printed) == (1, "")
    assert "blocked by zone FIREWORKS (花火大会, fireworks)" in error
    assert (
        "it would work from 2026-12-01 12:00:01 JST; try --at 2026-12-01T03:00:01+00:00, or --wait" in error
    )


def test_with_waiting_the_flight_leaves_when_the_zone_has_ended(
    run: Run, goto: Airspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(route, "load_airspace", lambda folder: closed_until_noon(goto))

    code, printed, _ = run("FKP", "SGP", "--at", WINTER_MORNING, "--wait", "240")

    assert code == 0
    assert "departs: 2026-12-01 12:00 JST, 180 min later than asked" in printed


def test_a_route_through_an_airspace_of_ones_own_meets_its_zones(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, goto: Airspace
) -> None:
    shutil.copytree(GOTO, tmp_path / "own", ignore=shutil.ignore_patterns("source"))
    zones = GeoJson().write(closed_until_noon(goto).zones)
    (tmp_path / "own" / "zones.geojson").write_text(zones, encoding="utf-8")
    monkeypatch.setattr(route, "load_airspace", load_airspace)

    code, _, error = run("FKP", "SGP", "--at", WINTER_MORNING, "--airspace", "own")

    assert code == 1
    assert "blocked by zone FIREWORKS" in error


def test_a_folder_without_an_airspace_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(route, "load_airspace", load_airspace)

    code, _, error = run("FKP", "SGP", "--airspace", "none")

    assert code != 0
    assert "boundary.geojson: cannot be read: No such file or directory" in error
