"""The flight gateway of the real service: one UDP socket for all vehicles, everything recorded."""

from collections.abc import Callable, Mapping
from pathlib import Path

from api.clock import ScaledClock
from flight.commands import FlightCommand
from flight.events import FlightEvent, VehicleSnapshot
from flight.gateway import Gateway
from flight.plan import VehicleAddress, VehicleClass
from flight.records.tlog import TlogWriter
from flight.transports.udp import UdpGateway, address_of_link


class UdpFlightPort:
    """Owns the gateway, its socket and its tlog.

    Parameters
    ----------
    bind
        ``udp:HOST:PORT`` to speak from.
    tlog_dir
        Folder for the recording; a restarted service goes on in the same file.
    clock
        The service's clock.
    """

    def __init__(self, bind: str, tlog_dir: Path, clock: ScaledClock) -> None:
        self._bind = address_of_link(bind)
        self._clock = clock
        self._tlog = TlogWriter(tlog_dir / "gateway.tlog")
        self._gateway = Gateway(tlog=self._tlog)
        self._udp: UdpGateway | None = None

    async def start(self, on_event: Callable[[FlightEvent], None]) -> None:
        """Open the socket and begin."""
        udp = UdpGateway(self._gateway, self._bind, self._clock, on_event)
        await udp.start()
        self._udp = udp

    async def stop(self) -> None:
        """Close socket and recording. The vehicles are told nothing: they fly on."""
        udp, self._udp = self._udp, None
        if udp is not None:
            await udp.stop()
        self._tlog.close()

    async def failed(self) -> None:
        """Wait until the gateway dies, and raise what killed it."""
        if self._udp is not None:
            await self._udp.wait()

    def add_vehicle(self, address: VehicleAddress, vehicle_class: VehicleClass) -> None:
        """Look after one more vehicle."""
        self._gateway.add_vehicle(address, vehicle_class)

    def command(self, command: FlightCommand) -> None:
        """Take a command; what becomes of it comes as events."""
        if self._udp is not None:
            self._udp.command(command)

    def snapshots(self) -> Mapping[VehicleAddress, VehicleSnapshot]:
        """Return the newest state of every vehicle."""
        return self._gateway.snapshots()

    @property
    def is_open(self) -> bool:
        """Say whether the socket is open."""
        return self._udp is not None
