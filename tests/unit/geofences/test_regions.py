import itertools
import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import dijkstra
from shapely import MultiPolygon, Point, Polygon, box

from geofences.cost import CostRegion
from geofences.regions import STEINER_SPACING_M, Layers
from geofences.shapes import XY
from geofences.visibility import VisibilityGraph

Floats = npt.NDArray[np.float64]

SEA = box(-3_000.0, -3_000.0, 3_000.0, 3_000.0)
EAST = box(0.0, -4_000.0, 4_000.0, 4_000.0)


def mean_factors(
    starts: Floats, ends: Floats, regions: Sequence[CostRegion], outside_factor: float = 1.0
) -> Floats:
    """Return the mean factors of lines by intersecting them with each region, the dearest first.

    The edge of a region belongs to its cheaper side, so regions are taken five centimetres smaller or larger.
    """
    lines = shapely.linestrings(np.stack(np.broadcast_arrays(starts, ends), axis=1))
    length_m = shapely.length(lines)
    total, taken = np.zeros(len(lines)), Polygon()
    rest_m = length_m.copy()
    for region in sorted(regions, key=lambda each: -each.factor):
        edge_m = -0.05 if region.factor > outside_factor else 0.05
        shape = shapely.buffer(region.shape, edge_m, join_style="mitre")
        part_m = shapely.length(shapely.intersection(lines, shapely.difference(shape, taken)))
        total, rest_m = total + region.factor * part_m, rest_m - part_m
        taken = shapely.union(taken, shape)
    return np.asarray((total + outside_factor * rest_m) / length_m)


def cost_of(path: Sequence[XY], regions: Sequence[CostRegion], outside_factor: float = 1.0) -> float:
    """Return the length of a path, each metre times the factor where it lies."""
    table = np.array(path)
    length_m = np.hypot(*(table[1:] - table[:-1]).T)
    return float((length_m * mean_factors(table[:-1], table[1:], regions, outside_factor)).sum())


def path_through(
    area: Polygon, regions: Sequence[CostRegion], start: XY, goal: XY, outside_factor: float = 1.0
) -> list[XY]:
    path = VisibilityGraph(area, regions, outside_factor).shortest_path(start, goal)
    assert path is not None
    return path


def finest(
    area: Polygon, regions: Sequence[CostRegion], start: XY, goal: XY, spacing_m: float, outside: float = 1.0
) -> float:
    """Return the least cost over all lines between points that lie densely on every boundary."""
    rings = [ring for region in regions for ring in shapely.get_rings(region.shape)]
    dense = shapely.get_coordinates(shapely.segmentize(rings, spacing_m))
    dense = dense[shapely.intersects_xy(area, dense)]
    nodes = np.unique(np.concatenate([dense, shapely.get_coordinates(area), [start, goal]]), axis=0)
    first, second = np.triu_indices(len(nodes), 1)
    lines = shapely.linestrings(np.stack([nodes[first], nodes[second]], axis=1))
    room = area.buffer(1e-6, join_style="mitre")
    shapely.prepare(room)
    seen = shapely.covers(room, lines)
    first, second, lines = first[seen], second[seen], lines[seen]
    table = np.zeros((len(nodes), len(nodes)))
    table[first, second] = shapely.length(lines) * mean_factors(nodes[first], nodes[second], regions, outside)
    ends = [int(np.flatnonzero((nodes == each).all(axis=1))[0]) for each in (start, goal)]
    return float(dijkstra(table, directed=False, indices=ends[0])[ends[1]])


@pytest.mark.parametrize("factor", [1.2, 2.0, 5.0])
@pytest.mark.parametrize("goal", [(1_500.0, 2_000.0), (200.0, 2_500.0), (2_500.0, -1_000.0)])
def test_a_path_refracts_where_it_enters_a_dearer_region(factor: float, goal: XY) -> None:
    start = (-1_500.0, -1_000.0)
    enters_m = np.linspace(-3_000.0, 3_000.0, 600_001)
    outside = np.hypot(start[0], enters_m - start[1])
    inside = np.hypot(goal[0], goal[1] - enters_m)

    path = path_through(SEA, [CostRegion(EAST, factor)], start, goal)

    assert cost_of(path, [CostRegion(EAST, factor)]) == pytest.approx(
        float((outside + factor * inside).min()), rel=1e-4
    )


def test_at_a_straight_boundary_the_sines_are_as_the_factors() -> None:
    start, goal, factor = (-2_000.0, -2_000.0), (2_000.0, 500.0), 1.6

    path = path_through(SEA, [CostRegion(EAST, factor)], start, goal)

    (_, (x_m, y_m), _) = path
    sines = [abs(y_m - each[1]) / math.dist((x_m, y_m), each) for each in (start, goal)]
    assert x_m == pytest.approx(0.0, abs=0.01)
    assert sines[0] == pytest.approx(factor * sines[1], rel=0.01), "the law of Snell"


def test_a_detour_is_taken_exactly_where_it_pays() -> None:
    block = box(-500.0, -500.0, 500.0, 500.0)
    around_m = 2.0 * (math.hypot(500.0, 500.0) + 500.0)

    straight = path_through(SEA, [CostRegion(block, 1.3)], (-1_000.0, 0.0), (1_000.0, 0.0))
    around = path_through(SEA, [CostRegion(block, 2.0)], (-1_000.0, 0.0), (1_000.0, 0.0))

    assert cost_of(straight, [CostRegion(block, 1.3)]) == pytest.approx(2_300.0, abs=0.1)
    assert cost_of(around, [CostRegion(block, 2.0)]) == pytest.approx(around_m, rel=1e-4)
    assert straight == [(-1_000.0, 0.0), (1_000.0, 0.0)]


def test_a_cheaper_region_draws_the_path_in() -> None:
    lane = CostRegion(box(-2_500.0, 400.0, 2_500.0, 800.0), 0.5)
    start, goal = (-2_000.0, 0.0), (2_000.0, 0.0)

    path = path_through(SEA, [lane], start, goal)

    # Both ways into the lane meet its edge at 60 degrees, so that the cosine is 0.5.
    aside_m = 400.0 / math.tan(math.radians(60.0))
    expected = 2.0 * 400.0 / math.sin(math.radians(60.0)) + 0.5 * (4_000.0 - 2.0 * aside_m)
    assert cost_of(path, [lane]) == pytest.approx(expected, rel=1e-3)
    assert any(399.0 <= y_m <= 401.0 for _, y_m in path)


def test_outside_of_lanes_the_open_sea_costs_more() -> None:
    lane = CostRegion(box(-2_500.0, 400.0, 2_500.0, 800.0), 1.0)
    start, goal = (-2_000.0, 0.0), (2_000.0, 0.0)

    path = path_through(SEA, [lane], start, goal, 2.0)

    aside_m = 400.0 / math.tan(math.radians(60.0))
    expected = 2.0 * 2.0 * 400.0 / math.sin(math.radians(60.0)) + (4_000.0 - 2.0 * aside_m)
    assert cost_of(path, [lane], 2.0) == pytest.approx(expected, rel=1e-3)


@settings(deadline=None, derandomize=True, max_examples=5)
@given(st.integers(0, 1_000), st.floats(1.1, 4.0), st.floats(1.1, 4.0))
def test_a_path_through_regions_is_within_a_thousandth_of_a_fine_search(
    seed: int, one_factor: float, other_factor: float
) -> None:
    random = np.random.default_rng(seed)
    regions = [CostRegion(random_shape(random), factor) for factor in (one_factor, other_factor)]
    island = Point(*random.uniform(-600.0, 600.0, 2)).buffer(random.uniform(200.0, 500.0), quad_segs=2)
    area = Polygon(SEA.exterior, [island.exterior])
    start, goal = (
        (-2_000.0, float(random.uniform(-900.0, 900.0))),
        (2_000.0, float(random.uniform(-900.0, 900.0))),
    )

    path = path_through(area, regions, start, goal)

    best = finest(area, regions, start, goal, 80.0)
    assert area.buffer(0.05).covers(shapely.LineString(path))
    assert cost_of(path, regions) <= best * 1.001


def random_shape(random: np.random.Generator) -> Polygon:
    """Return a polygon of three to seven corners near the middle."""
    corners = random.uniform(-1_500.0, 1_500.0, (int(random.integers(3, 8)), 2))
    return Polygon(shapely.get_coordinates(shapely.convex_hull(shapely.multipoints(corners))))


@settings(deadline=None, derandomize=True, max_examples=100)
@given(st.integers(0, 10_000), st.floats(0.5, 3.0))
def test_the_mean_factor_of_a_line_is_that_of_its_parts(seed: int, outside_factor: float) -> None:
    random = np.random.default_rng(seed)
    regions = [
        CostRegion(random_shape(random), float(factor))
        for factor in random.uniform(0.3, 4.0, random.integers(1, 5))
    ]
    layers = Layers(regions, outside_factor)
    origin, ends = random.uniform(-2_000.0, 2_000.0, 2), random.uniform(-2_000.0, 2_000.0, (30, 2))

    found = layers.factors(origin, ends, layers.level_at(ends))

    length_m = np.hypot(*(ends - origin).T)
    expected = mean_factors(origin[None], ends, regions, outside_factor)
    np.testing.assert_allclose(found * length_m, expected * length_m, atol=5.0)


def test_the_largest_factor_holds_where_regions_overlap() -> None:
    layers = Layers(
        [CostRegion(box(0.0, 0.0, 100.0, 100.0), 2.0), CostRegion(box(50.0, 0.0, 150.0, 100.0), 3.0)], 1.5
    )

    levels = layers.level_at(np.array([[25.0, 50.0], [75.0, 50.0], [125.0, 50.0], [175.0, 50.0]]))

    assert (levels + 1.5).tolist() == pytest.approx([2.0, 3.0, 3.0, 1.5])
    assert layers.least_factor == 1.5


def test_the_least_factor_may_be_that_of_a_region() -> None:
    assert Layers([CostRegion(EAST, 0.5), CostRegion(SEA, 2.0)], 1.0).least_factor == 0.5


@pytest.mark.parametrize(("factor", "on_edge"), [(2.0, 1.0), (0.5, 0.5)])
def test_the_edge_of_a_region_belongs_to_its_cheaper_side(factor: float, on_edge: float) -> None:
    layers = Layers([CostRegion(box(0.0, 0.0, 100.0, 100.0), factor)], 1.0)
    ends = np.array([[0.0, 90.0]])

    (found,) = layers.factors(np.array([0.0, 10.0]), ends, layers.level_at(ends))

    assert found == pytest.approx(on_edge)


def test_paths_may_bend_at_points_along_the_boundary_inside_the_area() -> None:
    layers = Layers([CostRegion(box(0.0, 0.0, 1_000.0, 1_000.0), 2.0)], 1.0)

    nodes = layers.nodes_in(box(-500.0, 450.0, 500.0, 1_500.0))

    assert layers.spacing_m == STEINER_SPACING_M
    assert shapely.distance(shapely.points(nodes), layers.rings[0]).max() < 1e-9
    assert {(0.0, 1_000.0), (0.0, 450.0), (500.0, 1_000.0)} <= {(float(x), float(y)) for x, y in nodes}
    assert len(nodes) == 12, "six on each of both edges, 450 and 1,000 and between"
    gaps_m = [math.dist(one, other) for one, other in itertools.pairwise(nodes.tolist())]
    assert max(gaps_m) <= STEINER_SPACING_M


def test_on_long_boundaries_the_points_lie_further_apart() -> None:
    layers = Layers([CostRegion(box(0.0, 0.0, 100_000.0, 100_000.0), 2.0)], 1.0)

    assert layers.spacing_m == pytest.approx(1_000.0)


def test_a_region_thinner_than_the_edge_counts_for_nothing() -> None:
    thin = CostRegion(MultiPolygon([box(0.0, 0.0, 0.01, 100.0)]), 5.0)
    layers = Layers([thin], 1.0)

    assert layers.level_at(np.array([[0.005, 50.0]])).tolist() == [0.0]


def test_without_regions_there_is_nowhere_to_bend() -> None:
    layers = Layers([], 2.0)

    assert layers.nodes_in(SEA).shape == (0, 2)
    ends = np.array([[10.0, 0.0]])
    assert layers.factors(np.zeros(2), ends, layers.level_at(ends)).tolist() == [2.0]
