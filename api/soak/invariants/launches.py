"""One attempt is one launch."""

from collections import Counter
from typing import TYPE_CHECKING

from api.soak.invariants.base import Invariant

if TYPE_CHECKING:
    from api.soak.world import World


class LaunchedOnce(Invariant):
    """No attempt of a sortie is armed twice, and no sortie flies again that has dropped its parcel."""

    name = "one launch per attempt"

    def check(self, world: "World") -> None:
        """Count what was really flown."""
        flights = [flight for flight in world.ledger.flights if flight.sortie is not None]
        armed = Counter((flight.drone_id, flight.attempt) for flight in flights)
        for (drone_id, attempt), count in armed.items():
            if count > 1 and attempt is not None:
                figures = f"attempt {attempt[1]} was armed {count} times"
                self.broken(world, figures, drones=(drone_id,), sortie_id=attempt[0])
        carried: set[str] = set()
        for flight in flights:
            sortie_id = flight.sortie.id if flight.sortie else ""
            if flight.has_left_ground and sortie_id in carried:
                figures = "left the ground again after its parcel had been dropped"
                drones = (flight.drone_id,)
                self.broken(world, figures, drones=drones, sortie_id=sortie_id, at=flight.armed_at)
            if flight.drop is not None:
                carried.add(sortie_id)
