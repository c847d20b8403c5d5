"""``tsubaki params``: the parameters of a vehicle, held against those that it must have to fly."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.cli.errors import CliError
from api.clock import ScaledClock
from flight.drivers.inquiry import inquire
from flight.errors import FlightError
from flight.plan import VehicleAddress, VehicleClass
from flight.protocol.operation import Target
from flight.protocol.parameter_list import FetchParameters
from flight.vehicles.parameters import REQUIRED, ParameterDifference, differences_of, names_of

Row = tuple[str, str, str, str]

DIFFERS = 1
FAILED = 2

REMEDY = (
    "see that the vehicle runs, that link and system id are its own, that nobody else uses the link, "
    "and that it does not ask for signed frames"
)


def register(app: typer.Typer) -> None:
    """Add this command to the application."""
    app.command()(params)


def params(
    link: Annotated[str, typer.Argument(help="udp:127.0.0.1:14550 or tcp:127.0.0.1:5760.")],
    vehicle_class: Annotated[VehicleClass, typer.Option("--class", help="What the vehicle is.")],
    system_id: Annotated[int, typer.Option(min=1, max=255, help="Its MAVLink system id.")] = 1,
    show_all: Annotated[
        bool, typer.Option("--all", help="Show every parameter on board, not only what differs.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Read all parameters of a vehicle and show which differ from what is required of its class.

    Nothing is written. Exit code 0: none differs; 1: some differ; 2: they could not be read.
    """
    address = VehicleAddress(link, system_id)
    found = _parameters(address)
    differing = differences_of(REQUIRED[vehicle_class], found)
    if as_json:
        _print_json(address, vehicle_class, differing, found if show_all else None)
    else:
        rows = _all_rows(vehicle_class, found, differing) if show_all else _rows(differing)
        count = f"{len(found)} read, {len(differing)} of {len(REQUIRED[vehicle_class])} required differ"
        _print_table(f"{address}: {count}", rows)
    if differing:
        raise typer.Exit(DIFFERS)


def _parameters(address: VehicleAddress) -> dict[str, float]:
    try:
        found = inquire(address, FetchParameters(Target(address.system_id)), ScaledClock(epoch=0.0))
    except FlightError as error:
        raise CliError(str(error), REMEDY, FAILED) from error
    return {name: parameter.value for name, parameter in found.items()}


def _print_json(
    address: VehicleAddress,
    vehicle_class: VehicleClass,
    differing: Sequence[ParameterDifference],
    found: Mapping[str, float] | None,
) -> None:
    document = {
        "vehicle": str(address),
        "class": vehicle_class,
        "differences": [asdict(each) for each in differing],
        **({} if found is None else {"parameters": found}),
    }
    typer.echo(json.dumps(document, ensure_ascii=False))


def _print_table(title: str, rows: Iterator[Row]) -> None:
    table = Table("name", "on board", "required", "reason", title=title)
    for row in rows:
        table.add_row(*row)
    Console(highlight=False).print(table, markup=False)


def _rows(differing: Sequence[ParameterDifference]) -> Iterator[Row]:
    for each in differing:
        on_board = "not on board" if each.on_board is None else f"{each.on_board:g}"
        yield each.name, on_board, f"{each.required:g}", each.reason


def _all_rows(
    vehicle_class: VehicleClass, found: Mapping[str, float], differing: Sequence[ParameterDifference]
) -> Iterator[Row]:
    """Yield what is required and missing, and then all that is on board in the order of names."""
    required = {name: each for each in REQUIRED[vehicle_class] for name in names_of(each.name)}
    yield from _rows([each for each in differing if each.on_board is None])
    for name, value in sorted(found.items()):
        wanted = required.get(name)
        yield name, f"{value:g}", *(("", "") if wanted is None else (f"{wanted.value:g}", wanted.reason))
