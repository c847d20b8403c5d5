"""UDP: one socket that speaks with many vehicles, each at its own address."""

import asyncio
import logging
import socket
from collections.abc import Callable
from contextlib import suppress

from flight.errors import LocalFlightError

PREFIX = "udp:"

MOST_AT_ONCE = 256
"""Datagrams read before the rest of the program has its turn."""

BUFFER_BYTES = 4 * 1024 * 1024
"""What the system keeps for us while a route is planned in the same process: seconds of a large fleet."""

LONGEST_DATAGRAM = 65535

KNOWN_SENDERS = 10_000
"""Addresses whose text is remembered; more than a fleet has, and a bound for what strangers can fill."""

_log = logging.getLogger(__name__)

Received = Callable[[bytes, str], None]
"""Takes bytes and the link over which they came."""


def address_of_link(link: str) -> tuple[str, int]:
    """Return host and port of a link ``udp:HOST:PORT``; nothing here resolves names, so HOST is numeric."""
    host, separator, port = link.removeprefix(PREFIX).rpartition(":")
    if not link.startswith(PREFIX) or not separator or not port.isdecimal():
        raise LocalFlightError(
            f"{link!r} is no UDP link; write udp:ADDRESS:PORT, for example udp:127.0.0.1:14550"
        )
    return host, int(port)


def link_of_address(address: tuple[str, int]) -> str:
    """Return the link of a datagram's sender."""
    return f"{PREFIX}{address[0]}:{address[1]}"


class UdpSocket:
    """Listens at an address, and sends from there.

    It reads the socket itself, as many datagrams in a row as there are: asyncio's own datagram transport
    goes through its event loop for each.
    """

    def __init__(self, bind: tuple[str, int], received: Received) -> None:
        self.unsent = 0
        self._bind = bind
        self._received = received
        self._socket: socket.socket | None = None
        self._links: dict[tuple[str, int], str] = {}
        self._addresses: dict[str, tuple[str, int]] = {}

    @property
    def port(self) -> int:
        """The port that the socket has."""
        if self._socket is None:
            raise LocalFlightError("the gateway is not started; await start() first")
        return int(self._socket.getsockname()[1])

    def open(self) -> None:
        """Open the socket; raise LocalFlightError if the address cannot be had."""
        opened = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            opened.setblocking(False)
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER_BYTES)
            opened.bind(self._bind)
        except OSError as error:
            opened.close()
            raise LocalFlightError(
                f"cannot listen at {link_of_address(self._bind)}: {error.strerror or error}; "
                "end the program that has the port, or bind the gateway to another"
            ) from error
        self._socket = opened
        asyncio.get_running_loop().add_reader(opened, self._read)

    def send(self, datagram: bytes, link: str) -> None:
        """Send a datagram; one that the system does not take is lost, as others are on the way."""
        if self._socket is None:
            return
        address = self._addresses.get(link)
        if address is None:
            address = self._addresses[link] = address_of_link(link)
        try:
            self._socket.sendto(datagram, address)
        except OSError as error:
            self.unsent += 1
            _log.debug("a datagram could not be sent to %s: %s", link, error)

    def close(self) -> None:
        """Close the socket; a second time does nothing."""
        closing, self._socket = self._socket, None
        if closing is not None:
            asyncio.get_running_loop().remove_reader(closing)
            closing.close()

    def _read(self) -> None:
        for _ in range(MOST_AT_ONCE):
            if self._socket is None:
                return
            with suppress(ConnectionError):  # on a loopback a vehicle that is not there yet refuses
                try:
                    datagram, sender = self._socket.recvfrom(LONGEST_DATAGRAM)
                except BlockingIOError:
                    return
                self._received(datagram, self._link_of(sender))

    def _link_of(self, sender: tuple[str, int]) -> str:
        link = self._links.get(sender)
        if link is None:
            if len(self._links) >= KNOWN_SENDERS:
                self._links.clear()
            link = self._links[sender] = link_of_address(sender)
        return link
