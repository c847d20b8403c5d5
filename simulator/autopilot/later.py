"""Things to be done after a while, on the vehicle's own clock."""

from collections.abc import Callable


class Later:
    """Calls each function once when its time has come; ``now`` is seconds since boot."""

    def __init__(self) -> None:
        self._waiting: list[tuple[float, Callable[[], None]]] = []
        self._now = 0.0

    def put(self, after_s: float, call: Callable[[], None]) -> None:
        """Call a function after that many seconds."""
        self._waiting.append((self._now + after_s, call))

    def step(self, now: float) -> None:
        """Call what is due."""
        self._now = now
        due = [each for each in self._waiting if each[0] <= now]
        self._waiting = [each for each in self._waiting if each[0] > now]
        for _, call in sorted(due, key=lambda each: each[0]):
            call()
