"""Ours and the peers on one map: who prepares and answers how fast, and whether all find the same lengths."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Self

from benchmarks.beside import PEERS, Beside, peer
from benchmarks.maps import Chart
from benchmarks.ours import milliseconds, preparing, relative_error, timed
from geofences.shapes import length_of
from geofences.visibility import VisibilityGraph


@dataclass
class Tally:
    """What one planner took, in seconds of CPU, and how far its lengths are from ours.

    ``prepare_s`` is None where the planner did not prepare the map within the limit, or ended.
    """

    prepare_s: float | None
    times_s: list[float] = field(default_factory=list)
    errors: list[float] = field(default_factory=list)

    @property
    def query_ms(self) -> dict[str, float] | None:
        """Median and 95th percentile."""
        return milliseconds(self.times_s) if self.times_s else None


@dataclass(frozen=True)
class Contest:
    """What all took on one map."""

    chart: Chart
    vertices: int
    ours: Tally
    peers: Mapping[str, Tally]

    @classmethod
    async def on(cls, chart: Chart, limit_s: float) -> Self:
        """Put each query to ours and to all peers in turn, then the next one.

        Parameters
        ----------
        limit_s
            How long a peer may prepare the map, seconds of CPU.
        """
        prepare_s, graph = preparing(chart.area, chart.queries[-1])
        async with AsyncExitStack() as stack:
            running = {name: await stack.enter_async_context(peer(name)) for name in PEERS}
            tallies = {name: Tally(await each.prepare(chart.sea, limit_s)) for name, each in running.items()}
            contest = cls(chart, graph.vertex_count, Tally(prepare_s), tallies)
            await contest._ask_all(graph, running)
        return contest

    async def _ask_all(self, graph: VisibilityGraph, running: Mapping[str, Beside]) -> None:
        for start, goal in self.chart.queries:
            query_s, path = timed(graph.shortest_path, start, goal)
            self.ours.times_s.append(query_s)
            for name, each in running.items():
                answer = await each.query(start, goal)
                if answer is not None:
                    self.peers[name].times_s.append(answer[0])
                    self.peers[name].errors.append(relative_error(length_of(path or []), answer[1]))

    def figures(self) -> dict[str, object]:
        """Return all as it is written to the report."""
        errors = [error for each in self.peers.values() for error in each.errors]
        tallies = self.peers.items()
        return {
            "vertices": self.vertices,
            "prepare_s": self.ours.prepare_s,
            "query_ms": self.ours.query_ms,
            "max_relative_length_error": max(errors, default=None),
            "answers": {name: len(each.times_s) for name, each in tallies},
            "peers": {
                name: {"prepare_s": each.prepare_s, "query_ms": _median(each.query_ms)}
                for name, each in tallies
            },
            "ratio_query": {
                name: _ratio(_median(each.query_ms), _median(self.ours.query_ms)) for name, each in tallies
            },
            "ratio_prepare": {name: _ratio(each.prepare_s, self.ours.prepare_s) for name, each in tallies},
        }


def _median(query_ms: Mapping[str, float] | None) -> float | None:
    return None if query_ms is None else query_ms["median"]


def _ratio(theirs: float | None, ours: float | None) -> float | None:
    return None if theirs is None or ours is None else theirs / ours
