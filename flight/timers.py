"""Who wants to be called when, for many that want it: a heap."""

import heapq
from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Timers(Generic[T]):
    """One timer for each; of several wishes of one the earliest counts.

    Whoever is called before its time has to bear it: so a wish that moves to later costs nothing here.
    """

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, T]] = []
        self._times: dict[T, float] = {}
        self._count = 0

    def schedule(self, who: T, at: float | None) -> None:
        """Wish to be called at a time; ``None`` wishes nothing and takes nothing back."""
        if at is None or self._times.get(who, at + 1) <= at:
            return
        self._times[who] = at
        self._count += 1
        heapq.heappush(self._heap, (at, self._count, who))

    def due(self, now: float) -> Iterator[T]:
        """Yield those whose time has come, the earliest first; each has to wish again."""
        while (at := self.next()) is not None and at <= now:
            _, _, who = heapq.heappop(self._heap)
            del self._times[who]
            yield who

    def next(self) -> float | None:
        """Return the time of the earliest wish."""
        while self._heap and self._times.get(self._heap[0][2]) != self._heap[0][0]:
            heapq.heappop(self._heap)
        return self._heap[0][0] if self._heap else None
