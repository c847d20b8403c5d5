"""What a person sees of the fleet: one status for each vehicle, and a line whenever it changes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from simulator.values import VehicleTruth
from simulator.vehicle import Vehicle


@dataclass(frozen=True, slots=True)
class VehicleStatus:
    """One vehicle at a glance.

    ``condition`` is armed, disarmed, wrecked or sunk; ``charge`` is from 0 to 1; ``peers`` counts the links
    it speaks on.
    """

    name: str
    system_id: int
    mode: str
    condition: str
    item: int
    altitude_amsl_m: float
    speed_m_s: float
    energy_used_wh: float
    charge: float
    volts: float
    peers: int
    faults: tuple[str, ...]

    @property
    def state(self) -> str:
        """What changes seldom: mode, condition, mission item, faults."""
        faults = f", faults {' '.join(self.faults)}" if self.faults else ""
        return f"{self.mode}, {self.condition}, mission item {self.item}{faults}"

    def line(self) -> str:
        """Return the status as a line of text."""
        where = f"{self.altitude_amsl_m:.0f} m AMSL, {self.speed_m_s:.0f} m/s"
        return f"{self.name}: {self.state}, {where}, {self.energy_used_wh:.0f} Wh used"


def condition_of(truth: VehicleTruth) -> str:
    """Return what has become of a vehicle."""
    if truth.in_water:
        return "sunk"
    if truth.wrecked:
        return "wrecked"
    return "armed" if truth.armed else "disarmed"


def status_of(vehicle: Vehicle) -> VehicleStatus:
    """Return how a vehicle is."""
    truth = vehicle.truth
    return VehicleStatus(
        name=vehicle.config.name,
        system_id=vehicle.config.system_id,
        mode=truth.mode,
        condition=condition_of(truth),
        item=truth.mission_seq,
        altitude_amsl_m=truth.altitude_amsl_m,
        speed_m_s=truth.ground_speed_m_s,
        energy_used_wh=truth.energy_used_wh,
        charge=vehicle.battery.charge,
        volts=vehicle.battery.volts,
        peers=vehicle.peers,
        faults=vehicle.active_faults,
    )


class Display(Protocol):
    """Shows a fleet to a person."""

    def say(self, line: str) -> None:
        """Show a line that stays."""

    def show(self, fleet: Iterable[VehicleStatus]) -> None:
        """Show how the vehicles are now; called several times a second."""

    def close(self) -> None:
        """Leave the screen tidy."""


class Lines:
    """A line for each change of a state: for files, pipes and other programs.

    Parameters
    ----------
    write
        Takes one line.
    """

    def __init__(self, write: Callable[[str], None]) -> None:
        self._write = write
        self._shown: dict[str, str] = {}

    def say(self, line: str) -> None:
        """Write a line."""
        self._write(line)

    def show(self, fleet: Iterable[VehicleStatus]) -> None:
        """Write a line for each vehicle whose state has changed."""
        for status in fleet:
            if self._shown.get(status.name) != status.state:
                self._shown[status.name] = status.state
                self._write(status.line())

    def close(self) -> None:
        """Do nothing: what is written is written."""
