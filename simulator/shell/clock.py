"""The clock of accelerated time, shared by processes that agree on an epoch and a speedup."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class SimulatedClock:
    """Unix time that runs ``speedup`` times as fast as the wall clock from ``epoch`` on.

    Parameters
    ----------
    wall
        Returns the wall clock's Unix time, s.
    epoch
        Unix time at which both clocks agree.
    speedup
        Simulated seconds per wall second.
    """

    wall: Callable[[], float]
    epoch: float
    speedup: float

    def now(self) -> float:
        """Return simulated Unix time."""
        return self.epoch + (self.wall() - self.epoch) * self.speedup
