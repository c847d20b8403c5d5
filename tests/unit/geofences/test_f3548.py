import copy
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from implicitdict import ImplicitDict
from shapely import Polygon, box
from uas_standards.astm.f3548.v21.api import OperationalIntent
from uas_standards.astm.f3548.v21.constants import OiMaxPlanHorizonDays, OiMaxVertices

from geofences.airspace import Airspace
from geofences.errors import DataError
from geofences.f3548 import (
    GOTO_GEOID,
    LONGEST_AHEAD,
    MOST_VERTICES,
    Geoid,
    Reference,
    operational_intent,
)
from geofences.f3548_reading import volumes_of_intent
from geofences.values import AltitudeBand, Interval
from geofences.volumes import Volume4D, volumes_of
from tests.unit.geofences.pond import DEPARTURE, MAP, round_trip

REFERENCE = Reference(
    id="4e1b0a8c-7d34-4b7e-9d5a-0c9f0e6f1a11",
    manager="tsubaki",
    uss_base_url="https://uss.example/f3548",
    subscription_id="c3a9a1de-56f4-4f0c-8a43-2f3f0a4e7b22",
)
EXACT = Geoid(32.0, 0.0)
HOUR = timedelta(hours=1)
BLOCK = Volume4D("S/0", 0, box(0, 0, 100, 200), AltitudeBand(50, 70), Interval(DEPARTURE, DEPARTURE + HOUR))


def exported(*volumes: Volume4D, geoid: Geoid = EXACT, reference: Reference = REFERENCE) -> dict[str, Any]:
    return operational_intent(volumes, reference, MAP, geoid, now=DEPARTURE)


def test_a_flight_over_the_pond_is_an_operational_intent_of_the_standard(pond: Airspace) -> None:
    volumes = volumes_of(pond, *round_trip(pond), start_window_s=1800.0)

    intent = ImplicitDict.parse(json.loads(json.dumps(exported(*volumes))), OperationalIntent)

    assert intent.reference.state == "Accepted"
    assert intent.reference.manager == "tsubaki"
    assert "ovn" not in intent.reference
    assert intent.reference.time_start.value.datetime == DEPARTURE
    assert len(intent.details.volumes) == len(volumes)
    for ours, theirs in zip(volumes, intent.details.volumes, strict=True):
        assert theirs.volume.altitude_lower.value == pytest.approx(ours.band.floor_amsl_m + 32.0)
        assert theirs.volume.altitude_upper.reference == "W84"
        assert theirs.time_end.value.datetime == ours.interval.end
        first = theirs.volume.outline_polygon.vertices[0]
        assert (32.8 < first.lat < 33.1, 128.8 < first.lng < 129.1) == (True, True)


def test_the_limits_are_those_of_the_standard() -> None:
    assert OiMaxVertices == MOST_VERTICES
    assert LONGEST_AHEAD.days == OiMaxPlanHorizonDays


def test_a_polygon_is_not_closed_twice() -> None:
    (volume,) = exported(BLOCK)["details"]["volumes"]

    assert len(volume["volume"]["outline_polygon"]["vertices"]) == 4


def test_times_have_the_zone_z() -> None:
    assert exported(BLOCK)["details"]["volumes"][0]["time_start"] == {
        "value": "2026-04-01T01:00:00.000000Z",
        "format": "RFC3339",
    }


def test_the_error_of_the_geoid_widens_the_band_when_given_away_and_when_taken_over() -> None:
    intent = exported(BLOCK, geoid=GOTO_GEOID)

    altitudes = intent["details"]["volumes"][0]["volume"]
    (back,) = volumes_of_intent(intent, MAP, GOTO_GEOID)

    assert altitudes["altitude_lower"]["value"] == 50 + 32 - 2
    assert altitudes["altitude_upper"]["value"] == 70 + 32 + 2
    assert back.band == AltitudeBand(46.0, 74.0)


metres = st.floats(-30_000.0, 30_000.0)


@settings(deadline=None, max_examples=60, derandomize=True)
@given(
    st.lists(st.tuples(metres, metres, st.floats(1.0, 2000.0)), min_size=1, max_size=4),
    st.floats(-5.0, 140.0),
    st.floats(1.0, 100.0),
    st.integers(0, 10**9),
)
def test_export_and_import_are_the_identity_within_rounding(
    discs: list[tuple[float, float, float]], floor_m: float, height_m: float, microseconds: int
) -> None:
    start = DEPARTURE + timedelta(microseconds=microseconds)
    volumes = [
        Volume4D(
            f"{REFERENCE.id}/{number}",
            number,
            shapely.Point(x_m, y_m).buffer(radius_m, quad_segs=4),
            AltitudeBand(floor_m, floor_m + height_m),
            Interval(start, start + HOUR),
        )
        for number, (x_m, y_m, radius_m) in enumerate(discs)
    ]

    back = volumes_of_intent(json.loads(json.dumps(exported(*volumes))), MAP, EXACT)

    for one, other in zip(volumes, back, strict=True):
        assert (one.id, one.leg, one.interval) == (other.id, other.leg, other.interval)
        assert shapely.hausdorff_distance(one.area.exterior, other.area.exterior) < 0.01
        assert other.band.floor_amsl_m == pytest.approx(one.band.floor_amsl_m, abs=0.011)
        assert other.band.floor_amsl_m <= one.band.floor_amsl_m + 1e-6
        assert other.band.ceiling_amsl_m >= one.band.ceiling_amsl_m - 1e-6


HOLE = Polygon(box(0, 0, 100, 100).exterior, [box(20, 20, 40, 40).exterior])
ROUND = shapely.Point(0, 0).buffer(100.0, quad_segs=2600)


@pytest.mark.parametrize(
    ("volume", "rule"),
    [
        (replace(BLOCK, area=HOLE), "hole"),
        (replace(BLOCK, area=ROUND), "10400 vertices"),
        (replace(BLOCK, band=AltitudeBand(70, 70)), "lower altitude"),
        (replace(BLOCK, interval=Interval(DEPARTURE + HOUR, DEPARTURE + HOUR)), "before the end"),
        (replace(BLOCK, interval=Interval(DEPARTURE - HOUR, DEPARTURE)), "in the past"),
        (replace(BLOCK, interval=Interval(DEPARTURE, DEPARTURE + timedelta(days=31))), "30 days"),
    ],
)
def test_a_volume_that_breaks_a_rule_is_not_exported(volume: Volume4D, rule: str) -> None:
    with pytest.raises(DataError, match=rule):
        exported(volume)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"id": "S-0001"}, "reference.id"),
        ({"subscription_id": "6ba7b810-9dad-11d1-80b4-00c04fd430c8"}, "reference.subscription_id"),
        ({"manager": ""}, "manager"),
        ({"uss_base_url": "https://uss.example/"}, "slash"),
        ({"state": "Contingent"}, "off-nominal"),
    ],
)
def test_a_reference_that_breaks_a_rule_is_not_exported(change: dict[str, str], rule: str) -> None:
    reference = Reference(**{**{name: getattr(REFERENCE, name) for name in Reference.__slots__}, **change})

    with pytest.raises(DataError, match=rule):
        exported(BLOCK, reference=reference)


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(DataError) as caught:
        exported(reference=replace(REFERENCE, id="", manager=""))

    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("volume", "outline_polygon"), None),
        (("volume", "outline_polygon", "vertices"), [{"lat": 33.0, "lng": 129.0}]),
        (("volume", "outline_polygon", "vertices", 0, "lat"), float("nan")),
        (("volume", "outline_polygon", "vertices", 0, "lat"), 129.0),
        (("volume", "outline_polygon", "vertices", 0), {"lng": 129.0}),
        (("volume", "altitude_lower", "reference"), "SFC"),
        (("volume", "altitude_upper", "units"), "FT"),
        (("volume", "altitude_upper", "value"), 1.0),
        (("time_start", "value"), "2026-04-01T10:00:00+09:00"),
        (("time_end", "value"), "soon Z"),
        (("time_end",), None),
    ],
)
def test_a_broken_volume_is_refused_by_its_number(path: tuple[Any, ...], value: Any) -> None:
    intent = copy.deepcopy(exported(BLOCK, BLOCK))
    place = intent["details"]["volumes"][1]
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value

    with pytest.raises(DataError, match="volume 1"):
        volumes_of_intent(intent, MAP, EXACT)


@pytest.mark.parametrize("document", [{}, {"details": []}, {"details": {"volumes": {}}}])
def test_a_document_without_volumes_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(DataError, match="not a list"):
        volumes_of_intent(document, MAP, EXACT)
