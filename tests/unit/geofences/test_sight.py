import numpy as np
import numpy.typing as npt
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Polygon, box

from geofences.sight import Boundary, any_crossed, line_through
from tests.unit.geofences.brute_force import ROOM

Floats = npt.NDArray[np.float64]

WITH_BLOCK = Polygon(ROOM.exterior, [box(40.0, 40.0, 60.0, 60.0).exterior])


def room_with_blocks(seed: int) -> Polygon:
    """Return the largest part of a room that some random blocks leave free."""
    random = np.random.default_rng(seed)
    centres, sizes = random.uniform(0.0, 100.0, (12, 2)), random.uniform(2.0, 14.0, (12, 2))
    blocks = [box(x - w, y - h, x + w, y + h) for (x, y), (w, h) in zip(centres, sizes, strict=True)]
    parts = shapely.get_parts(shapely.difference(ROOM, shapely.union_all(blocks)))
    return max(parts, key=lambda part: part.area)


def points_inside(area: Polygon, count: int, seed: int) -> Floats:
    random = np.random.default_rng(seed)
    places = random.uniform(0.0, 100.0, size=(2_000, 2))
    return np.asarray(places[shapely.contains_xy(area, places)][:count])


def covered(area: Polygon, origin: Floats, ends: Floats) -> list[bool]:
    lines = shapely.linestrings(np.stack(np.broadcast_arrays(origin, ends), axis=1))
    return [bool(each) for each in shapely.covers(area, lines)]


@pytest.mark.parametrize(
    ("origin", "end", "sees", "remark"),
    [
        ((10.0, 50.0), (30.0, 50.0), True, "before the block"),
        ((10.0, 50.0), (90.0, 50.0), False, "through it"),
        ((10.0, 10.0), (90.0, 10.0), True, "past it"),
        ((50.0, 10.0), (50.0, 90.0), False, "through it, north"),
        ((50.0, 90.0), (50.0, 10.0), False, "south, where the order of directions begins"),
        ((90.0, 49.0), (10.0, 51.0), False, "west"),
        ((39.0, 10.0), (39.0, 90.0), True, "beside it"),
    ],
)
def test_a_block_hides_what_lies_behind_it(
    origin: tuple[float, float], end: tuple[float, float], sees: bool, remark: str
) -> None:
    boundary = Boundary(WITH_BLOCK)
    start, ends = np.array(origin), np.array([end])

    assert boundary.sees(start, ends).tolist() == [sees], remark
    assert boundary.is_clear(start, ends[0]) == sees, remark
    assert (boundary.crossed(start, ends)[0].size == 0) == sees, remark


@settings(deadline=None, derandomize=True, max_examples=80)
@given(st.integers(0, 10_000))
def test_what_is_seen_is_what_the_area_covers(seed: int) -> None:
    area = room_with_blocks(seed)
    origin, *others = points_inside(area, 60, seed)
    ends = np.array(others)
    boundary = Boundary(area)

    seen = boundary.sees(origin, ends).tolist()

    assert seen == covered(area, origin, ends)
    assert seen == [boundary.is_clear(origin, end) for end in ends]


def test_areas_of_any_orientation_are_the_same() -> None:
    clockwise = Polygon(
        WITH_BLOCK.exterior.coords[::-1], [ring.coords[::-1] for ring in WITH_BLOCK.interiors]
    )
    ends = points_inside(WITH_BLOCK, 50, 1)

    for area in (WITH_BLOCK, clockwise, MultiPolygon([clockwise])):
        assert Boundary(area).sees(np.array([10.0, 50.0]), ends).tolist() == covered(
            WITH_BLOCK, np.array([10.0, 50.0]), ends
        )


def test_a_crossing_tells_edge_line_and_the_distances_on_both_sides() -> None:
    boundary = Boundary(box(0.0, 0.0, 10.0, 10.0))

    edge, line, before, behind = boundary.crossed(np.array([5.0, 5.0]), np.array([[5.0, 8.0], [25.0, 5.0]]))

    assert line.tolist() == [1]
    assert boundary.segments[edge[0]].tolist() in ([10.0, 0.0, 10.0, 10.0], [10.0, 10.0, 10.0, 0.0])
    assert before.tolist() == pytest.approx([5.0]), "inside, left of the edge"
    assert behind.tolist() == pytest.approx([-15.0]), "outside"


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.integers(0, 10_000))
def test_the_crossings_are_those_of_each_line_with_each_edge(seed: int) -> None:
    area = room_with_blocks(seed)
    origin, *others = points_inside(area, 25, seed)
    ends = np.array(others)
    boundary = Boundary(area)

    _, lines, _, _ = boundary.crossed(origin, ends)

    ring = shapely.boundary(area)
    for number, end in enumerate(ends):
        met = shapely.get_parts(shapely.intersection(ring, LineString([origin, end])))
        assert (lines == number).sum() == len([each for each in met if not each.is_empty])


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.integers(0, 10_000), st.floats(0.0, 180.0), st.floats(0.5, 60.0))
def test_only_runs_in_the_double_wedge_can_hide_what_lies_in_it(
    seed: int, first_deg: float, width_deg: float
) -> None:
    area = room_with_blocks(seed)
    boundary = Boundary(area)
    origin, *others = points_inside(area, 80, seed)
    first, second = (
        line_through(origin[None], origin[None] + [[np.cos(angle), np.sin(angle)]])[0]
        for angle in np.radians([first_deg, first_deg + width_deg])
    )
    left = [np.array(others) @ line[:2] + line[2] for line in (first, second)]
    ends = np.array(others)[(left[0] > 0.0) != (left[1] > 0.0)]

    runs = boundary.runs_between(first, second)

    assert boundary.sees(origin, ends, runs).tolist() == covered(area, origin, ends)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.integers(0, 10_000), st.floats(0.0, 360.0))
def test_every_edge_that_reaches_into_a_turned_rectangle_is_found(seed: int, turned_deg: float) -> None:
    boundary = Boundary(room_with_blocks(seed))
    angle = np.radians(turned_deg)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    low, high = np.sort(np.random.default_rng(seed).uniform(-100.0, 100.0, (2, 2)), axis=0)
    edges = shapely.linestrings(boundary.segments.reshape(-1, 2, 2))
    rectangle = shapely.transform(box(*low, *high), lambda at: at @ turn.T)

    found = boundary.edges_within((turn, low, high))

    reach = np.flatnonzero(shapely.intersects(edges, rectangle) & (shapely.length(edges) > 0.0))
    assert set(reach.tolist()) <= set(found.tolist())
    assert len(set(found.tolist())) == len(found)


def test_edges_far_from_a_rectangle_are_left_out() -> None:
    boundary = Boundary(WITH_BLOCK)

    found = boundary.edges_within((np.eye(2), np.array([35.0, 35.0]), np.array([65.0, 65.0])))

    ends = boundary.segments[found]
    assert len(found) >= 4
    assert ((ends >= 40.0) & (ends <= 60.0)).all(), "those of the block, not those of the room"


def test_a_line_is_given_by_the_distance_to_its_left() -> None:
    lines = line_through(np.array([[0.0, 0.0], [3.0, 4.0]]), np.array([[10.0, 0.0], [3.0, 4.0]]))

    assert lines[0] @ [5.0, 2.0, 1.0] == 2.0, "two metres left"
    assert lines[0] @ [5.0, -3.0, 1.0] == -3.0, "three metres right"
    assert lines[1].tolist() == [0.0, 0.0, 0.0], "no line through one point"


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.integers(0, 10_000))
def test_lines_that_cross_any_segment_are_found(seed: int) -> None:
    random = np.random.default_rng(seed)
    starts, ends = random.uniform(0.0, 100.0, (2, 40, 2))
    segments = random.uniform(0.0, 100.0, (8, 4))
    lines = shapely.linestrings(np.stack([starts, ends], axis=1))
    others = shapely.linestrings(segments.reshape(-1, 2, 2))

    found = any_crossed(starts, ends, segments)

    assert found.tolist() == [bool(shapely.intersects(line, others).any()) for line in lines]


def test_blocks_of_pairs_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(5)
    starts, ends = random.uniform(0.0, 100.0, (2, 50, 2))
    segments = random.uniform(0.0, 100.0, (4, 4))
    at_once = any_crossed(starts, ends, segments)

    monkeypatch.setattr("geofences.sight.BLOCK", 28)

    assert any_crossed(starts, ends, segments).tolist() == at_once.tolist()
    assert 0 < at_once.sum() < 50


def test_no_lines_cross_nothing() -> None:
    none = np.empty((0, 2))

    assert any_crossed(none, none, np.array([[0.0, 0.0, 1.0, 1.0]])).tolist() == []
    assert any_crossed(np.zeros((1, 2)), np.ones((1, 2)), np.empty((0, 4))).tolist() == [False]
    assert Boundary(Polygon()).sees(np.zeros(2), np.ones((1, 2))).tolist() == [True]
