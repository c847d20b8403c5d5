"""Every drone lands with its reserve."""

from typing import TYPE_CHECKING

from api.soak.invariants.base import Invariant
from dispatch.energy import RESERVE_FRACTION

if TYPE_CHECKING:
    from api.soak.world import World


class LandsWithReserve(Invariant):
    """What is left at landing is at least the reserve of what there was at take-off."""

    name = "energy at landing"

    def check(self, world: "World") -> None:
        """Judge each flight that has landed."""
        for flight in world.ledger.flights:
            if flight.after is None or flight.after.wrecked:
                continue
            at_take_off_wh = flight.capacity_wh - flight.before.energy_used_wh
            left_wh = at_take_off_wh - flight.energy_used_wh
            reserve_wh = RESERVE_FRACTION * at_take_off_wh
            if left_wh < reserve_wh:
                figures = f"{left_wh:.0f} Wh of {at_take_off_wh:.0f} Wh left, reserve is {reserve_wh:.0f} Wh"
                sortie_id = flight.sortie.id if flight.sortie else None
                drones = (flight.drone_id,)
                self.broken(world, figures, drones=drones, sortie_id=sortie_id, at=flight.ended_at)
