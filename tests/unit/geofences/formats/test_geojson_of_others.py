"""GeoJSON as other tools write it."""

import json

import pytest

from geofences.errors import DataError
from geofences.formats.geojson import GeoJson
from geofences.values import Datum, ZoneRule

FORMAT = GeoJson()
RING = [[128.8, 32.6], [128.9, 32.6], [128.9, 32.7], [128.8, 32.6]]
POLYGON = {"type": "Polygon", "coordinates": [RING]}


def feature(geometry: object, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: object, **members: object) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features, **members})


@pytest.mark.parametrize(
    ("document", "kind"), [(POLYGON, "Polygon"), (feature(POLYGON), "Feature")], ids=["geometry", "feature"]
)
def test_a_lone_feature_or_geometry_is_read_and_told(document: object, kind: str) -> None:
    imported = FORMAT.read(json.dumps(document), "x")

    (zone,) = imported.zones
    assert (zone.rule, zone.floor.datum) == (ZoneRule.KEEP_OUT, Datum.AGL)
    assert imported.notes[0] == (
        f"is one bare {kind}, not a FeatureCollection; it is read as the only feature of one"
    )


def test_a_row_without_a_drawing_is_left_out_and_told() -> None:
    imported = FORMAT.read(collection(feature(POLYGON), feature(None, name="later")), "x")

    assert len(imported.zones) == 1
    assert "feature 1: has no geometry, so it is no zone and is left out" in imported.notes


def test_a_zone_of_ours_without_a_drawing_is_refused() -> None:
    with pytest.raises(DataError, match=r"feature 0: 'geometry' is missing"):
        FORMAT.read(collection(feature(None, rule="keep-out")), "x")


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326", "EPSG:4326"])
def test_the_reference_system_of_the_earth_is_read(name: str) -> None:
    crs = {"type": "name", "properties": {"name": name}}

    imported = FORMAT.read(collection(feature(POLYGON), crs=crs), "x")

    assert len(imported.zones) == 1


@pytest.mark.parametrize(
    ("name", "remark"),
    [
        ("urn:ogc:def:crs:EPSG::4301", "the old Tokyo datum: in range, but 400 m away"),
        ("urn:ogc:def:crs:EPSG::6669", "metres of the plane grid of Nagasaki"),
        ("urn:ogc:def:crs:EPSG::3857", "metres of web maps"),
    ],
)
def test_another_reference_system_is_refused_with_its_name_and_a_remedy(name: str, remark: str) -> None:
    crs = {"type": "name", "properties": {"name": name}}

    with pytest.raises(DataError, match="'crs' is") as caught:
        FORMAT.read(collection(feature(POLYGON), crs=crs), "x")

    assert name in str(caught.value), remark
    assert "export it again in WGS 84 (EPSG:4326)" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [("9" * 5000, "a number has thousands of digits"), ("[" * 100_000, "brackets stand too deep")],
)
def test_json_that_python_cannot_hold_is_told_in_plain_words(text: str, problem: str) -> None:
    with pytest.raises(DataError, match=problem):
        FORMAT.read(text, "x")
