"""Faults of motors, battery and latch."""

from dataclasses import dataclass
from typing import ClassVar

from simulator.errors import ConfigurationError
from simulator.faults.base import Fault
from simulator.faults.links import check_share
from simulator.hazards import Hazards


@dataclass(frozen=True, slots=True)
class MotorLoss(Fault):
    """Lift motors stop, or with ``pusher`` 1 the pusher of a quadplane (``SIM_ENGINE_FAIL``)."""

    kind: ClassVar[str] = "motor_loss"
    motors: float = 1.0
    pusher: float = 0.0

    def __post_init__(self) -> None:
        if self.motors not in range(1, 9) or self.pusher not in (0, 1):
            problem = f"motors {self.motors:g}, pusher {self.pusher:g}"
            raise ConfigurationError(f"fault {self.kind}", problem, "give 1 to 8 motors, and pusher 0 or 1")

    def harm(self, hazards: Hazards, elapsed_s: float) -> None:
        """Stop the motors."""
        if self.pusher:
            hazards.pusher_failed = True
        else:
            hazards.motors_failed += int(self.motors)


@dataclass(frozen=True, slots=True)
class BatterySag(Fault):
    """A bad contact: more resistance in the pack as the monitor shows it (three cells in series)."""

    kind: ClassVar[str] = "battery_sag"
    extra_ohm: float = 0.008

    def __post_init__(self) -> None:
        if not self.extra_ohm > 0.0:
            raise ConfigurationError(f"fault {self.kind}", f"{self.extra_ohm} ohm", "give more than 0 ohm")

    def harm(self, hazards: Hazards, elapsed_s: float) -> None:
        """Add the resistance."""
        hazards.extra_ohm += self.extra_ohm


@dataclass(frozen=True, slots=True)
class CellFailure(Fault):
    """A share of one of the three shown cells has no voltage: 0.25 is one dead cell of a pack of twelve."""

    kind: ClassVar[str] = "cell_failure"
    cells: float = 0.25

    def __post_init__(self) -> None:
        if not 0.0 < self.cells < 3.0:
            raise ConfigurationError(f"fault {self.kind}", f"{self.cells} cells", "give above 0 and below 3")

    def harm(self, hazards: Hazards, elapsed_s: float) -> None:
        """Take the voltage away."""
        hazards.dead_cells = min(2.9, hazards.dead_cells + self.cells)


@dataclass(frozen=True, slots=True)
class WrongBattery(Fault):
    """A pack with only a share of the capacity that its label, and ``BATT_CAPACITY``, say."""

    kind: ClassVar[str] = "wrong_battery"
    share: float = 0.6

    def __post_init__(self) -> None:
        check_share(self.kind, self.share)

    def harm(self, hazards: Hazards, elapsed_s: float) -> None:
        """Lower the capacity."""
        hazards.capacity_factor *= self.share


@dataclass(frozen=True, slots=True)
class StuckRelease(Fault):
    """The latch does not open, whatever the servo is told."""

    kind: ClassVar[str] = "stuck_release"

    def harm(self, hazards: Hazards, elapsed_s: float) -> None:
        """Jam the latch."""
        hazards.latch_stuck = True
