"""The vehicles of a gateway, and whose frame one is."""

from collections import Counter
from collections.abc import Callable, Iterable

from flight.addresses import AddressTable
from flight.counters import GatewayCounters
from flight.leased_duty import LeasedDuty
from flight.links.link import VehicleLink
from flight.links.seal import Seal
from flight.plan import VehicleAddress, VehicleClass
from flight.protocol.codec import ReceivedFrame
from flight.protocol.signing import SigningKey, SigningMemory, Verdict
from flight.session import VehicleSession
from flight.station import Station
from flight.vehicle import Vehicle
from flight.wires import Wires

Found = tuple[VehicleSession, VehicleLink]


class Roster:
    """Lists vehicles at their links, finds them by a frame, and follows them to other addresses.

    Parameters
    ----------
    station
        Our own address.
    wires
        What decodes and encodes on each link.
    duty_of
        Makes what is done about a vehicle.
    """

    def __init__(self, station: Station, wires: Wires, duty_of: Callable[[Vehicle], LeasedDuty]) -> None:
        self.sessions: dict[VehicleAddress, VehicleSession] = {}
        self._station = station
        self._wires = wires
        self._duty_of = duty_of
        self._addresses: AddressTable[VehicleSession] = AddressTable()
        self._moves = 0
        self._unknown_frames = 0

    def add(
        self,
        address: VehicleAddress,
        vehicle_class: VehicleClass,
        *,
        backup_links: Iterable[str] = (),
        key: SigningKey | None = None,
        memory: SigningMemory | None = None,
        may_move: bool = False,
    ) -> VehicleSession:
        """List a vehicle; see `flight.gateway.Gateway.add_vehicle`."""
        vehicle = Vehicle(address, vehicle_class, backup_links=tuple(backup_links), signed=key is not None)
        seal = None if key is None else Seal(key, memory)
        duty = self._duty_of(vehicle)
        session = VehicleSession(vehicle, self._station, duty, seal=seal, may_move=may_move)
        self._addresses.add(session)
        self.sessions[address] = session
        return session

    def find(self, frame: ReceivedFrame, link: str) -> Found | None:
        """Return the vehicle that is listed at the address of a frame, and its link."""
        return self._addresses.find(link, frame.system_id, frame.component_id)

    def owner_of_companion(self, frame: ReceivedFrame, link: str) -> VehicleSession | None:
        """Return the vehicle whose camera, gimbal or other component sent a frame."""
        return self._addresses.companion(link, frame.system_id)

    def find_moved(self, frame: ReceivedFrame, link: str, now: float) -> Found | None:
        """Return the vehicle that speaks from an address that is not listed, and list it there."""
        found = self._addresses.mover(link, frame, now)
        if found is None:
            self._unknown_frames += 1
            return None
        session, way = found
        old = way.name
        self._moves += 1
        self._addresses.move(session, way, link)
        self._wires.rename(old, link)
        session.moved(old, link, now)
        return found

    @property
    def links(self) -> frozenset[str]:
        """All links over which there are vehicles now."""
        return frozenset(link.name for each in self.sessions.values() for link in each.vehicle.links.links)

    @property
    def counters(self) -> GatewayCounters:
        """What was dropped, and why."""
        rejected: Counter[str] = Counter({each.value: 0 for each in Verdict})
        for session in self.sessions.values():
            counts = {} if session.seal is None else session.seal.counts
            rejected.update({verdict.value: count for verdict, count in counts.items()})
        del rejected[Verdict.ACCEPTED.value]
        doubled = sum(session.doubles for session in self.sessions.values())
        return GatewayCounters(self._wires.bad_bytes, self._unknown_frames, rejected, doubled, self._moves)
