"""Every drone is accounted for."""

from typing import TYPE_CHECKING

from api.soak.invariants.base import Invariant
from api.soak.node import Node
from dispatch.states import SortieState
from dispatch.values import Sortie

if TYPE_CHECKING:
    from api.soak.world import World

LOOK_EVERY_S = 60.0

_STRANDED = frozenset({SortieState.HELD, SortieState.LANDED, SortieState.DIVERTED, SortieState.LOST})
"""What dispatch says of a drone that is not where it belongs; each wants a reason."""


class AccountedFor(Invariant):
    """Whatever flies has a sortie; and in the end each drone is at home, or dispatch says why it is not."""

    name = "every drone accounted for"

    def __init__(self) -> None:
        super().__init__()
        self._next = 0.0
        self._told: set[str] = set()

    def watch(self, world: "World") -> None:
        """Look for a drone that flies while dispatch takes it for free."""
        if world.now < self._next:
            return
        self._next = world.now + LOOK_EVERY_S
        with world.store.reading() as uow:
            busy = {sortie.drone_id for sortie in uow.sorties.active()}
        for drone_id, node in world.nodes.items():
            is_up = world.ledger.is_flying(drone_id) and not node.vehicle.truth.on_ground
            if is_up and drone_id not in busy | self._told:
                self._told.add(drone_id)
                self.broken(world, "in the air without a sortie", drones=(drone_id,))

    def check(self, world: "World") -> None:
        """Compare where each drone is with what is recorded."""
        with world.store.reading() as uow:
            sorties = {sortie.drone_id: sortie for sortie in uow.sorties.all()}
        for drone_id, node in world.nodes.items():
            self._judge(world, node, sorties.get(drone_id))

    def _judge(self, world: "World", node: Node, newest: Sortie | None) -> None:
        is_home = node.is_at_home() and not node.vehicle.truth.armed
        is_told = newest is not None and newest.state in _STRANDED and newest.reason is not None
        if is_home or is_told or not node.is_in_use:
            return
        state = "has no sortie" if newest is None else f"its newest sortie is {newest.state}"
        where = "armed" if node.vehicle.truth.armed else "disarmed"
        sortie_id = newest.id if newest else None
        figures = f"{where}, {node.distance_from_home_m():.0f} m from home, and {state}"
        self.broken(world, figures, drones=(node.drone.id,), sortie_id=sortie_id)
