"""Faults of the autopilot itself: its memory, its power, its clock."""

from dataclasses import dataclass
from typing import ClassVar

from simulator.faults.base import Fault, Victim
from simulator.hazards import Hazards


@dataclass(frozen=True, slots=True)
class FenceWiped(Fault):
    """The geofence on board is gone; nothing says so."""

    kind: ClassVar[str] = "fence_wiped"
    is_instant: ClassVar[bool] = True

    def strike(self, victim: Victim) -> None:
        """Forget the fence."""
        victim.craft.memory.fence.clear()


@dataclass(frozen=True, slots=True)
class Reboot(Fault):
    """The autopilot starts anew, on the ground or in the air."""

    kind: ClassVar[str] = "reboot"
    is_instant: ClassVar[bool] = True

    def strike(self, victim: Victim) -> None:
        """Restart."""
        victim.reboot()


@dataclass(frozen=True, slots=True)
class ClockJump(Fault):
    """The time of day on board is wrong (``SYSTEM_TIME``): a receiver's week rollover, a spoofer."""

    kind: ClassVar[str] = "clock_jump"
    seconds: float = 3600.0

    def harm(self, hazards: Hazards, elapsed_s: float) -> None:
        """Shift the clock."""
        hazards.clock_offset_s += self.seconds
