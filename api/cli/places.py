"""Ends of a route by what people call them: a site, an island with one pad, or a point at sea."""

import re
from collections.abc import Sequence

from api.cli.errors import CliError
from dispatch.intake import pad_of
from geofences.airspace import Airspace
from geofences.ends import end_at
from geofences.errors import OutsideOperationArea
from geofences.values import Position, Site

_POINT = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*[,、]\s*(-?\d+(?:\.\d+)?)\s*")
WRONG_USE = 2


def place_from_text(airspace: Airspace, text: str, option: str) -> str:
    """Return the id of the drone site that a text means, or of a point ("latitude,longitude").

    A name that several places share is no question where one pad serves them all, as on a small island.

    Raises
    ------
    CliError
        Where the text means no place, or several (with the choice), or a point outside the boundary.
    dispatch.errors.InvalidInput
        Where no drone can serve the place.
    """
    point = _POINT.fullmatch(text)
    if point is not None:
        return _point_id(airspace, Position(float(point[1]), float(point[2])), option)
    found = _sites_meant(airspace, text.strip().casefold())
    pads = list(dict.fromkeys(airspace.pad_of(each.id).id for each in found))
    if len(pads) == 1:
        return pad_of(option, found[0].id, airspace.sites).id
    if not found:
        drone_sites = (each.id for each in airspace.sites.values() if each.is_drone_site)
        remedy = (
            f"use one of {', '.join(sorted(drone_sites))}, a name, an island, or a point such as 32.70,128.90"
        )
        raise CliError(f"{option}: there is no place '{text}'", remedy, WRONG_USE)
    choice = ", ".join(f"{each} {airspace.site(each).name_ja}" for each in sorted(pads))
    raise CliError(f"{option}: '{text}' may mean several pads: {choice}", "give one of these ids", WRONG_USE)


def check_inside(airspace: Airspace, position: Position, option: str) -> None:
    """Raise CliError where a point lies outside the operation area."""
    try:
        airspace.check_position(option, position)
    except OutsideOperationArea as error:
        where = f"{position.latitude_deg:g},{position.longitude_deg:g}"
        raise CliError(f"{option}: {where} lies outside the operation area", error.hint, WRONG_USE) from error


def _point_id(airspace: Airspace, position: Position, option: str) -> str:
    check_inside(airspace, position, option)
    return end_at(airspace, position).id


def _sites_meant(airspace: Airspace, wanted: str) -> Sequence[Site]:
    """Return the sites of exactly this name, or that hold it in theirs, or on the island of this name."""
    sites = list(airspace.sites.values())
    exact = [each for each in sites if wanted in _names(each)]
    similar = [each for each in sites if wanted and any(wanted in name for name in _names(each))]
    islands = {each.name_en for each in airspace.islands if wanted in (each.name_ja, each.name_en.casefold())}
    return exact or similar or [each for each in sites if each.island in islands]


def _names(site: Site) -> tuple[str, ...]:
    return site.id.casefold(), site.name_ja.casefold(), site.name_en.casefold()
