"""The surfaces that a command line can name: flat ground, or the Goto Islands in their sea."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
import shapely

from geofences.loading import GOTO, read_islands
from simulator.errors import ConfigurationError
from simulator.physics.surface import FlatGround, Islands, Surface
from simulator.values import VehicleConfig


def goto() -> Islands:
    """Return the Goto Islands (coast of OpenStreetMap, ``geofences/data/goto``) in their sea."""
    return Islands(shapely.union_all([island.geometry for island in read_islands(GOTO / "islands.geojson")]))


SURFACES: Mapping[str, Callable[[], Surface]] = MappingProxyType({"flat": FlatGround, "goto": goto})


def surface(name: str, configs: Sequence[VehicleConfig]) -> Surface:
    """Return the surface of that name.

    Raises
    ------
    ConfigurationError
        There is none of that name, or a vehicle stands in its sea.
    """
    if name not in SURFACES:
        raise ConfigurationError("surface", f"{name!r} is unknown", f"choose {' or '.join(SURFACES)}")
    found = SURFACES[name]()
    homes = [config.home for config in configs]
    wet = found.under(
        np.array([home.latitude_deg for home in homes]), np.array([home.longitude_deg for home in homes])
    )
    for config, under_water in zip(configs, wet, strict=True):
        if under_water:
            problem = f"{config.name} stands in the sea of {name}"
            raise ConfigurationError("surface", problem, "give a home on land, or --surface flat")
    return found
