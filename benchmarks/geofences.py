"""``make bench-geofences``: our planner beside its peers, same maps and queries, as a table and as JSON."""

import asyncio
import json
import os
import platform
import statistics
from importlib.metadata import version
from pathlib import Path

from benchmarks import ours
from benchmarks.contest import Contest
from benchmarks.maps import SEED, goto_chart, random_chart, random_queries, zones_in_force
from benchmarks.report import show
from geofences.airspace import Airspace
from geofences.loading import load_airspace
from geofences.policy import AirspacePolicy

REPORT = Path("build/bench/geofences.json")

GOTO_LIMIT_S = 1_800.0
RANDOM_LIMIT_S = 120.0
"""How long a peer may prepare a map, seconds of CPU."""

QUERIES = 60
RANDOM_OBSTACLES = 10, 100, 1_000
MANY_SITES = 40

LENGTHS_ONLY = AirspacePolicy(open_sea_cost_factor=1.0)
"""The area as shipped, but a metre costs the same in and out of lanes: the peers know nothing else."""

Report = dict[str, object]


async def main() -> None:
    """Measure and report; the file grows with each part, so that a run that is stopped leaves what it has."""
    report = {**_circumstances(), **_as_shipped()}
    airspace = load_airspace(policy=LENGTHS_ONLY)
    report |= _pairs_of_sites(airspace)
    _write(report)
    chart = goto_chart(airspace.visibility_with(zones_in_force(airspace)).area, QUERIES)
    report |= (await Contest.on(chart, GOTO_LIMIT_S)).figures()
    maps: Report = {}
    for count in RANDOM_OBSTACLES:
        _write(report | {"random_maps": maps})
        contest = await Contest.on(random_chart(count, QUERIES), RANDOM_LIMIT_S)
        maps[f"{count} obstacles"] = contest.figures()
    _write(report | {"random_maps": maps})
    show(report | {"random_maps": maps})


def _as_shipped() -> Report:
    """Measure what an operator waits for, with the costs of the open sea as shipped."""
    airspace, loading = ours.loading()
    graph, gates = airspace.visibility_with(zones_in_force(airspace)), ours.gates_of(airspace)
    queries = goto_chart(graph.area, QUERIES).queries
    absorbed = list(ours.new_zones(airspace, gates))
    times_s = [ours.timed(graph.shortest_path, *ends)[0] for ends in queries]
    return {
        **loading,
        "new_zone_ms": 1_000.0 * statistics.median(each.seconds for each in absorbed),
        "new_zone_worst_ms": 1_000.0 * max(each.seconds for each in absorbed),
        "new_zone_relative_error": max(each.relative_error for each in absorbed),
        "weighted_query_ms": ours.milliseconds(times_s),
    }


def _pairs_of_sites(airspace: Airspace) -> Report:
    """Measure the matrix of all sites, each pair alone, and a matrix of more places than there are sites."""
    graph, gates = airspace.visibility_with(zones_in_force(airspace)), ours.gates_of(airspace)
    chart = goto_chart(graph.area, 1)
    graph.path_lengths(chart.queries[0])
    site_matrix_s, times_s, error = ours.matrix_and_queries(graph, gates)
    _, fresh = ours.preparing(graph.area, chart.queries[0])
    others = [start for start, _ in random_queries(chart.sea, MANY_SITES - len(gates), SEED + 1)]
    return {
        "sites": len(gates),
        "site_matrix_s": site_matrix_s,
        "matrix_40_s": ours.timed(fresh.path_lengths, [*gates, *others])[0],
        "matrix_relative_error": error,
        "site_query_ms": ours.milliseconds(times_s),
    }


def _circumstances() -> Report:
    packages = ("numpy", "scipy", "shapely")
    return {
        "machine": {"system": platform.platform(), "processor": _processor(), "cores": os.cpu_count()},
        "versions": {"python": platform.python_version(), **{name: version(name) for name in packages}},
        "clock": "seconds of CPU",
    }


def _processor() -> str:
    """Return the model's name where Linux tells it."""
    path = Path("/proc/cpuinfo")
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def _write(report: Report) -> None:
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())
