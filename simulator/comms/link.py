"""A bad link: datagrams that are lost, doubled, overtaken and late, from one seed."""

import heapq
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from simulator.errors import ConfigurationError

Datagram = TypeVar("Datagram")


@dataclass(frozen=True, slots=True)
class Luck:
    """What happens to datagrams.

    Parameters
    ----------
    loss, duplicate, reorder
        Shares of datagrams, from 0 to 1, that are lost, sent twice, or held back so that later ones overtake
        them.
    delay_s
        Time every datagram takes. One that is held back takes up to four times as long (at least 0.5 s).
    """

    loss: float = 0.0
    duplicate: float = 0.0
    reorder: float = 0.0
    delay_s: float = 0.0

    def __post_init__(self) -> None:
        for name in ("loss", "duplicate", "reorder"):
            share = getattr(self, name)
            if not 0.0 <= share <= 1.0:
                raise ConfigurationError(name, f"{share} is not a share", "give a number from 0 to 1")


class BadLink(Generic[Datagram]):
    """One direction of a link, sans-IO.

    ``luck`` may change while datagrams are under way; those keep theirs.

    Parameters
    ----------
    seed
        Seed of all its chance.
    luck
        What happens to datagrams.
    """

    _HELD_BACK_S = 0.5

    def __init__(self, seed: int | list[int], luck: Luck = Luck()) -> None:  # a Luck is frozen
        self.luck = luck
        self._random = np.random.default_rng(seed)
        self._queue: list[tuple[float, int, Datagram]] = []
        self._count = 0

    def put(self, datagram: Datagram, now: float) -> None:
        """Send a datagram."""
        luck = self.luck
        # The same number of draws for each datagram, so that one rate does not change the luck of another.
        lost, doubled, held, first, second = self._random.random(5).tolist()
        if lost < luck.loss:
            return
        self._push(datagram, now + luck.delay_s + (self._hold(first) if held < luck.reorder else 0.0))
        if doubled < luck.duplicate:
            self._push(datagram, now + luck.delay_s + self._hold(second))

    def _hold(self, share: float) -> float:
        return share * max(self._HELD_BACK_S, 3.0 * self.luck.delay_s)

    def _push(self, datagram: Datagram, at: float) -> None:
        self._count += 1
        heapq.heappush(self._queue, (at, self._count, datagram))

    def due(self, now: float) -> list[Datagram]:
        """Return the datagrams that have arrived by now, in the order of their arrival."""
        arrived = []
        while self._queue and self._queue[0][0] <= now:
            arrived.append(heapq.heappop(self._queue)[2])
        return arrived

    @property
    def is_busy(self) -> bool:
        """Say whether datagrams are under way."""
        return bool(self._queue)

    def next_due(self) -> float | None:
        """Return when the next datagram arrives."""
        return self._queue[0][0] if self._queue else None
