import json
from pathlib import Path

import pytest

from geofences.errors import DataError
from geofences.formats import FORMATS, format_named, format_of, import_bytes, import_file
from tests.unit.geofences.formats import samples


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (samples.ed269(), "ed269"),
        (samples.ed318(), "ed318"),
        (samples.plan(), "plan"),
        (samples.geojson(), "geojson"),
        (samples.KML, "kml"),
        (samples.NOTAM, "notam"),
        ("# a remark\nkeep-out PERM", "notam"),
    ],
)
def test_a_file_is_recognised_by_its_content_whatever_its_name(text: str, name: str) -> None:
    assert format_of(text, "file.wrong").name == name


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("a.plan", "plan"),
        ("a.KML", "kml"),
        ("a.txt", "notam"),
        ("a.geojson", "geojson"),
        ("a.notam", "notam"),
    ],
)
def test_a_content_of_no_format_is_judged_by_its_ending(source: str, name: str) -> None:
    assert format_of("what is this", source).name == name


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("null", "JSON without an object"),
        ("[]", "a bare list"),
        ('{"zones": []}', "another program's file"),
    ],
)
def test_json_of_no_format_is_told_with_all_formats_whatever_its_ending(text: str, remark: str) -> None:
    with pytest.raises(DataError, match=r"a\.json: is in none of the known formats") as caught:
        format_of(text, "a.json")

    assert all(each.title in str(caught.value) for each in FORMATS), remark


@pytest.mark.parametrize("kind", ["Feature", "Polygon", "GeometryCollection"])
def test_a_lone_feature_or_geometry_is_geojson(kind: str) -> None:
    assert format_of(json.dumps({"type": kind}), "a.json").name == "geojson"


def test_ed269_in_a_feature_collection_is_ed269() -> None:
    document = {"type": "FeatureCollection", **json.loads(samples.ed269())}

    assert format_of(json.dumps(document), "a.json").name == "ed269"


def test_an_archive_is_told_with_the_way_to_open_it() -> None:
    with pytest.raises(DataError, match=r"a\.kmz: is not UTF-8 text.*; .*KMZ: unpack it"):
        import_bytes(b"PK\x03\x04\xff", "a.kmz")


def test_what_no_format_knows_is_told_with_all_formats() -> None:
    with pytest.raises(DataError) as caught:
        format_of("what is this", "a.doc")

    assert all(each.title in str(caught.value) for each in FORMATS)


def test_an_unknown_name_is_told_with_all_names() -> None:
    with pytest.raises(DataError, match="none named 'shape'; known are plan, ed318"):
        format_named("shape")


def test_bytes_that_are_no_text_are_told() -> None:
    with pytest.raises(DataError, match=r"a\.kml: is not UTF-8 text"):
        import_bytes(b"\xff\xfe<\x00", "a.kml")


def test_a_byte_order_mark_is_no_matter() -> None:
    content = b"\xef\xbb\xbf" + samples.KML.encode()

    assert import_bytes(content, "a.kml").zones == import_bytes(samples.KML.encode(), "a.kml").zones


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"none.kml: cannot be read: No such file"):
        import_file(tmp_path / "none.kml")
    with pytest.raises(DataError, match="cannot be read"):
        import_file(tmp_path)
