"""The running service as the routes see it: the parts, and how to call the dispatcher from the event loop."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol, TypeVar

from api.auth import KeyRing
from api.clock import ScaledClock
from api.hub import Hub
from api.settings import Settings
from dispatch.dispatcher import Dispatcher
from dispatch.store.store import Store
from flight.commands import FlightCommand
from flight.counters import GatewayCounters
from flight.events import FlightEvent, VehicleSnapshot
from flight.links.quality import LinkQuality
from flight.plan import VehicleAddress, VehicleClass
from flight.protocol.signing import SigningKey
from geofences.airspace import Airspace

T = TypeVar("T")


class FlightPort(Protocol):
    """The flight gateway, as far as the service needs it (tests hand in one without sockets)."""

    async def start(self, on_event: Callable[[FlightEvent], None]) -> None:
        """Open the socket and begin; events go to ``on_event`` on the event loop."""
        ...

    async def stop(self) -> None:
        """Close the socket. The vehicles are told nothing: they fly on."""
        ...

    async def failed(self) -> None:
        """Wait until the gateway dies of an error, and raise it."""
        ...

    def add_vehicle(
        self,
        address: VehicleAddress,
        vehicle_class: VehicleClass,
        *,
        backup_links: Iterable[str] = (),
        key: SigningKey | None = None,
        may_move: bool = False,
    ) -> None:
        """Look after one more vehicle; see `flight.gateway.Gateway.add_vehicle`."""
        ...

    def grant(self, address: VehicleAddress, until: float) -> None:
        """Allow to command a vehicle until a time (Unix seconds); without, it is only listened to."""
        ...

    def command(self, command: FlightCommand) -> None:
        """Take a command; what becomes of it comes as events."""
        ...

    def snapshots(self) -> Mapping[VehicleAddress, VehicleSnapshot]:
        """Return the newest state of every vehicle."""
        ...

    def link_qualities(self) -> Mapping[VehicleAddress, LinkQuality]:
        """Return how good the links of every vehicle are, in figures."""
        ...

    @property
    def counters(self) -> GatewayCounters:
        """What was dropped, and why."""
        ...

    @property
    def is_open(self) -> bool:
        """Say whether the socket is open."""
        ...


@dataclass
class Service:
    """The parts of a running service.

    The dispatcher's commands run one after another in a thread of their own: planning a first route takes
    over a second, and neither the sockets to the vehicles nor the browsers may wait for it (the loop's
    longest pause meanwhile was measured to be 45 ms). Queries run in other threads, each with its own read
    transaction. ``vehicles`` are those that the gateway was told of.
    """

    settings: Settings
    clock: ScaledClock
    store: Store
    airspace: Airspace
    dispatcher: Dispatcher
    flight: FlightPort
    keys: KeyRing
    vehicles: set[VehicleAddress] = field(default_factory=set)
    hub: Hub = field(default_factory=Hub)
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    to_relay: asyncio.Event = field(default_factory=asyncio.Event)
    _writer: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="dispatch")
    )

    async def run(self, command: Callable[..., T], *arguments: object, **options: object) -> T:
        """Run a command of the dispatcher in its thread, then wake the reconciler."""
        try:
            return await self.run_quietly(command, *arguments, **options)
        finally:
            self.to_relay.set()
            self.wake.set()

    async def run_at_once(self, command: Callable[..., T], *arguments: object, **options: object) -> T:
        """Run an order to a flight beside whatever the dispatcher is doing, and have it sent.

        A drone in trouble does not wait until a route for another is planned. Transactions that write follow
        one another in the database itself.
        """
        try:
            return await asyncio.to_thread(command, *arguments, **options)
        finally:
            self.to_relay.set()
            self.wake.set()

    async def run_quietly(self, command: Callable[..., T], *arguments: object, **options: object) -> T:
        """Run a command of the dispatcher in its thread: the reconciler's own, which need not wake it."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._writer, partial(command, *arguments, **options))

    async def read(self, query: Callable[..., T], *arguments: object) -> T:
        """Run a query in a thread of the pool."""
        return await asyncio.to_thread(query, *arguments)

    def close(self) -> None:
        """End the dispatcher's thread after what it is doing, and close the database."""
        self._writer.shutdown()
        self.store.close()
