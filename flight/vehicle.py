"""One vehicle as procedures see it: its address, its class, its newest telemetry."""

from dataclasses import dataclass, field

from flight.plan import VehicleAddress, VehicleClass
from flight.protocol.operation import Target
from flight.telemetry import Telemetry
from flight.vehicles.modes import mode_name


@dataclass
class Vehicle:
    """What a procedure may look at."""

    address: VehicleAddress
    vehicle_class: VehicleClass
    telemetry: Telemetry = field(default_factory=Telemetry)

    @property
    def target(self) -> Target:
        """Where operations send to."""
        return Target(self.address.system_id)

    @property
    def mode_name(self) -> str | None:
        """The newest mode in words."""
        mode = self.telemetry.mode
        return None if mode is None else mode_name(self.vehicle_class, mode)
