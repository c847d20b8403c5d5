"""What all message builders look at, and the conversions they share."""

import math
from dataclasses import dataclass

from simulator.autopilot.base import Autopilot
from simulator.autopilot.craft import Craft
from simulator.autopilot.failsafes import Failsafes


@dataclass
class State:
    """The aircraft as telemetry sees it; ``now`` is Unix seconds."""

    autopilot: Autopilot
    failsafes: Failsafes
    boot_at: float

    @property
    def craft(self) -> Craft:
        """The aircraft."""
        return self.autopilot.craft

    @property
    def boot_ms(self) -> int:
        """Milliseconds since boot."""
        return round(self.craft.time * 1000)

    @property
    def boot_us(self) -> int:
        """Microseconds since boot."""
        return round(self.craft.time * 1e6)

    @property
    def unix_us(self) -> int:
        """Unix time in microseconds."""
        return round((self.boot_at + self.craft.time + self.craft.hazards.clock_offset_s) * 1e6)

    @property
    def has_fix(self) -> bool:
        """Say whether the GPS receiver has a position."""
        return self.craft.time >= self.craft.boot.gps_at

    @property
    def has_origin(self) -> bool:
        """Say whether the estimator has its origin."""
        return self.craft.time >= self.craft.boot.origin_at

    def position_e7(self) -> tuple[int, int]:
        """Return latitude and longitude in degrees × 1e7; zero before the estimator has its origin."""
        if not self.has_origin:
            return 0, 0
        latitude, longitude = self.craft.frame.degrees_from_local(*self.craft.body.position)
        return round(latitude * 1e7), round(longitude * 1e7)


def compass_deg(angle_rad: float) -> float:
    """Return an angle as degrees from 0 to 360."""
    return math.degrees(angle_rad) % 360.0
