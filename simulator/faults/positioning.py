"""Faults of what tells an aircraft where it is and where it points."""

import math
from dataclasses import dataclass
from typing import ClassVar

from simulator.faults.base import Fault
from simulator.hazards import Hazards


@dataclass(frozen=True, slots=True)
class GpsLoss(Fault):
    """The receiver has no fix (``SIM_GPS1_ENABLE`` 0)."""

    kind: ClassVar[str] = "gps_loss"

    def harm(self, hazards: Hazards, elapsed_s: float) -> None:
        """Take the fix away."""
        hazards.gps_lost = True


@dataclass(frozen=True, slots=True)
class GpsJump(Fault):
    """The reported position is somewhere else, all at once (``SIM_GPS1_GLTCH_X``)."""

    kind: ClassVar[str] = "gps_jump"
    north_m: float = 50.0
    east_m: float = 0.0
    up_m: float = 0.0

    def harm(self, hazards: Hazards, elapsed_s: float) -> None:
        """Shift the position."""
        hazards.gps_north_m += self.north_m
        hazards.gps_east_m += self.east_m
        hazards.gps_up_m += self.up_m


@dataclass(frozen=True, slots=True)
class GpsDrift(Fault):
    """A spoofer leads the reported position away, too slowly for the estimator to notice."""

    kind: ClassVar[str] = "gps_drift"
    varies: ClassVar[bool] = True
    speed_m_s: float = 0.5
    toward_deg: float = 0.0

    def harm(self, hazards: Hazards, elapsed_s: float) -> None:
        """Shift the position farther and farther."""
        angle = math.radians(self.toward_deg)
        hazards.gps_north_m += self.speed_m_s * elapsed_s * math.cos(angle)
        hazards.gps_east_m += self.speed_m_s * elapsed_s * math.sin(angle)


@dataclass(frozen=True, slots=True)
class CompassError(Fault):
    """The heading is wrong, clockwise: iron on the deck, a current in a cable."""

    kind: ClassVar[str] = "compass_error"
    error_deg: float = 30.0

    def harm(self, hazards: Hazards, elapsed_s: float) -> None:
        """Turn the heading."""
        hazards.compass_error_deg += self.error_deg
