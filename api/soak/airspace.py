"""The airspace of every world."""

from functools import cache

from geofences.airspace import Airspace
from geofences.loading import load_airspace


@cache
def goto() -> Airspace:
    """Return the Goto Islands, loaded once: their visibility graph is worth keeping."""
    return load_airspace()
