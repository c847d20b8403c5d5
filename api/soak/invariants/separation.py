"""Drones in the air stay apart."""

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import shapely

from api.soak.flights import Flight
from api.soak.invariants.base import Invariant
from api.soak.tracks import points
from simulator.values import TrackSample

if TYPE_CHECKING:
    from api.soak.world import World

SEPARATION_M = 150.0
"""Two corridors that do not meet have 100 m between each drone's line and its own edge; what the wind and
the estimate move a drone inside its corridor (50 m at most) may be used up."""

IN_THE_AIR_M = 2.0
"""Above its pad; lower it stands, or is about to."""


class Separated(Invariant):
    """No two drones that are in the air at once come nearer to one another than `SEPARATION_M`."""

    name = "separation in the air"

    def check(self, world: "World") -> None:
        """Judge every two flights that overlap in time."""
        for one, other in combinations(world.ledger.flights, 2):
            if one.drone_id != other.drone_id:
                self._judge(world, one, other)

    def _judge(self, world: "World", one: Flight, other: Flight) -> None:
        first, second = (_in_the_air(world, flight) for flight in (one, other))
        common = sorted(first.keys() & second.keys())
        if not common:
            return
        places = [points([track[time] for time in common], world.airspace) for track in (first, second)]
        apart_up_m = [first[time].altitude_amsl_m - second[time].altitude_amsl_m for time in common]
        apart_m = np.hypot(shapely.distance(*places), np.array(apart_up_m))
        nearest = int(apart_m.argmin())
        if apart_m[nearest] < SEPARATION_M:
            sorties = " and ".join(each.sortie.id if each.sortie else "no sortie" for each in (one, other))
            figures = f"{apart_m[nearest]:.0f} m apart ({SEPARATION_M:g} m wanted), on {sorties}"
            drones = (one.drone_id, other.drone_id)
            self.broken(world, figures, drones=drones, at=float(common[nearest]))


def _in_the_air(world: "World", flight: Flight) -> dict[int, TrackSample]:
    """Return the samples of a flight off the ground, by whole seconds of Unix time."""
    node = world.nodes[flight.drone_id]
    pad_m = node.config.home.altitude_amsl_m
    samples = flight.part_of(node.track)
    return {round(each.time): each for each in samples if each.altitude_amsl_m > pad_m + IN_THE_AIR_M}
