"""``tsubaki route``: a round trip with its proof and picture, without flying."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from api.cli.errors import CliError
from api.cli.options import AirspaceFolder
from api.cli.places import place_from_text
from api.cli.refusals import as_one_line
from api.cli.route_options import drone_type_from_text, minutes_s, payload_kg, time_from_text, wind_from_text
from api.cli.route_trip import ProvedTrip, flight_plan_of, proved_trip
from api.cli.route_view import print_trip
from flight.vehicles.qgc import plan_document
from geofences.loading import GOTO, load_airspace
from geofences.picture import draw_routes
from geofences.wind import WindField


def register(app: typer.Typer) -> None:
    """Add this command to the application."""
    app.command()(route)


def route(
    from_place: Annotated[
        str, typer.Argument(metavar="FROM", help="Site or island: id or name (FKP, 福江港), or 32.70,128.90.")
    ],
    to_place: Annotated[
        str, typer.Argument(metavar="TO", help="Site or island: id or name (SGC, 嵯峨島), or 32.70,128.90.")
    ],
    wind: Annotated[
        str, typer.Option(metavar="SPEED@FROM", help="m/s, and degrees where it comes from: 8@220, or none.")
    ] = "none",
    payload: Annotated[float, typer.Option(help="Mass of the parcel, in kilograms.")] = 1.2,
    at: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="Departure, as 2026-12-01T09:00+09:00; now if not told."),
    ] = None,
    wait: Annotated[
        float, typer.Option(metavar="MIN", help="Leave so much later where there is no way.")
    ] = 0.0,
    drone: Annotated[str, typer.Option(help="Drone type: quadplane or copter.")] = "quadplane",
    folder: AirspaceFolder = GOTO,
    png: Annotated[Path | None, typer.Option(help="Draw map, heights and proof into this file.")] = None,
    plan: Annotated[Path | None, typer.Option(help="Write a plan for QGroundControl into this file.")] = None,
) -> None:
    """Plan and prove the way out and the way home between two places, without flying."""
    field = wind_from_text(wind)
    drone_type = drone_type_from_text(drone)
    mass_kg, wait_up_to_s = payload_kg(payload, drone_type), minutes_s(wait, "--wait")
    departure = datetime.now(UTC) if at is None else time_from_text(at, "--at")
    with as_one_line():
        airspace = load_airspace(folder)
        ends = place_from_text(airspace, from_place, "FROM"), place_from_text(airspace, to_place, "TO")
        trip = proved_trip(airspace, ends, drone_type, mass_kg, field, departure, wait_up_to_s)
    console = Console()
    print_trip(console, trip, departure)
    if png is not None:
        _draw(trip, f"{drone_type.name} · {mass_kg:g} kg", field, png)
        console.print(f"図 picture: {png}", soft_wrap=True)
    if plan is not None:
        _write_plan(trip, plan)
        console.print(f"飛行計画 plan: {plan}", soft_wrap=True)


def _draw(trip: ProvedTrip, caption: str, wind: WindField, path: Path) -> None:
    try:
        draw_routes(trip.airspace, trip.ways, path, certificate=trip.certificate, wind=wind, caption=caption)
    except OSError as error:
        raise _unwritable("--png", path, error) from error


def _write_plan(trip: ProvedTrip, path: Path) -> None:
    with as_one_line():
        document = plan_document(flight_plan_of(trip))
    try:
        path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise _unwritable("--plan", path, error) from error


def _unwritable(option: str, path: Path, error: OSError) -> CliError:
    return CliError(f"{option}: {path} cannot be written: {error.strerror}", "choose another file")
