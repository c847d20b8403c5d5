"""Who speaks at which address, and who moved to another one."""

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar

from flight.errors import AddressInUse
from flight.link_state import LinkState
from flight.links.link import VehicleLink
from flight.links.linkset import worst
from flight.protocol.codec import ReceivedFrame
from flight.protocol.heartbeat import MAV_AUTOPILOT_INVALID
from flight.protocol.messages import Heartbeat, HighLatency2
from flight.vehicle import Vehicle

MOVABLE = "udp:"
"""Only datagrams come from anywhere; a stream is one that we opened ourselves."""


class Listener(Protocol):
    """What the table wants to know of who is listed in it."""

    vehicle: Vehicle
    may_move: bool

    def admits(self, frame: ReceivedFrame, now: float) -> bool:
        """Say whether a frame is the vehicle's own, by its signature; each frame is asked about once."""
        ...


L = TypeVar("L", bound=Listener)


class AddressTable(Generic[L]):
    """Finds the vehicle of a frame by link, system id and component id."""

    def __init__(self) -> None:
        self._at: dict[str, dict[tuple[int, int], tuple[L, VehicleLink]]] = {}
        self._systems: dict[tuple[str, int], L] = {}
        self._by_identity: dict[tuple[int, int], list[L]] = {}

    def add(self, listener: L) -> None:
        """List a vehicle at all its links; raise AddressInUse if one of the addresses is taken."""
        vehicle = listener.vehicle
        identity = (vehicle.address.system_id, vehicle.address.component_id)
        names = [link.name for link in vehicle.links.links]
        taken = [name for name in names if identity in self._at.get(name, {}) or names.count(name) > 1]
        if taken:
            raise AddressInUse(
                f"two drones were given the address {vehicle.address}, or one has its link twice: "
                f"{taken[0]}; give each its own link or system id"
            )
        for link in vehicle.links.links:
            self._enter(listener, link)
        self._by_identity.setdefault(identity, []).append(listener)

    def find(self, link: str, system_id: int, component_id: int) -> tuple[L, VehicleLink] | None:
        """Return who is listed there, and the link."""
        here = self._at.get(link)
        return None if here is None else here.get((system_id, component_id))

    def companion(self, link: str, system_id: int) -> L | None:
        """Return the vehicle whose other component (a camera, a gimbal) this is."""
        return self._systems.get((link, system_id))

    def mover(self, link: str, frame: ReceivedFrame, now: float) -> tuple[L, VehicleLink] | None:
        """Return who has moved to an unknown address, by a frame from there, and which of its links did.

        With a key the signature of the vehicle says that it is there. Without one anybody can say so: then
        only a vehicle that may move is looked for, that is not heard any more at its own address, and that
        cannot be mistaken for another.
        """
        if not link.startswith(MOVABLE):
            return None
        candidates = self._by_identity.get((frame.system_id, frame.component_id), [])
        signed = [each for each in candidates if each.vehicle.signed and each.admits(frame, now)]
        trusted = [] if signed or not _is_autopilot(frame) else list(_missing(candidates))
        found = signed[:1] or (trusted if len(trusted) == 1 else [])
        for listener in found:
            moving = worst([each for each in listener.vehicle.links.links if each.name.startswith(MOVABLE)])
            return None if moving is None else (listener, moving)
        return None

    def move(self, listener: L, link: VehicleLink, name: str) -> None:
        """List a vehicle at its new address."""
        address = listener.vehicle.address
        here = self._at[link.name]
        del here[address.system_id, address.component_id]
        self._systems.pop((link.name, address.system_id), None)
        if not here:
            del self._at[link.name]
        link.name = name
        self._enter(listener, link)

    def _enter(self, listener: L, link: VehicleLink) -> None:
        address = listener.vehicle.address
        here = self._at.setdefault(link.name, {})
        here[address.system_id, address.component_id] = (listener, link)
        self._systems[link.name, address.system_id] = listener


def _missing(candidates: list[L]) -> Iterator[L]:
    for each in candidates:
        is_heard = each.vehicle.links.freshness is LinkState.FRESH
        if each.may_move and not each.vehicle.signed and not is_heard:
            yield each


def _is_autopilot(frame: ReceivedFrame) -> bool:
    message = frame.message
    return isinstance(message, Heartbeat | HighLatency2) and message.autopilot != MAV_AUTOPILOT_INVALID
