import itertools
import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import dijkstra
from shapely import LineString, MultiPolygon, Point, Polygon, box

from geofences.loading import load_airspace
from geofences.shapes import XY, length_of, polygons
from geofences.visibility import VisibilityGraph
from tests.unit.geofences.brute_force import ROOM, full_search, scattered_blocks

WITH_BLOCK = Polygon(ROOM.exterior, [box(40.0, 40.0, 60.0, 60.0).exterior])
START, GOAL = (0.5, 0.5), (99.5, 99.5)


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


def test_a_line_through_two_opposite_corners_of_a_block_is_not_free() -> None:
    graph = VisibilityGraph(WITH_BLOCK)

    assert not graph.is_free((30.0, 30.0), (70.0, 70.0))
    assert graph.is_free((30.0, 50.0), (50.0, 30.0)), "touches one corner"


@pytest.mark.parametrize(
    ("start", "goal", "remark"),
    [
        ((40.0, 40.0), (60.0, 60.0), "from corner to corner"),
        ((50.0, 40.0), (50.0, 60.0), "from edge to edge"),
        ((0.0, 0.0), (100.0, 100.0), "from the boundary to the boundary"),
    ],
)
def test_ends_may_lie_on_the_boundary(start: XY, goal: XY, remark: str) -> None:
    path = VisibilityGraph(WITH_BLOCK).shortest_path(start, goal)

    assert path is not None, remark
    assert length_of(path) == pytest.approx(full_search(WITH_BLOCK, start, goal)), remark


def test_a_path_to_where_one_is_has_no_length() -> None:
    assert VisibilityGraph(WITH_BLOCK).shortest_path((40.0, 40.0), (40.0, 40.0)) == [(40.0, 40.0)] * 2


@pytest.mark.parametrize(
    ("goal", "remark"),
    [
        ((50.0, 50.0), "inside the block"),
        ((200.0, 50.0), "outside the room"),
        ((310.0, 10.0), "in another room"),
        ((math.nan, 10.0), "nowhere"),
    ],
)
def test_there_is_no_path_to_where_there_is_no_way(goal: XY, remark: str) -> None:
    graph = VisibilityGraph(MultiPolygon([WITH_BLOCK, box(300.0, 0.0, 320.0, 20.0)]))

    assert graph.shortest_path((10.0, 10.0), goal) is None, remark
    assert graph.shortest_path(goal, (10.0, 10.0)) is None, remark
    assert not graph.is_free((10.0, 10.0), goal), remark


def test_a_path_passes_between_two_blocks_that_touch_in_a_point() -> None:
    area = Polygon(ROOM.exterior, [box(0.1, 0.1, 50.0, 50.0).exterior, box(50.0, 50.0, 99.9, 99.9).exterior])

    path = VisibilityGraph(area).shortest_path((40.0, 60.0), (60.0, 45.0))

    assert path == [(40.0, 60.0), (50.0, 50.0), (60.0, 45.0)]


def test_rooms_that_touch_in_a_point_are_joined() -> None:
    rooms = MultiPolygon([box(0.0, 0.0, 10.0, 10.0), box(10.0, 10.0, 20.0, 20.0)])

    assert VisibilityGraph(rooms).shortest_path((8.0, 5.0), (15.0, 12.0)) == [
        (8.0, 5.0),
        (10.0, 10.0),
        (15.0, 12.0),
    ]


def test_an_equal_choice_is_made_the_same_way_by_every_graph() -> None:
    paths = [VisibilityGraph(WITH_BLOCK).shortest_path((30.0, 50.0), (70.0, 50.0)) for _ in range(3)]

    assert paths[0] == paths[1] == paths[2]


def test_a_path_is_the_same_before_and_after_others_were_asked_for() -> None:
    area = scattered_blocks(7)
    fresh, used = VisibilityGraph(area), VisibilityGraph(area)
    places = free_points(area, 12)

    for start, goal in itertools.permutations(places, 2):
        used.shortest_path(start, goal)

    start, goal = places[:2]
    assert fresh.shortest_path(start, goal) == used.shortest_path(start, goal)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.integers(0, 10_000))
def test_the_search_equals_a_full_search_over_all_corners(seed: int) -> None:
    area = scattered_blocks(seed)

    path = VisibilityGraph(area).shortest_path(START, GOAL)

    expected_m = full_search(area, START, GOAL)
    if path is None:
        assert math.isinf(expected_m)
    else:
        assert length_of(path) == pytest.approx(expected_m, rel=1e-6)
        assert area.buffer(0.05).covers(LineString(path))


def test_the_matrix_of_lengths_holds_each_shortest_path() -> None:
    area = scattered_blocks(3)
    places = [*free_points(area, 8), (-5.0, 50.0)]
    graph = VisibilityGraph(area)

    lengths = graph.path_lengths(places)

    for (row, start), (column, goal) in itertools.product(enumerate(places), repeat=2):
        path = graph.shortest_path(start, goal)
        expected_m = math.inf if path is None else length_of(path)
        assert lengths[row, column] == pytest.approx(0.0 if row == column else expected_m), (start, goal)
    assert np.isinf(lengths[-1, :-1]).all(), "the last place lies outside"


def test_the_matrix_of_no_places_is_empty() -> None:
    assert VisibilityGraph(ROOM).path_lengths([]).shape == (0, 0)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.integers(0, 10_000), st.tuples(st.floats(10, 90), st.floats(10, 90)), st.floats(1.0, 30.0))
def test_a_graph_without_an_obstacle_equals_one_made_from_scratch(
    seed: int, centre: XY, radius_m: float
) -> None:
    area = scattered_blocks(seed)
    obstacle = Point(centre).buffer(radius_m, quad_segs=3)
    graph = VisibilityGraph(area)
    graph.shortest_path(START, GOAL)

    smaller = graph.without(obstacle)

    rest = shapely.difference(area, obstacle)
    scratch = VisibilityGraph(MultiPolygon(polygons(rest)))
    places = [*free_points(rest, 5), START, GOAL]
    assert smaller.vertex_count == scratch.vertex_count
    np.testing.assert_allclose(smaller.path_lengths(places), scratch.path_lengths(places), rtol=1e-9)
    assert links_of(smaller) == links_of(scratch)


def test_a_graph_without_an_obstacle_leaves_the_first_as_it_was() -> None:
    graph = VisibilityGraph(ROOM)
    graph.shortest_path((10.0, 50.0), (90.0, 50.0))

    smaller = graph.without(box(40.0, 40.0, 60.0, 60.0))

    assert graph.shortest_path((10.0, 50.0), (90.0, 50.0)) == [(10.0, 50.0), (90.0, 50.0)]
    assert len(smaller.shortest_path((10.0, 50.0), (90.0, 50.0)) or []) == 4
    assert smaller.without(box(45.0, -1.0, 55.0, 101.0)).shortest_path((10.0, 50.0), (90.0, 50.0)) is None


def test_without_everything_nothing_is_left() -> None:
    nothing = VisibilityGraph(ROOM).without(ROOM.buffer(1.0))

    assert nothing.vertex_count == 0
    assert nothing.shortest_path((1.0, 1.0), (2.0, 2.0)) is None


def test_paths_around_the_coast_of_goto_equal_those_over_all_its_vertices() -> None:
    window = box(-4_000.0, 22_000.0, 8_000.0, 34_000.0)
    area = max(polygons(load_airspace().terrain.cruise.intersection(window)), key=lambda part: part.area)
    places = free_points(area, 10)
    nodes = np.vstack([shapely.get_coordinates(area), places])
    first, second = np.triu_indices(len(nodes), 1)
    lines = shapely.linestrings(np.stack([nodes[first], nodes[second]], axis=1))
    grown = area.buffer(0.01, join_style="mitre")
    shapely.prepare(grown)
    sight = np.zeros((len(nodes), len(nodes)))
    sight[first, second] = np.where(shapely.covers(grown, lines), shapely.length(lines), 0.0)

    lengths = VisibilityGraph(area).path_lengths(places)

    expected = dijkstra(sight, directed=False, indices=np.arange(len(nodes) - 10, len(nodes)))[:, -10:]
    assert (lengths > 1.0001 * np.hypot(*(nodes[-10:, None] - nodes[None, -10:]).T)).sum() > 20, (
        "not all straight"
    )
    np.testing.assert_allclose(lengths, expected, rtol=1e-6)


def free_points(area: Polygon | MultiPolygon, count: int) -> list[XY]:
    random = np.random.default_rng(count)
    west, south, east, north = area.bounds if not area.is_empty else ROOM.bounds
    places = random.uniform((west, south), (east, north), size=(400, 2))
    places = places[shapely.contains_xy(area, places)]
    return [(float(x), float(y)) for x, y in places[:count]]


def links_of(graph: VisibilityGraph) -> set[tuple[float, ...]]:
    links, at = graph._links, graph._scene.nodes.at
    return {tuple(row) for row in np.hstack([at[links.rows], at[links.columns]]).tolist()}
