"""What can be wrong with a shape, in every format in which it can occur."""

import math
from itertools import product

import pytest
from shapely import Polygon

from geofences.errors import DataError
from geofences.formats import FORMATS, format_named
from tests.unit.geofences.formats.samples import ACROSS_180, BOW_TIE, FAR_HOLE, SQUARE, with_rings

NAMES = [each.name for each in FORMATS]
NO_HOLES = {"plan"}
NAN = float("nan")
SWAPPED = [[y, x] for x, y in SQUARE]

BAD_RINGS = [
    ([SWAPPED], "axes look swapped", "latitude and longitude swapped"),
    ([BOW_TIE], "Self-intersection", "self-crossing ring"),
    ([SQUARE, FAR_HOLE], "Hole lies outside shell", "hole outside its shell"),
    ([ACROSS_180], "crosses the antimeridian", "ring across the antimeridian"),
    ([[[NAN, 32.7], *SQUARE[1:]]], "position 0 must be finite|must be a point|must be longitude,", "NaN"),
    ([[[500.0, 95.0], *SQUARE[1:]]], "outside longitude ±180, latitude ±90", "not on Earth"),
    ([SQUARE[:2]], "needs at least 4 positions", "two positions"),
    ([[[128.8, 32.7]] * 5], "geometry is invalid", "one position five times"),
]


@pytest.mark.parametrize(
    ("name", "rings", "problem", "remark"),
    [(name, *row) for name, row in product(NAMES, BAD_RINGS) if not (name in NO_HOLES and len(row[0]) > 1)],
)
def test_a_bad_ring_is_refused_in_every_format(
    name: str, rings: list[list[list[float]]], problem: str, remark: str
) -> None:
    with pytest.raises(DataError, match=problem) as caught:
        format_named(name).read(with_rings(name, rings), "file.x")

    assert caught.value.source == "file.x", remark


@pytest.mark.parametrize("name", NAMES)
def test_an_unclosed_ring_is_closed_and_the_note_says_so(name: str) -> None:
    imported = format_named(name).read(with_rings(name, [SQUARE[:-1]]), "file.x")
    closed = format_named(name).read(with_rings(name, [SQUARE]), "file.x")

    assert imported.zones[0].geometry == closed.zones[0].geometry
    # A plan and the quick form leave the last position out as a rule, so there is nothing to tell.
    repaired = [note for note in imported.notes if "was not closed" in note]
    assert len(repaired) == (0 if name in {"plan", "notam"} else 1)


@pytest.mark.parametrize("name", ["geojson", "ed269", "ed318", "plan"])
def test_heights_of_positions_are_left_out_and_the_note_says_so(name: str) -> None:
    high = [[x, y, 30.0] for x, y in SQUARE]

    imported = format_named(name).read(with_rings(name, [high]), "file.x")
    flat = format_named(name).read(with_rings(name, [SQUARE]), "file.x")

    assert imported.zones[0].geometry == flat.zones[0].geometry
    assert any("heights of 5 positions are left out" in note for note in imported.notes)


@pytest.mark.parametrize("name", NAMES)
def test_a_polygon_of_100_000_corners_is_read(name: str) -> None:
    count = 100_000
    angles = [2.0 * math.pi * number / count for number in range(count)]
    ring = [[128.0 + 0.4 * math.cos(angle), 32.5 + 0.3 * math.sin(angle)] for angle in angles]

    imported = format_named(name).read(with_rings(name, [[*ring, ring[0]]]), "file.x")

    geometry = imported.zones[0].geometry
    assert isinstance(geometry, Polygon)
    assert len(geometry.exterior.coords) == count + 1
