"""The world ends: every request has come to an end, or waits for something that has a name."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from api.soak.invariants.base import Invariant
from dispatch.states import ENDED, RequestState
from dispatch.values import Request, Sortie

if TYPE_CHECKING:
    from api.soak.world import World

_OVER = frozenset(
    {
        RequestState.DELIVERED,
        RequestState.RECEIVED,
        RequestState.REJECTED,
        RequestState.CANCELLED,
        RequestState.HANDED_OVER,
    }
)
_WAITING = frozenset({RequestState.ACCEPTED, RequestState.PLANNED, RequestState.LOADED})
_FOR_A_PERSON = frozenset({RequestState.FAILED, RequestState.RETURNED})


class Ends(Invariant):
    """Nothing hangs: no request without an end or a named reason, no sortie that nobody will ever end."""

    name = "the world ends"

    def check(self, world: "World") -> None:
        """Look at what is left open."""
        with world.store.reading() as uow:
            requests, sorties = uow.requests.all(), uow.sorties.all()
        for request in requests:
            own = [each for each in sorties if each.request_id == request.id]
            if not _has_ended(request, own):
                figures = f"request {request.id} is still {request.state}, reason: {request.reason}"
                drones = tuple(dict.fromkeys(each.drone_id for each in own))
                self.broken(world, figures, drones=drones, sortie_id=request.sortie_id)
        for sortie in sorties:
            if sortie.state not in ENDED and sortie.launched_at is not None and sortie.reason is None:
                figures = f"sortie is still {sortie.state}, and no reason is told"
                self.broken(world, figures, drones=(sortie.drone_id,), sortie_id=sortie.id)


def _has_ended(request: Request, sorties: Sequence[Sortie]) -> bool:
    if request.state in _OVER:
        return True
    newest = [each.reason for each in sorties if each.id == request.sortie_id]
    is_told = any(reason is not None for reason in (request.reason, *newest))
    return is_told and request.state in _WAITING | _FOR_A_PERSON
