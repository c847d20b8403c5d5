"""Slow and plainly right answers for small maps."""

import itertools

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Point, Polygon, box

from geofences.cost import LENGTH, LegCost
from geofences.shapes import XY

ROOM = box(0.0, 0.0, 100.0, 100.0)

TOUCH_M = 1e-6
"""Far less than the tolerance of the graph: lines that cut a corner by a centimetre would be shorter."""

Floats = npt.NDArray[np.float64]


def scattered_blocks(seed: int, count: int = 12) -> Polygon:
    """Return the part of a room around its corner that random blocks leave free."""
    random = np.random.default_rng(seed)
    centres = random.uniform(5.0, 95.0, size=(count, 2))
    sizes = random.uniform(2.0, 14.0, size=(count, 2))
    blocks = [box(x - w, y - h, x + w, y + h) for (x, y), (w, h) in zip(centres, sizes, strict=True)]
    keep = shapely.union_all([Point(0.5, 0.5).buffer(1.0), Point(99.5, 99.5).buffer(1.0)])
    free = shapely.union(
        shapely.difference(ROOM, shapely.union_all(blocks)), shapely.intersection(keep, ROOM)
    )
    return next(part for part in shapely.get_parts(free) if part.contains(Point(0.5, 0.5)))


def nodes_and_sight(area: Polygon, start: XY, goal: XY) -> tuple[Floats, npt.NDArray[np.bool_], list[int]]:
    """Return every vertex and both ends, who sees whom, and the places of the ends."""
    nodes = np.unique(np.vstack([shapely.get_coordinates(area), [start, goal]]), axis=0)
    first, second = np.triu_indices(len(nodes), 1)
    lines = shapely.linestrings(np.stack([nodes[first], nodes[second]], axis=1))
    sees = np.zeros((len(nodes), len(nodes)), dtype=np.bool_)
    sees[first, second] = shapely.covers(area.buffer(TOUCH_M, join_style="mitre"), lines)
    ends = [int(np.flatnonzero((nodes == each).all(axis=1))[0]) for each in (start, goal)]
    return nodes, sees | sees.T, ends


def full_search(area: Polygon, start: XY, goal: XY, cost: LegCost = LENGTH) -> float:
    """Return the least cost by Floyd and Warshall over every vertex."""
    nodes, sees, (begin, end) = nodes_and_sight(area, start, goal)
    count = len(nodes)
    first, second = np.nonzero(sees)
    costs = np.full((count, count), np.inf)
    costs[first, second] = cost.cost(nodes[first], nodes[second], np.zeros(len(first)))
    np.fill_diagonal(costs, 0.0)
    for middle in range(count):
        costs = np.minimum(costs, costs[:, middle : middle + 1] + costs[middle : middle + 1, :])
    return float(costs[begin, end])


def earliest_arrival(area: Polygon, start: XY, goal: XY, cost: LegCost) -> float:
    """Return the least cost where it depends on the cost so far: all legs again until nothing changes."""
    nodes, sees, (begin, end) = nodes_and_sight(area, start, goal)
    first, second = np.nonzero(sees)
    arrival = np.full(len(nodes), np.inf)
    arrival[begin] = 0.0
    while True:
        known = np.isfinite(arrival[first])
        after = arrival[first[known]] + cost.cost(
            nodes[first[known]], nodes[second[known]], arrival[first[known]]
        )
        better = arrival.copy()
        np.minimum.at(better, second[known], after)
        if (better == arrival).all():
            return float(arrival[end])
        arrival = better


def cost_of(path: list[XY], cost: LegCost) -> float:
    """Return the cost of a path, leg after leg."""
    total = 0.0
    for start, end in itertools.pairwise(path):
        total += float(cost.cost(np.array([start]), np.array([end]), np.array([total]))[0])
    return total
