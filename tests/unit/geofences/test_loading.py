import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geofences.errors import DataError
from geofences.loading import (
    GOTO,
    load_airspace,
    read_boundary,
    read_corridors,
    read_islands,
    read_sites,
    read_zones,
)
from geofences.values import Circle, Datum, Position, VerticalLimit

SQUARE = [[128.8, 32.7], [128.9, 32.7], [128.9, 32.8], [128.8, 32.8], [128.8, 32.7]]
BOW_TIE = [[128.8, 32.7], [128.9, 32.8], [128.9, 32.7], [128.8, 32.8], [128.8, 32.7]]

Json = dict[str, Any]
Change = Callable[[Json], object]


def zone_feature() -> Json:
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
        "properties": {
            "id": "Z",
            "name_ja": "区域",
            "name_en": "Zone",
            "rule": "keep-out",
            "floor_m": 0,
            "floor_datum": "AMSL",
            "ceiling_m": 120,
            "ceiling_datum": "AGL",
            "buffer_m": 50,
            "schedule": [{"start": "2026-04-01T10:00:00+09:00", "end": "2026-04-01T11:00:00+09:00"}],
            "reason_ja": "理由",
            "reason_en": "a reason",
            "source": "a source",
        },
    }


def write(path: Path, *features: object) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def test_a_zone_is_read_with_its_times_in_utc(tmp_path: Path) -> None:
    (zone,) = read_zones(write(tmp_path / "zones.geojson", zone_feature()))

    assert zone.id == "Z"
    assert zone.ceiling == VerticalLimit(120.0, Datum.AGL)
    (span,) = zone.schedule.applicabilities
    assert span.start is not None
    assert span.start.isoformat() == "2026-04-01T01:00:00+00:00"


def geometry(kind: str, coordinates: object) -> Change:
    return lambda feature: feature.update(geometry={"type": kind, "coordinates": coordinates})


def prop(name: str, value: object) -> Change:
    return lambda feature: feature["properties"].update({name: value})


@pytest.mark.parametrize(
    ("change", "problem", "remark"),
    [
        (geometry("Polygon", [BOW_TIE]), "Self-intersection", "self-crossing polygon"),
        (geometry("Polygon", [[[y, x] for x, y in SQUARE]]), "axes look swapped", "latitude first"),
        (geometry("Polygon", [[[400, 95], *SQUARE[1:]]]), "outside longitude ±180", "not on Earth"),
        (
            geometry("Polygon", [[SQUARE[0], [float("nan"), 32.7], *SQUARE[2:]]]),
            "must be finite numbers",
            "NaN in the ring",
        ),
        (geometry("Polygon", []), "must be a list of rings", "no ring"),
        (geometry("Polygon", [[["a", "b"]]]), "position 0 must be finite numbers", "text for numbers"),
        (geometry("Polygon", [SQUARE[:2]]), "needs at least 4 positions", "two points"),
        (geometry("MultiPolygon", []), "must be a list of polygons", "no polygon"),
        (geometry("Point", [128.8, 32.7]), "'radius_m' is missing", "a circle without a radius"),
        (geometry("LineString", SQUARE), "'type' must be one of Polygon", "wrong kind"),
        (lambda feature: feature.pop("geometry"), "'geometry' is missing", "no geometry"),
        (lambda feature: feature.update(type="Thing"), "'type' must be one of Feature", "not a feature"),
        (lambda feature: feature.pop("properties"), "has no 'rule' of ours", "no properties"),
        (lambda feature: feature["properties"].pop("rule"), "has no 'rule' of ours", "no rule"),
        (lambda feature: feature["properties"].pop("name_en"), "'name_en' is missing", "one missing"),
        (prop("colour", "red"), "'colour' is not kept", "a property that nobody reads"),
        (prop("rule", "keep-away"), "'rule' must be one of", "unknown rule"),
        (prop("floor_m", float("nan")), "must be a finite number", "NaN for a height"),
        (prop("floor_m", "low"), "must be a finite number", "text for a height"),
        (prop("floor_m", True), "must be a finite number", "true for a height"),
        (prop("floor_datum", "WGS84"), "'floor_datum' must be one of AMSL, AGL", "unknown datum"),
        (
            lambda feature: feature["properties"].update(floor_m=200, ceiling_datum="AMSL"),
            "under the floor",
            "upside down",
        ),
        (prop("buffer_m", -1), "must not be negative", "negative buffer"),
        (prop("cost_factor", 2), "'cost_factor' must be 1", "a factor on a keep-out zone"),
        (prop("name_ja", 5), "must be text", "number for a name"),
        (prop("schedule", "always"), "must be a list", "schedule in words"),
        (prop("schedule", ["always"]), "must be an object", "interval in words"),
        (prop("schedule", [{"start": "2026-04-01T10:00"}]), "'start'", "naive time"),
        (
            prop("schedule", [{"start": "2026-04-02T00:00Z", "end": "2026-04-01T00:00Z"}]),
            "before it starts",
            "backwards",
        ),
    ],
)
def test_a_bad_zone_is_refused_with_its_problem(
    tmp_path: Path, change: Change, problem: str, remark: str
) -> None:
    feature = zone_feature()
    change(feature)

    with pytest.raises(DataError, match=problem) as caught:
        read_zones(write(tmp_path / "zones.geojson", feature))

    assert caught.value.source == "zones.geojson", remark


@pytest.mark.parametrize(
    ("content", "problem", "remark"),
    [
        ("not json at all", "not readable JSON", "text"),
        ("", "not readable JSON", "empty file"),
        ("[1, 2]", "not GeoJSON", "a list"),
        ('{"type": "Polygon"}', "'coordinates' is missing", "a bare geometry"),
        ('{"type": "FeatureCollection"}', "'features' must be a list", "no features"),
        ('{"type": "FeatureCollection", "features": [7]}', "must be an object", "a number as feature"),
    ],
)
def test_a_file_that_is_not_geojson_is_refused(
    tmp_path: Path, content: str, problem: str, remark: str
) -> None:
    path = tmp_path / "zones.geojson"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(DataError, match=problem):
        read_zones(path)


def test_a_file_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read: No such file"):
        read_zones(tmp_path / "zones.geojson")


def test_all_problems_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    crossed, nameless, twin = zone_feature(), zone_feature(), zone_feature()
    crossed["geometry"]["coordinates"] = [BOW_TIE]
    crossed["properties"]["id"] = "CROSSED"
    del nameless["properties"]["name_en"]

    with pytest.raises(DataError) as caught:
        read_zones(write(tmp_path / "zones.geojson", crossed, nameless, twin))

    assert len(caught.value.problems) == 3
    assert "feature 0 (CROSSED)" in caught.value.problems[0]
    assert "feature 1 (Z)" in caught.value.problems[1]
    assert "'Z' is used more than once" in caught.value.problems[2]


@pytest.fixture
def copy_of_goto(tmp_path: Path) -> Path:
    for path in GOTO.glob("*.geojson"):
        shutil.copy(path, tmp_path)
    return tmp_path


def edit(path: Path, feature_id: str, change: Change) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    for feature in document["features"]:
        if feature["properties"]["id"] == feature_id:
            change(feature)
    path.write_text(json.dumps(document), encoding="utf-8")


@pytest.mark.parametrize(
    ("site_id", "change", "problem", "remark"),
    [
        ("GCH", prop("pad_site_id", "NOPE"), "GCH: 'pad_site_id' 'NOPE' is not a drone site", "unknown pad"),
        (
            "GCH",
            prop("pad_site_id", "SGC"),
            "GCH: 'pad_site_id' 'SGC' is not a drone site",
            "pad without one",
        ),
        ("SGP", prop("pad_site_id", "FKP"), "SGP: has both", "approach and pad"),
        ("FKP", geometry("Point", [139.7, 35.6]), "FKP: lies outside the operation boundary", "in Tokyo"),
        ("FKP", geometry("Point", [32.7, 128.85]), "axes look swapped", "latitude first"),
        ("FKP", prop("approach", {"bearing_deg": 95}), "approach: 'length_m' is missing", "half an approach"),
        ("FKP", prop("approach", "east"), "must be an object", "approach in words"),
        ("FKP", prop("colour", "red"), "'colour' is not kept", "a property that nobody reads"),
    ],
)
def test_sites_that_cannot_be_are_refused(
    copy_of_goto: Path, site_id: str, change: Change, problem: str, remark: str
) -> None:
    edit(copy_of_goto / "sites.geojson", site_id, change)

    with pytest.raises(DataError, match=problem):
        load_airspace(copy_of_goto)


def test_a_circle_is_a_point_with_a_radius(tmp_path: Path) -> None:
    feature = zone_feature()
    feature["geometry"] = {"type": "Point", "coordinates": [128.9, 32.7]}
    feature["properties"]["radius_m"] = 500

    (zone,) = read_zones(write(tmp_path / "zones.geojson", feature))

    assert zone.geometry == Circle(Position(32.7, 128.9), 500.0)


def corridor_feature() -> Json:
    return {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": [[128.8, 32.7], [128.9, 32.7]]},
        "properties": {
            "id": "L",
            "name_ja": "航路",
            "name_en": "Lane",
            "width_m": 400,
            "outbound": {"floor_amsl_m": 50, "ceiling_amsl_m": 70},
            "inbound": {"floor_amsl_m": 75, "ceiling_amsl_m": 95},
            "is_open": True,
        },
    }


def test_a_corridor_may_lead_one_way_slowly_at_some_times_over_an_area(tmp_path: Path) -> None:
    feature = corridor_feature()
    feature["properties"] |= {
        "inbound": None,
        "speed_limit_m_s": 15,
        "schedule": [{"start": "2026-04-01T10:00:00+09:00"}],
        "area": [SQUARE],
    }

    (lane,) = read_corridors(write(tmp_path / "corridors.geojson", feature))

    assert lane.inbound is None
    assert lane.speed_limit_m_s == 15.0
    assert not lane.schedule.is_always
    assert lane.area is not None
    assert lane.area.bounds == pytest.approx((128.8, 32.7, 128.9, 32.8))


@pytest.mark.parametrize(
    ("change", "problem", "remark"),
    [
        (geometry("LineString", [[128.8, 32.7]]), "at least 2 different positions", "one position"),
        (geometry("LineString", [[128.8, 32.7]] * 2), "at least 2 different positions", "no length"),
        (geometry("LineString", [[32.7, 128.8], [32.7, 128.9]]), "axes look swapped", "latitude first"),
        (geometry("Point", [128.8, 32.7]), "is a Point without a 'rule'", "wrong kind"),
        (prop("width_m", 0), "'width_m' must be more than 0", "no width"),
        (prop("outbound", {"floor_amsl_m": 50}), "outbound: 'ceiling_amsl_m' is missing", "half a band"),
        (
            prop("inbound", {"floor_amsl_m": 90, "ceiling_amsl_m": 70}),
            "inbound: ceiling 70 m lies under",
            "upside down",
        ),
        (prop("speed_limit_m_s", -3), "'speed_limit_m_s' must be more than 0", "backwards"),
        (prop("is_open", "yes"), "must be true or false", "open in words"),
        (prop("area", [BOW_TIE]), "area: geometry is invalid", "self-crossing area"),
        (prop("colour", "blue"), "'colour' is not kept", "a property that nobody reads"),
    ],
)
def test_a_bad_corridor_is_refused_with_its_problem(
    tmp_path: Path, change: Change, problem: str, remark: str
) -> None:
    feature = corridor_feature()
    change(feature)

    with pytest.raises(DataError, match=problem) as caught:
        read_corridors(write(tmp_path / "corridors.geojson", feature))

    assert "feature 0 (L)" in str(caught.value), remark


def test_two_corridors_of_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="'L' is used more than once"):
        read_corridors(write(tmp_path / "corridors.geojson", corridor_feature(), corridor_feature()))


def test_an_island_must_be_a_polygon(tmp_path: Path) -> None:
    feature = json.loads((GOTO / "islands.geojson").read_text(encoding="utf-8"))["features"][0]
    feature["geometry"]["coordinates"] = [BOW_TIE]

    with pytest.raises(DataError, match="Self-intersection"):
        read_islands(write(tmp_path / "islands.geojson", feature))


def test_the_boundary_is_one_polygon(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="exactly one polygon, not 0"):
        read_boundary(write(tmp_path / "boundary.geojson"))


def test_every_site_of_goto_is_read() -> None:
    sites = {site.id: site for site in read_sites(GOTO / "sites.geojson")}

    assert sites["FKP"].is_hub
    assert sites["SGC"].pad_site_id == "SGP"
    assert not sites["GCH"].is_drone_site
