"""Nothing flies outside what was certified."""

from typing import TYPE_CHECKING

import numpy as np

from api.soak.flights import Flight
from api.soak.invariants.base import Invariant
from api.soak.tracks import outside_m

if TYPE_CHECKING:
    from api.soak.world import World

TOLERANCE_M = 5.0
"""Beside the corridor and above its ceiling: the corridor holds an error of navigation already, so this is
the resolution of the judge (a sample a second, a chord of an arc of the corridor's edge)."""


class InsideCertifiedAirspace(Invariant):
    """The true track of every flight stays in the corridor of the proved plan of its sortie."""

    name = "inside certified airspace"

    def check(self, world: "World") -> None:
        """Judge the whole track of each flight."""
        for flight in world.ledger.flights:
            if flight.sortie is not None:
                self._judge(world, flight, flight.sortie.id)

    def _judge(self, world: "World", flight: Flight, sortie_id: str) -> None:
        with world.store.reading() as uow:
            plan = uow.sorties.plan(sortie_id)
        track = flight.part_of(world.nodes[flight.drone_id].track)
        if not track:
            return
        beside_m = outside_m(track, plan, world.airspace)
        ceiling_m = world.airspace.policy.envelope.ceiling_amsl_m
        above_m = np.array([sample.altitude_amsl_m for sample in track]) - ceiling_m
        for what, excess_m in (("beside", beside_m), ("above", above_m)):
            worst = int(excess_m.argmax())
            if excess_m[worst] > TOLERANCE_M:
                figures = f"{excess_m[worst]:.1f} m {what} what was certified ({TOLERANCE_M:g} m allowed)"
                drones = (flight.drone_id,)
                self.broken(world, figures, drones=drones, sortie_id=sortie_id, at=track[worst].time)
