"""The clock that the asyncio shell is given; nothing in this package reads the wall clock itself."""

from typing import Protocol


class Clock(Protocol):
    """A clock that may run faster than the wall (simulated time)."""

    def now(self) -> float:
        """Return the time as Unix seconds of this clock."""
        ...

    def wall_s(self, duration_s: float) -> float:
        """Return how long ``duration_s`` of this clock takes on the wall, in seconds."""
        ...
