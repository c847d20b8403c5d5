"""Our own gateway with its sockets, in a thread of its own."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from threading import Thread
from typing import NamedTuple, TypeVar

from flight.commands import FlightCommand
from flight.drivers.mailbox import Mailbox
from flight.errors import LocalFlightError
from flight.events import VehicleSnapshot
from flight.gateway import Gateway
from flight.plan import VehicleAddress
from flight.transports.clock import Clock
from flight.transports.shell import GatewayShell

ANSWER_S = 10.0
"""On the wall: the gateway's thread is never busy for a second; one that does not answer has stopped."""

T = TypeVar("T")


class _Running(NamedTuple):
    loop: asyncio.AbstractEventLoop
    stopping: asyncio.Event
    shell: GatewayShell


class ShellEngine:
    """Runs a gateway and its sockets; nobody but this thread touches the gateway.

    Raises
    ------
    LocalFlightError
        By the constructor, if an address cannot be had; by the others, if the thread has ended.
    """

    def __init__(
        self, gateway: Gateway, address: VehicleAddress, bind: tuple[str, int], clock: Clock, mailbox: Mailbox
    ) -> None:
        self._gateway = gateway
        self._address = address
        self._bind = bind
        self._clock = clock
        self._mailbox = mailbox
        self._started: Future[_Running] = Future()
        self._thread = Thread(target=self._run, name=f"flight driver {address}", daemon=True)
        self._thread.start()
        self._running = self._started.result(ANSWER_S)

    def command(self, command: FlightCommand) -> None:
        """Hand a command to the gateway."""
        self._in_thread(lambda: self._running.shell.command(command))

    def snapshot(self) -> VehicleSnapshot:
        """Return the newest state of the vehicle."""
        return self._in_thread(lambda: self._gateway.snapshots()[self._address])

    def stop(self) -> None:
        """End the thread; a second time does nothing."""
        with suppress(RuntimeError):  # the loop is closed already
            self._running.loop.call_soon_threadsafe(self._running.stopping.set)
        self._thread.join(ANSWER_S)

    def _in_thread(self, call: Callable[[], T]) -> T:
        answer: Future[T] = Future()

        def work() -> None:
            try:
                answer.set_result(call())
            except Exception as error:
                answer.set_exception(error)

        try:
            self._running.loop.call_soon_threadsafe(work)
            return answer.result(ANSWER_S)
        except (RuntimeError, TimeoutError):
            raise LocalFlightError(f"the gateway of {self._address} has stopped; connect again") from None

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as error:
            if self._started.done():
                reason = f"the gateway of {self._address} stopped: {error!r}; connect again"
                self._mailbox.end(LocalFlightError(reason))
            else:
                self._started.set_exception(error)

    async def _serve(self) -> None:
        shell = GatewayShell(self._gateway, self._bind, self._clock, self._mailbox.put)
        await shell.start()
        stopping = asyncio.Event()
        self._started.set_result(_Running(asyncio.get_running_loop(), stopping, shell))
        waits = {asyncio.create_task(shell.wait()), asyncio.create_task(stopping.wait())}
        try:
            done, _ = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            for each in done:
                each.result()
        finally:
            for each in waits:
                each.cancel()
            await asyncio.wait(waits)
            await shell.stop()
