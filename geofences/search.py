"""Cheapest paths over links: Dijkstra in scipy where weights are known, A* where they depend on the time."""

import heapq
import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geofences.cost import LegCost
from geofences.links import Links
from geofences.sight import Floats, Indices

NONE = -9999
"""scipy's mark for a node without predecessor."""

USUAL_DETOUR = 1.25
"""Most ways cost less than this times the straight line; only for the others all nodes are looked at."""


@dataclass(frozen=True, eq=False)
class Spokes:
    """The ways between a point and the nodes it sees.

    Parameters
    ----------
    point
        Metres, shape (2,).
    nodes, factors
        The nodes seen, and the mean factor of each way, shape (n,).
    """

    point: Floats
    nodes: Indices
    factors: Floats


@dataclass(frozen=True, eq=False)
class Ways:
    """What it costs from the start to the nodes it sees, and to the goal from those that it sees."""

    out: Floats
    leave: Indices
    back: Floats
    reach: Indices


def cheapest_chain(links: Links, weights: Floats, ways: Ways, expected: float) -> tuple[float, list[int]]:
    """Return cost and nodes of the cheapest way over known weights (inf where there is none).

    Parameters
    ----------
    links, weights
        The links, and what each costs.
    ways
        How start and goal are joined to them.
    expected
        No way costs less. Dear nodes are looked at only where no way costs less than they do.
    """
    if ways.leave.size == 0 or ways.reach.size == 0:
        return math.inf, []
    for limit in (USUAL_DETOUR * expected, math.inf):
        costs, previous = from_points(links, weights, [(ways.out, ways.leave)], limit)
        totals = costs[0, ways.reach] + ways.back
        best = int(np.argmin(totals))
        if totals[best] <= limit:
            break
    return float(totals[best]), _walk_back(previous[0], int(ways.reach[best]))


def from_points(
    links: Links, weights: Floats, spokes: Sequence[tuple[Floats, Indices]], limit: float = math.inf
) -> tuple[Floats, npt.NDArray[np.int32]]:
    """Return costs from some points to all nodes, and the node before each, shapes (points, nodes).

    What costs more than the limit is inf.
    """
    count = len(links.begins) - 1
    sizes = np.cumsum([nodes.size for _, nodes in spokes], dtype=np.int32)
    begins = np.concatenate([links.begins, links.begins[-1] + sizes])
    columns = np.concatenate(
        [links.columns, *(nodes for _, nodes in spokes)], dtype=np.int32, casting="unsafe"
    )
    values = np.concatenate([weights, *(out for out, _ in spokes)])
    table = csr_array((values, columns, begins), shape=(len(begins) - 1,) * 2)
    sources = np.arange(count, count + len(spokes))
    costs, previous = dijkstra(table, indices=sources, return_predecessors=True, limit=limit)
    return costs[:, :count], previous[:, :count]


def _walk_back(previous: npt.NDArray[np.int32], index: int) -> list[int]:
    """Return the chain that ends at a node; what comes before a node may be the start, past all nodes."""
    chain = []
    while 0 <= index < len(previous):
        chain.append(index)
        index = int(previous[index])
    return chain[::-1]


ROUNDING = 1.0 + 1e-9
"""The known way itself must stay, however its cost was added up."""


@dataclass(frozen=True, eq=False)
class TimedSearch:
    """A* with a cost that is asked for each node opened, at the cost so far; ties go to the first opened."""

    at: Floats
    links: Links
    cost: LegCost
    least_factor: float

    def chain(self, leave: Spokes, reach: Spokes, most: float = math.inf) -> tuple[float, list[int]]:
        """Return cost and nodes of the cheapest way from one point to another (inf where there is none).

        Parameters
        ----------
        most
            The cost of a way that is known: what must cost more is not looked at.
        """
        ahead = self.least_factor * self.cost.bound(self.at, np.broadcast_to(reach.point, self.at.shape))
        back = dict(zip(reach.nodes.tolist(), reach.factors.tolist(), strict=True))
        best = np.full(len(self.at), math.inf)
        came_from = np.full(len(self.at), NONE, dtype=np.int32)
        counter = itertools.count()
        queue: list[tuple[float, int, int, float]] = []

        def push(nodes: Indices, totals: Floats, source: int) -> None:
            better = totals < best[nodes]
            nodes, totals = nodes[better], totals[better]
            best[nodes], came_from[nodes] = totals, source
            for estimate, index, total in zip(
                (totals + ahead[nodes]).tolist(), nodes.tolist(), totals.tolist(), strict=True
            ):
                if estimate < math.inf:
                    heapq.heappush(queue, (estimate, next(counter), index, total))

        push(leave.nodes, self._weights(leave.point, self.at[leave.nodes], 0.0) * leave.factors, NONE)
        while queue:
            estimate, _, index, total = heapq.heappop(queue)
            if index < 0:
                return estimate, _walk_back(came_from, -1 - index)
            if total > best[index]:
                continue
            if index in back:
                last = float(self._weights(self.at[index], reach.point[None], total)[0]) * back[index]
                if last < math.inf:
                    heapq.heappush(queue, (total + last, next(counter), -1 - index, total))
            links = slice(self.links.begins[index], self.links.begins[index + 1])
            nodes, factors = self.links.columns[links].astype(np.intp), self.links.factors[links]
            least = total + self._bounds(self.at[index], self.at[nodes]) * factors
            hopeful = (least < best[nodes]) & (least + ahead[nodes] <= most * ROUNDING)
            nodes, factors = nodes[hopeful], factors[hopeful]
            push(nodes, total + self._weights(self.at[index], self.at[nodes], total) * factors, index)
        return math.inf, []

    def _bounds(self, start: Floats, ends: Floats) -> Floats:
        return self.cost.bound(np.broadcast_to(start, ends.shape), ends)

    def _weights(self, start: Floats, ends: Floats, elapsed: float) -> Floats:
        return self.cost.cost(np.broadcast_to(start, ends.shape), ends, np.full(len(ends), elapsed))
