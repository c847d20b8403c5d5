"""The work of the service beside HTTP: reconcile, send the outbox, take events in, stream them out.

Every task has a name. If one dies, the service stops loudly; the aircraft in flight need none of this,
and the next start adopts them.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial

from api.feed import Feed
from api.leases import GatewayLeases
from api.logs import log_event
from api.metrics import Metrics
from api.service import Service
from flight.commands import FlightCommand
from flight.events import FlightEvent, TelemetryUpdated
from flight.plan import VehicleAddress

logger = logging.getLogger(__name__)

TICK_S = 1.0
"""Time between two looks at the whole state, in seconds of the service's clock."""
SHORTEST_TICK_WALL_S = 0.1
"""The same in wall time, at least: an accelerated service must not spend itself on looking."""


class Engine:
    """Runs the service's tasks until stopped or until one of them dies."""

    def __init__(self, service: Service, feed: Feed, metrics: Metrics) -> None:
        self._service = service
        self._feed = feed
        self._metrics = metrics
        self._leases = GatewayLeases(service)
        self._events: asyncio.Queue[FlightEvent | VehicleAddress] = asyncio.Queue()
        self._newest: dict[VehicleAddress, TelemetryUpdated] = {}
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Adopt what flies, open the gateway, and start the tasks."""
        service = self._service
        await self._feed.start()
        await service.flight.start(self._take)
        await self._leases.renew()
        for name, work in (
            ("gateway-lease", self._leases.keep),
            ("outbox", self._relay),
            ("reconcile", self._reconcile),
            ("flight-events", self._handle_events),
            ("flight-gateway", service.flight.failed),
        ):
            self._tasks.append(asyncio.create_task(_never_ending(work), name=name))

    async def failed(self) -> None:
        """Wait until a task dies, and raise what killed it."""
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            logger.critical("task %s died: the service stops", task.get_name(), exc_info=task.exception())
            task.result()

    async def stop(self) -> None:
        """Stop the tasks and close the gateway. Stopping twice is harmless; drones fly on."""
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._service.flight.stop()
        await self._leases.release()

    def _take(self, event: FlightEvent) -> None:
        self._metrics.count(event)
        if isinstance(event, TelemetryUpdated):
            self._feed.telemetry(event)
            self._take_telemetry(event)
        else:
            log_event(event)
            self._events.put_nowait(event)

    def _take_telemetry(self, event: TelemetryUpdated) -> None:
        """Queue the newest telemetry only: while a route is planned, old positions must not pile up."""
        if event.vehicle not in self._newest:
            self._events.put_nowait(event.vehicle)
        self._newest[event.vehicle] = event

    async def _handle_events(self) -> None:
        service = self._service
        while True:
            taken = await self._events.get()
            is_telemetry = isinstance(taken, VehicleAddress)
            event = self._newest.pop(taken) if isinstance(taken, VehicleAddress) else taken
            run = service.run_quietly if is_telemetry else service.run
            try:
                await run(service.dispatcher.handle_flight_event, event, service.clock.utc())
            except Exception:
                # A failed event handler is logged and the queue goes on (STYLE 3).
                logger.exception("could not handle %s", event)

    async def _reconcile(self) -> None:
        service = self._service
        while True:
            service.wake.clear()
            await service.run_quietly(service.dispatcher.tick, service.clock.utc())
            service.to_relay.set()
            await self._feed.publish_stored()
            await self._wait_for_wake()

    async def _relay(self) -> None:
        """Hand the outbox to the gateway when there may be something; after a crash it is sent again."""
        service = self._service
        submit = partial(self._submit, asyncio.get_running_loop())
        holder = service.settings.holder
        while True:
            service.to_relay.clear()
            await asyncio.to_thread(service.dispatcher.relay, submit, service.clock.utc(), holder)
            await service.to_relay.wait()

    def _submit(self, loop: asyncio.AbstractEventLoop, command: FlightCommand) -> None:
        """Hand a command over on the event loop, where the gateway lives; called in a thread."""
        asyncio.run_coroutine_threadsafe(self._hand_over(command), loop).result()

    async def _hand_over(self, command: FlightCommand) -> None:
        if not self._service.flight.is_open:
            raise RuntimeError("the gateway is closed: the command stays in the outbox")
        self._service.flight.command(command)

    async def _wait_for_wake(self) -> None:
        timeout_s = max(self._service.clock.wall_s(TICK_S), SHORTEST_TICK_WALL_S)
        try:
            async with asyncio.timeout(timeout_s):
                await self._service.wake.wait()
        except TimeoutError:
            return


async def _never_ending(work: Callable[[], Awaitable[None]]) -> None:
    await work()
    raise RuntimeError("a task that runs for the life of the service has ended")
