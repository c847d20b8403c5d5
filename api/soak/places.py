"""How far two places of a town are apart."""

import math
from typing import Protocol

from simulator.geodesy import LocalFrame


class Place(Protocol):
    """Anything with a position: a site's, a home point, a drone's truth, a dropped parcel."""

    @property
    def latitude_deg(self) -> float:
        """Latitude, degrees."""

    @property
    def longitude_deg(self) -> float:
        """Longitude, degrees."""


def distance_m(one: Place, other: Place) -> float:
    """Return the horizontal distance in metres, on the map around the first place."""
    frame = LocalFrame(one.latitude_deg, one.longitude_deg)
    return math.hypot(*frame.local_from_e7(round(other.latitude_deg * 1e7), round(other.longitude_deg * 1e7)))
