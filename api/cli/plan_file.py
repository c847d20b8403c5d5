"""``tsubaki plan-file``: what a ``.plan`` file of QGroundControl would put on board."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from pymavlink.dialects.v20 import ardupilotmega as dialect
from rich.console import Console
from rich.table import Table

from api.cli.errors import CliError
from flight.errors import PlanError
from flight.plan import MissionItem
from flight.protocol.names import Command, Frame
from flight.vehicles.qgc_reading import plan_from_document

WRONG_FILE = 2
PREFIX = "MAV_CMD_"
DATUMS = {Frame.GLOBAL: "above the sea", Frame.GLOBAL_RELATIVE_ALT: "above home"}
CORNERS = (Command.FENCE_POLYGON_VERTEX_INCLUSION, Command.FENCE_POLYGON_VERTEX_EXCLUSION)

Lists = Mapping[str, Sequence[MissionItem]]


def register(app: typer.Typer) -> None:
    """Add this command to the application."""
    app.command("plan-file")(plan_file)


def plan_file(
    file: Annotated[Path, typer.Argument(help="The .plan file.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Show mission, fence and rally points of a QGroundControl plan, as a drone would get them."""
    lists = _lists(file)
    if as_json:
        document = {kind: [_as_json(item) for item in items] for kind, items in lists.items()}
        typer.echo(json.dumps(document, ensure_ascii=False))
        return
    console = Console(highlight=False)
    for kind, items in lists.items():
        if items:
            console.print(_table(kind, items))
    console.print(", ".join(f"{kind} {len(items)}" for kind, items in lists.items()))


def _lists(file: Path) -> Lists:
    try:
        read = plan_from_document(_document(file))
    except PlanError as error:
        remedy = "correct it in QGroundControl and save it again"
        raise CliError(f"{file}: {error}", remedy, WRONG_FILE) from error
    return {"mission": read.mission, "fence": read.fence, "rally": read.rally}


def _document(file: Path) -> Any:
    remedy = "name a .plan file that QGroundControl has saved"
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise CliError(f"{file} cannot be read: {error.strerror}", remedy, WRONG_FILE) from error
    except (ValueError, RecursionError) as error:
        raise CliError(f"{file} is no JSON: {error}", remedy, WRONG_FILE) from error


def _table(kind: str, items: Sequence[MissionItem]) -> Table:
    table = Table("number", "command", "place", "height", "parameters", title=f"{kind}: {len(items)}")
    for number, item in enumerate(items):
        table.add_row(str(number), _name(item.command), _place(item), _height(item), _parameters(item))
    return table


def _as_json(item: MissionItem) -> dict[str, Any]:
    return {"name": _name(item.command), **asdict(item)}


def _name(command: int) -> str:
    """Return the name of a command in MAVLink's dialect, or its number."""
    entry = dialect.enums["MAV_CMD"].get(command)
    return str(command) if entry is None else str(entry.name).removeprefix(PREFIX)


def _has_place(item: MissionItem) -> bool:
    """Say whether an item has a place: (0, 0) is how MAVLink says that it has none."""
    return (item.x_e7, item.y_e7) != (0, 0)


def _place(item: MissionItem) -> str:
    return f"{item.x_e7 / 1e7:.7f}, {item.y_e7 / 1e7:.7f}" if _has_place(item) else ""


def _height(item: MissionItem) -> str:
    """Return an item's height; the corner of a fence has none, nor has a zero without a place a meaning."""
    is_told = item.command not in CORNERS and (item.z_m != 0 or _has_place(item))
    return f"{item.z_m:g} m {DATUMS[Frame(item.frame)]}" if is_told else ""


def _parameters(item: MissionItem) -> str:
    return " ".join(f"{each:g}" for each in (item.param1, item.param2, item.param3, item.param4))
