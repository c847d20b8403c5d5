"""No drone is lost."""

from typing import TYPE_CHECKING

from api.soak.invariants.base import Invariant

if TYPE_CHECKING:
    from api.soak.world import World


class ComesDownWhole(Invariant):
    """Every flight ends on the ground, in one piece and not in the sea."""

    name = "comes down whole"

    def check(self, world: "World") -> None:
        """Look at how each flight ended."""
        for flight in world.ledger.flights:
            end = flight.after
            if end is not None and end.wrecked:
                where = "in the sea" if end.in_water else "on the ground"
                figures = f"wrecked {where}, {end.climb_m_s:.1f} m/s up, mode {end.mode}"
                sortie_id = flight.sortie.id if flight.sortie else None
                drones = (flight.drone_id,)
                self.broken(world, figures, drones=drones, sortie_id=sortie_id, at=flight.ended_at)
