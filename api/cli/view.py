"""What a delivery looks like in a terminal: phase, progress, distance, altitude, speed, battery, ETA."""

from collections.abc import Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

Json = Mapping[str, Any]

PHASES = {
    "on_ground": "地上 on the ground",
    "taking_off": "離陸 taking off",
    "enroute": "往路 on the way",
    "delivering": "投下 delivering",
    "returning": "復路 flying home",
    "landing": "着陸 landing",
}
ENDED = frozenset({"received", "rejected", "cancelled", "returned", "failed", "handed_over"})
"""States after which nothing more happens by itself to a request."""


def delivery_panel(request: Json, sortie: Json | None, drone: Json | None) -> RenderableType:
    """Return the picture of one request, with its sortie and drone where it has them."""
    lines: list[RenderableType] = [_request_line(request)]
    if request["reason"]:
        lines.append(Text(f"{request['reason']['ja']} / {request['reason']['en']}", style="yellow"))
    if sortie is not None:
        lines.append(Text(f"便 {sortie['id']}  {sortie['state']}  機体 {sortie['drone_id']}"))
    if drone is not None:
        lines += [_progress_line(drone), _figures(drone)]
    return Panel(Group(*lines), title=f"椿 Tsubaki  {request['id']}", border_style="red")


def _request_line(request: Json) -> Text:
    text = Text(
        f"{request['items']}  {request['mass_kg']:g} kg  {request['temperature']}  {request['urgency']}  "
    )
    text.append(f"{request['from_site_id']} → {request['to_site_id']}  ")
    text.append(request["state"], style="bold green")
    return text


def _progress_line(drone: Json) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    done = drone["progress"] or 0.0
    phase = PHASES.get(drone["phase"], str(drone["phase"]))
    table.add_row(Text(phase, style="bold"), ProgressBar(1.0, done, width=40), f"{done:.0%}")
    return table


def _figures(drone: Json) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    battery = drone["battery_remaining"]
    table.add_row(
        "残り " + shown(drone["distance_to_go_m"], "km", 0.001, 1),
        "高度 " + shown(drone["altitude_amsl_m"], "m"),
        "速度 " + shown(drone["ground_speed_m_s"], "m/s", digits=1),
        "電池 " + shown(battery, "%", 100),
        "ETA " + shown(drone["eta_s"], "min", 1 / 60, 1),
        f"通信 {drone['link']}",
    )
    return table


def shown(value: float | None, unit: str, factor: float = 1.0, digits: int = 0) -> str:
    """Return a figure with its unit, or a dash where there is none yet."""
    return "–" if value is None else f"{value * factor:.{digits}f} {unit}"
