"""``make bench-simulator``: the size of a fleet at real time, and the speed of one vehicle."""

import json
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.fleet import one, sitl
from benchmarks.fleet.crowd import Load, measure
from simulator.values import VehicleClass

FILE = Path("build/bench/simulator.json")
GOAL_VEHICLES, GOAL_SPEEDUP = 1000, 500
RATES_HZ = (4, 1)
_MARGIN = 0.92
_STEP = 50


def largest(rate_hz: int) -> list[Load]:
    """Return a thousand vehicles, and what follows from them: the largest fleet that was seen to keep pace
    last."""
    first = measure(GOAL_VEHICLES, rate_hz)
    spare = 1.0 / first.cpu_share if first.kept_pace else first.pace
    loads = [first]
    count = int(GOAL_VEHICLES * spare * _MARGIN) // _STEP * _STEP
    while count > 0 and (count > GOAL_VEHICLES or not first.kept_pace):
        loads.append(measure(count, rate_hz))
        if loads[-1].kept_pace:
            return loads
        count = int(count * min(loads[-1].pace, 0.97)) // _STEP * _STEP
    return sorted(loads, key=lambda load: load.kept_pace)


def run() -> dict[str, Any]:
    """Measure everything."""
    fleets = {rate: largest(rate) for rate in RATES_HZ}
    speeds = {f"{kind}_{rate}hz": one.speedup(kind, rate) for kind in VehicleClass for rate in (0, 1, 4)}
    return {
        "vehicles_realtime_one_core": {
            f"{rate}hz": max((each.vehicles for each in loads if each.kept_pace), default=0)
            for rate, loads in fleets.items()
        },
        "speedup_one_vehicle": speeds[f"{VehicleClass.COPTER}_0hz"],
        "speedups": speeds,
        "loads": {f"{rate}hz": [each._asdict() for each in loads] for rate, loads in fleets.items()},
        "ardupilot": sitl.measure(),
    }


def show(report: dict[str, Any]) -> None:
    """Print the report."""
    table = Table("measured", "Tsubaki", "goal", "ArduPilot SITL", title="Simulator")
    peer = report["ardupilot"] or {"cpu_share_realtime": 0.0, "speedup_max": 0.0}
    most = f"{1.0 / peer['cpu_share_realtime']:,.0f} (from its share)" if report["ardupilot"] else "not given"
    for rate, count in report["vehicles_realtime_one_core"].items():
        table.add_row(
            f"vehicles at real time on one core, all streams at {rate}", f"{count:,}", "1,000", most
        )
    speed = f"{peer['speedup_max']:,.0f} ×" if report["ardupilot"] else "not given"
    table.add_row("one vehicle, as it boots", f"{report['speedup_one_vehicle']:,.0f} ×", "500 ×", speed)
    for name, value in report["speedups"].items():
        table.add_row(name.replace("_", ", "), f"{value:,.0f} ×", "", "")
    for rate, loads in report["loads"].items():
        for load in loads:
            table.add_row(
                f"{load['vehicles']:,} vehicles at {rate}",
                f"{load['cpu_share']:.2f} of a core, pace {load['pace']:.3f}, "
                f"{load['messages_per_vehicle_s']:.0f} messages/s each",
                "",
                "",
            )
    Console().print(table)


def main() -> None:
    """Measure, print, and keep the figures."""
    report = run()
    show(report)
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
