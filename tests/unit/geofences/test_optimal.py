"""The way found is within a thousandth of the best: in wind, through regions, and on the map of Goto."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import dijkstra
from shapely import LineString, Polygon, box

from geofences.airspace import Airspace
from geofences.cost import CostRegion
from geofences.flight_cost import TimeInWind
from geofences.shapes import XY, Area, polygons
from geofences.visibility import VisibilityGraph
from geofences.wind import NO_WIND, Wind
from tests.unit.geofences.brute_force import Floats
from tests.unit.geofences.regional_search import RegionalSearch

START, GOAL = (500.0, 700.0), (9_500.0, 9_300.0)
AIRSPEED_M_S = 25.0

boxes = st.builds(
    lambda x, y, width, height: box(x, y, min(x + width, 9_000.0), min(y + height, 9_000.0)),
    st.floats(1_200.0, 7_000.0),
    st.floats(1_200.0, 7_000.0),
    st.floats(300.0, 3_000.0),
    st.floats(300.0, 3_000.0),
)
cautions = st.builds(CostRegion, boxes, st.floats(1.2, 4.0))
winds = st.builds(Wind, st.floats(0.0, 18.0), st.floats(0.0, 360.0))


def sea_around(blocks: list[Polygon]) -> Polygon:
    return shapely.difference(box(0.0, 0.0, 10_000.0, 10_000.0), shapely.union_all(blocks))


@settings(deadline=None, max_examples=12, derandomize=True, phases=[Phase.generate])
@given(st.lists(boxes, max_size=3), st.lists(cautions, min_size=1, max_size=2), winds)
def test_the_fastest_way_past_caution_zones_in_wind_is_that_of_a_plain_search(
    blocks: list[Polygon], regions: list[CostRegion], wind: Wind
) -> None:
    sea, cost = sea_around(blocks), TimeInWind(AIRSPEED_M_S, wind)
    plain = RegionalSearch(sea, regions, 1.0)

    path = VisibilityGraph(sea, regions).shortest_path(START, GOAL, cost)

    assert path is not None
    assert plain.cost_of(path, cost) == pytest.approx(plain.least_cost(START, GOAL, cost), rel=1e-3)


@settings(deadline=None, max_examples=6, derandomize=True, phases=[Phase.generate])
@given(st.lists(boxes, max_size=3), st.floats(1.1, 3.0), st.floats(2_000.0, 8_000.0), winds)
def test_the_fastest_way_over_dear_open_sea_and_a_lane_in_wind_is_that_of_a_plain_search(
    blocks: list[Polygon], open_sea_factor: float, bend_m: float, wind: Wind
) -> None:
    sea, cost = sea_around(blocks), TimeInWind(AIRSPEED_M_S, wind)
    lane = LineString([(0.0, 800.0), (bend_m, 10_000.0 - bend_m), (10_000.0, 9_500.0)]).buffer(
        200.0, cap_style="flat", join_style="mitre"
    )
    regions = [CostRegion(shapely.intersection(lane, box(0.0, 0.0, 10_000.0, 10_000.0)), 1.0)]
    plain = RegionalSearch(sea, regions, open_sea_factor)

    path = VisibilityGraph(sea, regions, open_sea_factor).shortest_path(START, GOAL, cost)

    assert path is not None
    assert plain.cost_of(path, cost) == pytest.approx(plain.least_cost(START, GOAL, cost), rel=1e-3)


PAIRS = [("FKP", "NRP"), ("SGP", "KZP"), ("OJC-S", "UKC-S"), ("ARP", "TWC-S"), ("TOM-S", "TMC-S")]


@pytest.fixture(scope="module")
def goto_graph(goto: Airspace) -> VisibilityGraph:
    return VisibilityGraph(goto.terrain.cruise)


@pytest.mark.parametrize("wind", [NO_WIND, Wind(14.0, 250.0)])
@pytest.mark.parametrize(("origin", "destination"), PAIRS)
def test_on_the_map_of_goto_no_way_through_any_vertices_is_faster(
    goto: Airspace, goto_graph: VisibilityGraph, origin: str, destination: str, wind: Wind
) -> None:
    start, goal = goto.terrain.gate(origin), goto.terrain.gate(destination)
    cost = TimeInWind(AIRSPEED_M_S, wind)

    path = goto_graph.shortest_path(start, goal, cost)

    assert path is not None
    found_s = sum(cost.leg_seconds(path, [math.inf] * (len(path) - 1), 0.0))
    assert found_s == pytest.approx(least_s(goto.terrain.cruise, start, goal, cost, found_s), rel=1e-3)


def least_s(area: Area, start: XY, goal: XY, cost: TimeInWind, found_s: float) -> float:
    """Return the least time over all vertices that a way as fast as the one found can touch.

    A way through any other vertex takes longer than the straight lines to it and from it, so longer than
    ``found_s``. All pairs of the rest are looked at with one predicate of shapely.
    """
    vertices = np.unique(shapely.get_coordinates(area), axis=0)
    ends = np.array([start, goal])
    to_s, from_s = (cost.bound(*pair) for pair in ((ends[:1], vertices), (vertices, ends[1:])))
    nodes = np.concatenate([ends, vertices[to_s + from_s <= 1.0001 * found_s]])
    first, second = np.triu_indices(len(nodes), 1)
    lines = shapely.linestrings(np.stack([nodes[first], nodes[second]], axis=1))
    room = next(each for each in polygons(area) if each.buffer(1.0).covers(shapely.Point(start)))
    wider = room.buffer(0.01, join_style="mitre")
    shapely.prepare(wider)
    sees = shapely.covers(wider, lines)
    first, second = np.concatenate([first[sees], second[sees]]), np.concatenate([second[sees], first[sees]])
    table: Floats = np.zeros((len(nodes), len(nodes)))
    table[first, second] = cost.cost(nodes[first], nodes[second], np.zeros(len(first)))
    return float(dijkstra(table, indices=0)[1])
