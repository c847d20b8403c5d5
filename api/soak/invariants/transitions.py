"""Every step that was recorded is in the tables, and every step that is not is refused."""

from typing import TYPE_CHECKING

import numpy as np

from api.soak.invariants.base import Invariant
from dispatch.dispatcher import Dispatcher
from dispatch.errors import Conflict
from dispatch.states import REQUEST_TRANSITIONS, SORTIE_TRANSITIONS, RequestState, SortieState
from dispatch.values import Event, Request

if TYPE_CHECKING:
    from api.soak.world import World

TRY_EVERY_S = 300.0
"""How often something illegal is asked for."""

ACTOR = "judge"


class LegalSteps(Invariant):
    """The stored history of requests and sorties follows the tables; an illegal step raises and does nothing.

    Parameters
    ----------
    seed
        Chooses what illegal thing is asked for, and of whom.
    """

    name = "every illegal transition refused"

    def __init__(self, seed: int = 0) -> None:
        super().__init__()
        self._chance = np.random.default_rng((seed, 8))
        self._next = 0.0

    def watch(self, world: "World") -> None:
        """Now and then ask for something illegal."""
        if world.now < self._next or world.service is None:
            return
        self._next = world.now + TRY_EVERY_S
        with world.store.reading() as uow:
            requests = uow.requests.all()
        if requests:
            request = requests[int(self._chance.integers(len(requests)))]
            self._try(world, world.service.dispatcher, request)

    def check(self, world: "World") -> None:
        """Walk the stored history."""
        with world.store.reading() as uow:
            states = {each.id: str(each.state) for each in uow.requests.all()}
            states |= {each.id: str(each.state) for each in uow.sorties.all()}
        reached: dict[str, str] = {}
        for event in world.history:
            if "to" in event.data and event.subject_id in states:
                self._walk(world, event, reached)
        for subject_id, state in reached.items():
            if states[subject_id] != state:
                figures = f"{subject_id} is {states[subject_id]}, and its last recorded step led to {state}"
                self.broken(world, figures)

    def _walk(self, world: "World", event: Event, reached: dict[str, str]) -> None:
        before, after = str(event.data["from"]), str(event.data["to"])
        known = reached.get(event.subject_id, before)
        reached[event.subject_id] = after
        if known != before or not _is_legal(event.type, before, after):
            figures = f"{event.subject_id} went from {before} to {after}, coming from {known}"
            self.broken(world, figures, at=event.at.timestamp())

    def _try(self, world: "World", dispatcher: Dispatcher, request: Request) -> None:
        illegal = [to for to in _DEEDS if to not in REQUEST_TRANSITIONS[request.state]]
        wanted = illegal[int(self._chance.integers(len(illegal)))]
        try:
            _ask_for(dispatcher, request.id, wanted, world)
        except Conflict:
            return
        self.broken(world, f"{request.id} went from {request.state} to {wanted} when somebody asked for it")


_DEEDS = (
    RequestState.ACCEPTED,
    RequestState.REJECTED,
    RequestState.HANDED_OVER,
    RequestState.RECEIVED,
    RequestState.LOADED,
)
"""Steps that people may ask for, each by its own method."""


def _ask_for(dispatcher: Dispatcher, request_id: str, wanted: RequestState, world: "World") -> None:
    match wanted:
        case RequestState.ACCEPTED:
            dispatcher.retry_request(request_id, ACTOR, world.utc)
        case RequestState.REJECTED:
            dispatcher.reject_request(request_id, ACTOR, world.utc, "illegal")
        case RequestState.HANDED_OVER:
            dispatcher.hand_over_request(request_id, ACTOR, world.utc, "illegal")
        case RequestState.RECEIVED:
            dispatcher.confirm_receipt(request_id, ACTOR, world.utc)
        case _:
            dispatcher.confirm_loaded(request_id, ACTOR, world.utc)


def _is_legal(event_type: str, before: str, after: str) -> bool:
    if event_type.startswith("request."):
        return RequestState(after) in REQUEST_TRANSITIONS[RequestState(before)]
    return SortieState(after) in SORTIE_TRANSITIONS[SortieState(before)]
