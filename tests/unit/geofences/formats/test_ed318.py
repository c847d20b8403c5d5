import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from implicitdict import ImplicitDict
from uas_standards.eurocae_ed318 import UASZone

from geofences.errors import DataError
from geofences.formats.ed318 import Ed318
from geofences.loading import GOTO, read_zones
from geofences.schedule import Applicability, DailyPeriod, Schedule, SunEvent, Weekday
from geofences.values import Circle, Contact, Datum, Position, VerticalLimit, ZoneRule
from tests.unit.geofences.formats.samples import SQUARE, Change, ed318

FORMAT = Ed318()
HARBOUR = next(zone for zone in read_zones(GOTO / "zones.geojson") if zone.rule is ZoneRule.CAUTION)
CIRCLE = {"type": "Point", "coordinates": [128.85, 32.7], "extent": {"subType": "Circle", "radius": 926}}


def prop(**fields: object) -> Change:
    return lambda feature: feature["properties"].update(fields)


def layer(**fields: object) -> Change:
    return lambda feature: feature["geometry"]["layer"].update(fields)


def geometry(**fields: object) -> Change:
    return lambda feature: feature["geometry"].update(fields)


def schedule(**fields: object) -> Change:
    return lambda feature: feature["properties"]["limitedApplicability"][0]["schedule"][0].update(fields)


def test_a_geozone_is_read_in_two_languages_with_feet_and_the_sun() -> None:
    imported = FORMAT.read(ed318(), "zones.json")

    (zone,) = imported.zones
    assert (zone.id, zone.name_ja, zone.name_en) == ("GTO001", "風力発電所", "Wind farm")
    assert zone.floor == VerticalLimit(0.0, Datum.AGL)
    assert zone.ceiling == VerticalLimit(500 * 0.3048)
    assert zone.reason_en == zone.reason_ja == "SENSITIVE; Eight turbines"
    assert zone.contact == Contact(name="Goto City")
    period = DailyPeriod(frozenset(Weekday), SunEvent.CIVIL_DAWN, SunEvent.CIVIL_DUSK)
    start = datetime(2026, 12, 1, tzinfo=UTC)
    assert zone.schedule == Schedule((Applicability(start, None, (period,)),))
    assert imported.notes == ()


def test_a_point_with_a_circle_is_a_circle_in_metres() -> None:
    (zone,) = FORMAT.read(ed318(geometry(**CIRCLE)), "x").zones

    assert zone.geometry == Circle(Position(32.7, 128.85), 926.0)


def test_layers_of_a_collection_become_zones() -> None:
    def stacked(feature: dict[str, Any]) -> None:
        low = feature["geometry"]
        high = low | {"layer": low["layer"] | {"lower": 500, "lowerReference": "AMSL", "upper": 900}}
        feature["geometry"] = {"type": "GeometryCollection", "geometries": [low, high]}

    imported = FORMAT.read(ed318(stacked), "x")

    assert [zone.id for zone in imported.zones] == ["GTO001-1", "GTO001-2"]
    assert [zone.ceiling.height_m for zone in imported.zones] == [500 * 0.3048, 900 * 0.3048]


@pytest.mark.parametrize(
    ("change", "problem", "remark"),
    [
        (prop(identifier="TOOLONG8"), "at most 7", "long identifier"),
        (prop(country="JP"), "code of three letters", "two letters"),
        (prop(variant=None), "'variant' is missing", "no variant"),
        (
            prop(type="REQ_AUTHORISATION"),
            "must be one of USPACE, PROHIBITED, REQ_AUTHORIZATION",
            "ED-269's word",
        ),
        (prop(name="Wind farm"), "'name' must be a list", "plain text"),
        (prop(name=[{"text": "Wind farm"}]), "name 0: 'lang' is missing", "no language"),
        (prop(name=[{"text": "x" * 201, "lang": "en-GB"}]), "at most 200", "long name"),
        (prop(name=[{"text": "x", "lang": "english"}]), "'lang' has 7 characters", "long language"),
        (prop(reason=["FOREIGN_TERRITORY"]), "'reason' must be of", "ED-269's reason"),
        (prop(zoneAuthority=None), "'zoneAuthority' is missing", "no authority"),
        (prop(zoneAuthority=[]), "'zoneAuthority' must not be empty", "no authority"),
        (schedule(startTime="09:00Z"), "has both 'startTime' and 'startEvent'", "clock and sun"),
        (schedule(startEvent="NOON"), "'startEvent' must be one of BMCT, SR, SS, EECT", "unknown event"),
        (schedule(startEvent="EMCT"), "'startEvent' must be one of BMCT, SR, SS, EECT", "our own word"),
        (schedule(endEvent=None), "'endTime' is missing", "no end"),
        (schedule(day=["ANYDAY"]), "'day' must be MON", "unknown day"),
        (layer(uom="FT"), "'uom' must be one of m, ft", "ED-269's unit"),
        (layer(lowerReference="WGS84"), "no geoid is known here", "ellipsoid"),
        (layer(upper=None), "'upper' is missing", "no upper limit"),
        (layer(upper=-1, upperReference="AGL"), "lies under the floor", "upside down"),
        (geometry(layer=None), "'layer' is missing", "no layer"),
        (geometry(type="LineString"), "'type' must be one of Polygon, MultiPolygon, Point", "a line"),
        (geometry(type="MultiPolygon", coordinates=[[SQUARE], [SQUARE]]), "geometry is invalid", "overlap"),
        (geometry(type="Point", coordinates=[128.8, 32.7]), "'extent' is missing", "a point"),
        (
            geometry(**{**CIRCLE, "extent": {"subType": "Circle", "radius": -1}}),
            "more than 0 m",
            "negative radius",
        ),
        (lambda feature: feature.update(type="Zone"), "'type' must be one of Feature", "no Feature"),
        (lambda feature: feature.update(properties=None), "'identifier' is missing", "no properties"),
        (lambda feature: feature.pop("geometry"), "'geometry' is missing", "no geometry"),
    ],
)
def test_a_bad_geozone_is_refused_with_its_problem(change: Change, problem: str, remark: str) -> None:
    with pytest.raises(DataError, match=problem) as caught:
        FORMAT.read(ed318(change), "zones.json")

    assert all(each.startswith("feature 0") for each in caught.value.problems), remark


@pytest.mark.parametrize(
    ("change", "note"),
    [
        (
            prop(name=[{"text": "Parc", "lang": "fr-FR"}, {"text": "Farm", "lang": "en-GB"}]),
            "'name' in 'fr' is not",
        ),
        (prop(type="USPACE"), "USPACE is read as keep-out"),
        (prop(variant="CUSTOMIZED"), "'variant' CUSTOMIZED is not kept"),
        (prop(dataSource={"originator": "X"}), "'dataSource' is not kept"),
    ],
)
def test_every_loss_is_told(change: Change, note: str) -> None:
    assert any(note in each for each in FORMAT.read(ed318(change), "x").notes)


def test_a_name_in_one_other_language_serves_for_both() -> None:
    imported = FORMAT.read(ed318(prop(name=[{"text": "Parc éolien", "lang": "fr-FR"}])), "x")

    (zone,) = imported.zones
    assert (zone.name_ja, zone.name_en) == ("Parc éolien", "Parc éolien")


def test_an_export_speaks_both_languages_and_is_valid_by_the_model_of_interuss() -> None:
    (feature,) = json.loads(FORMAT.write([HARBOUR]))["features"]
    properties = feature["properties"]
    # The model cannot parse a field of any kind (its own typing.Any).
    del properties["extendedProperties"]

    parsed = ImplicitDict.parse(properties, UASZone)

    assert parsed.type == "CONDITIONAL"
    assert properties["name"] == [
        {"text": HARBOUR.name_ja, "lang": "ja-JP"},
        {"text": HARBOUR.name_en, "lang": "en-GB"},
    ]


def test_a_standard_field_that_was_changed_after_the_export_counts() -> None:
    document = json.loads(FORMAT.write([HARBOUR]))
    document["features"][0]["properties"]["name"][1]["text"] = "Harbour of Fukue"

    imported = FORMAT.read(json.dumps(document), "x")

    assert imported.zones == (replace(HARBOUR, name_en="Harbour of Fukue"),)
    assert "'name' was changed after the export" in imported.notes[0]


def test_long_texts_are_cut_for_others_and_whole_for_us() -> None:
    zone = replace(HARBOUR, reason_en="x" * 500)

    text = FORMAT.write([zone])

    message = json.loads(text)["features"][0]["properties"]["message"][1]["text"]
    assert (len(message), message[-1]) == (200, "…")
    assert FORMAT.read(text, "x").zones == (zone,)


def test_two_long_ids_with_one_short_identifier_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geofences.formats.geozone.identifier_of", lambda zone_id: "TAAAAAA")

    with pytest.raises(DataError, match="has the same short identifier as FUKUE-HARBOUR"):
        FORMAT.write([HARBOUR, replace(HARBOUR, id="ANOTHER-HARBOUR")])


def test_keep_in_is_refused_naming_zone_and_field() -> None:
    with pytest.raises(DataError, match="zone FUKUE-HARBOUR: 'rule': keep-in"):
        FORMAT.write([replace(HARBOUR, rule=ZoneRule.KEEP_IN)])
