import numpy as np
import numpy.typing as npt
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Polygon, box

from geofences.outline import simplified

Corners = npt.NDArray[np.float64]

EVERYWHERE = box(-1e5, -1e5, 1e5, 1e5)


def corners(*points: tuple[float, float]) -> Corners:
    return np.array(points, dtype=np.float64)


def test_corners_on_a_straight_edge_go_first() -> None:
    ring = corners((0, 0), (40, 0), (100, 0), (100, 100), (0, 100))

    found = simplified(ring, EVERYWHERE, 4)

    assert sorted(map(tuple, found.tolist())) == [(0, 0), (0, 100), (100, 0), (100, 100)]


def test_within_the_budget_nothing_changes() -> None:
    ring = corners((0, 0), (40, 1), (100, 0), (100, 100), (0, 100))

    assert simplified(ring, EVERYWHERE, 5).tolist() == ring.tolist()


def test_a_triangle_is_the_least() -> None:
    ring = corners((0, 0), (100, 0), (100, 100), (0, 100))

    assert len(simplified(ring, EVERYWHERE, 1)) == 3


def test_of_two_corners_the_flatter_is_cut() -> None:
    ring = corners((0, 0), (50, -1), (100, 0), (100, 100), (50, 110), (0, 100))

    found = simplified(ring, EVERYWHERE, 5)

    assert [50.0, 110.0] in found.tolist()
    assert [50.0, -1.0] not in found.tolist()


def test_two_edges_are_lengthened_where_a_corner_may_not_be_cut() -> None:
    ring = corners((0, 0), (100, 0), (100, 90), (90, 100), (0, 100))
    outside_only = shapely.difference(EVERYWHERE, Polygon(ring))

    found = simplified(ring, outside_only, 4)

    assert len(found) == 4
    assert Polygon(found).symmetric_difference(box(0, 0, 100, 100)).area == pytest.approx(0.0, abs=1e-6)


def test_where_no_room_is_left_the_ring_stays() -> None:
    ring = corners((0, 0), (50, -10), (100, 0), (100, 100), (0, 100))

    assert simplified(ring, Polygon(), 3).tolist() == ring.tolist()


def test_a_move_that_sweeps_over_what_is_not_free_is_refused() -> None:
    ring = corners((0, 0), (50, -10), (100, 0), (100, 100), (0, 100))
    taken = box(45, -8, 55, -2)

    found = simplified(ring, shapely.difference(EVERYWHERE, taken), 3)

    assert Polygon(found).covers(taken) == Polygon(ring).covers(taken)


def test_a_cut_that_would_cross_another_part_of_the_ring_is_refused() -> None:
    spike = [(51, 100), (50, -10), (49, 100)]
    ring = corners((0, 0), (50, -20), (100, 0), (100, 100), *spike, (0, 100))
    room = shapely.difference(EVERYWHERE, box(49.95, 49, 50.05, 51))

    found = simplified(ring, room, 7)

    assert len(found) == 7
    assert Polygon(found).is_valid, "the spike reaches beyond a line over the lowest corner"


def test_nearly_parallel_edges_are_not_lengthened_beyond_reason() -> None:
    ring = corners((0, 0), (1_000, 0), (999, 100_000), (1, 100_000))
    beyond = shapely.difference(box(-1e9, -1e9, 1e9, 1e9), Polygon(ring))

    assert simplified(ring, beyond, 3).tolist() == ring.tolist(), "they meet 50,000 km further north"


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.integers(0, 10_000), st.integers(3, 20))
def test_an_outline_keeps_what_it_holds_and_reaches_nothing_forbidden(seed: int, budget: int) -> None:
    random = np.random.default_rng(seed)
    line = LineString(np.cumsum(random.uniform(-400.0, 1_000.0, (6, 2)), axis=0))
    inner, outer = line.buffer(100.0), line.buffer(180.0)
    middle = Polygon(line.buffer(140.0).exterior)
    holes = shapely.union_all([Polygon(ring) for ring in outer.interiors])
    room = shapely.difference(shapely.union(outer, holes), inner)
    ring = shapely.get_coordinates(middle.exterior)[:-1]

    found = Polygon(simplified(ring, MultiPolygon(shapely.get_parts(room).tolist()), budget))

    assert found.is_valid
    assert found.buffer(1e-6).covers(inner)
    assert shapely.union(outer, holes).buffer(1e-6).covers(found)
    assert 3 <= len(found.exterior.coords) - 1 <= max(len(ring), 3)
    assert len(found.exterior.coords) - 1 < len(ring) / 2 or len(ring) <= 2 * budget
