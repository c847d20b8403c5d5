"""How far numbers may differ."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Tolerance:
    """Absolute and relative limits by kind of number.

    The two recordings that were made of each scenario differ by less than this.
    """

    seconds: float = 3.0
    seconds_relative: float = 0.15
    metres: float = 5.0
    rate_hz: float = 0.3
    rate_relative: float = 0.35
    dwell_s: float = 1.2
    """A state that lasts shorter than this may be missed at the rate at which it is sent."""

    def near_seconds(self, one: float, other: float) -> bool:
        """Compare durations."""
        return abs(one - other) <= max(self.seconds, self.seconds_relative * abs(one))

    def near_rate(self, one_hz: float, other_hz: float) -> bool:
        """Compare rates of messages."""
        return abs(one_hz - other_hz) <= max(self.rate_hz, self.rate_relative * abs(one_hz))

    def near(self, one: float, other: float, fact: dict[str, Any]) -> bool:
        """Compare numbers of a fact by its own tolerance, else by its kind."""
        if "tol" in fact:
            return bool(abs(one - other) <= fact["tol"])
        if fact["kind"] == "seconds":
            return self.near_seconds(one, other)
        if fact["kind"] == "rate":
            return self.near_rate(one, other)
        return abs(one - other) <= (self.metres if fact["kind"] == "metres" else 0.0)


TOLERANCE = Tolerance()
