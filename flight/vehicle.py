"""One vehicle as procedures see it: its address, its class, its newest telemetry, its links."""

from dataclasses import dataclass, field

from flight.links.linkset import LinkSet
from flight.links.quality import LinkQuality
from flight.plan import VehicleAddress, VehicleClass
from flight.protocol.names import UNKNOWN_ID, MissionType
from flight.protocol.operation import Target
from flight.protocol.slots import Slots
from flight.telemetry import Telemetry
from flight.vehicles.modes import LANDING, mode_name


@dataclass
class Vehicle:
    """What a procedure may look at.

    ``signed`` says that there is a key and messages carry a signature; ``uploaded_ids`` are the vehicle's own
    of the mission, fence and rally that were last put on board (``opaque_id``), 0 where it gave none.
    """

    address: VehicleAddress
    vehicle_class: VehicleClass
    telemetry: Telemetry = field(default_factory=Telemetry)
    backup_links: tuple[str, ...] = ()
    slots: Slots = field(default_factory=Slots)
    signed: bool = False
    uploaded_ids: list[int] = field(default_factory=lambda: [UNKNOWN_ID] * len(MissionType))
    links: LinkSet = field(init=False)

    def __post_init__(self) -> None:
        self.links = LinkSet((self.address.link, *self.backup_links))

    @property
    def target(self) -> Target:
        """Where operations send to."""
        return Target(self.address.system_id, self.address.component_id, self.slots)

    @property
    def mode_name(self) -> str | None:
        """The newest mode in words."""
        mode = self.telemetry.mode
        return None if mode is None else mode_name(self.vehicle_class, mode)

    @property
    def lands_here(self) -> bool:
        """Say whether it is in the mode that lands where it is, apart from any mission."""
        return self.telemetry.mode == LANDING[self.vehicle_class]

    @property
    def link_quality(self) -> LinkQuality:
        """How good the links are, in figures, when anything was last done about the vehicle."""
        return self.links.quality()
