import copy
import json
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any

import pytest
from implicitdict import ImplicitDict
from uas_standards.eurocae_ed269 import UASZoneVersion

from geofences.errors import DataError
from geofences.formats.ed269 import Ed269
from geofences.loading import GOTO, read_zones
from geofences.schedule import Applicability, DailyPeriod, Schedule, SunEvent, Weekday
from geofences.values import Circle, Contact, Datum, Position, VerticalLimit, ZoneRule
from tests.unit.geofences.formats.samples import ED269_FEATURE, SQUARE, Change, ed269

FORMAT = Ed269()
JST = timezone(timedelta(hours=9))
HARBOUR = next(zone for zone in read_zones(GOTO / "zones.geojson") if zone.rule is ZoneRule.CAUTION)


def volume(**fields: object) -> Change:
    return lambda feature: feature["geometry"][0].update(fields)


def projection(**fields: object) -> Change:
    return lambda feature: feature["geometry"][0]["horizontalProjection"].update(fields)


def applicability(**fields: object) -> Change:
    return lambda feature: feature["applicability"][0].update(fields)


def field(**fields: object) -> Change:
    return lambda feature: feature.update(fields)


def without(name: str) -> Change:
    return lambda feature: feature.pop(name)


def test_a_geozone_is_read_with_feet_and_times() -> None:
    imported = FORMAT.read(ed269(), "zones.json")

    (zone,) = imported.zones
    assert (zone.id, zone.name_ja, zone.name_en) == ("GTO001", "Wind farm", "Wind farm")
    assert zone.rule is ZoneRule.KEEP_OUT
    assert zone.floor == VerticalLimit(0.0, Datum.AGL)
    assert zone.ceiling == VerticalLimit(500 * 0.3048, Datum.AMSL)
    assert zone.reason_en == "SENSITIVE; Eight turbines"
    assert zone.contact == Contact(name="Goto City", email="desk@example.org")
    assert zone.source == "zones.json: ED-269, JPN"
    period = DailyPeriod(
        frozenset({Weekday.MONDAY, Weekday.TUESDAY}), time(9, tzinfo=JST), time(17, tzinfo=UTC)
    )
    start = datetime(2026, 12, 1, tzinfo=UTC)
    assert zone.schedule == Schedule((Applicability(start, start + timedelta(days=1), (period,)),))
    assert imported.notes == ()


def test_feet_are_exact() -> None:
    (zone,) = FORMAT.read(ed269(volume(upperLimit=400)), "x").zones

    assert zone.ceiling.height_m == 121.92


def test_a_circle_in_feet_has_its_radius_in_feet() -> None:
    circle = {"type": "Circle", "center": [128.85, 32.7], "radius": 1000}

    (zone,) = FORMAT.read(ed269(volume(horizontalProjection=circle)), "x").zones

    assert zone.geometry == Circle(Position(32.7, 128.85), 304.8)


@pytest.mark.parametrize(
    ("change", "problem", "remark"),
    [
        (field(identifier="TOOLONG8"), "'identifier' has 8 characters, at most 7", "long identifier"),
        (without("identifier"), "'identifier' is missing", "no identifier"),
        (field(country="JAPAN"), "country's code of three letters", "country in words"),
        (field(name="x" * 201), "'name' has 201 characters, at most 200", "long name"),
        (
            field(restriction="REQ_AUTHORIZATION"),
            "must be one of PROHIBITED, REQ_AUTHORISATION",
            "ED-318's word",
        ),
        (field(reason=["FUN"]), "'reason' must be of AIR_TRAFFIC", "unknown reason"),
        (field(otherReasonInfo="x" * 31), "at most 30", "long other reason"),
        (field(message=5), "'message' must be text, not 5", "number for a text"),
        (field(applicability=[]), "'applicability' must not be empty", "no applicability"),
        (field(zoneAuthority=[]), "'zoneAuthority' must not be empty", "no authority"),
        (field(zoneAuthority=[{"email": "nobody"}]), "email must be an address", "no address"),
        (field(zoneAuthority=[{"siteURL": "example"}]), "url must be an address", "no scheme"),
        (field(zoneAuthority=[{"purpose": "FUN"}]), "'purpose' must be one of", "unknown purpose"),
        (field(zoneAuthority="Goto"), "'zoneAuthority' must be a list", "authority in words"),
        (field(geometry=[]), "'geometry' must not be empty", "no volume"),
        (field(geometry=["here"]), "geometry 0: must be an object", "volume in words"),
        (applicability(permanent="YES"), "'permanent' is YES, but", "permanent with an end"),
        (applicability(permanent="maybe"), "'permanent' must be one of YES, NO", "perhaps"),
        (applicability(startDateTime="2026-12-01T00:00:00"), "needs its offset from UTC", "naive time"),
        (applicability(startDateTime="tomorrow"), "is not a time like", "time in words"),
        (applicability(endDateTime="2020-01-01T00:00Z"), "before it starts", "backwards"),
        (applicability(startDateTime=None, endDateTime=None), "neither start nor end", "never"),
        (
            applicability(schedule=[{"day": [], "startTime": "09:00Z", "endTime": "10:00Z"}]),
            "'day' must not",
            "no day",
        ),
        (
            applicability(schedule=[{"day": ["M"], "startTime": "09:00Z", "endTime": "10:00Z"}]),
            "must be MON",
            "a day",
        ),
        (
            applicability(schedule=[{"day": ["MON"], "startTime": "09:00", "endTime": "10:00Z"}]),
            "with its offset",
            "h",
        ),
        (
            applicability(schedule=[{"day": ["MON"], "startTime": "25:00Z", "endTime": "10:00Z"}]),
            "not a time",
            "25 h",
        ),
        (volume(uomDimensions="KM"), "'uomDimensions' must be one of M, FT", "kilometres"),
        (volume(lowerLimit="low"), "'lowerLimit' must be a finite number", "height in words"),
        (volume(lowerLimit=float("nan")), "'lowerLimit' must be a finite number", "NaN"),
        (volume(lowerLimit=10**400), "'lowerLimit' must be a finite number", "larger than any float"),
        (volume(lowerLimit=600, lowerVerticalReference="AMSL"), "lies under the floor", "upside down"),
        (volume(lowerVerticalReference="WGS84"), "must be one of AMSL, AGL", "ellipsoid"),
        (projection(type="Ellipse"), "'type' must be one of Circle, Polygon", "ellipse"),
        (projection(type="Circle"), "'radius' is missing", "circle without radius"),
        (
            projection(type="Circle", center=[128.8, 32.7], radius=0),
            "radius must be more than 0",
            "no radius",
        ),
        (projection(type="Circle", center=[128.8], radius=5), "must be two numbers", "half a centre"),
        (projection(type="Circle", center=[179.999, 0], radius=5000), "crosses the antimeridian", "at 180"),
        (projection(type="Circle", center=[0, 89.99], radius=5000), "reaches a pole", "at the pole"),
    ],
)
def test_a_bad_geozone_is_refused_with_its_problem(change: Change, problem: str, remark: str) -> None:
    with pytest.raises(DataError, match=problem) as caught:
        FORMAT.read(ed269(change), "zones.json")

    assert caught.value.problems[0].startswith("feature 0"), remark


def test_all_problems_of_a_file_are_told_at_once() -> None:
    nameless, twin, low = (copy.deepcopy(ED269_FEATURE) for _ in range(3))
    del nameless["identifier"]
    low["geometry"][0]["upperLimit"] = -5
    low["geometry"][0]["upperVerticalReference"] = "AGL"
    features = [ED269_FEATURE, twin, nameless, low | {"identifier": "LOW"}]

    with pytest.raises(DataError) as caught:
        FORMAT.read(json.dumps({"features": features}), "zones.json")

    first, second, third = caught.value.problems
    assert first == "feature 2: 'identifier' is missing"
    assert second.startswith("feature 3 (LOW): ceiling")
    assert third == "the id 'GTO001' is used more than once"


@pytest.mark.parametrize("text", ["", "hello", "[]", "7", "{}", '{"features": 5}', '{"features": []}'])
def test_what_is_not_ed269_is_refused(text: str) -> None:
    with pytest.raises(DataError):
        FORMAT.read(text, "zones.json")


def test_two_equal_keys_in_one_object_are_refused() -> None:
    with pytest.raises(DataError, match="'country' stands twice"):
        FORMAT.read(ed269().replace('"country": "JPN"', '"country": "JPN", "country": "KOR"'), "x")


@pytest.mark.parametrize(
    ("restriction", "rule", "note"),
    [
        ("REQ_AUTHORISATION", ZoneRule.KEEP_OUT, "no authorisation or condition is known to be met"),
        ("CONDITIONAL", ZoneRule.KEEP_OUT, "no authorisation or condition is known to be met"),
        ("NO_RESTRICTION", ZoneRule.CAUTION, "caution without extra cost"),
    ],
)
def test_what_a_restriction_means_to_us_is_told(restriction: str, rule: ZoneRule, note: str) -> None:
    imported = FORMAT.read(ed269(field(restriction=restriction)), "x")

    assert imported.zones[0].rule is rule
    assert note in imported.notes[0]


@pytest.mark.parametrize(
    ("change", "note"),
    [
        (field(region=7), "'region' is not kept: 7"),
        (field(uSpaceClass="EUROCONTROL"), "'uSpaceClass' is not kept"),
        (field(extendedProperties={"colour": "red"}), "extendedProperties: 'colour' is not kept"),
        (applicability(dailyPeriod=[{"day": ["MON"]}]), "applicability 0: 'dailyPeriod' is not kept"),
        (volume(lowerLimit=None), "'lowerLimit' is not given; the zone begins at the ground"),
    ],
)
def test_every_loss_is_told(change: Change, note: str) -> None:
    imported = FORMAT.read(ed269(change), "x")

    assert any(note in each for each in imported.notes)


def test_volumes_of_one_height_are_one_zone_and_others_are_several() -> None:
    def shifted(feature: dict[str, Any], by_deg: float) -> None:
        again = copy.deepcopy(feature["geometry"][0])
        again["horizontalProjection"]["coordinates"] = [[[x + by_deg, y] for x, y in SQUARE]]
        feature["geometry"].append(again)

    def stacked(feature: dict[str, Any]) -> None:
        feature["geometry"].append(feature["geometry"][0] | {"upperLimit": 900, "lowerLimit": 500})

    apart = FORMAT.read(ed269(lambda feature: shifted(feature, 1.0)), "x")
    overlapping = FORMAT.read(ed269(lambda feature: shifted(feature, 0.05)), "x")
    heights = FORMAT.read(ed269(stacked), "x")

    assert [zone.geometry.geom_type for zone in apart.zones if not isinstance(zone.geometry, Circle)] == [
        "MultiPolygon"
    ]
    assert [zone.id for zone in overlapping.zones] == ["GTO001-1", "GTO001-2"]
    assert [zone.ceiling.height_m for zone in heights.zones] == [500 * 0.3048, 900 * 0.3048]
    assert "they become GTO001-1 to GTO001-2" in heights.notes[0]


def test_the_swiss_list_name_is_read_too() -> None:
    document = {"formatVersion": "1.0.0", "UASZoneList": [ED269_FEATURE]}

    assert FORMAT.read(json.dumps(document), "x").zones[0].id == "GTO001"


def test_an_export_is_valid_by_the_model_of_interuss() -> None:
    zone = replace(HARBOUR, schedule=FORMAT.read(ed269(), "x").zones[0].schedule)
    (feature,) = json.loads(FORMAT.write([zone]))["features"]
    # The model cannot parse a field of any kind (its own typing.Any).
    del feature["extendedProperties"]

    parsed = ImplicitDict.parse(feature, UASZoneVersion)

    assert len(parsed.identifier) <= 7
    assert parsed.restriction == "CONDITIONAL"


def test_a_limit_between_two_whole_numbers_grows_the_zone_for_others_and_is_exact_for_us() -> None:
    zone = replace(HARBOUR, floor=VerticalLimit(83.2), ceiling=VerticalLimit(100.1))

    text = FORMAT.write([zone])

    (said,) = json.loads(text)["features"][0]["geometry"]
    assert (said["lowerLimit"], said["upperLimit"]) == (83, 101)
    assert FORMAT.read(text, "x").zones == (zone,)


def test_no_upper_limit_is_unlimited_both_ways() -> None:
    imported = FORMAT.read(ed269(volume(upperLimit=None)), "x")

    text = FORMAT.write(imported.zones)

    assert imported.zones[0].ceiling == VerticalLimit(99_900 * 0.3048)
    assert json.loads(text)["features"][0]["geometry"][0]["upperLimit"] is None
    assert FORMAT.read(text, "x").zones == imported.zones


def test_a_standard_field_that_was_changed_after_the_export_counts() -> None:
    document = json.loads(FORMAT.write([HARBOUR]))
    document["features"][0]["geometry"][0]["upperLimit"] = 40
    document["features"][0]["restriction"] = "PROHIBITED"

    imported = FORMAT.read(json.dumps(document), "x")

    (zone,) = imported.zones
    assert zone.ceiling == VerticalLimit(40.0)
    assert zone.rule is ZoneRule.KEEP_OUT
    assert zone.name_ja == HARBOUR.name_ja
    assert sum("was changed after the export" in note for note in imported.notes) == 2


def test_what_ed269_cannot_say_is_refused_naming_zone_and_field() -> None:
    sun = DailyPeriod(frozenset(Weekday), SunEvent.SUNRISE, SunEvent.SUNSET)
    keep_in = replace(HARBOUR, id="IN", rule=ZoneRule.KEEP_IN)
    by_day = replace(HARBOUR, id="DAY", schedule=Schedule((Applicability(periods=(sun,)),)))
    mail = replace(HARBOUR, id="MAIL", contact=Contact(email="nobody"))

    with pytest.raises(DataError) as caught:
        FORMAT.write([keep_in, by_day, mail])

    assert "zone IN: 'rule': keep-in" in str(caught.value)
    assert "zone DAY: 'schedule': ED-269 knows no sunrise" in str(caught.value)
    assert "zone MAIL: 'contact.email" in str(caught.value)
