"""The asyncio shell around the gateway: one UDP socket, one pump. Everything else is sans-IO."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from flight.commands import FlightCommand
from flight.errors import LocalFlightError
from flight.events import FlightEvent
from flight.gateway import Gateway
from flight.transports.clock import Clock

SHORTEST_SLEEP_S = 0.002
"""On the wall: under accelerated time the timers would else keep a core busy for nothing."""

LONGEST_SLEEP_S = 1.0
"""On the wall, for a gateway that waits for nothing: it has no vehicle yet."""

PREFIX = "udp:"

_log = logging.getLogger(__name__)


def address_of_link(link: str) -> tuple[str, int]:
    """Return host and port of a link ``udp:HOST:PORT``; nothing here resolves names, so HOST is numeric."""
    host, separator, port = link.removeprefix(PREFIX).rpartition(":")
    if not link.startswith(PREFIX) or not separator or not port.isdecimal():
        raise LocalFlightError(
            f"{link!r} is no link; write udp:ADDRESS:PORT, for example udp:127.0.0.1:14550"
        )
    return host, int(port)


def link_of_address(address: tuple[Any, ...]) -> str:
    """Return the link of a datagram's sender."""
    return f"{PREFIX}{address[0]}:{address[1]}"


class UdpGateway:
    """Runs a gateway on one socket.

    Parameters
    ----------
    gateway
        The sans-IO gateway; it is used from the event loop only.
    bind
        Numeric address and port to listen on; port 0 takes a free one.
    clock
        May run faster than the wall.
    on_event
        Called in the event loop for each event, in order. It must not block. If it raises, the gateway stops
        loudly: an event that dispatch did not get would be lost.
    """

    def __init__(
        self,
        gateway: Gateway,
        bind: tuple[str, int],
        clock: Clock,
        on_event: Callable[[FlightEvent], None],
    ) -> None:
        self.gateway = gateway
        self._bind = bind
        self._clock = clock
        self._on_event = on_event
        self._wake = asyncio.Event()
        self._transport: asyncio.DatagramTransport | None = None
        self._pump: asyncio.Task[None] | None = None

    @property
    def port(self) -> int:
        """The port that the socket has."""
        if self._transport is None:
            raise LocalFlightError("the gateway is not started")
        return int(self._transport.get_extra_info("sockname")[1])

    async def start(self) -> None:
        """Open the socket and begin."""
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(
            lambda: _Protocol(self._received), local_addr=self._bind
        )
        self._pump = asyncio.create_task(self._run(), name="flight gateway pump")
        self._pump.add_done_callback(self._pump_ended)

    async def wait(self) -> None:
        """Wait until the gateway stops; raise what stopped it."""
        if self._pump is not None:
            await asyncio.wait([self._pump])
            if not self._pump.cancelled():
                self._pump.result()

    async def stop(self) -> None:
        """Stop and close the socket; a second time does nothing."""
        pump, self._pump = self._pump, None
        if pump is not None:
            pump.cancel()
            await asyncio.wait([pump])
        self._close()

    def command(self, command: FlightCommand) -> None:
        """Hand a command to the gateway."""
        self.gateway.command(command, self._clock.now())
        self._wake.set()

    def _received(self, datagram: bytes, address: tuple[Any, ...]) -> None:
        self.gateway.receive(datagram, link_of_address(address), self._clock.now())
        self._wake.set()

    async def _run(self) -> None:
        while True:
            self.gateway.handle_timer(self._clock.now())
            self._send()
            self._deliver()
            self._wake.clear()
            await self._sleep()

    def _send(self) -> None:
        for datagram, link in self.gateway.send(self._clock.now()):
            if self._transport is not None:
                self._transport.sendto(datagram, address_of_link(link))

    def _deliver(self) -> None:
        while (event := self.gateway.next_event()) is not None:
            self._on_event(event)

    async def _sleep(self) -> None:
        """Wait for the next timer or a datagram, and a moment longer, so that several are handled at once."""
        timer = self.gateway.next_timer()
        wall_s = LONGEST_SLEEP_S if timer is None else self._clock.wall_s(timer - self._clock.now())
        with suppress(TimeoutError):
            async with asyncio.timeout(min(max(wall_s, 0.0), LONGEST_SLEEP_S)):
                await self._wake.wait()
        await asyncio.sleep(SHORTEST_SLEEP_S)

    def _pump_ended(self, pump: asyncio.Task[None]) -> None:
        if not pump.cancelled() and pump.exception() is not None:
            _log.critical("the flight gateway stopped", exc_info=pump.exception())
            self._close()

    def _close(self) -> None:
        if self._transport is not None:
            self._transport.close()


class _Protocol(asyncio.DatagramProtocol):
    def __init__(self, received: Callable[[bytes, tuple[Any, ...]], None]) -> None:
        self._received = received

    def datagram_received(self, data: bytes, addr: tuple[Any, ...]) -> None:
        self._received(data, addr)

    def error_received(self, exc: Exception) -> None:
        """Go on: on a loopback a vehicle that is not there yet answers with "connection refused"."""
        _log.debug("a datagram could not be delivered: %s", exc)
