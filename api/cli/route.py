"""``tsubaki route``: a round trip with its proof and picture, without flying."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.cli.errors import CliError
from api.cli.names import site_id_from_name
from api.cli.refusals import as_one_line
from dispatch.assign import Errand, RoundTrip
from dispatch.catalogue import load_drone_types
from dispatch.energy import RESERVE_FRACTION
from dispatch.intake import pad_of
from dispatch.planning import AirspacePlanner
from dispatch.values import DroneType, TemperatureClass
from geofences.airspace import Airspace
from geofences.certificate import certify
from geofences.loading import load_airspace
from geofences.picture import draw_routes


def register(app: typer.Typer) -> None:
    """Add this command to the application."""
    app.command()(route)


def route(
    from_site: Annotated[str, typer.Argument(metavar="FROM", help="Site: id or name (FKP, 福江港).")],
    to_site: Annotated[str, typer.Argument(metavar="TO", help="Site: id or name (SGC, 嵯峨島診療所).")],
    payload: Annotated[float, typer.Option(help="Mass of the parcel, in kilograms.")] = 1.2,
    drone: Annotated[str, typer.Option(help="Drone type: quadplane or copter.")] = "quadplane",
    png: Annotated[Path | None, typer.Option(help="Draw map and altitude profile into this file.")] = None,
) -> None:
    """Plan and prove the way out and the way home between two sites, without flying."""
    drone_type = _drone_type(drone)
    with as_one_line():
        airspace = load_airspace()
        trip = _trip(airspace, from_site, to_site, payload, drone_type)
        certificate = certify(
            airspace,
            trip.way_out,
            trip.way_home,
            energy_available_wh=drone_type.battery_wh,
            reserve_fraction=RESERVE_FRACTION,
        )
    console = Console()
    console.print(_table(trip))
    console.print(f"with the stop and both pads: {trip.duration_s / 60:.1f} min, {trip.energy_wh:.0f} Wh")
    if certificate.zone_clearance_m is not None:
        console.print(f"{certificate.zone_clearance_m:.0f} m to zone {certificate.nearest_zone_id}")
    console.print(f"{certificate.coast_clearance_m:.0f} m to the coast of {certificate.nearest_island_id}")
    if png is not None:
        draw_routes(airspace, [trip.way_out, trip.way_home], png)
        console.print(f"picture: {png}", soft_wrap=True)


def _table(trip: RoundTrip) -> Table:
    table = Table("", "km", "min", "Wh", "waypoints")
    for name, leg in (("往路 out", trip.way_out), ("復路 home", trip.way_home)):
        figures = (leg.length_m / 1000, leg.duration_s / 60, leg.energy_wh)
        table.add_row(name, *(f"{figure:.1f}" for figure in figures), str(len(leg.waypoints)))
    return table


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
    errand = Errand(
        mass_kg=payload_kg,
        temperature=TemperatureClass.AMBIENT,
        origin_pad_id=pad_of("FROM", origin, airspace.sites).id,
        destination_pad_id=pad_of("TO", destination, airspace.sites).id,
    )
    return AirspacePlanner(airspace).propose(drone_type, errand, datetime.now(UTC))
