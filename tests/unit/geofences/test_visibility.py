import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Point, Polygon, box

from geofences.shapes import XY, length_of
from geofences.visibility import VisibilityGraph

ROOM = box(0.0, 0.0, 100.0, 100.0)
WITH_BLOCK = Polygon(ROOM.exterior, [box(40.0, 40.0, 60.0, 60.0).exterior])


def test_a_free_line_is_the_path() -> None:
    assert VisibilityGraph(ROOM).shortest_path((1.0, 1.0), (99.0, 50.0)) == [(1.0, 1.0), (99.0, 50.0)]


def test_a_path_bends_at_the_corners_of_a_block() -> None:
    path = VisibilityGraph(WITH_BLOCK).shortest_path((30.0, 50.0), (70.0, 50.0))

    assert path is not None
    assert length_of(path) == pytest.approx(20.0 + 2.0 * math.hypot(10.0, 10.0))
    assert len(path) == 4


def test_a_path_may_run_along_an_edge() -> None:
    path = VisibilityGraph(WITH_BLOCK).shortest_path((40.0, 30.0), (40.0, 70.0))

    assert path == [(40.0, 30.0), (40.0, 70.0)]


@pytest.mark.parametrize(
    ("goal", "remark"),
    [
        ((50.0, 50.0), "inside the block"),
        ((200.0, 50.0), "outside the room"),
        ((310.0, 10.0), "in another room"),
    ],
)
def test_there_is_no_path_to_where_there_is_no_way(goal: XY, remark: str) -> None:
    rooms = MultiPolygon([WITH_BLOCK, box(300.0, 0.0, 320.0, 20.0)])

    assert VisibilityGraph(rooms).shortest_path((10.0, 10.0), goal) is None, remark


def test_an_equal_choice_is_made_the_same_way_every_time() -> None:
    paths = [VisibilityGraph(WITH_BLOCK).shortest_path((30.0, 50.0), (70.0, 50.0)) for _ in range(3)]

    assert paths[0] == paths[1] == paths[2]


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000))
def test_the_lazy_search_equals_a_full_search_over_all_corners(seed: int) -> None:
    area = scattered_blocks(seed)
    start, goal = (0.5, 0.5), (99.5, 99.5)

    path = VisibilityGraph(area).shortest_path(start, goal)

    expected_m = full_search(area, start, goal)
    if path is None:
        assert math.isinf(expected_m)
    else:
        assert length_of(path) == pytest.approx(expected_m, rel=1e-6)
        assert area.buffer(0.05).covers(LineString(path))


def scattered_blocks(seed: int) -> Polygon:
    """Return the part of a room around its corner that random blocks leave free."""
    random = np.random.default_rng(seed)
    centres = random.uniform(5.0, 95.0, size=(12, 2))
    sizes = random.uniform(2.0, 14.0, size=(12, 2))
    blocks = [box(x - w, y - h, x + w, y + h) for (x, y), (w, h) in zip(centres, sizes, strict=True)]
    keep = shapely.union_all([Point(0.5, 0.5).buffer(1.0), Point(99.5, 99.5).buffer(1.0)])
    free = shapely.union(
        shapely.difference(ROOM, shapely.union_all(blocks)), shapely.intersection(keep, ROOM)
    )
    return next(part for part in shapely.get_parts(free) if part.contains(Point(0.5, 0.5)))


def full_search(area: Polygon, start: XY, goal: XY) -> float:
    """Return the shortest length by Floyd and Warshall over every vertex: slow, and plainly right."""
    nodes = np.unique(np.vstack([shapely.get_coordinates(area), [start, goal]]), axis=0)
    count = len(nodes)
    first, second = np.triu_indices(count, 1)
    lines = shapely.linestrings(np.stack([nodes[first], nodes[second]], axis=1))
    free = shapely.covers(area.buffer(0.01, join_style="mitre"), lines)
    lengths = np.full((count, count), np.inf)
    lengths[first[free], second[free]] = shapely.length(lines[free])
    lengths = np.minimum(lengths, lengths.T)
    np.fill_diagonal(lengths, 0.0)
    for middle in range(count):
        lengths = np.minimum(lengths, lengths[:, middle : middle + 1] + lengths[middle : middle + 1, :])
    ends = [int(np.flatnonzero((nodes == each).all(axis=1))[0]) for each in (start, goal)]
    return float(lengths[ends[0], ends[1]])
