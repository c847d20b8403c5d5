"""Somebody who knows better: gives one order at one moment, straight to the gateway."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dispatch.dispatcher import Dispatcher
from flight.commands import InFlight

if TYPE_CHECKING:
    from api.soak.world import World


@dataclass
class Rescuer:
    """Orders something at a time, once; until then nothing in the world is different.

    Parameters
    ----------
    order
        What.
    at
        Unix time.
    """

    order: InFlight
    at: float
    _done: bool = field(default=False, init=False)

    def act(self, world: "World", dispatcher: Dispatcher) -> None:
        """Give the order when its time has come and the service is up."""
        if not self._done and world.now >= self.at and world.service is not None:
            self._done = True
            world.service.gateway.command(self.order, world.now)
