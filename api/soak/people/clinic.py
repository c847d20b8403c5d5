"""The clinics: they ask, wait, sometimes change their mind, and confirm what they got."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from api.soak.town import Wish
from dispatch.dispatcher import Dispatcher
from dispatch.errors import Conflict
from dispatch.states import RequestState
from dispatch.values import NewRequest

if TYPE_CHECKING:
    from api.soak.world import World

ACTOR = "clinic"
LOOK_EVERY_S = 60.0
RECEIVED_AFTER_S = 60.0


class Clinic:
    """Submits every wish once, whatever dies meanwhile.

    Parameters
    ----------
    wishes
        In the order of their times.
    cancels_at_s
        By the text of the wish: when it is called off, in seconds from the start.
    """

    def __init__(self, wishes: Sequence[Wish], cancels_at_s: dict[str, float]) -> None:
        self.left = list(wishes)
        self._cancels_at_s = cancels_at_s
        self._next = 0.0

    def act(self, world: "World", dispatcher: Dispatcher) -> None:
        """Ask for what is due, and look at what came."""
        while self.left and world.elapsed_s >= self.left[0].at_s:
            self._ask(world, dispatcher, self.left[0])
            del self.left[0]
        if world.now < self._next:
            return
        self._next = world.now + LOOK_EVERY_S
        for request in dispatcher.requests():
            delivered_at = request.delivered_at
            if request.state is RequestState.DELIVERED and delivered_at is not None:
                if (world.utc - delivered_at).total_seconds() >= RECEIVED_AFTER_S:
                    dispatcher.confirm_receipt(request.id, ACTOR, world.utc)
            elif world.elapsed_s >= self._cancels_at_s.get(request.items, float("inf")):
                self._cancel(world, dispatcher, request.id, request.items)

    def _ask(self, world: "World", dispatcher: Dispatcher, wish: Wish) -> None:
        """Ask, unless an earlier try went through just before the service died."""
        if any(request.items == wish.items for request in dispatcher.requests()):
            return
        new = NewRequest(
            items=wish.items,
            mass_kg=wish.mass_kg,
            temperature=wish.temperature,
            urgency=wish.urgency,
            deadline=world.utc + timedelta(seconds=wish.patience_s),
            from_site_id=wish.from_site_id,
            to_site_id=wish.to_site_id,
            requested_by=wish.to_site_id,
        )
        dispatcher.submit_request(new, ACTOR, world.utc)

    def _cancel(self, world: "World", dispatcher: Dispatcher, request_id: str, items: str) -> None:
        """Call a request off; once it has been launched, that is refused, and it stays."""
        with suppress(Conflict):
            dispatcher.cancel_request(request_id, ACTOR, world.utc, "no longer needed")
        del self._cancels_at_s[items]
