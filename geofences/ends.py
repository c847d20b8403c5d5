"""The ends of a route: the pad of a drone site, or a point in the open where a drone already flies."""

import re
from dataclasses import dataclass

from geofences.airspace import Airspace
from geofences.errors import NoRoute
from geofences.shapes import XY
from geofences.values import Position

POINT_ID = re.compile(r"(-?\d+\.\d{7}),(-?\d+\.\d{7})")
"""A point is named by its latitude and longitude in degrees, as exact as MAVLink carries them."""


@dataclass(frozen=True, slots=True)
class End:
    """Where a route begins or ends.

    ``gate`` is where the cruise begins or ends; a site has its pad behind it, and the height of that. At a
    point there is no climb or descent: the drone is in flight before or after.
    """

    id: str
    gate: XY
    pad: XY | None = None
    elevation_amsl_m: float | None = None

    @property
    def is_site(self) -> bool:
        """Say whether there is a pad here."""
        return self.pad is not None

    def climb_m(self, altitude_amsl_m: float) -> float:
        """Return the height between the pad and an altitude over it, in metres."""
        return 0.0 if self.elevation_amsl_m is None else abs(altitude_amsl_m - self.elevation_amsl_m)


def end_at(airspace: Airspace, place: str | Position) -> End:
    """Return the end at a site or point.

    Parameters
    ----------
    place
        The id of a drone site, a position, or the id that a route gives to a point.

    Raises
    ------
    UnknownSite
        Where no site has the id.
    NoRoute
        Where the site is served by road.
    OutsideOperationArea
        Where the position lies outside the boundary.
    """
    if isinstance(place, Position):
        airspace.check_position("position", place)
        return End(_point_id(place), airspace.projection.local_from_position(place))
    if place not in airspace.sites and (match := POINT_ID.fullmatch(place)):
        return end_at(airspace, Position(float(match[1]), float(match[2])))
    site = airspace.site(place)
    if not site.is_drone_site:
        raise NoRoute(f"{place} is not a drone site; it is served by road from {site.pad_site_id}")
    pad, gate = airspace.terrain.approaches[place]
    return End(site.id, gate, pad, site.elevation_amsl_m)


def _point_id(position: Position) -> str:
    return f"{position.latitude_deg:.7f},{position.longitude_deg:.7f}"
