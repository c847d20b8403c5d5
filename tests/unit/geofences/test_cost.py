import itertools
import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from shapely import MultiPolygon, Polygon, box

from geofences.cost import LENGTH, CostRegion, LegCost, depends_on_elapsed
from geofences.regions import Layers
from geofences.shapes import XY, length_of
from geofences.visibility import VisibilityGraph
from tests.unit.geofences.brute_force import cost_of, earliest_arrival, full_search, scattered_blocks

Floats = npt.NDArray[np.float64]

SEA = box(0.0, 0.0, 10_000.0, 10_000.0)
SQUARE = box(4_000.0, 4_000.0, 6_000.0, 6_000.0)
START, GOAL = (0.5, 0.5), (99.5, 99.5)


@dataclass(frozen=True)
class Drift:
    """A norm that depends on the direction, as time in a uniform wind does."""

    x: float
    y: float
    depends_on_elapsed: bool = False

    def cost(self, starts: Floats, ends: Floats, elapsed: Floats) -> Floats:
        return self.bound(starts, ends)

    def bound(self, starts: Floats, ends: Floats) -> Floats:
        towards = ends - starts
        return np.asarray(np.hypot(towards[..., 0], towards[..., 1]) - towards @ np.array([self.x, self.y]))


class Tiring:
    """A drift that gets slower all the time, also on the way: its rate grows by 1 % a unit of cost."""

    drift = Drift(0.3, -0.2)

    def cost(self, starts: Floats, ends: Floats, elapsed: Floats) -> Floats:
        return np.asarray((100.0 + elapsed) * np.expm1(self.bound(starts, ends) / 100.0))

    def bound(self, starts: Floats, ends: Floats) -> Floats:
        return self.drift.bound(starts, ends)


class OneWay:
    """Nobody may go west."""

    depends_on_elapsed = False

    def cost(self, starts: Floats, ends: Floats, elapsed: Floats) -> Floats:
        return np.where(ends[:, 0] < starts[:, 0], math.inf, LENGTH.bound(starts, ends))

    def bound(self, starts: Floats, ends: Floats) -> Floats:
        return LENGTH.bound(starts, ends)


def least_over_refraction(leg: float, factor: float, up: float) -> float:
    """Return the cost through one straight border half way, by the best place to cross it (Snell's law)."""
    found = minimize_scalar(
        lambda y: math.hypot(leg, y) + factor * math.hypot(leg, up - y),
        bounds=(-up, 2 * up),
        method="bounded",
        options={"xatol": 1e-9},
    )
    return float(found.fun)


def test_a_cost_that_says_nothing_is_asked_leg_by_leg() -> None:
    assert [depends_on_elapsed(cost) for cost in (LENGTH, Drift(0.0, 0.0), Tiring())] == [False, False, True]


@settings(deadline=None, derandomize=True, max_examples=40)
@given(st.integers(0, 10_000), st.floats(0.0, 0.9), st.floats(0.0, 360.0), st.booleans())
def test_a_cost_with_a_direction_gets_the_path_of_a_full_search(
    seed: int, strength: float, direction_deg: float, asked_leg_by_leg: bool
) -> None:
    area = scattered_blocks(seed)
    angle = math.radians(direction_deg)
    cost = Drift(strength * math.cos(angle), strength * math.sin(angle), asked_leg_by_leg)

    path = VisibilityGraph(area).shortest_path(START, GOAL, cost)

    expected = full_search(area, START, GOAL, cost)
    assert (math.inf if path is None else cost_of(path, cost)) == pytest.approx(expected, rel=1e-6)


@settings(deadline=None, derandomize=True, max_examples=30)
@given(st.integers(0, 10_000))
def test_a_cost_that_grows_with_time_gets_the_earliest_arrival(seed: int) -> None:
    area = scattered_blocks(seed)

    path = VisibilityGraph(area).shortest_path(START, GOAL, Tiring())

    expected = earliest_arrival(area, START, GOAL, Tiring())
    assert (math.inf if path is None else cost_of(path, Tiring())) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("cost", [LENGTH, Drift(0.3, 0.1), Tiring()])
def test_where_the_area_is_closed_no_cost_finds_a_path(cost: LegCost) -> None:
    two_rooms = MultiPolygon([box(0.0, 0.0, 10.0, 10.0), box(20.0, 0.0, 30.0, 10.0)])

    assert VisibilityGraph(two_rooms).shortest_path((5.0, 5.0), (25.0, 5.0), cost) is None


def test_a_leg_that_costs_inf_is_not_flown() -> None:
    wall = Polygon(SEA.exterior, [box(4_000.0, 1_000.0, 5_000.0, 9_999.0).exterior])
    graph = VisibilityGraph(wall)

    assert graph.shortest_path((1_000.0, 5_000.0), (9_000.0, 5_000.0), OneWay()) is not None
    assert graph.shortest_path((9_000.0, 5_000.0), (1_000.0, 5_000.0), OneWay()) is None
    assert graph.shortest_path((9_000.0, 5_000.0), (8_000.0, 5_000.0), OneWay()) is None, "a free line, too"


def test_a_caution_zone_is_crossed_where_the_detour_costs_more() -> None:
    start, goal = (3_000.0, 5_000.0), (7_000.0, 5_000.0)

    path = VisibilityGraph(SEA, [CostRegion(SQUARE, 1.05)]).shortest_path(start, goal)

    assert path is not None
    assert length_of(path) == pytest.approx(4_000.0)


def test_a_caution_zone_is_flown_around_where_the_detour_pays() -> None:
    start, goal = (3_000.0, 5_000.0), (7_000.0, 5_000.0)

    path = VisibilityGraph(SEA, [CostRegion(SQUARE, 1.5)]).shortest_path(start, goal)

    assert path is not None
    assert length_of(path) == pytest.approx(2_000.0 + 2.0 * math.hypot(1_000.0, 1_000.0))
    assert not shapely.LineString(path).crosses(SQUARE)


@settings(deadline=None, derandomize=True, max_examples=20)
@given(st.floats(1.1, 4.0), st.floats(500.0, 6_000.0))
def test_a_path_refracts_at_a_border_as_light_does(factor: float, up_m: float) -> None:
    east = CostRegion(box(5_000.0, -5_000.0, 15_000.0, 15_000.0), factor)
    start, goal = (1_000.0, 1_000.0), (9_000.0, 1_000.0 + up_m)
    graph = VisibilityGraph(SEA, [east])

    path = graph.shortest_path(start, goal)

    expected_m = least_over_refraction(4_000.0, factor, up_m)
    assert path is not None
    assert regional_length(path, [east]) == pytest.approx(expected_m, rel=1e-5)
    assert graph.path_lengths([start, goal])[0, 1] == pytest.approx(expected_m, rel=1e-3)


@settings(deadline=None, derandomize=True, max_examples=25)
@given(
    st.floats(1.05, 3.0),
    st.tuples(st.floats(500.0, 3_500.0), st.floats(500.0, 9_500.0)),
    st.tuples(st.floats(6_500.0, 9_500.0), st.floats(500.0, 9_500.0)),
)
def test_a_path_by_a_square_caution_zone_is_within_a_thousandth_of_the_best(
    factor: float, start: XY, goal: XY
) -> None:
    region = CostRegion(SQUARE, factor)

    path = VisibilityGraph(SEA, [region]).shortest_path(start, goal)

    assert path is not None
    assert regional_length(path, [region]) <= 1.001 * best_past_square(factor, start, goal)


def test_a_cheap_lane_is_entered_and_left_where_it_pays() -> None:
    lane = CostRegion(box(0.0, 4_900.0, 10_000.0, 5_100.0), 1.0)
    graph = VisibilityGraph(SEA, [lane], outside_factor=1.25)

    path = graph.shortest_path((1_000.0, 4_000.0), (9_000.0, 4_000.0))

    # Critical angle: leave the lane at sin(angle) = 1 / 1.25, so 3/5 of the way down is straight.
    slant_m = 900.0 / 0.6
    expected_m = 2 * 1.25 * slant_m + (8_000.0 - 2 * 0.8 * slant_m)
    assert path is not None
    assert regional_length(path, [lane], 1.25) == pytest.approx(expected_m, rel=1e-4)


def test_where_regions_overlap_the_largest_factor_counts() -> None:
    regions = [CostRegion(box(2_000.0, 0.0, 6_000.0, 10_000.0), 2.0), CostRegion(SQUARE, 3.0)]
    layers = Layers(regions, 1.5)
    end = np.array([[10_000.0, 5_000.0]])

    factors = layers.factors(np.array([0.0, 5_000.0]), end, layers.level_at(end))

    assert factors[0] == pytest.approx(0.6 * 1.5 + 0.2 * 2.0 + 0.2 * 3.0, abs=1e-4)


@settings(deadline=None, derandomize=True, max_examples=50)
@given(st.integers(0, 10_000))
def test_the_mean_factor_of_a_leg_is_that_of_its_points(seed: int) -> None:
    random = np.random.default_rng(seed)
    regions = [
        CostRegion(shapely.Point(place).buffer(radius, quad_segs=4), factor)
        for place, radius, factor in zip(
            random.uniform(0, 1e4, (5, 2)),
            random.uniform(5e2, 3e3, 5),
            random.choice([0.5, 1.5, 2.0, 4.0], 5),
            strict=True,
        )
    ]
    layers = Layers(regions, 1.2)
    points = random.uniform(0, 1e4, (20, 2))

    factors = layers.factors(points[0], points[1:], layers.level_at(points[1:]))

    expected = [
        regional_length([tuple(points[0]), tuple(end)], regions, 1.2) / math.dist(points[0], end)
        for end in points[1:]
    ]
    np.testing.assert_allclose(factors, expected, rtol=1e-3)


def test_regions_change_no_path_that_stays_clear_of_them() -> None:
    area = scattered_blocks(11)
    far = CostRegion(box(-20.0, -20.0, -10.0, -10.0), 3.0)

    paths = [VisibilityGraph(area, regions).shortest_path(START, GOAL) for regions in ((), (far,))]

    assert paths[0] == paths[1]


def test_a_graph_with_regions_and_without_an_obstacle_equals_one_made_from_scratch() -> None:
    regions = [CostRegion(SQUARE, 2.0)]
    obstacle = shapely.Point(6_000.0, 6_000.0).buffer(700.0)
    places = [(1_000.0, 1_000.0), (9_000.0, 9_000.0), (5_000.0, 5_000.0), (6_900.0, 6_000.0)]
    graph = VisibilityGraph(SEA, regions)
    graph.path_lengths(places)

    smaller = graph.without(obstacle)

    scratch = VisibilityGraph(SEA.difference(obstacle), regions)
    np.testing.assert_allclose(smaller.path_lengths(places), scratch.path_lengths(places), rtol=1e-9)
    assert smaller.shortest_path(places[0], places[1]) == scratch.shortest_path(places[0], places[1])


@pytest.mark.parametrize("factor", [0.0, -1.0, math.inf, math.nan])
def test_a_factor_must_be_a_positive_number(factor: float) -> None:
    with pytest.raises(ValueError, match="positive number"):
        CostRegion(SQUARE, factor)


def regional_length(path: list[XY], regions: list[CostRegion], outside: float = 1.0) -> float:
    """Return what a path costs by shapely's intersections: the boundary of a region is outside."""
    total = 0.0
    for leg in itertools.pairwise(path):
        rest = shapely.LineString(leg)
        for region in sorted(regions, key=lambda each: -each.factor):
            shape = region.shape.buffer(-0.02 if region.factor > outside else 0.02)
            total += region.factor * rest.intersection(shape).length
            rest = rest.difference(shape)
        total += outside * rest.length
    return total


def best_past_square(factor: float, start: XY, goal: XY) -> float:
    """Return the least cost from west to east of the square: straight, around, or in and out anywhere."""
    side = np.linspace(4_000.0, 6_000.0, 401)
    edge = np.concatenate(
        [
            np.stack(pair, axis=1)
            for x in (4_000.0, 6_000.0)
            for pair in ((np.full(401, x), side), (side, np.full(401, x)))
        ]
    )
    to_edge, from_edge = clear_lengths(start, edge), clear_lengths(goal, edge)
    inside = np.hypot(*(edge[:, None] - edge[None]).transpose(2, 0, 1)) * factor
    around = min(
        length_of([start, *corners, goal])
        for corners in itertools.chain.from_iterable(
            itertools.permutations(list(SQUARE.exterior.coords)[:-1], count) for count in range(4)
        )
        if not shapely.LineString([start, *corners, goal]).intersects(SQUARE.buffer(-0.01))
    )
    return float(min(around, (to_edge[:, None] + inside + from_edge[None]).min()))


def clear_lengths(point: XY, edge: Floats) -> Floats:
    lines = shapely.linestrings(np.stack([np.broadcast_to(point, edge.shape), edge], axis=1))
    return np.where(shapely.intersects(lines, SQUARE.buffer(-0.01)), math.inf, shapely.length(lines))
