"""No request is lost, and none is delivered twice."""

from typing import TYPE_CHECKING

from api.soak.flights import Drop, Flight
from api.soak.invariants.base import Invariant
from api.soak.places import distance_m
from dispatch.states import RequestState
from dispatch.values import Request

if TYPE_CHECKING:
    from api.soak.world import World

AT_DESTINATION_M = 50.0
"""From the pad to where the parcel left the drone: half the width of an approach sector."""

_DELIVERED = frozenset({RequestState.DELIVERED, RequestState.RECEIVED})


class DeliveredOnce(Invariant):
    """Every request that was accepted is kept, and delivered exactly if its parcel really was, once."""

    name = "no request lost or delivered twice"

    def __init__(self) -> None:
        super().__init__()
        self._known: set[str] = set()
        self._read = 0

    def watch(self, world: "World") -> None:
        """Note every request that the journal ever named."""
        for event in world.history[self._read :]:
            if event.type == "request.submitted":
                self._known.add(event.subject_id)
        self._read = len(world.history)

    def check(self, world: "World") -> None:
        """Compare the record with where the parcels went."""
        with world.store.reading() as uow:
            requests = {request.id: request for request in uow.requests.all()}
            sorties = {sortie.id: sortie.request_id for sortie in uow.sorties.all()}
        for lost in sorted(self._known - requests.keys()):
            self.broken(world, f"request {lost} was accepted and is not in the database any more")
        flown: dict[str, list[Flight]] = {request_id: [] for request_id in requests}
        for flight in world.ledger.flights:
            if flight.sortie is not None:
                flown[sorties[flight.sortie.id]].append(flight)
        for request in requests.values():
            self._judge(world, request, flown[request.id])

    def _judge(self, world: "World", request: Request, flights: list[Flight]) -> None:
        told = sum(
            event.type == "request.delivered" and event.subject_id == request.id for event in world.history
        )
        arrived = [each for each in flights if each.drop and is_at_destination(world, request, each.drop)]
        drones = tuple(dict.fromkeys(flight.drone_id for flight in flights))
        if told > 1 or len(arrived) > 1:
            figures = f"request {request.id} was told delivered {told} times, and was {len(arrived)} times"
            self.broken(world, figures, drones=drones, sortie_id=request.sortie_id)
        if (request.state in _DELIVERED) != bool(arrived):
            figures = f"request {request.id} is {request.state}, and {len(arrived)} parcels arrived"
            self.broken(world, figures, drones=drones, sortie_id=request.sortie_id)


def is_at_destination(world: "World", request: Request, drop: Drop) -> bool:
    """Say whether a parcel was left at the pad of its destination."""
    site = world.airspace.site(request.to_site_id)
    pad = site if site.pad_site_id is None else world.airspace.site(site.pad_site_id)
    return distance_m(pad.position, drop) <= AT_DESTINATION_M
