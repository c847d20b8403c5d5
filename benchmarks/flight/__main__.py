"""``make bench-flight``: what the gateway carries, beside pymavlink, mavutil and DroneKit, in one run."""

import json
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.flight import decoding, dronekit_crowd, sockets, upload
from benchmarks.flight.share import VEHICLES, share

FILE = Path("build/bench/flight.json")
GOALS = {
    "core_share_1000x10.decode": 0.15,
    "core_share_1000x10.supervised": 0.35,
    "event_latency_ms_p99": 20.0,
    "upload_100x50_s": 10.0,
}
"""By the name of the figure: it has to be under this."""


def run() -> dict[str, Any]:
    """Measure everything; the later parts have another process beside them."""
    rates = decoding.measure()
    shares = {"decode": share(supervised=False), "supervised": share(supervised=True)}
    on_sockets = sockets.measure()
    uploads = upload.measure()
    return {
        "messages_per_cpu_s": rates,
        "messages_per_cpu_s_signed": decoding.measure_signed(),
        "core_share_1000x10": shares,
        "core_share_1000x10_with_sockets": on_sockets.core_share,
        "event_latency_ms_p99": on_sockets.p99_ms,
        "event_latency_ms_p50": on_sockets.p50_ms,
        "upload_100x50_s": uploads.upload_s,
        "verified_100x50_s": uploads.verified_s,
        "vehicles_per_core_10hz": {
            "ours": round(VEHICLES / on_sockets.core_share),
            "dronekit": round(dronekit_crowd.vehicles_per_core()),
        },
    }


def flat(report: dict[str, Any]) -> dict[str, float]:
    """Return the figures of a report by their whole names."""
    figures: dict[str, float] = {}
    for name, value in report.items():
        if isinstance(value, dict):
            figures |= {f"{name}.{part}": each for part, each in value.items()}
        else:
            figures[name] = value
    return figures


def verdict(name: str, value: float) -> tuple[str, str]:
    """Return the goal of a figure, and whether it was reached; nothing for one without a goal."""
    goal = GOALS.get(name)
    if goal is None:
        return "", ""
    return f"under {goal:g}", "reached" if value < goal else "missed"


def show(report: dict[str, Any]) -> None:
    """Print each figure, and its goal where it has one."""
    table = Table("figure", "measured", "goal", "", title="Flight gateway")
    for name, value in flat(report).items():
        text = f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"
        table.add_row(name, text, *verdict(name, value))
    Console().print(table)


def main() -> None:
    """Measure, print, and keep the figures."""
    report = run()
    show(report)
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
