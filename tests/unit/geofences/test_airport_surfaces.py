import json
import math

import numpy as np
import pytest
import shapely

from geofences.airport_loading import load_airports
from geofences.airport_surfaces import AirportSurfaces
from geofences.airports import Designation
from geofences.data.build_goto import GOTO
from geofences.errors import DataError
from geofences.runway_classes import runway_class
from geofences.shapes import XY
from tests.unit.geofences.airfield import ALL_SURFACES, MAP, airport, surfaces

CONICAL = frozenset({Designation.CONICAL})
NONE = math.inf


def lowest(over: AirportSurfaces, at: XY) -> tuple[float, str]:
    height_m, name = over.lowest_at(*at)
    return float(height_m), str(name)


@pytest.mark.parametrize(
    ("at", "height_m", "name", "remark"),
    [
        ((0.0, 0.0), 10.0, "strip", "on the runway"),
        ((149.0, 1_059.0), 10.0, "strip", "in a corner of the strip"),
        ((0.0, 2_060.0), 35.0, "approach 18", "1,000 m north of the strip at 1/40"),
        ((0.0, -2_060.0), 35.0, "approach 36", "1,000 m south of it"),
        ((224.9, 2_060.0), 35.0, "approach 18", "inside half of the width there, 150 + 75 m"),
        ((232.0, 2_060.0), 36.0, "transitional", "7 m beside the approach surface: 1 m up"),
        ((-295.0, -2_060.0), 45.0, "transitional", "70 m beside the other one, on the other side"),
        ((220.0, 0.0), 20.0, "transitional", "70 m beside the strip"),
        ((-220.0, 500.0), 20.0, "transitional", "on its other side"),
        ((457.0, 0.0), 10.0 + 307.0 / 7.0, "transitional", "just under the horizontal surface"),
        ((466.0, 0.0), 55.0, "horizontal", "315 m beside the strip all 45 m are used up"),
        ((2_999.0, 0.0), 55.0, "horizontal", "just inside its radius of 3,000 m"),
        ((0.0, 2_960.0), 55.0, "horizontal", "the approach surface lies at 57.5 m here: the lowest counts"),
        ((0.0, 3_560.0), 72.5, "approach 18", "beyond the disc, 2,500 m from the strip"),
        ((374.0, 4_059.0), 10.0 + 2_999.0 / 40.0, "approach 18", "in the outer corner: 375 m wide"),
        ((376.0, 4_059.0), NONE, "", "beside it, over the horizontal surface nothing is transitional"),
        ((0.0, 4_061.0), NONE, "", "beyond 3,000 m"),
        ((3_001.0, 0.0), NONE, "", "outside all"),
    ],
)
def test_the_lowest_surface_of_a_runway_of_class_c(at: XY, height_m: float, name: str, remark: str) -> None:
    found_m, found = lowest(surfaces(), at)

    assert found_m == pytest.approx(height_m, abs=1e-6), remark
    assert found == name, remark


@pytest.mark.parametrize(
    ("at", "height_m", "remark"),
    [
        ((0.0, 0.0), 15.0, "in the middle of the strip"),
        ((0.0, 530.0), 17.5, "halfway up to the northern end"),
        ((0.0, 2_060.0), 45.0, "the northern approach begins at 20 m"),
        ((0.0, -2_060.0), 35.0, "the southern at 10 m"),
        ((220.0, -530.0), 12.5 + 10.0, "the transitional surface rises from the strip beside it"),
    ],
)
def test_each_end_of_a_sloping_runway_has_its_own_height(at: XY, height_m: float, remark: str) -> None:
    over = surfaces(airport(heights_amsl_m=(10.0, 20.0)))

    assert lowest(over, at)[0] == pytest.approx(height_m), remark


@pytest.mark.parametrize(
    ("at", "height_m", "name"),
    [
        ((0.0, 2_060.0), 30.0, "approach 18"),
        ((299.0, 2_060.0), 30.0, "approach 18"),
        ((599.0, -4_059.0), 10.0 + 2_999.0 / 50.0, "approach 36"),
    ],
)
def test_with_ils_the_approach_surface_is_flatter_and_wider(at: XY, height_m: float, name: str) -> None:
    over = surfaces(airport(has_precision_approach=True))

    found_m, found = lowest(over, at)
    assert found_m == pytest.approx(height_m)
    assert found == name


@pytest.mark.parametrize(
    ("ils", "designated", "at", "height_m", "name", "remark"),
    [
        (False, CONICAL, (4_000.0, 0.0), 80.0, "conical", "1,000 m outside the disc at 1/40"),
        (False, CONICAL, (6_001.0, 0.0), NONE, "", "class C ends at 6,000 m"),
        (True, CONICAL, (4_000.0, 0.0), 75.0, "conical", "with ILS at 1/50"),
        (True, CONICAL, (16_499.0, 0.0), 55.0 + 13_499.0 / 50.0, "conical", "and to 16,500 m"),
        (False, ALL_SURFACES, (23_999.0, 0.0), 130.0, "outer-horizontal", "at the top of the cone"),
        (False, ALL_SURFACES, (24_001.0, 0.0), NONE, "", "which ends at 24,000 m"),
        (False, ALL_SURFACES, (0.0, 4_560.0), 55.0 + 1_560.0 / 40.0, "conical", "under the approach: lowest"),
        (
            False,
            frozenset({Designation.CONICAL, Designation.EXTENDED_APPROACH}),
            (0.0, 6_060.0),
            135.0,
            "extended-approach 18",
            "5,000 m out, in the plane of the approach surface",
        ),
        (
            False,
            frozenset({Designation.CONICAL, Designation.EXTENDED_APPROACH}),
            (1_274.0, -16_059.0),
            10.0 + 14_999.0 / 40.0,
            "extended-approach 36",
            "its outer corner: 15,000 m out, 1,275 m wide",
        ),
        (
            False,
            frozenset({Designation.CONICAL, Designation.EXTENDED_APPROACH}),
            (0.0, 16_061.0),
            NONE,
            "",
            "beyond",
        ),
        (False, frozenset(), (4_000.0, 0.0), NONE, "", "nothing is designated in Goto"),
    ],
)
def test_designated_surfaces_reach_further_out(
    ils: bool, designated: frozenset[Designation], at: XY, height_m: float, name: str, remark: str
) -> None:
    over = surfaces(airport(has_precision_approach=ils, designated=designated))

    found_m, found = lowest(over, at)
    assert found_m == pytest.approx(height_m), remark
    assert found == name, remark


def test_many_points_are_answered_at_once() -> None:
    heights_m, names = surfaces().lowest_at([[0.0, 220.0], [466.0, 9_000.0]], [[2_060.0, 0.0], [0.0, 0.0]])

    np.testing.assert_allclose(heights_m, [[35.0, 20.0], [55.0, math.inf]])
    assert names.tolist() == [["approach 18", "transitional"], ["horizontal", ""]]


@pytest.mark.parametrize(
    ("length_m", "letter", "radius_m", "slope", "half_widths_m"),
    [
        (2_550.0, "A", 4_000.0, 1 / 40, (150.0, 75.0)),
        (2_549.9, "B", 3_500.0, 1 / 40, (150.0, 75.0)),
        (2_000.0, "C", 3_000.0, 1 / 40, (150.0, 75.0)),
        (1_799.0, "D", 2_500.0, 1 / 40, (150.0, 75.0)),
        (1_499.0, "E", 2_000.0, 1 / 40, (150.0, 75.0)),
        (1_279.0, "F", 1_800.0, 1 / 40, (150.0, 60.0)),
        (1_079.0, "G", 1_500.0, 1 / 25, (150.0, 60.0)),
        (800.0, "H", 1_000.0, 1 / 20, (75.0, 30.0)),
        (100.0, "J", 800.0, 1 / 20, (75.0, 30.0)),
    ],
)
def test_the_length_of_a_runway_decides_its_class(
    length_m: float, letter: str, radius_m: float, slope: float, half_widths_m: tuple[float, float]
) -> None:
    rules = runway_class(length_m)

    assert rules.letter == letter
    for is_instrument, half_width_m in zip((True, False), half_widths_m, strict=True):
        over = surfaces(airport(length_m=length_m, is_instrument=is_instrument))
        assert over.half_width_m == half_width_m
        assert lowest(over, (radius_m - 1.0, 0.0)) == (55.0, "horizontal")
        assert lowest(over, (radius_m + 1.0, 0.0)) == (math.inf, "")
        at = (0.0, length_m / 2.0 + 60.0 + 400.0)
        assert lowest(over, at)[0] == pytest.approx(10.0 + 400.0 * slope)


def test_what_is_too_short_for_any_class_is_no_runway() -> None:
    with pytest.raises(DataError, match="shorter than any class"):
        surfaces(airport(length_m=99.0))


@pytest.mark.parametrize("icao", ["RJFE", "RJDK", "RJDO"])
def test_the_surfaces_of_goto_lie_where_the_reference_file_has_them(icao: str) -> None:
    (built,) = (
        AirportSurfaces(each, MAP)
        for each in load_airports(GOTO / "source" / "airports.json")
        if each.icao == icao
    )
    document = json.loads((GOTO / "source" / "airport_surfaces.geojson").read_text(encoding="utf-8"))
    rows = [each for each in document["features"] if each["properties"]["icao"] == icao]

    for row in rows:
        kind, low_m, high_m = (row["properties"][name] for name in ("surface", "z_from_m", "z_to_m"))
        area = MAP.geometry_to_local(shapely.geometry.shape(row["geometry"]))
        x_m, y_m = shapely.get_coordinates(shapely.segmentize(shapely.buffer(area, -5.0), 50.0)).T
        heights_m, _ = built.lowest_at(x_m, y_m)
        assert (heights_m <= high_m + 0.1).all(), kind
        assert kind == "horizontal" or (heights_m >= low_m - 0.1).all(), "the runway is lower than 45 m up"
        if kind == "approach":
            begins = [end for end in built.ends if area.dwithin(shapely.Point(end.middle), 1.0)]
            assert [end.height_amsl_m for end in begins] == [low_m]
            assert built.approach_height_m(begins[0], 3_000.0) == pytest.approx(high_m)
    assert sorted(row["properties"]["surface"] for row in rows) == [
        "approach",
        "approach",
        "horizontal",
        "strip",
    ]
