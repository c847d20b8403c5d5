import itertools

import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, box

from geofences.cost import CostRegion
from geofences.fans import Fans, strip_between
from geofences.regions import Layers
from geofences.sight import Boundary, Floats
from tests.unit.geofences.brute_force import scattered_blocks


@settings(deadline=None, derandomize=True, max_examples=100)
@given(st.integers(0, 10_000))
def test_lines_looked_at_together_cross_what_each_crosses_alone(seed: int) -> None:
    area = scattered_blocks(seed)
    boundary = Boundary(area)
    starts, ends = two_groups(seed)

    edges = boundary.segments[boundary.edges_within(strip_between(starts, ends))]
    clear = Fans.of(edges, starts, ends).are_clear

    for (row, start), (column, end) in itertools.product(enumerate(starts), enumerate(ends)):
        crosses = shapely.intersects(shapely.boundary(area), LineString([start, end]))
        assert clear[row, column] == (not crosses), (start, end)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(st.integers(0, 10_000))
def test_factors_of_lines_looked_at_together_are_those_of_each_alone(seed: int) -> None:
    regions = [CostRegion(box(20.0, 20.0, 60.0, 60.0), 2.0), CostRegion(box(40.0, 10.0, 90.0, 50.0), 3.0)]
    layers = Layers(regions, 1.5)
    starts, ends = two_groups(seed)
    levels = layers.level_at(ends)

    edges, steps = layers.edges_within(strip_between(starts, ends))
    together = layers.factors_between(Fans.of(edges, starts, ends), steps, levels)

    alone = [layers.factors(start, ends, levels) for start in starts]
    np.testing.assert_allclose(together, alone, rtol=1e-9)


def test_a_strip_around_one_point_holds_the_edges_there() -> None:
    boundary = Boundary(box(0.0, 0.0, 10.0, 10.0))
    point = np.array([[0.0, 5.0]])

    edges = boundary.segments[boundary.edges_within(strip_between(point, point))]

    assert [0.0, 10.0, 0.0, 0.0] in edges.tolist()


def two_groups(seed: int) -> tuple[Floats, Floats]:
    """Five points and four others, each group within 20 m, anywhere in a room of 100 m."""
    random = np.random.default_rng(seed)
    starts, ends = random.uniform(0.0, 80.0, size=(2, 1, 2)) + random.uniform(0.0, 20.0, size=(2, 5, 2))
    return starts, ends[:4]
