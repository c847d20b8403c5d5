"""The ground crew: a full battery for every drone that has come home and waits."""

from typing import TYPE_CHECKING

from dispatch.dispatcher import Dispatcher

if TYPE_CHECKING:
    from api.soak.world import World

LOOK_EVERY_S = 120.0

ENOUGH = 0.75
"""With more than this share of a full battery a drone flies again as it is."""


class GroundCrew:
    """Swaps batteries of drones that stand at home without a sortie, and carries broken ones away."""

    def __init__(self) -> None:
        self._next = 0.0

    def act(self, world: "World", dispatcher: Dispatcher) -> None:
        """Walk along the drones, now and then."""
        if world.now < self._next:
            return
        self._next = world.now + LOOK_EVERY_S
        with world.store.reading() as uow:
            busy = {sortie.drone_id for sortie in uow.sorties.active()}
        for drone_id, node in world.nodes.items():
            if drone_id in busy or not (node.is_down() and node.is_at_home()):
                continue
            if node.vehicle.truth.wrecked:
                node.is_in_use = False
            used_wh = node.vehicle.truth.energy_used_wh
            is_low = used_wh > (1.0 - ENOUGH) * node.capacity_wh
            if is_low and node.is_in_use:
                node.swap_battery(world.now)
