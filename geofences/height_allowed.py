"""How high one may fly at a position without a permit: below airport surfaces, and not far above ground."""

from collections.abc import Iterable
from pathlib import Path

from geofences.airport_loading import load_airports
from geofences.airport_surfaces import AirportSurfaces
from geofences.policy import LIMIT_ABOVE_GROUND_M
from geofences.projection import LocalProjection
from geofences.values import Position


def load_surfaces(path: Path, projection: LocalProjection) -> tuple[AirportSurfaces, ...]:
    """Return the surfaces of all airports of a file; raise DataError with all problems of it.

    Parameters
    ----------
    path
        Runways as ``load_airports`` reads them, such as ``geofences/data/goto/source/airports.json``.
    projection
        The map of the airspace.
    """
    return tuple(AirportSurfaces(airport, projection) for airport in load_airports(path))


def height_allowed_amsl_m(
    airports: Iterable[AirportSurfaces],
    position: Position,
    ground_amsl_m: float = 0.0,
    limit_above_ground_m: float = LIMIT_ABOVE_GROUND_M,
) -> float:
    """Return up to which height above the sea one may fly over a position without a permit.

    It is the lowest of the airport surfaces there and the limit above ground, which holds alone outside all
    surfaces. The surfaces stand in metres above the sea; where one lies below the ground, nothing is allowed.

    Parameters
    ----------
    airports
        All airports near.
    ground_amsl_m
        Height of the ground or water below; where it is not known, the sea is assumed, which allows least.
    limit_above_ground_m
        The limit everywhere, 150 m by the law of Japan.
    """
    surfaces = (each.lowest_over(position)[0] for each in airports)
    return min(ground_amsl_m + limit_above_ground_m, *surfaces, float("inf"))
