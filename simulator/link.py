"""A bad link: datagrams that are lost, doubled, overtaken and late, from one seed."""

import heapq

import numpy as np

from simulator.errors import ConfigurationError


class BadLink:
    """One direction of a link, sans-IO.

    Parameters
    ----------
    seed
        Seed of all its chance.
    loss, duplicate, reorder
        Shares of datagrams, from 0 to 1, that are lost, sent twice, or held back so that later ones overtake
        them.
    delay_s
        Time every datagram takes. One that is held back takes up to four times as long (at least 0.2 s).
    """

    _HELD_BACK_S = 0.2

    def __init__(
        self, seed: int, loss: float = 0.0, duplicate: float = 0.0, reorder: float = 0.0, delay_s: float = 0.0
    ) -> None:
        for name, share in (("loss", loss), ("duplicate", duplicate), ("reorder", reorder)):
            if not 0.0 <= share <= 1.0:
                raise ConfigurationError(name, f"{share} is not a share", "give a number from 0 to 1")
        self._random = np.random.default_rng(seed)
        self._loss, self._duplicate, self._reorder = loss, duplicate, reorder
        self._delay_s = delay_s
        self._queue: list[tuple[float, int, bytes]] = []
        self._count = 0

    def put(self, data: bytes, now: float) -> None:
        """Send a datagram."""
        # The same number of draws for each datagram, so that one rate does not change the luck of another.
        lost, doubled, held, first, second = self._random.random(5)
        if lost < self._loss:
            return
        self._push(data, now + self._delay_s + (self._hold(first) if held < self._reorder else 0.0))
        if doubled < self._duplicate:
            self._push(data, now + self._delay_s + self._hold(second))

    def _hold(self, luck: float) -> float:
        return float(luck) * max(self._HELD_BACK_S, 3.0 * self._delay_s)

    def _push(self, data: bytes, at: float) -> None:
        self._count += 1
        heapq.heappush(self._queue, (at, self._count, data))

    def due(self, now: float) -> list[bytes]:
        """Return the datagrams that have arrived by now, in the order of their arrival."""
        arrived = []
        while self._queue and self._queue[0][0] <= now:
            arrived.append(heapq.heappop(self._queue)[2])
        return arrived

    def next_due(self) -> float | None:
        """Return when the next datagram arrives."""
        return self._queue[0][0] if self._queue else None
