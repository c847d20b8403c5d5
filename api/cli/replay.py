"""``tsubaki replay``: a recording, told again as events."""

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from api.cli.errors import CliError
from api.cli.installation import DataDir, settings_from
from api.cli.refusals import as_one_line
from api.wiring import open_store
from dispatch.store.codec import plan_from_json
from flight.events import FlightEvent
from flight.plan import FlightPlan
from flight.records.reader import read_tlog
from flight.records.replay import replay as replayed

WRONG_USE = 2
DECIMALS = 7
"""Those of a position in degrees: a centimetre."""

COMMON_FIELDS = ("at", "vehicle", "sortie_id", "attempt")


def register(app: typer.Typer) -> None:
    """Add this command to the application."""
    app.command()(replay)


def replay(
    file: Annotated[Path, typer.Argument(help="The .tlog file.")],
    plan: Annotated[Path | None, typer.Option(help="The flight plan, as JSON.")] = None,
    sortie: Annotated[
        str | None, typer.Option(help="Take the plan of this sortie from the database.")
    ] = None,
    data_dir: DataDir = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Play a recording through the supervision and print the events with their time.

    Without a plan the flight is held against the mission that stands in the recording.
    """
    if plan is not None and sortie is not None:
        raise CliError("--plan and --sortie both name a plan", "give one of them", WRONG_USE)
    flown = _plan_of_sortie(sortie, data_dir) if sortie is not None else _plan_of_file(plan)
    console = Console(soft_wrap=True, highlight=False)
    is_empty = True
    for event in _events(file, flown):
        is_empty = False
        console.print(_as_json(event) if as_json else _as_line(event), markup=False)
    if is_empty:
        raise CliError(f"{file} holds nothing that a vehicle says", "name a .tlog file of a flight")


def _events(file: Path, plan: FlightPlan | None) -> Iterator[FlightEvent]:
    try:
        yield from replayed(read_tlog(file), plan)
    except OSError as error:
        raise CliError(f"{file} cannot be read: {error.strerror}", "name a .tlog file") from error


def _plan_of_file(path: Path | None) -> FlightPlan | None:
    if path is None:
        return None
    try:
        return plan_from_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CliError(f"{path} cannot be read: {error.strerror}", "name a flight plan as JSON") from error
    except (ValueError, KeyError, TypeError) as error:
        raise CliError(f"{path} is no flight plan: {error}", "leave --plan out, or use --sortie") from error


def _plan_of_sortie(sortie_id: str, data_dir: Path | None) -> FlightPlan:
    with (
        as_one_line(),
        closing(open_store(settings_from(data_dir=data_dir))) as store,
        store.reading() as work,
    ):
        return work.sorties.plan(sortie_id).flight_plan


def _as_json(event: FlightEvent) -> str:
    return json.dumps({"event": type(event).__name__, **asdict(event)}, ensure_ascii=False)


def _as_line(event: FlightEvent) -> str:
    at = datetime.fromtimestamp(event.at, UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
    details = "  ".join(
        f"{name}={_shown(value)}" for name, value in asdict(event).items() if name not in COMMON_FIELDS
    )
    return f"{at}Z  {event.vehicle}  {type(event).__name__:<16}  {details}".rstrip()


def _shown(value: Any) -> str:
    return str(round(value, DECIMALS)) if isinstance(value, float) else str(value)
