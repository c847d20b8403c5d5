"""Nothing is armed but with a plan that was verified on board."""

from typing import TYPE_CHECKING

from api.soak.flights import Flight, ListItem
from api.soak.invariants.base import Invariant
from dispatch.states import ENDED
from dispatch.store.records import ProvedPlan
from flight.events import PlanVerified
from flight.plan import MissionItem

if TYPE_CHECKING:
    from api.soak.world import World

PLACE_E7 = 1
HEIGHT_M = 0.01
"""The finest steps in which ArduPilot stores a position (its ``Location``)."""

LISTS = ("mission", "fence", "rally list")


class LaunchedVerified(Invariant):
    """What is on board at arming, in the vehicle's memory, is the proved plan, and was told as verified."""

    name = "no launch without a verified plan"

    def __init__(self) -> None:
        super().__init__()
        self._judged = 0

    def watch(self, world: "World") -> None:
        """Judge each flight as it begins."""
        for flight in world.ledger.flights[self._judged :]:
            self._judge(world, flight)
        self._judged = len(world.ledger.flights)

    def _judge(self, world: "World", flight: Flight) -> None:
        drones, sortie = (flight.drone_id,), flight.sortie
        if sortie is None or sortie.state in ENDED:
            self.broken(world, "armed without a sortie", drones=drones)
            return
        with world.store.reading() as uow:
            plan = uow.sorties.plan(sortie.id)
        verified = [
            (event.sortie_id, event.plan_hash) for event in world.events if isinstance(event, PlanVerified)
        ]
        if (sortie.id, plan.flight_plan.hash) not in verified:
            self.broken(world, "armed before the plan was verified", drones=drones, sortie_id=sortie.id)
        for text in differing(flight, plan):
            self.broken(world, text, drones=drones, sortie_id=sortie.id)


def differing(flight: Flight, plan: ProvedPlan) -> list[str]:
    """Return a sentence for each list on board that is not the proved one."""
    flown = plan.flight_plan
    wanted = (flown.mission[1:], flown.fence, flown.rally)
    return [
        f"the {name} on board ({len(found)} items) is not the proved one ({len(proved)} items)"
        for name, proved, found in zip(LISTS, wanted, flight.on_board, strict=True)
        if len(proved) != len(found) or not all(map(_equal, proved, found))
    ]


def _equal(proved: MissionItem, found: ListItem) -> bool:
    command, x_e7, y_e7, z_m = found
    return (
        command == proved.command
        and abs(x_e7 - proved.x_e7) <= PLACE_E7
        and abs(y_e7 - proved.y_e7) <= PLACE_E7
        and abs(z_m - proved.z_m) <= HEIGHT_M + 1e-6
    )
