from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, timezone

import pytest
import shapely
from shapely import MultiPolygon, Polygon

from geofences.errors import DataError
from geofences.formats import notam as notam_module
from geofences.formats.notam import Notam
from geofences.loading import GOTO, read_zones
from geofences.schedule import ALWAYS, Applicability, DailyPeriod, Schedule, SunEvent, Weekday
from geofences.values import Circle, Contact, Datum, Position, VerticalLimit, ZoneRule
from geofences.zones import Zone
from tests.unit.geofences.formats.samples import NOTAM

FORMAT = Notam()
JST = timezone(timedelta(hours=9))
SURFACE = VerticalLimit(0.0, Datum.AGL)
TRIANGLE = "POLYGON 32.7,128.8 32.7,128.9 32.8,128.9"


def read(text: str) -> Zone:
    (zone,) = FORMAT.read(text, "quick.txt").zones
    return zone


def zone_with(words: str) -> Zone:
    return read(f'KEEP-OUT ID X {words} "名" "name"')


def test_the_words_of_an_operator_are_a_zone() -> None:
    zone = read(NOTAM)

    start = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)
    assert zone == Zone(
        id="FW",
        name_ja="花火大会",
        name_en="Fireworks",
        rule=ZoneRule.KEEP_OUT,
        geometry=Circle(Position(32.7, 128.85), 926.0),
        floor=SURFACE,
        ceiling=VerticalLimit(150.0, Datum.AGL),
        buffer_m=0.0,
        reason_ja="花火大会",
        reason_en="Fireworks",
        source="quick.txt",
        schedule=Schedule((Applicability(start, start + timedelta(hours=8)),)),
    )


def test_the_examples_of_the_grammar_are_read() -> None:
    docstring = notam_module.__doc__ or ""
    example = docstring[docstring.index("KEEP-OUT 2026") : docstring.index("A zone begins")]

    fireworks, fishing = FORMAT.read(example, "docs").zones

    assert fireworks.name_en == "Fireworks"
    assert (fishing.id, fishing.rule, fishing.cost_factor) == ("FISHING", ZoneRule.CAUTION, 2.5)


@pytest.mark.parametrize(
    ("point", "latitude_deg", "longitude_deg"),
    [
        ("324200N1285100E", 32.7, 128.85),
        ("3242N12851E", 32.7, 128.85),
        ("324230.5N1285130.25E", 32 + 42 / 60 + 30.5 / 3600, 128 + 51 / 60 + 30.25 / 3600),
        ("100000S0203000W", -10.0, -20.5),
        ("32.7,128.85", 32.7, 128.85),
        ("-10,-20.5", -10.0, -20.5),
        ("３２．７，１２８．８５", 32.7, 128.85),
    ],
)
def test_points_in_degrees_or_in_minutes_and_seconds(
    point: str, latitude_deg: float, longitude_deg: float
) -> None:
    zone = zone_with(f"PERM SFC-150M AGL CIRCLE {point} R500M")

    assert isinstance(zone.geometry, Circle)
    assert zone.geometry.centre.latitude_deg == pytest.approx(latitude_deg, abs=1e-12)
    assert zone.geometry.centre.longitude_deg == pytest.approx(longitude_deg, abs=1e-12)


@pytest.mark.parametrize(
    ("radius", "radius_m"), [("R500M", 500.0), ("R0.5NM", 926.0), ("R1.2KM", 1200.0), ("R1000FT", 304.8)]
)
def test_lengths_in_their_units(radius: str, radius_m: float) -> None:
    zone = zone_with(f"PERM SFC-150M AGL CIRCLE 32.7,128.85 {radius}")

    assert isinstance(zone.geometry, Circle)
    assert zone.geometry.radius_m == radius_m


@pytest.mark.parametrize(
    ("heights", "floor", "ceiling"),
    [
        ("SFC-150M AGL", SURFACE, VerticalLimit(150.0, Datum.AGL)),
        ("sfc-500ft amsl", SURFACE, VerticalLimit(152.4)),
        ("30M-150M AMSL", VerticalLimit(30.0), VerticalLimit(150.0)),
        ("30MAMSL-150MAGL", VerticalLimit(30.0), VerticalLimit(150.0, Datum.AGL)),
        ("100FTAGL-UNL", VerticalLimit(30.48, Datum.AGL), VerticalLimit(99_900 * 0.3048)),
        ("-5M-30M AMSL", VerticalLimit(-5.0), VerticalLimit(30.0)),
    ],
)
def test_heights_with_their_datum(heights: str, floor: VerticalLimit, ceiling: VerticalLimit) -> None:
    zone = zone_with(f"PERM {heights} {TRIANGLE}")

    assert (zone.floor, zone.ceiling) == (floor, ceiling)


def test_times_and_hours() -> None:
    weekdays = frozenset(list(Weekday)[:5])
    all_days = frozenset(Weekday)
    at_nine = datetime(2026, 12, 1, 9, tzinfo=UTC)

    def schedule(words: str) -> Schedule:
        return zone_with(f"{words} SFC-150M AGL {TRIANGLE}").schedule

    assert schedule("PERM") == ALWAYS
    assert schedule("2026-12-01T09:00Z/..") == Schedule((Applicability(at_nine, None),))
    assert schedule("../2026-12-01T09:00Z") == Schedule((Applicability(None, at_nine),))
    assert schedule("PERM DAILY 09:00-17:00+09:00 MON-FRI") == Schedule(
        (Applicability(periods=(DailyPeriod(weekdays, time(9, tzinfo=JST), time(17, tzinfo=JST)),)),)
    )
    assert schedule("PERM DAILY SR-17:00Z") == Schedule(
        (Applicability(periods=(DailyPeriod(all_days, SunEvent.SUNRISE, time(17, tzinfo=UTC)),)),)
    )
    assert schedule("PERM DAILY SR-SS SAT-MON").applicabilities[0].periods[0].days == {
        Weekday.SATURDAY,
        Weekday.SUNDAY,
        Weekday.MONDAY,
    }


def test_polygons_with_holes() -> None:
    outer = "POLYGON 32.0,128.0 32.0,129.0 33.0,129.0 33.0,128.0"
    hole = "HOLE 32.4,128.4 32.4,128.6 32.6,128.6 32.6,128.4"

    zone = zone_with(f"PERM SFC-150M AGL {outer} {hole} POLYGON 34.0,128.0 34.0,128.1 34.1,128.1")

    assert isinstance(zone.geometry, MultiPolygon)
    assert shapely.area(zone.geometry) == pytest.approx(1.0 - 0.04 + 0.005)


def test_options_stand_in_any_order_and_on_any_line() -> None:
    zone = read(
        'caution COST 2.5 # a remark with a "quote\n'
        'REASON "理由" "why" CONTACT "役場" TEL "+81 959 72 0000" MAIL "a@example.org" URL "https://example.org"\n'
        f"SOURCE \"survey\" ID 'Mixed Case' BUFFER 50M SFC-60M AMSL PERM {TRIANGLE} 「漁場」".replace(
            "'", '"'
        )
    )

    assert (zone.id, zone.name_ja, zone.name_en) == ("Mixed Case", "漁場", "漁場")
    assert (zone.rule, zone.cost_factor, zone.buffer_m) == (ZoneRule.CAUTION, 2.5, 50.0)
    assert (zone.reason_ja, zone.reason_en, zone.source) == ("理由", "why", "survey")
    assert zone.contact == Contact("役場", "+81 959 72 0000", "a@example.org", "https://example.org")


def test_a_zone_without_an_id_gets_one_that_is_always_the_same_and_the_note_says_so() -> None:
    text = NOTAM.replace("ID FW", "")

    first, second = FORMAT.read(text, "a"), FORMAT.read(text, "b")

    assert first.zones[0].id == second.zones[0].id
    assert first.notes == (f"zone 1: has no ID; it becomes {first.zones[0].id}",)


@pytest.mark.parametrize(
    ("words", "problem", "remark"),
    [
        ("KEEPOUT PERM", "'KEEPOUT': a zone must begin with one of KEEP-OUT, KEEP-IN, CAUTION", "no rule"),
        ("", "holds no zone", "empty"),
        (NOTAM.replace("SFC-150M AGL", "SFC-150M"), "'SFC-150M': needs AGL", "no datum"),
        (NOTAM.replace("SFC-150M AGL", "SFC-150 AGL"), "'SFC-150': must be floor-ceiling like", "no unit"),
        (NOTAM.replace("SFC-150M AGL", ""), "zone 1: needs heights, like SFC-150M AGL", "no heights"),
        (NOTAM.replace("SFC-150M AGL", "150M-50M AGL"), "lies under the floor", "upside down"),
        (NOTAM.replace("SFC-150M AGL", "AGL SFC-150M AGL"), "'AGL': must follow the heights", "datum first"),
        (NOTAM.replace("09:00+09:00/", "09:00/"), "'2026-12-01T09:00' needs its offset", "no offset"),
        (NOTAM.replace("2026-12-01T17", "2026-11-01T17"), "before it starts", "backwards"),
        (NOTAM.replace("2026-12-01T17", "2026-13-01T17"), "is not a time like", "month 13"),
        (NOTAM.replace("T17:00+09:00", "T17:00+09:00/X"), "must be from/to like", "three times"),
        (NOTAM.replace("2026-12-01T09:00+09:00/2026-12-01T17:00+09:00", ""), "needs a time: PERM", "no time"),
        (NOTAM.replace("R0.5NM", "R0.5MI"), "'R0.5MI': must be a length like 500M", "miles"),
        (NOTAM.replace("R0.5NM", "0.5NM"), "'0.5NM': must be a radius like R0.5NM", "no R"),
        (NOTAM.replace("R0.5NM", "R0M"), "the radius must be more than 0 m", "no radius"),
        (NOTAM.replace("R0.5NM", ""), "'CIRCLE'|'324200N1285100E': needs a radius", "no radius"),
        (NOTAM.replace("324200N", "326000N"), "has 60 or more minutes", "minute 60"),
        (NOTAM.replace("324200N1285100E", "128.85,32.7"), "latitude first", "longitude first"),
        (NOTAM.replace("324200N1285100E", "1285100E324200N"), "must be a point like", "longitude first"),
        (NOTAM.replace("CIRCLE ", ""), "CIRCLE or POLYGON must stand before it", "a point alone"),
        (
            NOTAM.replace("CIRCLE 324200N1285100E R0.5NM", "POLYGON"),
            "must be a list of positions",
            "no points",
        ),
        (
            NOTAM.replace("CIRCLE 324200N1285100E R0.5NM", "HOLE 32,128"),
            "'HOLE': needs a POLYGON",
            "hole alone",
        ),
        (NOTAM.replace("CIRCLE", f"{TRIANGLE} CIRCLE"), "CIRCLE and POLYGON", "two shapes"),
        (NOTAM.replace("CIRCLE", "CRICLE"), "did you mean CIRCLE\\?", "a slip"),
        (NOTAM.replace('"花火大会" "Fireworks"', ""), "needs a name in quotes", "no name"),
        (NOTAM + ' "third"', "'third': is a third name", "three names"),
        (NOTAM + ' "open', "opens a text that is never closed", "no closing quote"),
        (NOTAM + " BUFFER 50", "'50': must be a length like", "no unit"),
        (NOTAM + " BUFFER", "'BUFFER': needs a length after it", "nothing after it"),
        (NOTAM + " BUFFER -5M", "'buffer_m' must not be negative", "negative buffer"),
        (NOTAM + " COST two", "'two': must be a factor like 2.5", "words"),
        (NOTAM + " COST 2", "'cost_factor' must be 1, or more for a caution zone", "cost of a keep-out"),
        (NOTAM + " DAILY 9-17", "'9-17': must be hours like", "no minutes"),
        (NOTAM + " DAILY 09:00-SS", "needs the offset of its start", "no offset"),
        (NOTAM + " DAILY 09:00-25:00Z", "is not a time of day", "hour 25"),
        (NOTAM + " DAILY SR-SS MON-XYZ", "'MON-XYZ': must be days like", "unknown day"),
        (NOTAM.replace("2026", "DAILY SR-SS 2026", 1), "'DAILY': needs PERM or from/to", "hours before time"),
        (NOTAM + " REASON late", "'REASON': needs a text in quotes", "no quotes"),
        (NOTAM + ' SOURCE "a" SOURCE "b"', "is given a second time", "two sources"),
        (NOTAM + " ID", "'ID': needs an id", "no id"),
        (NOTAM + "\n" + NOTAM, "the id 'FW' is used more than once", "twins"),
    ],
)
def test_a_wrong_word_is_named_with_what_would_be_right(words: str, problem: str, remark: str) -> None:
    with pytest.raises(DataError, match=problem) as caught:
        FORMAT.read(words, "quick.txt")

    assert caught.value.source == "quick.txt", remark


def test_all_problems_are_told_at_once_with_their_lines() -> None:
    text = NOTAM + "\n\n" + NOTAM.replace("FW", "F2").replace("R0.5NM", "R5").replace("150M AGL", "150M")

    with pytest.raises(DataError) as caught:
        FORMAT.read(text, "quick.txt")

    heights, radius = caught.value.problems
    assert heights.startswith("zone 2: line 3: 'SFC-150M'")
    assert radius.startswith("zone 2: line 3: 'R5'")


def test_an_export_reads_like_what_an_operator_types() -> None:
    strip = replace(read_zones(GOTO / "zones.geojson")[0], source="law", reason_ja="", reason_en="")

    assert FORMAT.write([strip]).splitlines()[:3] == [
        'KEEP-OUT ID "RJFE-strip-1"',
        "  PERM",
        "  0M-1000M AMSL",
    ]
    assert FORMAT.write([strip]).splitlines()[3].startswith("  POLYGON 32.657018,128.82917 32.658163,128.8")
    assert isinstance(strip.geometry, Polygon)


@pytest.mark.parametrize("name", ["“花火”", "”花火”", "＂花火＂", "「花火」"])
def test_the_quotes_of_a_japanese_keyboard_are_quotes(name: str) -> None:
    zone = read(f"keep-out perm sfc-150m agl {TRIANGLE} {name}")

    assert zone.name_ja == "花火"


def test_an_empty_text_in_any_quotes_is_empty() -> None:
    zone = zone_with(f"PERM SFC-150M AGL {TRIANGLE} REASON 「」 “”")

    assert (zone.reason_ja, zone.reason_en) == ("", "")
