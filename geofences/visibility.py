"""Cheapest paths in a polygon with holes: a graph of the lines that a cheapest path may run on.

A shortest path bends only at corners of obstacles and runs on tangents between them, so the links between
them (some fifteen thousand on the coast of Goto) are found once, at the first search. A query then looks
which corners its two ends see, and searches.
"""

import itertools
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from geofences.cost import LENGTH, CostRegion, LegCost, depends_on_elapsed
from geofences.links import Links, Scene
from geofences.refining import refined
from geofences.regions import Layers
from geofences.search import Spokes, TimedSearch, Ways, cheapest_chain, from_points
from geofences.shapes import XY, area_of, polygons
from geofences.sight import Boundary, Flags, Floats
from geofences.tangents import Nodes

TOUCH_TOLERANCE_M = 0.01
"""Paths run along the boundary; a free area this much larger lets them be tested without touching it."""

MOST_SPOKES = 512
"""Points whose view is kept: gates come again, other points do not. About 1 kB each."""


class VisibilityGraph:
    """The visibility graph of a free area, in metres.

    A search is exact in the closed area for lengths and for every cost that is a norm of the leg (see
    ``LegCost``). Through regions it is exact at their corners and within 0.1 % where it refracts.

    Parameters
    ----------
    area
        Where a path may run, boundary included. Parts that touch are joined.
    regions
        Where a metre costs more or less; the mean factor over a leg multiplies its cost. Where some
        overlap, the largest factor holds.
    outside_factor
        The factor outside all regions.
    """

    def __init__(
        self,
        area: Polygon | MultiPolygon,
        regions: Sequence[CostRegion] = (),
        outside_factor: float = 1.0,
    ) -> None:
        self._area = area
        self._regions, self._outside_factor = tuple(regions), outside_factor
        layers = Layers(self._regions, outside_factor) if regions or outside_factor != 1.0 else None
        self._set_up(layers)

    def _set_up(self, layers: Layers | None) -> None:
        self._within = shapely.buffer(self._area, TOUCH_TOLERANCE_M, join_style="mitre")
        shapely.prepare(self._within)
        nodes = Nodes.corners_of(polygons(self._area))
        self._corner_count = len(nodes)
        if layers is not None:
            nodes = nodes + Nodes.free(layers.nodes_in(self._area))
        self._scene = Scene.of(nodes, Boundary(self._within), layers)
        self._spokes: dict[XY, Spokes] = {}

    @property
    def area(self) -> Polygon | MultiPolygon:
        """Where a path may run."""
        return self._area

    @property
    def vertex_count(self) -> int:
        """How many corners a path may bend at."""
        return self._corner_count

    def shortest_path(self, start: XY, goal: XY, cost: LegCost = LENGTH) -> list[XY] | None:
        """Return the points of the cheapest path, or None where there is none."""
        if not self._holds(np.array([start, goal])).all():
            return None
        direct = self._is_clear(start, goal)
        if direct and (start == goal or (cost is LENGTH and self._scene.layers is None)):
            return [start, goal]
        total, chain = self._search(self._spokes_of(start), self._spokes_of(goal), cost)
        straight = self._direct_cost(start, goal, cost) if direct else np.inf
        if not min(straight, total) < np.inf:
            return None
        at = self._scene.nodes.at[chain if total < straight else []].tolist()
        path = [start, *((x, y) for x, y in at), goal]
        return refined(self._scene, path, cost, self._holds)

    def path_lengths(self, points: Sequence[XY]) -> Floats:
        """Return the lengths of the shortest paths between points, region factors in, shape (n, n).

        inf where there is no path, 0 on the diagonal. Where paths cross regions, their points on the
        boundaries are those of the graph, not refined.
        """
        at = np.array(points, dtype=np.float64).reshape(-1, 2)
        holds = self._holds(at)
        ends = [self._spokes_of((float(x), float(y))) for x, y in at[holds]]
        outs = [(_lengths(each, self._scene) * each.factors, each.nodes) for each in ends]
        costs, _ = from_points(self._links, self._weights(LENGTH), outs)
        lengths = np.full((len(at), len(at)), np.inf)
        inner = (
            np.stack([(costs[:, nodes] + out).min(axis=1, initial=np.inf) for out, nodes in outs], axis=1)
            if ends
            else np.empty((0, 0))
        )
        for index, place in enumerate(at[holds]):
            others = at[holds]
            direct = np.where(self._scene.boundary.sees(place, others), LENGTH.bound(place, others), np.inf)
            inner[index] = np.minimum(inner[index], direct * self._scene.factors_to(place, others))
        lengths[np.ix_(holds, holds)] = np.minimum(inner, inner.T)
        np.fill_diagonal(lengths, 0.0)
        return lengths

    def is_free(self, start: XY, end: XY) -> bool:
        """Say whether the straight line between two points lies in the area."""
        return bool(self._holds(np.array([start, end])).all()) and self._is_clear(start, end)

    def cost_of(self, path: Sequence[XY], cost: LegCost = LENGTH) -> float:
        """Return what a path in the area costs, region factors in."""
        total = 0.0
        for start, end in itertools.pairwise(np.array(path)):
            leg = cost.cost(start[None], end[None], np.array([total]))
            total += float((leg * self._scene.factors_to(start, end[None]))[0])
            if not total < np.inf:
                break
        return total

    def without(self, obstacle: Polygon | MultiPolygon) -> "VisibilityGraph":
        """Return the graph of the area minus an obstacle; it keeps the links that the obstacle spares."""
        smaller = VisibilityGraph.__new__(VisibilityGraph)
        rest = shapely.difference(self._area, obstacle)
        smaller._area = rest if isinstance(rest, Polygon | MultiPolygon) else area_of([rest])
        smaller._regions, smaller._outside_factor = self._regions, self._outside_factor
        smaller._set_up(self._scene.layers)
        if "_links" in self.__dict__:
            smaller.__dict__["_links"] = self._links.carried_over(self._scene, smaller._scene, obstacle)
        return smaller

    @cached_property
    def _links(self) -> Links:
        return Links.among(self._scene)

    def _holds(self, points: Floats) -> Flags:
        return np.asarray(shapely.contains_xy(self._within, points))

    def _is_clear(self, start: XY, end: XY) -> bool:
        return self._scene.boundary.is_clear(np.array(start), np.array(end))

    def _spokes_of(self, point: XY) -> Spokes:
        if point not in self._spokes:
            if len(self._spokes) >= MOST_SPOKES:
                del self._spokes[next(iter(self._spokes))]
            place = np.array(point)
            self._spokes[point] = Spokes(place, *self._scene.seen_from(place))
        return self._spokes[point]

    def _search(self, leave: Spokes, reach: Spokes, cost: LegCost) -> tuple[float, list[int]]:
        at = self._scene.nodes.at
        if depends_on_elapsed(cost):
            _, shortest = self._search(leave, reach, LENGTH)
            most = self._chain_cost(leave.point, shortest, reach.point, cost) if shortest else np.inf
            return TimedSearch(at, self._links, cost, self._scene.least_factor).chain(leave, reach, most)
        out = _leg_costs(cost, leave.point, at[leave.nodes]) * leave.factors
        ends = np.broadcast_to(reach.point, at[reach.nodes].shape)
        back = cost.cost(at[reach.nodes], ends, np.zeros(len(ends))) * reach.factors
        expected = float(cost.bound(leave.point[None], reach.point[None])[0]) * self._scene.least_factor
        ways = Ways(out, leave.nodes, back, reach.nodes)
        return cheapest_chain(self._links, self._weights(cost), ways, expected)

    def _chain_cost(self, start: Floats, chain: list[int], goal: Floats, cost: LegCost) -> float:
        path = np.vstack([start, self._scene.nodes.at[chain], goal])
        return self.cost_of([(x, y) for x, y in path.tolist()], cost)

    def _weights(self, cost: LegCost) -> Floats:
        links, at = self._links, self._scene.nodes.at
        if cost is LENGTH:
            return links.weighted
        zeros = np.zeros(len(links.rows))
        return np.asarray(cost.cost(at[links.rows], at[links.columns], zeros) * links.factors)

    def _direct_cost(self, start: XY, goal: XY, cost: LegCost) -> float:
        end = np.array([goal])
        factor = self._scene.factors_to(np.array(start), end)
        return float((_leg_costs(cost, np.array(start), end) * factor)[0])


def _leg_costs(cost: LegCost, start: Floats, ends: Floats) -> Floats:
    return np.asarray(cost.cost(np.broadcast_to(start, ends.shape), ends, np.zeros(len(ends))))


def _lengths(spokes: Spokes, scene: Scene) -> Floats:
    return LENGTH.bound(spokes.point, scene.nodes.at[spokes.nodes])
