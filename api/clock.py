"""Time, possibly accelerated: the one place that reads the wall clock."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime


class SteadyTime:
    """Unix time that never goes back, also where the wall clock is set back.

    Every timer of a gateway is a time of its clock: one that is set back by an hour sends no heartbeat for an
    hour. So time runs on from where it was, until the process ends; a step forward is followed. Services that
    share a database need clocks that are kept together (NTP) all the same, as leases are times, too.

    Parameters
    ----------
    wall, steady
        Give the wall clock's Unix time, and the time of a clock that nobody sets, in seconds.
    """

    def __init__(
        self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic
    ) -> None:
        self._wall = wall
        self._steady = steady
        self._ahead_s = wall() - steady()

    def __call__(self) -> float:
        """Return Unix seconds."""
        wall, steady = self._wall(), self._steady()
        self._ahead_s = max(self._ahead_s, wall - steady)
        return self._ahead_s + steady


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
        Gives Unix time in seconds (tests hand in their own).
    """

    epoch: float
    speedup: float = 1.0
    wall: Callable[[], float] = field(default_factory=SteadyTime, compare=False)

    def now(self) -> float:
        """Return Unix seconds of the accelerated time."""
        return self.epoch + (self.wall() - self.epoch) * self.speedup

    def utc(self) -> datetime:
        """Return the accelerated time as an aware UTC datetime."""
        return datetime.fromtimestamp(self.now(), UTC)

    def wall_s(self, duration_s: float) -> float:
        """Return how many seconds of wall time a duration of this clock takes."""
        return duration_s / self.speedup
