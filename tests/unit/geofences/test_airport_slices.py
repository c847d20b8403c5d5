from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point

from geofences.airport_slices import Disc, SurfaceSlice, surface_slices
from geofences.airport_surfaces import AirportSurfaces, SurfaceKind
from geofences.airports import Designation
from tests.unit.geofences.airfield import ALL_SURFACES, airport, surfaces

Floats = npt.NDArray[np.float64]

ROUNDING_M = 0.05
"""Corners of slices nearer than a centimetre are one; at 1/7 that is 2 mm of height."""

HIGHER_THAN_ALL_M = 1e6


def slices(over: AirportSurfaces, *cuts: float, kind: SurfaceKind | None = None) -> list[SurfaceSlice]:
    return [each for each in surface_slices(over, cuts) if kind in (None, each.kind)]


def spans(parts: Sequence[SurfaceSlice]) -> list[tuple[float, float]]:
    return [(each.floor_amsl_m, each.top_amsl_m) for each in parts]


def holds(part: SurfaceSlice, at: Floats) -> npt.NDArray[np.bool_]:
    """Say which points lie in a slice."""
    if isinstance(part.shape, Disc):
        away_m = np.hypot(*(at - np.array(part.shape.centre)).T)
        return np.asarray(away_m <= part.shape.radius_m + ROUNDING_M)
    return np.asarray(shapely.dwithin(part.shape, shapely.points(at), ROUNDING_M))


def test_a_sloped_surface_is_cut_at_the_steps() -> None:
    north = [each for each in slices(surfaces(), 30.0, 50.0) if each.runway_end == "18"]

    assert spans(north) == [(10.0, 30.0), (30.0, 50.0), (50.0, 85.0)]
    assert [each.shape.bounds for each in north if not isinstance(each.shape, Disc)] == [
        pytest.approx((-210.0, 1_060.0, 210.0, 1_860.0)),
        pytest.approx((-270.0, 1_860.0, 270.0, 2_660.0)),
        pytest.approx((-375.0, 2_660.0, 375.0, 4_060.0)),
    ]


def test_both_ends_of_the_runway_have_slices() -> None:
    ends = [each.runway_end for each in slices(surfaces(), 30.0, kind=SurfaceKind.APPROACH)]

    assert ends == ["36", "36", "18", "18"]


def test_steps_that_would_leave_a_thin_slice_are_left_out() -> None:
    parts = slices(surfaces(), 14.9, 15.0, 80.0, 80.1, 500.0, kind=SurfaceKind.APPROACH)

    assert spans(parts[:3]) == [(10.0, 15.0), (15.0, 80.0), (80.0, 85.0)]


def test_the_strip_reaches_from_its_lower_to_its_higher_end() -> None:
    (strip,) = slices(surfaces(airport(heights_amsl_m=(10.0, 20.0))), kind=SurfaceKind.STRIP)

    assert spans([strip]) == [(10.0, 20.0)]
    assert not isinstance(strip.shape, Disc)
    assert strip.shape.bounds == pytest.approx((-150.0, -1_060.0, 150.0, 1_060.0))


def test_the_transitional_surface_lies_on_both_sides_of_the_runway() -> None:
    low, high = slices(surfaces(), 30.0, kind=SurfaceKind.TRANSITIONAL)

    assert spans([low, high]) == [(10.0, 30.0), (30.0, 55.0)]
    for part, across_m in ((low, 160.0), (low, 289.0), (high, 291.0), (high, 464.0)):
        assert not isinstance(part.shape, Disc)
        assert all(part.shape.contains(Point(side * across_m, 0.0)) for side in (1.0, -1.0)), across_m
        assert not part.shape.contains(Point(145.0, 0.0)), "the strip is not in it"


def test_the_horizontal_surface_is_one_disc() -> None:
    (disc,) = slices(surfaces(), 30.0, kind=SurfaceKind.HORIZONTAL)

    assert spans([disc]) == [(55.0, 55.0)]
    assert isinstance(disc.shape, Disc)
    assert disc.shape.radius_m == 3_000.0
    assert disc.shape.centre == pytest.approx((0.0, 0.0), abs=1e-6)


def test_a_cone_is_cut_into_discs_that_end_where_it_reaches_their_top() -> None:
    over = surfaces(airport(designated=frozenset({Designation.CONICAL})))

    cone = slices(over, 75.0, 100.0, kind=SurfaceKind.CONICAL)

    assert spans(cone) == [(55.0, 75.0), (75.0, 100.0), (100.0, 130.0)]
    assert [each.shape.radius_m for each in cone if isinstance(each.shape, Disc)] == [
        pytest.approx(3_800.0),
        pytest.approx(4_800.0),
        pytest.approx(6_000.0),
    ]


def test_other_designated_surfaces_are_cut_too() -> None:
    over = surfaces(airport(designated=ALL_SURFACES))

    (outer,) = slices(over, 100.0, kind=SurfaceKind.OUTER_HORIZONTAL)
    extended = slices(over, 100.0, 200.0, kind=SurfaceKind.EXTENDED_APPROACH)

    assert spans([outer]) == [(130.0, 130.0)]
    assert isinstance(outer.shape, Disc)
    assert outer.shape.radius_m == 24_000.0
    assert spans(extended) == [(85.0, 100.0), (100.0, 200.0), (200.0, 385.0)] * 2


lengths_m = st.floats(100.0, 4_000.0)
heights_m = st.floats(0.0, 44.0)
cut_heights_m = st.lists(st.floats(0.0, 400.0), max_size=6).map(sorted)
whether = st.booleans()


@settings(deadline=None, derandomize=True, max_examples=150)
@given(lengths_m, heights_m, heights_m, whether, whether, whether, cut_heights_m, st.integers(0, 1_000))
def test_slices_never_allow_what_the_surface_forbids(
    length_m: float,
    first_m: float,
    second_m: float,
    is_instrument: bool,
    ils: bool,
    is_designated: bool,
    cuts: list[float],
    seed: int,
) -> None:
    has_cone = is_designated and (ils or length_m >= 1_080.0)
    over = surfaces(
        airport(
            length_m=length_m,
            heights_amsl_m=(first_m, second_m),
            elevation_amsl_m=5.0,
            is_instrument=is_instrument,
            has_precision_approach=ils,
            designated=ALL_SURFACES if has_cone else frozenset(),
        )
    )
    at = scattered(np.random.default_rng(seed), 25_000.0 if has_cone else 6_000.0)

    floor_m = np.full(len(at), HIGHER_THAN_ALL_M)
    is_matched = np.zeros(len(at), dtype=np.bool_)
    exact_m, _ = over.lowest_at(*at.T)
    for part in surface_slices(over, cuts):
        inside = holds(part, at)
        floor_m[inside] = np.minimum(floor_m[inside], part.floor_amsl_m)
        near = (part.floor_amsl_m - ROUNDING_M <= exact_m) & (exact_m <= part.top_amsl_m + ROUNDING_M)
        is_matched |= inside & near

    covered = np.isfinite(exact_m)
    assert covered.any()
    assert (floor_m[covered] <= exact_m[covered] + ROUNDING_M).all(), "a slice lies over the surface"
    assert is_matched[covered].all(), "each height lies in a slice between its floor and its top"


def scattered(random: np.random.Generator, reach_m: float) -> Floats:
    """Return points all over, and more of them near the runway and in its line."""
    scales = [(reach_m, reach_m), (700.0, 5_000.0), (400.0, 2_000.0)]
    return np.concatenate([random.uniform(-1.0, 1.0, (300, 2)) * scale for scale in scales])
