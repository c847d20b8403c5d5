"""Commands for looking: a route with its proof and picture, and a vehicle through DroneKit."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.cli.errors import CliError
from api.cli.names import site_id_from_name
from dispatch.assign import Errand, RoundTrip
from dispatch.catalogue import load_drone_types
from dispatch.errors import DispatchError
from dispatch.intake import pad_of
from dispatch.planning import AirspacePlanner
from dispatch.values import DroneType, TemperatureClass
from flight.dronekit_inspect import inspect_vehicle
from flight.errors import FlightError
from geofences.airspace import Airspace
from geofences.errors import GeofencesError
from geofences.loading import load_airspace
from geofences.picture import draw_routes

console = Console()


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    app.command()(route)
    app.command()(inspect)


def route(
    from_site: Annotated[str, typer.Argument(metavar="FROM", help="Site: id or name (FKP, 福江港).")],
    to_site: Annotated[str, typer.Argument(metavar="TO", help="Site: id or name (SGC, 嵯峨島診療所).")],
    payload: Annotated[float, typer.Option(help="Mass of the parcel, in kilograms.")] = 1.2,
    drone: Annotated[str, typer.Option(help="Drone type: quadplane or copter.")] = "quadplane",
    png: Annotated[Path | None, typer.Option(help="Draw map and altitude profile into this file.")] = None,
) -> None:
    """Plan the way out and the way home between two sites, without flying."""
    airspace = load_airspace()
    trip = _trip(airspace, from_site, to_site, payload, _drone_type(drone))
    table = Table("", "km", "min", "Wh", "waypoints")
    for name, leg in (("往路 out", trip.way_out), ("復路 home", trip.way_home)):
        figures = (leg.length_m / 1000, leg.duration_s / 60, leg.energy_wh)
        table.add_row(name, *(f"{figure:.1f}" for figure in figures), str(len(leg.waypoints)))
    console.print(table)
    console.print(f"with the stop and both pads: {trip.duration_s / 60:.1f} min, {trip.energy_wh:.0f} Wh")
    if png is not None:
        draw_routes(airspace, [trip.way_out, trip.way_home], png)
        console.print(f"picture: {png}")


def inspect(
    address: Annotated[
        str, typer.Argument(help="DroneKit address: udpout:127.0.0.1:14561, tcp:127.0.0.1:5760.")
    ],
) -> None:
    """Look at a vehicle through DroneKit: firmware, mode, armed, position, battery, parameters."""
    try:
        inspection = inspect_vehicle(address)
    except FlightError as error:
        raise CliError(
            str(error), "see that the vehicle runs and that nobody else holds the address"
        ) from error
    console.print(inspection)


def _drone_type(name: str) -> DroneType:
    types = load_drone_types()
    if name not in types:
        raise CliError(f"--drone: there is no drone type '{name}'", f"use one of {', '.join(types)}", 2)
    return types[name]


def _trip(
    airspace: Airspace, from_site: str, to_site: str, payload_kg: float, drone_type: DroneType
) -> RoundTrip:
    sites = [
        {"id": site.id, "name_ja": site.name_ja, "name_en": site.name_en} for site in airspace.sites.values()
    ]
    origin = site_id_from_name(sites, from_site, "FROM")
    destination = site_id_from_name(sites, to_site, "TO")
    try:
        errand = Errand(
            mass_kg=payload_kg,
            temperature=TemperatureClass.AMBIENT,
            origin_pad_id=pad_of("FROM", origin, airspace.sites).id,
            destination_pad_id=pad_of("TO", destination, airspace.sites).id,
        )
        return AirspacePlanner(airspace).propose(drone_type, errand, datetime.now(UTC))
    except DispatchError as error:
        raise CliError(str(error), getattr(error, "remedy", "choose other sites")) from error
    except GeofencesError as error:
        raise CliError(str(error), "choose other sites, or wait until the zones end") from error
