"""What our planner takes on the airspace of Goto as shipped: loading, first route, matrix, a new zone."""

import itertools
import math
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import thread_time
from typing import ParamSpec, TypeVar

import numpy as np
from shapely import MultiPolygon, Polygon

from benchmarks.maps import DEPARTURE, zones_in_force
from geofences.airspace import Airspace
from geofences.loading import load_airspace
from geofences.performance import FlightPhase, Performance
from geofences.router import plan_route
from geofences.shapes import XY, length_of
from geofences.values import Circle, VerticalLimit, ZoneRule
from geofences.visibility import VisibilityGraph
from geofences.zones import Zone

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

ROUTE = "FKP", "UKC-S"
"""The hub and a clinic at the other end of the islands."""

NEW_ZONES = 9
NEW_ZONE_RADIUS_M = 500.0
NEW_ZONE_CEILING_M = 150.0


class SamePower:
    """Draws the same power always: the planner asks, the benchmark does not care."""

    def power_w(self, phase: FlightPhase, payload_kg: float) -> float:
        """Return the power."""
        return 500.0


PERFORMANCE = Performance(25.0, 2.5, 1.5, SamePower(), 1.0)


def timed(
    call: Callable[Parameters, Result], *args: Parameters.args, **kwargs: Parameters.kwargs
) -> tuple[float, Result]:
    """Return the seconds of CPU that a call takes, so that what else runs does not count; and its result."""
    begin_s = thread_time()
    result = call(*args, **kwargs)
    return thread_time() - begin_s, result


def milliseconds(times_s: Sequence[float]) -> dict[str, float]:
    """Return median and 95th percentile in milliseconds."""
    p95_s = float(np.percentile(times_s, 95.0))
    return {"median": 1000.0 * statistics.median(times_s), "p95": 1000.0 * p95_s}


def loading() -> tuple[Airspace, dict[str, float]]:
    """Load the airspace and plan a first route on it."""
    load_s, airspace = timed(load_airspace)
    origin, destination = ROUTE
    first_route_s, _ = timed(
        plan_route, airspace, origin, destination, performance=PERFORMANCE, departure=DEPARTURE
    )
    return airspace, {"load_s": load_s, "first_route_s": first_route_s}


def gates_of(airspace: Airspace) -> list[XY]:
    """Return the gates of all drone sites."""
    return [airspace.terrain.gate(site.id) for site in airspace.sites.values() if site.is_drone_site]


def preparing(area: Polygon | MultiPolygon, query: tuple[XY, XY]) -> tuple[float, VisibilityGraph]:
    """Make a graph and answer a first query that finds all links; return the seconds, and the graph."""

    def prepared() -> VisibilityGraph:
        graph = VisibilityGraph(area)
        graph.path_lengths(query)
        return graph

    return timed(prepared)


def matrix_and_queries(graph: VisibilityGraph, places: Sequence[XY]) -> tuple[float, list[float], float]:
    """Measure the matrix of all pairs, then each pair as a query of its own.

    Returns
    -------
    float
        Seconds for the matrix.
    list of float
        Seconds for each query; the views from the places are known by then.
    float
        The largest relative difference of a length.
    """
    matrix_s, lengths_m = timed(graph.path_lengths, places)
    times_s, errors = [], [0.0]
    for (row, start), (column, goal) in itertools.permutations(enumerate(places), 2):
        query_s, path = timed(graph.shortest_path, start, goal)
        times_s.append(query_s)
        errors.append(relative_error(_length_m(path), lengths_m[row, column]))
    return matrix_s, times_s, max(errors)


def relative_error(length_m: float, other_m: float) -> float:
    """Return how much two lengths differ, in parts of the second; 0 where both are the same infinity."""
    return 0.0 if length_m == other_m else abs(length_m - other_m) / other_m


@dataclass(frozen=True, slots=True)
class Absorbed:
    """How long a new zone took, and how much dearer the new path is than on a graph made from scratch."""

    seconds: float
    relative_error: float


def new_zones(airspace: Airspace, gates: Sequence[XY]) -> Iterator[Absorbed]:
    """Measure from the call that adds a zone across a path to the first path on the new snapshot."""
    graph = airspace.visibility_with(zones_in_force(airspace))
    for index, (start, goal) in enumerate(itertools.pairwise(gates[: NEW_ZONES + 1])):
        before = graph.shortest_path(start, goal) or []
        zone = _zone_across(airspace, before, NEW_ZONE_RADIUS_M + index)  # no two zones are the same
        seconds, path = timed(_absorb, airspace, zone, start, goal)
        scratch = load_airspace(policy=airspace.policy).with_zone(zone)
        fresh = scratch.visibility_with(zones_in_force(scratch))
        yield Absorbed(
            seconds, relative_error(_cost(fresh, path), _cost(fresh, fresh.shortest_path(start, goal)))
        )


def _absorb(airspace: Airspace, zone: Zone, start: XY, goal: XY) -> list[XY] | None:
    snapshot = airspace.with_zone(zone)
    return snapshot.visibility_with(zones_in_force(snapshot)).shortest_path(start, goal)


def _length_m(path: Sequence[XY] | None) -> float:
    return math.inf if path is None else length_of(path)


def _cost(graph: VisibilityGraph, path: Sequence[XY] | None) -> float:
    return math.inf if path is None else graph.cost_of(path)


def _zone_across(airspace: Airspace, path: Sequence[XY], radius_m: float) -> Zone:
    """Return a circle around the middle of the longest leg of a path."""
    start, end = np.array(max(itertools.pairwise(path), key=length_of))
    centre = airspace.projection.position_from_local(*((start + end) / 2.0).tolist())
    return Zone(
        id="BENCH",
        name_ja="計測",
        name_en="Benchmark",
        rule=ZoneRule.KEEP_OUT,
        geometry=Circle(centre, radius_m),
        floor=VerticalLimit(0.0),
        ceiling=VerticalLimit(NEW_ZONE_CEILING_M),
        buffer_m=0.0,
        reason_ja="計測",
        reason_en="Measured",
        source="benchmarks/ours.py",
    )
