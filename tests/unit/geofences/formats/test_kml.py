from dataclasses import replace

import pytest
import shapely
from pyproj import Geod
from shapely import Polygon

from geofences.errors import DataError
from geofences.formats.kml import Kml
from geofences.formats.kml_shapes import drawn
from geofences.loading import GOTO, read_zones
from geofences.values import Circle, Datum, Position, VerticalLimit, ZoneRule
from tests.unit.geofences.formats.samples import KML, SQUARE

FORMAT = Kml()
STRIP = read_zones(GOTO / "zones.geojson")[0]
CIRCLE = Circle(Position(32.7, 128.85), 926.0)
BOMB = """<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<kml><Document><name>&b;</name></Document></kml>"""
OUTSIDE = """<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml><name>&x;</name></kml>"""


def test_a_placemark_is_read_with_its_data() -> None:
    imported = FORMAT.read(KML, "farm.kml")

    (zone,) = imported.zones
    assert (zone.id, zone.name_ja, zone.name_en) == ("Wind farm", "Wind farm", "Wind farm")
    assert zone.rule is ZoneRule.KEEP_OUT
    assert zone.geometry == Polygon(SQUARE)
    assert (zone.floor, zone.ceiling) == (VerticalLimit(0.0, Datum.AGL), VerticalLimit(150.0, Datum.AGL))
    assert (zone.source, zone.buffer_m, zone.cost_factor) == ("farm.kml", 0.0, 1.0)
    assert imported.notes == ()


def swap(old: str, new: str) -> str:
    assert old in KML
    return KML.replace(old, new)


@pytest.mark.parametrize(
    ("text", "problem", "remark"),
    [
        ("", "not readable XML", "empty"),
        ("not xml", "not readable XML", "text"),
        ("<kml>", "not readable XML", "unclosed"),
        ("<gpx/>", "is not KML: the root is 'gpx'", "another XML"),
        (BOMB, "not readable XML", "XML bomb"),
        (OUTSIDE, "not readable XML", "outside entity"),
        (swap('<Data name="rule"><value>keep-out</value></Data>', ""), "'rule' is missing", "no rule"),
        (swap("keep-out", "stay away"), "'rule' must be one of keep-out, keep-in, caution", "unknown rule"),
        (swap("<value>150</value>", "<value>high</value>"), "'ceiling_m' must be a finite number", "words"),
        (swap("<value>150</value>", "<value>NaN</value>"), "'ceiling_m' must be a finite number", "NaN"),
        (swap("<value>150</value>", "<value>-5</value>"), "lies under the floor", "upside down"),
        (swap("<value>AGL</value>", "<value>QNH</value>"), "must be one of AMSL, AGL", "unknown datum"),
        (swap("<name>Wind farm</name>", ""), "'id' is missing", "no name"),
        (swap("128.8,32.7,150 128.9", "128.8 32.7 128.9"), "longitude,latitude", "spaces for commas"),
        (swap("128.8,32.7,150 128.9", "1_2,32.7,150 128.9"), "longitude,latitude", "Python's digits"),
        (swap("outerBoundaryIs", "innerBoundaryIs"), "must have one outerBoundaryIs, not 0", "hole alone"),
        (swap("coordinates>", "points>"), "must be a list of positions", "no coordinates"),
    ],
)
def test_a_bad_file_is_refused_with_its_problem(text: str, problem: str, remark: str) -> None:
    with pytest.raises(DataError, match=problem) as caught:
        FORMAT.read(text, "farm.kml")

    assert caught.value.source == "farm.kml", remark


def test_all_problems_of_a_file_are_told_at_once() -> None:
    placemark = KML[KML.index("<Placemark>") : KML.index("</Folder>")]
    bad = placemark.replace("keep-out", "x").replace("150</value>", "y</value>")

    with pytest.raises(DataError) as caught:
        FORMAT.read(KML.replace("</Folder>", bad + placemark + "</Folder>"), "farm.kml")

    places = [each.partition(":")[0] for each in caught.value.problems]
    assert places == [
        "placemark 1 (Wind farm)",
        "placemark 1 (Wind farm)",
        "the id 'Wind farm' is used more than once",
    ]


def test_what_is_no_polygon_is_left_out_and_the_note_says_so() -> None:
    point = "<Placemark><name>Pad</name><Point><coordinates>128.8,32.7</coordinates></Point></Placemark>"

    imported = FORMAT.read(KML.replace("</Folder>", point + "</Folder>"), "x")

    assert len(imported.zones) == 1
    assert imported.notes == (
        "placemark 1 (Pad): its Point is left out; a zone has polygons",
        "placemark 1 (Pad): has no polygon, so it is no zone and is left out",
    )


def test_unknown_data_and_other_altitudes_are_told() -> None:
    colour = '<Data name="colour"><value>red</value></Data></ExtendedData>'

    imported = FORMAT.read(swap("</ExtendedData>", colour).replace("32.8,150", "32.8,90"), "x")

    assert "'colour' is not kept: 'red'" in imported.notes[0]
    assert "altitudes of its outline (such as 90 m) are not kept" in imported.notes[1]


@pytest.mark.parametrize("rule", ZoneRule)
def test_a_drawn_circle_errs_on_the_safe_side(rule: ZoneRule) -> None:
    polygon = drawn(CIRCLE, rule)

    edge = shapely.get_coordinates(shapely.segmentize(polygon, 1e-4))
    _, _, distances_m = Geod(ellps="WGS84").inv(
        [CIRCLE.centre.longitude_deg] * len(edge),
        [CIRCLE.centre.latitude_deg] * len(edge),
        edge[:, 0],
        edge[:, 1],
    )

    if rule is ZoneRule.KEEP_IN:
        assert distances_m.max() <= CIRCLE.radius_m + 0.01
    else:
        assert distances_m.min() >= CIRCLE.radius_m - 0.01
    assert abs(distances_m - CIRCLE.radius_m).max() < 0.002 * CIRCLE.radius_m


def test_a_circle_whose_outline_was_changed_is_what_the_outline_is() -> None:
    text = FORMAT.write([replace(STRIP, geometry=CIRCLE)])
    moved = text.replace("128.85,32.70", "128.85,32.71")
    assert moved != text

    imported = FORMAT.read(moved, "x")

    assert isinstance(imported.zones[0].geometry, Polygon)
    assert "its outline was changed after the export" in imported.notes[0]


def test_what_xml_cannot_carry_is_refused_naming_zone_and_field() -> None:
    with pytest.raises(
        DataError, match="zone RJFE-strip-1: 'name_en' holds a character that XML cannot carry"
    ):
        FORMAT.write([replace(STRIP, name_en="bell \a")])


def test_a_polygon_of_google_earth_becomes_a_keep_out_zone_at_all_heights_and_the_notes_say_so() -> None:
    placemark = (
        "<ns2:Placemark><ns2:name>花火</ns2:name><ns2:description><![CDATA[<b>8月</b>]]></ns2:description>"
        "<ns2:Polygon><ns2:outerBoundaryIs><ns2:LinearRing><ns2:coordinates>"
        "128.8,32.6,30 128.9,32.6,30 128.9,32.7,30 128.8,32.6,30"
        "</ns2:coordinates></ns2:LinearRing></ns2:outerBoundaryIs></ns2:Polygon></ns2:Placemark>"
    )

    imported = FORMAT.read(
        f'<ns2:kml xmlns:ns2="http://www.opengis.net/kml/2.2">{placemark}</ns2:kml>', "x.kml"
    )

    (zone,) = imported.zones
    assert (zone.id, zone.name_ja, zone.rule) == ("PLACEMARK-0", "花火", ZoneRule.KEEP_OUT)
    assert (zone.floor, zone.ceiling.height_m > 30_000.0) == (VerticalLimit(0.0, Datum.AGL), True)
    assert imported.notes[-3:] == (
        (
            "placemark 0 (花火): has no 'rule' of ours; it becomes PLACEMARK-0, keep-out at all heights, "
            "always in force"
        ),
        "placemark 0 (花火): 'description' is not kept: '<b>8月</b>'",
        "placemark 0 (花火): 'altitude' is not kept: 30.0",
    )
