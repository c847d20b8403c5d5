"""Where drones really were, on the map: all from the simulator's own log."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from dispatch.store.records import ProvedPlan
from geofences.airspace import Airspace
from geofences.corridor import corridor_area
from simulator.values import TrackSample


def points(track: Sequence[TrackSample], airspace: Airspace) -> Any:
    """Return the places of some samples as points of the local map, in metres."""
    longitudes = [sample.longitude_deg for sample in track]
    latitudes = [sample.latitude_deg for sample in track]
    return shapely.points(*airspace.projection.to_local(longitudes, latitudes))


def outside_m(track: Sequence[TrackSample], plan: ProvedPlan, airspace: Airspace) -> NDArray[np.float64]:
    """Return how far each sample lies outside the certified corridor (0: inside)."""
    corridor = corridor_area((plan.way_out, plan.way_home), airspace.projection)
    distances: NDArray[np.float64] = shapely.distance(points(track, airspace), corridor)
    return distances


def farthest_outside_m(track: Sequence[TrackSample], plan: ProvedPlan, airspace: Airspace) -> float:
    """Return how far the track left the certified corridor at its worst point (0: it never did)."""
    return float(outside_m(track, plan, airspace).max())
