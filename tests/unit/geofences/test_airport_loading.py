import json
from collections.abc import Callable
from pathlib import Path

import pytest

from geofences.airport_loading import load_airports
from geofences.airports import Designation
from geofences.data.build_goto import GOTO
from geofences.errors import DataError

Row = dict[str, object]


def row(**changes: object) -> Row:
    """Return a good airport with some changes: a runway of 2,000 m on the equator, due north."""
    good: Row = {
        "icao": "TEST",
        "name_ja": "試験",
        "name_en": "Test",
        "arp": [129.0, 0.0],
        "elev_m": 10.0,
        "length_m": 2000,
        "bearing_true": 0.0,
        "thresholds": {"36": [129.0, -0.009], "18": [129.0, 0.009]},
        "thr_elev": [8.0, 12.0],
        "instrument": True,
        "ils": False,
    }
    return {**good, **changes}


def written(folder: Path, *rows: object) -> Path:
    path = folder / "airports.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path


def problems(folder: Path, *rows: object) -> tuple[str, ...]:
    with pytest.raises(DataError) as caught:
        load_airports(written(folder, *rows))
    assert caught.value.source == "airports.json"
    return caught.value.problems


def without(name: str) -> Row:
    return {key: value for key, value in row().items() if key != name}


def test_an_airport_is_read_with_the_heights_of_its_thresholds(tmp_path: Path) -> None:
    (airport,) = load_airports(written(tmp_path, row()))

    first, second = airport.runway.ends
    assert (first.name, first.threshold.latitude_deg, first.elevation_amsl_m) == ("36", -0.009, 8.0)
    assert (second.name, second.threshold.longitude_deg, second.elevation_amsl_m) == ("18", 129.0, 12.0)
    assert (airport.runway.length_m, airport.runway.is_instrument) == (2_000.0, True)
    assert not airport.runway.has_precision_approach
    assert (airport.position_error_m, airport.bearing_error_deg) == (100.0, 5.0), "large where not given"
    assert airport.designated == frozenset()


def test_errors_and_designations_are_read_where_given(tmp_path: Path) -> None:
    given = row(designated=["conical", "outer-horizontal"], position_error_m=3, bearing_error_deg=0.1)

    (airport,) = load_airports(written(tmp_path, given))

    assert airport.designated == {Designation.CONICAL, Designation.OUTER_HORIZONTAL}
    assert (airport.position_error_m, airport.bearing_error_deg) == (3.0, 0.1)


def test_the_airports_of_goto_are_three_without_designated_surfaces() -> None:
    airports = load_airports(GOTO / "source" / "airports.json")

    assert [airport.icao for airport in airports] == ["RJFE", "RJDK", "RJDO"]
    assert not any(airport.designated for airport in airports)
    assert [airport.runway.is_instrument for airport in airports] == [True, False, False]
    assert not any(airport.runway.has_precision_approach for airport in airports)


@pytest.mark.parametrize(
    ("make", "rule", "remark"),
    [
        (lambda: without("name_ja"), "'name_ja' is missing", "a name is missing"),
        (lambda: without("arp"), "'arp' is missing", "the reference point is missing"),
        (lambda: without("bearing_true"), "'bearing_true' is missing", "the bearing is missing"),
        (lambda: row(name_en=7), "'name_en' must be text", "a number for a name"),
        (lambda: row(arp=[0.0, 129.0]), "longitude and latitude in this order", "axes swapped"),
        (lambda: row(arp=[129.0]), "'arp' must be [longitude, latitude]", "half a position"),
        (lambda: row(arp=[129.0, 0.0, 10.0]), "'arp' must be [longitude, latitude]", "three numbers"),
        (lambda: row(arp=[129.0, "N"]), "'arp' must be a finite number", "text for a number"),
        (lambda: row(arp=[129.1, 0.0]), "'arp' lies 111", "a reference point 11 km off, as in public lists"),
        (lambda: row(elev_m="10"), "'elev_m' must be a finite number", "text for a height"),
        (lambda: row(elev_m=float("nan")), "'elev_m' must be a finite number", "not a number"),
        (lambda: row(elev_m=10**400), "'elev_m' must be a finite number", "more than any float"),
        (lambda: row(elev_m=True), "'elev_m' must be a finite number", "true is no height"),
        (lambda: row(elev_m=-40.0), "'thr_elev' of 36 lies over the horizontal", "45 m under the runway"),
        (lambda: row(length_m=-2000), "'length_m' must not be negative", "a negative length"),
        (lambda: row(length_m=1500), "2002 m apart, but 'length_m' is 1500", "feet, or a mistake"),
        (lambda: row(length_m=2500), "2002 m apart, but 'length_m' is 2500", "the other way round"),
        (
            lambda: row(length_m=80, thresholds={"36": [129.0, 0.0], "18": [129.0, 0.00072]}),
            "shorter than any class",
            "no runway at all",
        ),
        (lambda: row(bearing_true=4.0), "unlike 'bearing_true'", "magnetic for true"),
        (lambda: row(bearing_true=180.0), "unlike 'bearing_true'", "from the second to the first"),
        (lambda: row(thresholds={"36": [129.0, 0.0]}), "two 'thresholds'", "one threshold"),
        (lambda: row(thresholds=[[129.0, 0.0]]), "thresholds: must be an object", "a list"),
        (lambda: row(thr_elev=[8.0]), "two 'thr_elev'", "one height"),
        (lambda: row(thr_elev=[8.0, None]), "'thr_elev' must be a finite number", "no height"),
        (
            lambda: row(thresholds={"36": [0.0, 129.0], "18": [129.0, 0.009]}),
            "'threshold 36' must be longitude and latitude",
            "axes of one threshold swapped",
        ),
        (lambda: row(instrument="yes"), "'instrument' must be true or false", "text for a flag"),
        (lambda: row(ils=None), "'ils' is missing", "null for a flag"),
        (lambda: row(designated="conical"), "'designated' must be a list", "text for a list"),
        (lambda: row(designated=["cone"]), "conical, extended-approach, outer-horizontal", "no such surface"),
        (lambda: row(designated=["outer-horizontal"]), "needs conical", "nothing to join it to"),
        (
            lambda: row(
                designated=["conical"],
                length_m=800,
                thresholds={"36": [129.0, -0.0036], "18": [129.0, 0.0036]},
            ),
            "no conical surface for class H",
            "a runway too short for a cone",
        ),
        (lambda: row(position_error_m=-1), "'position_error_m' must not be negative", "a negative error"),
        (lambda: row(icao="RJTT"), "closed below the surfaces too", "Haneda: other rules"),
    ],
)
def test_what_is_wrong_is_told_by_airport_and_rule(
    tmp_path: Path, make: Callable[[], Row], rule: str, remark: str
) -> None:
    bad = make()

    found = problems(tmp_path, row(icao="GOOD"), bad)

    assert all(each.startswith(f"feature 1 ({bad['icao']}): ") for each in found), found
    assert any(rule in each for each in found), (remark, found)
    assert len(found) <= 2, f"{remark}: nothing more is made up: {found}"


def test_all_problems_of_all_airports_are_told_at_once(tmp_path: Path) -> None:
    found = problems(tmp_path, row(icao="ONE", ils=1, elev_m=None), row(icao="TWO", name_en=None), row())

    assert [each.split(":")[0] for each in found] == ["feature 0 (ONE)"] * 2 + ["feature 1 (TWO)"]


def test_a_code_may_be_used_once(tmp_path: Path) -> None:
    assert problems(tmp_path, row(), row()) == ("the code 'TEST' is used more than once",)


def test_what_is_not_an_object_is_named_by_its_number(tmp_path: Path) -> None:
    assert problems(tmp_path, row(), "airport")[0].startswith("feature 1 (?): must be an object")


@pytest.mark.parametrize(
    ("text", "rule", "remark"),
    [
        ("{}", "must be a list of airports", "an object"),
        ("[", "is not readable JSON", "cut off"),
        ("[" * 100_000, "is not readable JSON", "nested without end"),
        ("Fukue", "is not readable JSON", "no JSON"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, text: str, rule: str, remark: str) -> None:
    path = tmp_path / "airports.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(DataError, match=rule) as caught:
        load_airports(path)

    assert caught.value.source == "airports.json", remark


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"nowhere\.json: cannot be read"):
        load_airports(tmp_path / "nowhere.json")
