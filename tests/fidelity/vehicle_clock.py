"""The vehicle's time, as far as it can be known over a socket."""

from collections.abc import Callable

_LEAST_RATE = 0.1
_LEAD_S = 2.0
"""How far the estimate may run ahead of the last bytes."""

_REBOOT_S = 2.0
"""A time stamp that is so much older than the last one comes from a vehicle that has booted again."""

_RATE_WINDOW_S = 1.0


class VehicleClock:
    """Extrapolates between the time stamps that the vehicle sends; never goes back.

    Parameters
    ----------
    rate
        First guess of vehicle seconds per wall second.
    wall
        Returns wall seconds; only their differences count.
    """

    def __init__(self, rate: float, wall: Callable[[], float]) -> None:
        self.rate = rate
        self._wall = wall
        self._anchored = False
        self._boots_s = 0.0
        self._stamp_s = 0.0
        self._stamped_at = self._alive_at = wall()
        self._base: tuple[float, float] | None = None
        self._shown_s = 0.0
        self.free_running = False

    def heard(self) -> None:
        """Bytes have come, so the vehicle still runs."""
        self._alive_at = self._wall()

    def stamp(self, boot_s: float) -> float:
        """Take seconds since boot; return by how much all times before have to be corrected."""
        wall = self._wall()
        before_s, first = self.now(), not self._anchored
        if self._anchored and boot_s + self._boots_s < self._stamp_s - _REBOOT_S:
            self._boots_s = before_s - boot_s
            self._base = None
        time_s = boot_s + self._boots_s
        self._measure_rate(time_s, wall)
        self._anchored = True
        self._stamp_s, self._stamped_at = time_s, wall
        if first:
            self._shown_s = time_s
            return time_s - before_s
        return 0.0

    def _measure_rate(self, time_s: float, wall: float) -> None:
        if self._base is None:
            self._base = (time_s, wall)
        elif wall - self._base[1] > _RATE_WINDOW_S:
            self.rate = max(_LEAST_RATE, (time_s - self._base[0]) / (wall - self._base[1]))
            self._base = (time_s, wall)

    def now(self) -> float:
        """Return seconds since the first boot."""
        ahead_s = (self._wall() - self._stamped_at) * self.rate
        if self._anchored and not self.free_running:
            ahead_s = min(ahead_s, max(0.0, self._alive_at - self._stamped_at) * self.rate + _LEAD_S)
        self._shown_s = max(self._shown_s, self._stamp_s + ahead_s)
        return self._shown_s
