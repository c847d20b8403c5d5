import math

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Point, Polygon, box

from geofences.airspace import Airspace
from geofences.shapes import bearing_deg, capsule, grown, length_of, point_at, shrunk

metres = st.integers(-5_000_000, 5_000_000).map(lambda millimetres: millimetres / 1000.0)


@settings(deadline=None)
@given(
    st.lists(st.tuples(metres, metres), min_size=2, max_size=12, unique=True),
    st.sampled_from([0.0, 8.0, 60.0]),
)
def test_what_is_grown_never_lies_nearer_than_asked(
    points: list[tuple[float, float]], slack_m: float
) -> None:
    line = LineString(points)

    outline = shapely.boundary(grown(line, 200.0, slack_m))

    assert outline.distance(line) >= 200.0


@pytest.mark.parametrize("slack_m", [0.0, 8.0])
def test_the_real_coast_is_kept_at_the_distance_of_the_rule(goto: Airspace, slack_m: float) -> None:
    land = goto.terrain.land

    assert shapely.boundary(grown(land, 200.0, slack_m)).distance(land) >= 200.0


def test_what_is_shrunk_keeps_off_the_edge() -> None:
    field = Polygon([(0, 0), (1000, 0), (1000, 1000), (500, 400), (0, 1000)])

    inner = shrunk(field, 100.0)

    assert inner.distance(field.boundary) >= 100.0
    assert shrunk(field, 0.0).equals(field)


def test_a_capsule_holds_all_points_within_its_half_width() -> None:
    area = capsule((0.0, 0.0), (1000.0, 0.0), 100.0)

    assert area.covers(box(0.0, -100.0, 1000.0, 100.0))
    assert area.covers(Point(1000.0 + 99.9, 0.0))
    assert area.area == pytest.approx(200_000.0 + math.pi * 100.0**2, rel=0.005)


def test_a_capsule_of_no_length_is_a_disc() -> None:
    assert capsule((5.0, 5.0), (5.0, 5.0), 10.0).area == pytest.approx(math.pi * 100.0, rel=0.01)


@settings(deadline=None)
@given(metres, metres, st.floats(0.0, 359.9), st.floats(1.0, 5000.0))
def test_a_point_at_a_bearing_is_seen_at_that_bearing(
    x_m: float, y_m: float, angle: float, far_m: float
) -> None:
    there = point_at((x_m, y_m), angle, far_m)

    assert length_of([(x_m, y_m), there]) == pytest.approx(far_m)
    assert math.cos(math.radians(bearing_deg((x_m, y_m), there) - angle)) == pytest.approx(1.0)


def test_nothing_grows_to_nothing() -> None:
    assert grown(Polygon(), 100.0).is_empty
