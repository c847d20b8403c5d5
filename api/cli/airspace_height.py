"""``tsubaki airspace height``: up to which height one may fly at a point without a permit."""

from typing import Annotated

import typer
from rich.console import Console

from api.cli.errors import CliError
from api.cli.places import check_inside
from api.cli.refusals import as_one_line
from geofences.height_allowed import height_allowed_amsl_m, load_surfaces
from geofences.loading import GOTO, load_airspace
from geofences.values import Position

REMEDY = "give latitude,longitude in degrees: 32.70,128.90"
AIRPORTS = GOTO / "source" / "airports.json"
NAMES_JA = {
    "strip": "着陸帯",
    "approach": "進入表面",
    "transitional": "転移表面",
    "horizontal": "水平表面",
    "conical": "円錐表面",
    "extended-approach": "延長進入表面",
    "outer-horizontal": "外側水平表面",
}


def height(
    point: Annotated[str, typer.Argument(metavar="LATITUDE,LONGITUDE", help="In degrees: 32.70,128.90")],
    ground: Annotated[float, typer.Option(help="Height of the ground there, in metres above the sea.")] = 0.0,
) -> None:
    """Say how high one may fly at a point: under the surfaces of airports, and near the ground."""
    console = Console()
    with as_one_line():
        airspace = load_airspace()
        position = _position(point)
        check_inside(airspace, position, "LATITUDE,LONGITUDE")
        airports = load_surfaces(AIRPORTS, airspace.projection)
    limit_m = airspace.policy.altitude_limit_above_ground_m
    allowed_m = height_allowed_amsl_m(airports, position, ground, limit_m)
    console.print(f"海抜 {allowed_m:.1f} m まで飛べます / up to {allowed_m:.1f} m above the sea")
    for each in airports:
        height_m, name = each.lowest_over(position)
        if name:
            what = f"{each.airport.name_ja} {NAMES_JA[name]} / {each.airport.name_en}, {name} surface"
            console.print(f"  {height_m:.1f} m: {what}", soft_wrap=True)
    console.print(f"  {ground + limit_m:.1f} m: 地面・海面から / above ground or sea {limit_m:g} m (航空法)")


def _position(text: str) -> Position:
    try:
        latitude_deg, longitude_deg = map(float, text.split(","))
    except ValueError:
        raise CliError(f"'{text}' is no point", REMEDY, 2) from None
    return Position(latitude_deg, longitude_deg)
