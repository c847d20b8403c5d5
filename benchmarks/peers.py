"""The peers, each behind the same two calls; run as a program of their own, in their own environment.

They need another NumPy than Tsubaki does, so they are talked to in lines of JSON: the map in, the seconds of
preparing out; then start and goal in, seconds and length out. Run by `benchmarks.beside`. Seconds are those
of the CPU, so that what else runs on the machine does not count.
"""

import json
import math
import resource
import sys
from collections.abc import Callable, Sequence
from itertools import pairwise
from time import thread_time
from typing import Protocol

import pyvisgraph
from extremitypathfinder import PolygonEnvironment

XY = tuple[float, float]

QUERY_LIMIT_S = 60.0

SMALL_MAP: tuple[list[list[float]], list[list[list[float]]]] = (
    [[-4.0, -4.0], [4.0, -4.0], [4.0, 4.0], [-4.0, 4.0]],
    [[[-1.0, -1.0], [-1.0, 1.0], [1.0, 1.0], [1.0, -1.0]]],
)
"""Solved first, so that what is compiled at the first use is not measured."""

PYVISGRAPH_SPAN = 5_000.0
"""pyvisgraph takes x = 10,000 for infinity, so maps are made smaller than that, and paths larger again."""


class Peer(Protocol):
    """A planner of shortest paths that prepares a map when it is made."""

    def path(self, start: XY, goal: XY) -> Sequence[XY]:
        """Return the points of the shortest path, in metres."""
        ...


class ExtremityPathFinder:
    """extremitypathfinder, as its documentation uses it, without the check of the map."""

    def __init__(self, exterior: list[XY], holes: list[list[XY]]) -> None:
        self._environment = PolygonEnvironment()
        self._environment.store(exterior, holes, validate=False)

    def path(self, start: XY, goal: XY) -> Sequence[XY]:
        """Return the points of the shortest path, in metres."""
        points: Sequence[XY] = self._environment.find_shortest_path(start, goal)[0]
        return points


class PyVisGraph:
    """pyvisgraph, as its documentation uses it.

    It knows obstacles only: the outer edge of the map must be convex, so that no shortest path crosses it.
    """

    def __init__(self, exterior: list[XY], holes: list[list[XY]]) -> None:
        self._point = pyvisgraph.Point
        self._scale = PYVISGRAPH_SPAN / max(abs(each) for place in exterior for each in place)
        self._graph = pyvisgraph.VisGraph()
        self._graph.build([[self._scaled(place) for place in hole] for hole in holes], status=False)

    def path(self, start: XY, goal: XY) -> Sequence[XY]:
        """Return the points of the shortest path, in metres."""
        points = self._graph.shortest_path(self._scaled(start), self._scaled(goal))
        return [(each.x / self._scale, each.y / self._scale) for each in points]

    def _scaled(self, place: XY) -> object:
        return self._point(place[0] * self._scale, place[1] * self._scale)


PEERS: dict[str, Callable[[list[XY], list[list[XY]]], Peer]] = {
    "extremitypathfinder": ExtremityPathFinder,
    "pyvisgraph": PyVisGraph,
}


def main() -> None:
    """Prepare the map of the first line, answer each line that follows; end where one takes too long."""
    make = PEERS[sys.argv[1]]
    _small_query(make)
    chart = json.loads(sys.stdin.readline())
    _allow(chart["limit_s"])
    begin_s = thread_time()
    peer = make(_places(chart["exterior"]), [_places(hole) for hole in chart["holes"]])
    _say(prepare_s=thread_time() - begin_s)
    for line in sys.stdin:
        _allow(QUERY_LIMIT_S)
        start, goal = _places(json.loads(line))
        begin_s = thread_time()
        points = peer.path(start, goal)
        query_s = thread_time() - begin_s
        _say(query_s=query_s, length_m=math.fsum(math.dist(*leg) for leg in pairwise(points)))


def _allow(more_s: float) -> None:
    """Let the system end this process after some more seconds of CPU."""
    _, most_s = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(thread_time() + more_s), most_s))


def _small_query(make: Callable[[list[XY], list[list[XY]]], Peer]) -> None:
    exterior, holes = SMALL_MAP
    make(_places(exterior), [_places(hole) for hole in holes]).path((-3.0, 0.1), (3.0, 0.0))


def _places(table: list[list[float]]) -> list[XY]:
    return [(x, y) for x, y in table]


def _say(**values: float) -> None:
    print(json.dumps(values), flush=True)


if __name__ == "__main__":
    main()
