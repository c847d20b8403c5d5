import math

import numpy as np
import pytest
import shapely

from benchmarks.contest import Contest, Tally
from benchmarks.maps import HALF_SIDE_M, INSIDE_M, Chart, random_chart
from benchmarks.ours import matrix_and_queries, milliseconds, preparing, relative_error


@pytest.mark.parametrize("obstacles", [1, 10, 100])
def test_a_random_map_has_as_many_obstacles_as_asked_for_and_none_touch(obstacles: int) -> None:
    area = random_chart(obstacles, 1).area

    holes = [shapely.Polygon(ring) for ring in shapely.get_rings(area)[1:]]
    assert len(holes) == obstacles
    assert area.is_valid
    assert area.area == pytest.approx(4.0 * HALF_SIDE_M**2 - sum(hole.area for hole in holes))


def test_a_random_map_is_the_same_each_time() -> None:
    assert random_chart(10, 5) == random_chart(10, 5)
    assert random_chart(10, 5) != random_chart(11, 5)


def test_queries_keep_away_from_obstacles() -> None:
    chart = random_chart(100, 50)

    ends = shapely.points(np.array(chart.queries).reshape(-1, 2))
    assert len(chart.queries) == 50
    assert shapely.contains(chart.area, ends).all()
    assert shapely.distance(shapely.boundary(chart.area), ends).min() >= INSIDE_M


def test_the_sea_is_the_largest_part_of_an_area() -> None:
    pond, sea = shapely.box(0.0, 0.0, 1.0, 1.0), shapely.box(5.0, 0.0, 9.0, 9.0)

    assert Chart("two parts", shapely.MultiPolygon([pond, sea]), ()).sea.equals(sea)


def test_the_matrix_of_a_random_map_holds_the_lengths_of_single_queries() -> None:
    chart = random_chart(30, 4)
    places = [place for query in chart.queries for place in query]
    _, graph = preparing(chart.area, chart.queries[0])

    _, times_s, error = matrix_and_queries(graph, places)

    assert len(times_s) == 8 * 7
    assert error < 1e-9


@pytest.mark.parametrize(
    ("length_m", "other_m", "expected", "remark"),
    [
        (101.0, 100.0, 0.01, "longer"),
        (99.0, 100.0, 0.01, "shorter"),
        (math.inf, math.inf, 0.0, "no way for both"),
        (math.inf, 100.0, math.inf, "no way for one"),
    ],
)
def test_lengths_are_compared_in_parts_of_the_other(
    length_m: float, other_m: float, expected: float, remark: str
) -> None:
    assert relative_error(length_m, other_m) == pytest.approx(expected), remark


def test_times_are_summed_up_in_milliseconds() -> None:
    assert milliseconds([0.001, 0.002, 0.003]) == pytest.approx({"median": 2.0, "p95": 2.9})


def test_a_peer_that_was_not_ready_in_time_has_no_figures_and_no_ratios() -> None:
    ours, slow, ready = Tally(2.0, [0.001]), Tally(None), Tally(30.0, [0.05], [1e-9])

    figures = Contest(random_chart(1, 1), 7, ours, {"slow": slow, "ready": ready}).figures()

    assert figures["peers"] == {
        "slow": {"prepare_s": None, "query_ms": None},
        "ready": {"prepare_s": 30.0, "query_ms": 50.0},
    }
    assert figures["ratio_query"] == {"slow": None, "ready": pytest.approx(50.0)}
    assert figures["ratio_prepare"] == {"slow": None, "ready": 15.0}
    assert figures["max_relative_length_error"] == 1e-9
