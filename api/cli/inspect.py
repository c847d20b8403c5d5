"""``tsubaki inspect``: a vehicle through DroneKit."""

from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.cli.errors import CliError
from flight.drivers.inspection import inspect_vehicle
from flight.errors import FlightError


def register(app: typer.Typer) -> None:
    """Add this command to the application."""
    app.command()(inspect)


def inspect(
    address: Annotated[
        str, typer.Argument(help="udp:127.0.0.1:14561, tcp:127.0.0.1:5760, or a serial device.")
    ],
    parameters: Annotated[str, typer.Option(help="Show the parameters whose names begin so.")] = "FS_",
) -> None:
    """Look at a vehicle through DroneKit: firmware, mode, armed, position, battery, parameters."""
    try:
        inspection = inspect_vehicle(address)
    except FlightError as error:
        remedy = "see that the vehicle runs, and that nobody else uses the address"
        raise CliError(str(error), remedy) from error
    table = Table(title=address, show_header=False)
    for name, value in asdict(inspection).items():
        table.add_row(name, f"{len(value)} read" if name == "parameters" else str(value))
    for name, value in sorted(inspection.parameters.items()):
        if name.startswith(parameters):
            table.add_row(name, f"{value:g}")
    Console().print(table)
