"""Time, possibly accelerated: the one place that reads the wall clock."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class ScaledClock:
    """A clock that runs ``speedup`` times as fast as the wall clock and agreed with it at ``epoch``.

    Two processes with the same two numbers share one time, whenever they start: so the service and the
    simulator agree, and a restarted service goes on where the accelerated time has got to.

    Parameters
    ----------
    epoch
        Unix time, in seconds, at which both clocks showed the same.
    speedup
        Seconds of this clock per second of wall time; 1 is wall time.
    wall
        Gives the wall clock's Unix time in seconds (tests hand in their own).
    """

    epoch: float
    speedup: float = 1.0
    wall: Callable[[], float] = time.time

    def now(self) -> float:
        """Return Unix seconds of the accelerated time."""
        return self.epoch + (self.wall() - self.epoch) * self.speedup

    def utc(self) -> datetime:
        """Return the accelerated time as an aware UTC datetime."""
        return datetime.fromtimestamp(self.now(), UTC)

    def wall_s(self, duration_s: float) -> float:
        """Return how many seconds of wall time a duration of this clock takes."""
        return duration_s / self.speedup
