"""What is below: flat ground at the height of the pads, or islands in the sea."""

from typing import Protocol

import numpy as np
import shapely

from simulator.physics.state import Flags, Floats


class Surface(Protocol):
    """The ground under all aircraft."""

    def under(self, latitude_deg: Floats, longitude_deg: Floats) -> Flags:
        """Return where there is water, shape (n,)."""
        ...


class FlatGround:
    """Ground everywhere, as in ArduPilot's simulation with terrain off."""

    def under(self, latitude_deg: Floats, longitude_deg: Floats) -> Flags:
        """Say that it is dry everywhere."""
        return np.zeros(latitude_deg.shape, bool)


class Islands:
    """Land within a coast line, water at mean sea level around it. What comes down on water is lost.

    Parameters
    ----------
    land
        Polygons in degrees, x longitude and y latitude.
    """

    def __init__(self, land: shapely.Geometry) -> None:
        self._land = land
        shapely.prepare(self._land)

    def under(self, latitude_deg: Floats, longitude_deg: Floats) -> Flags:
        """Return where there is no land."""
        wet: Flags = ~np.asarray(shapely.contains_xy(self._land, longitude_deg, latitude_deg), bool)
        return wet
