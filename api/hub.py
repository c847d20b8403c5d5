"""Live events to browsers: every subscriber has its own bounded queue, and a slow one is dropped."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

QUEUE_LIMIT = 512
"""Events that a client may lag behind: minutes of normal traffic, a few hundred kilobytes at most."""


@dataclass(frozen=True)
class LiveEvent:
    """One message to the browser.

    ``id`` is that of the stored event, ``None`` for telemetry, which is not stored and not resumed.
    ``request_ids`` says whose event it is: a clinic sees those about its own requests only.
    """

    id: int | None
    type: str
    at: str
    data: dict[str, object]
    request_ids: frozenset[str] = frozenset()

    def message(self) -> dict[str, object]:
        """Return the JSON members."""
        return {"id": self.id, "type": self.type, "at": self.at, "data": self.data}


@dataclass(eq=False)
class Subscription:
    """The queue of one client. ``overrun`` is set when it was too slow and got dropped."""

    queue: asyncio.Queue[LiveEvent] = field(default_factory=lambda: asyncio.Queue(QUEUE_LIMIT))
    overrun: asyncio.Event = field(default_factory=asyncio.Event)


class Hub:
    """Hands each event to all subscribers without ever waiting for one of them."""

    def __init__(self) -> None:
        self._subscriptions: set[Subscription] = set()
        self.dropped_clients = 0

    def __len__(self) -> int:
        return len(self._subscriptions)

    @contextmanager
    def subscribe(self) -> Iterator[Subscription]:
        """Yield a new subscription that lasts as long as the block."""
        subscription = Subscription()
        self._subscriptions.add(subscription)
        try:
            yield subscription
        finally:
            self._subscriptions.discard(subscription)

    def publish(self, event: LiveEvent) -> None:
        """Put the event into every queue; drop the subscriber whose queue is full."""
        for subscription in tuple(self._subscriptions):
            try:
                subscription.queue.put_nowait(event)
            except asyncio.QueueFull:
                self._subscriptions.discard(subscription)
                self.dropped_clients += 1
                subscription.overrun.set()
