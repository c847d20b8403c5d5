"""The operators: they call drones back, look for lost ones, and decide what becomes of a request."""

from typing import TYPE_CHECKING

from api.soak.invariants.requests import is_at_destination
from dispatch.dispatcher import Dispatcher
from dispatch.errors import Conflict
from dispatch.states import RequestState, SortieState
from dispatch.values import Request, Sortie
from flight.situations import Action

if TYPE_CHECKING:
    from api.soak.world import World

ACTOR = "operator"
LOOK_EVERY_S = 60.0

DECIDES_AFTER_S = 120.0
"""After a request failed or came back."""

FETCHED_AFTER_S = 600.0
"""After dispatch said that a drone must be fetched or looked for; somebody has to go there."""

MAX_RETRIES = 1
"""A second failure goes by ferry."""

_TO_FETCH = frozenset({SortieState.HELD, SortieState.LANDED, SortieState.LOST})


class Operator:
    """Acts on what dispatch tells, and looks at a drone with own eyes where dispatch asks for it.

    Parameters
    ----------
    recalls_after_s
        By sortie: how long after its launch it is called back.
    retries
        Whether what failed is tried again once; else it goes by ferry.
    """

    def __init__(self, recalls_after_s: dict[str, float], *, retries: bool) -> None:
        self._recalls_after_s = recalls_after_s
        self._retries = retries
        self._retried: dict[str, int] = {}
        self._asked_since: dict[str, float] = {}
        self._next = 0.0

    def act(self, world: "World", dispatcher: Dispatcher) -> None:
        """Look at requests and sorties, now and then."""
        if world.now < self._next:
            return
        self._next = world.now + LOOK_EVERY_S
        for sortie in dispatcher.sorties():
            self._recall(world, dispatcher, sortie)
            self._fetch(world, dispatcher, sortie)
        for request in dispatcher.requests():
            if request.state in {RequestState.FAILED, RequestState.RETURNED}:
                self._decide(world, dispatcher, request)

    def _recall(self, world: "World", dispatcher: Dispatcher, sortie: Sortie) -> None:
        after_s = self._recalls_after_s.get(sortie.id)
        if after_s is None or sortie.launched_at is None:
            return
        if (world.utc - sortie.launched_at).total_seconds() >= after_s:
            del self._recalls_after_s[sortie.id]
            try:
                dispatcher.order(sortie.id, Action.RETURN, ACTOR, world.utc)
            except Conflict:
                return

    def _decide(self, world: "World", dispatcher: Dispatcher, request: Request) -> None:
        ended_at = request.ended_at
        if ended_at is None or (world.utc - ended_at).total_seconds() < DECIDES_AFTER_S:
            return
        if self._retries and self._retried.get(request.id, 0) < MAX_RETRIES:
            self._retried[request.id] = self._retried.get(request.id, 0) + 1
            dispatcher.retry_request(request.id, ACTOR, world.utc)
        else:
            dispatcher.hand_over_request(request.id, ACTOR, world.utc, "goes by ferry")

    def _fetch(self, world: "World", dispatcher: Dispatcher, sortie: Sortie) -> None:
        """End a sortie whose drone was found on the ground; one away or still armed is not used again."""
        if sortie.state not in _TO_FETCH:
            self._asked_since.pop(sortie.id, None)
            return
        node = world.nodes[sortie.drone_id]
        since = self._asked_since.setdefault(sortie.id, world.now)
        if world.now < since + FETCHED_AFTER_S or not node.vehicle.truth.on_ground:
            return
        self._end(world, dispatcher, sortie)
        if not (node.is_at_home() and node.is_down()):
            node.is_in_use = False

    def _end(self, world: "World", dispatcher: Dispatcher, sortie: Sortie) -> None:
        try:
            if sortie.launched_at is None:
                dispatcher.abort_sortie(sortie.id, ACTOR, world.utc, "found on the ground, not launched")
            else:
                arrived = _has_arrived(world, sortie)
                dispatcher.close_sortie(sortie.id, ACTOR, world.utc, "found on the ground", delivered=arrived)
        except Conflict:
            return


def _has_arrived(world: "World", sortie: Sortie) -> bool:
    """Say whether the parcel lies at its destination; somebody looks."""
    with world.store.reading() as uow:
        request = uow.requests.get(sortie.request_id)
    flights = [
        each for each in world.ledger.of(sortie.drone_id) if each.sortie and each.sortie.id == sortie.id
    ]
    return any(each.drop is not None and is_at_destination(world, request, each.drop) for each in flights)
