"""The sockets of a vehicle: datagrams that are heard, stations that are called, TCP connections."""

import asyncio
import os
from collections.abc import Callable
from typing import cast

from simulator.comms.radio import LinkedPeer
from simulator.errors import AddressUnavailableError
from simulator.shell.address import Address, Protocol
from simulator.shell.station import Station


class _Datagrams(asyncio.DatagramProtocol):
    """Hears whoever sends to the socket, and answers each at the address it came from."""

    def __init__(self, station: Station, link: int) -> None:
        self._station = station
        self._link = link
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # The selector loop's datagram transport is no subclass of DatagramTransport before Python 3.12.
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        transport = self._transport
        if transport is not None:
            peer = LinkedPeer(addr, self._link)
            self._station.hear(data, peer, lambda answer: transport.sendto(answer, addr))

    def error_received(self, exc: Exception) -> None:
        """Ignore that a ground station has closed its socket: it may come back."""


class _Call(asyncio.DatagramProtocol):
    """Speaks to one station from the start; only that station is heard."""

    def __init__(self, station: Station, link: int) -> None:
        self._station = station
        self._peer = LinkedPeer(self, link)
        self._send: Callable[[bytes], None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # See _Datagrams.
        self._send = cast("asyncio.DatagramTransport", transport).sendto
        self._station.connect(self._peer, self._send)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if self._send is not None:
            self._station.hear(data, self._peer, self._send)

    def error_received(self, exc: Exception) -> None:
        """Ignore that nobody listens there yet: a ground station may start at any time."""


class _Connection(asyncio.Protocol):
    """One client of a TCP server."""

    def __init__(self, station: Station, link: int) -> None:
        self._station = station
        self._peer = LinkedPeer(self, link)
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport
            self._station.connect(self._peer, transport.write)

    def data_received(self, data: bytes) -> None:
        if self._transport is not None:
            self._station.hear(data, self._peer, self._transport.write)

    def connection_lost(self, exc: Exception | None) -> None:
        self._station.disconnect(self._peer)


class Sockets:
    """All open sockets of a fleet."""

    def __init__(self) -> None:
        self._transports: list[asyncio.BaseTransport] = []
        self._servers: list[asyncio.Server] = []

    async def open(self, address: Address, station: Station, link: int) -> Address:
        """Open one; return its address with the port it got.

        Parameters
        ----------
        address
            Where to listen, or whom to call.
        station
            Whose it is.
        link
            Number of the link among those of the vehicle, as ArduPilot numbers its serial ports.

        Raises
        ------
        AddressUnavailableError
            The operating system refuses, most often as another program has the port.
        """
        opener = {
            Protocol.UDP: self._listen_udp,
            Protocol.TCP: self._listen_tcp,
            Protocol.UDP_OUT: self._call,
        }
        try:
            return address.with_port(await opener[Protocol(address.protocol)](address, station, link))
        except OSError as error:
            raise AddressUnavailableError(str(address), _reason(error)) from None

    async def _listen_udp(self, address: Address, station: Station, link: int) -> int:
        transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            lambda: _Datagrams(station, link), local_addr=(address.host, address.port)
        )
        self._transports.append(transport)
        return int(transport.get_extra_info("sockname")[1])

    async def _listen_tcp(self, address: Address, station: Station, link: int) -> int:
        server = await asyncio.get_running_loop().create_server(
            lambda: _Connection(station, link), address.host, address.port
        )
        self._servers.append(server)
        return int(server.sockets[0].getsockname()[1])

    async def _call(self, address: Address, station: Station, link: int) -> int:
        transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            lambda: _Call(station, link), remote_addr=(address.host, address.port)
        )
        self._transports.append(transport)
        return address.port

    async def close(self) -> None:
        """Close all."""
        for transport in self._transports:
            transport.close()
        for server in self._servers:
            server.close()
        # The transports close in the next turn of the loop.
        await asyncio.sleep(0)


def _reason(error: OSError) -> str:
    """Return what the operating system said, without what asyncio writes around it."""
    number = error.errno or 0
    # An unknown host has a number below 0, which strerror does not know.
    return os.strerror(number) if number > 0 else error.strerror or str(error)
