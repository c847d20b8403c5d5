"""The asyncio shell around the gateway: its sockets and one pump. Everything else is sans-IO."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from flight.commands import FlightCommand
from flight.events import FlightEvent
from flight.gateway import Gateway
from flight.transports import tcp
from flight.transports.clock import Clock
from flight.transports.link_text import check_link
from flight.transports.tcp import TcpClient
from flight.transports.udp import UdpSocket

SHORTEST_SLEEP_S = 0.002
"""On the wall: under accelerated time the timers would else keep a core busy for nothing."""

LONGEST_SLEEP_S = 1.0
"""On the wall, for a gateway that waits for nothing: it has no vehicle yet."""

_log = logging.getLogger(__name__)


class GatewayShell:
    """Runs a gateway on one UDP socket, and a TCP connection for each link ``tcp:ADDRESS:PORT``.

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
        self._clock = clock
        self._on_event = on_event
        self._wake = asyncio.Event()
        self._udp = UdpSocket(bind, self._received)
        self._streams: dict[str, TcpClient] = {}
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def port(self) -> int:
        """The UDP port that the gateway listens on."""
        return self._udp.port

    async def start(self) -> None:
        """Open the socket and begin.

        Raises
        ------
        LocalFlightError
            If the text of a vehicle's link has another form than expected, or the address cannot be had.
        """
        for link in self.gateway.links:
            check_link(link)
        self._udp.open()
        self._begin(self._run(), "flight gateway pump")

    async def wait(self) -> None:
        """Wait until the gateway stops; raise what stopped it."""
        while self._tasks:
            done, _ = await asyncio.wait([*self._tasks], return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                if task in self._tasks:
                    self._tasks.remove(task)
                if not task.cancelled():
                    task.result()

    async def stop(self) -> None:
        """Stop and close all links; a second time does nothing."""
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
        self._udp.close()

    def command(self, command: FlightCommand) -> None:
        """Hand a command to the gateway."""
        self.gateway.command(command, self._clock.now())
        self._wake.set()

    def _begin(self, work: Coroutine[Any, Any, None], name: str) -> None:
        task = asyncio.create_task(work, name=name)
        task.add_done_callback(self._ended)
        self._tasks.append(task)

    def _received(self, data: bytes, link: str) -> None:
        self.gateway.receive(data, link, self._clock.now())
        self._wake.set()

    async def _run(self) -> None:
        while True:
            self._send()
            self._deliver()
            self._wake.clear()
            await self._sleep()

    def _send(self) -> None:
        for data, link in self.gateway.send(self._clock.now()):
            if link.startswith(tcp.PREFIX):
                self._stream(link).send(data)
            else:
                self._udp.send(data, link)

    def _stream(self, link: str) -> TcpClient:
        """Return the connection of a link; the first frame for it, a heartbeat, opens it."""
        client = self._streams.get(link)
        if client is None:
            client = self._streams[link] = TcpClient(link, self._received)
            self._begin(client.run(), f"flight gateway {link}")
        return client

    def _deliver(self) -> None:
        while (event := self.gateway.next_event()) is not None:
            self._on_event(event)

    async def _sleep(self) -> None:
        """Wait for the next timer or for data, and a moment longer, so that several are handled at once."""
        timer = self.gateway.next_timer()
        wall_s = LONGEST_SLEEP_S if timer is None else self._clock.wall_s(timer - self._clock.now())
        with suppress(TimeoutError):
            async with asyncio.timeout(min(max(wall_s, 0.0), LONGEST_SLEEP_S)):
                await self._wake.wait()
        await asyncio.sleep(SHORTEST_SLEEP_S)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Stop everything if one task died: half a gateway looks like a whole one."""
        if task.cancelled() or task.exception() is None:
            return
        _log.critical("the flight gateway stopped: %s died", task.get_name(), exc_info=task.exception())
        self._udp.close()
        for other in self._tasks:
            if other is not task:
                other.cancel()
