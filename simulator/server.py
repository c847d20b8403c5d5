"""The asyncio shell: vehicles on UDP and TCP sockets, driven by a simulated clock."""

import asyncio
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import cast

from simulator.address import Address
from simulator.clock import SimulatedClock
from simulator.errors import AddressUnavailableError
from simulator.fleet import Berth
from simulator.tracklog import TrackLog
from simulator.vehicle import Vehicle

TICK_S = 0.01
"""Wall seconds between two turns of a vehicle that has nothing to receive."""

CHUNK_S = 1.0
"""Simulated seconds that one vehicle advances before the others and the sockets get their turn."""

Report = Callable[[str], None]
"""Takes one line for a person."""


class Station:
    """One vehicle with its sockets."""

    def __init__(self, vehicle: Vehicle, clock: SimulatedClock, report: Report, log: TrackLog | None) -> None:
        self.vehicle = vehicle
        self._clock = clock
        self._report = report
        self._log = log
        self._at = clock.now()
        self._ways: dict[Hashable, Callable[[bytes], None]] = {}
        self._shown = ""

    def hear(self, data: bytes, peer: Hashable, way: Callable[[bytes], None]) -> None:
        """Take in what has arrived, and answer."""
        self._ways[peer] = way
        self.vehicle.receive(data, peer, self._at)
        self._flush()

    def connect(self, peer: Hashable, way: Callable[[bytes], None]) -> None:
        """Open a TCP connection."""
        self._ways[peer] = way
        self.vehicle.connect(peer, self._at)

    def disconnect(self, peer: Hashable) -> None:
        """Close a TCP connection."""
        self._ways.pop(peer, None)
        self.vehicle.disconnect(peer)

    def turn(self) -> bool:
        """Advance by at most a chunk; say whether the vehicle has caught up with the clock."""
        now = self._clock.now()
        self._at = min(now, self._at + CHUNK_S)
        self.vehicle.advance(self._at)
        self._flush()
        self._show()
        return self._at >= now

    def _flush(self) -> None:
        for data, peer in self.vehicle.send():
            way = self._ways.get(peer)
            if way is not None:
                way(data)

    def _show(self) -> None:
        truth = self.vehicle.truth
        state = f"{truth.mode}, {'armed' if truth.armed else 'disarmed'}, mission item {truth.mission_seq}"
        if state == self._shown:
            return
        self._shown = state
        where = f"{truth.altitude_amsl_m:.0f} m AMSL, {truth.ground_speed_m_s:.0f} m/s"
        self._report(f"{self.vehicle.config.name}: {state}, {where}, {truth.energy_used_wh:.0f} Wh used")
        if self._log is not None:
            self._log.write()

    def close(self) -> None:
        """Finish the log."""
        if self._log is not None:
            self._log.close()


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, station: Station) -> None:
        self._station = station
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # The selector loop's datagram transport is no subclass of DatagramTransport before Python 3.12.
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        transport = self._transport
        if transport is not None:
            self._station.hear(
                data, ("udp", id(transport), addr), lambda answer: transport.sendto(answer, addr)
            )

    def error_received(self, exc: Exception) -> None:
        """Ignore that a ground station has closed its socket: it may come back."""


class _Connection(asyncio.Protocol):
    def __init__(self, station: Station) -> None:
        self._station = station
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport
            self._station.connect(self, transport.write)

    def data_received(self, data: bytes) -> None:
        if self._transport is not None:
            self._station.hear(data, self, self._transport.write)

    def connection_lost(self, exc: Exception | None) -> None:
        self._station.disconnect(self)


class FleetServer:
    """Serves a fleet until it is told to stop.

    Parameters
    ----------
    berths
        The vehicles and where they listen.
    clock
        Simulated time.
    report
        Where the status lines go.
    log_directory
        Folder for the track logs; none are written where None.
    """

    def __init__(
        self,
        berths: Sequence[Berth],
        clock: SimulatedClock,
        report: Report,
        log_directory: Path | None = None,
    ) -> None:
        self._berths = tuple(berths)
        self._report = report
        self.stations = [self._station(Vehicle(berth.config), clock, log_directory) for berth in self._berths]
        self.addresses: list[Address] = []
        self._transports: list[asyncio.BaseTransport] = []
        self._servers: list[asyncio.Server] = []
        self._stop = asyncio.Event()

    def _station(self, vehicle: Vehicle, clock: SimulatedClock, directory: Path | None) -> Station:
        return Station(vehicle, clock, self._report, TrackLog(vehicle, directory) if directory else None)

    def stop(self) -> None:
        """Ask for an end; may be called twice."""
        self._stop.set()

    async def run(self) -> None:
        """Listen and fly until stopped; raise AddressUnavailableError where a socket cannot be opened."""
        try:
            for berth, station in zip(self._berths, self.stations, strict=True):
                for address in berth.listen:
                    await self._listen(address, station)
            await self._fly()
        finally:
            await self._close()

    async def _listen(self, address: Address, station: Station) -> None:
        loop = asyncio.get_running_loop()
        try:
            if address.protocol == "udp":
                transport, _ = await loop.create_datagram_endpoint(
                    lambda: _Datagrams(station), local_addr=(address.host, address.port)
                )
                self._transports.append(transport)
                port = transport.get_extra_info("sockname")[1]
            else:
                server = await loop.create_server(lambda: _Connection(station), address.host, address.port)
                self._servers.append(server)
                port = server.sockets[0].getsockname()[1]
        except OSError as error:
            raise AddressUnavailableError(str(address), error.strerror or str(error)) from None
        self.addresses.append(address.with_port(port))
        config = station.vehicle.config
        what = f"{config.vehicle_class}, system {config.system_id}"
        self._report(f"{config.name}: {what}, listening on {self.addresses[-1]}")

    async def _fly(self) -> None:
        while not self._stop.is_set():
            caught_up = [station.turn() for station in self.stations]
            await asyncio.sleep(TICK_S if all(caught_up) else 0.0)

    async def _close(self) -> None:
        for transport in self._transports:
            transport.close()
        for server in self._servers:
            server.close()
        for station in self.stations:
            station.close()
        # The transports close in the next turn of the loop.
        await asyncio.sleep(0)
