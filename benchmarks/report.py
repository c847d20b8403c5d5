"""The report of the geofence benchmark as tables."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.beside import PEERS

Report = Mapping[str, Any]


def show(report: Report) -> None:
    """Print ours, the goals, and ours beside the peers on each map."""
    console = Console()
    console.print(_own(report))
    console.print(_beside({"Goto": report, **report["random_maps"]}))


def goals(report: Report) -> list[tuple[str, str, bool | None]]:
    """Return what is asked for, what was measured, and whether it was reached (None: not measured)."""
    query = report["ratio_query"]
    error = report["max_relative_length_error"]
    return [
        _goal("query against extremitypathfinder, at least 20 ×", query["extremitypathfinder"], 20.0, True),
        _goal("query against pyvisgraph, at least 100 ×", query["pyvisgraph"], 100.0, True),
        _goal("largest relative difference of a length, under 1e-6", error, 1e-6, False),
        _goal("matrix of 40 sites, under 2 s", report["matrix_40_s"], 2.0, False),
        _goal("new zone, under 100 ms", report["new_zone_ms"], 100.0, False),
    ]


def _goal(name: str, value: float | None, limit: float, is_least: bool) -> tuple[str, str, bool | None]:
    if value is None:
        return name, "-", None
    return name, _text(value), value >= limit if is_least else value < limit


def _own(report: Report) -> Table:
    table = Table("Goto as shipped", "measured", "", title=f"{report['vertices']} corners, {report['clock']}")
    for key in ("load_s", "first_route_s", "prepare_s", "site_matrix_s", "matrix_40_s", "new_zone_ms"):
        table.add_row(key, _text(report[key]), "")
    for key in ("query_ms", "site_query_ms", "weighted_query_ms"):
        table.add_row(key, f"{_text(report[key]['median'])}, p95 {_text(report[key]['p95'])}", "")
    table.add_section()
    for name, value, is_reached in goals(report):
        table.add_row(name, value, {True: "reached", False: "missed", None: "not measured"}[is_reached])
    return table


def _beside(maps: Mapping[str, Report]) -> Table:
    table = Table("map", "planner", "prepare s", "query ms", "prepare ×", "query ×", title="Beside the peers")
    for name, each in maps.items():
        table.add_section()
        table.add_row(name, "Tsubaki", _text(each["prepare_s"]), _text(each["query_ms"]["median"]), "1", "1")
        for peer in PEERS:
            taken = each["peers"][peer]
            ratios = each["ratio_prepare"][peer], each["ratio_query"][peer]
            table.add_row("", peer, _text(taken["prepare_s"]), _text(taken["query_ms"]), *map(_text, ratios))
    return table


def _text(value: float | None) -> str:
    return "not within the limit" if value is None else f"{value:.3g}"
