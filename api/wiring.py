"""The composition root: the one place that picks the adapters and puts a service together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from argon2 import PasswordHasher

from api.auth import KeyRing
from api.desk import Desk
from api.engine import Engine
from api.feed import Feed
from api.metrics import Metrics
from api.runtime import Runtime
from api.service import FlightPort, Service
from api.settings import PolicyName, Settings
from api.timebase import stored_clock
from api.udp_port import UdpFlightPort
from dispatch.catalogue import GOTO_FLEET, load_fleet
from dispatch.dispatcher import Dispatcher
from dispatch.policy import DemoPolicy, OperatorApproves, Policy
from dispatch.store.store import Store
from geofences.airspace import Airspace
from geofences.loading import load_airspace

ACTOR = "service"
"""The actor of what the service itself does, in the events."""


def build_service(
    settings: Settings,
    *,
    store: Store | None = None,
    airspace: Airspace | None = None,
    flight: FlightPort | None = None,
    hasher: PasswordHasher | None = None,
) -> Service:
    """Put a service together; what is not handed in is the real thing.

    Parameters
    ----------
    settings
        What differs between installations.
    store, airspace, flight, hasher
        Other adapters, for tests.
    """
    store = store or open_store(settings)
    clock = stored_clock(store, settings.epoch, settings.speedup)
    airspace = airspace or load_airspace(settings.airspace_dir)
    service = Service(
        settings=settings,
        clock=clock,
        store=store,
        airspace=airspace,
        dispatcher=Dispatcher(store, airspace, _policy(settings), shares_air=settings.share_air),
        flight=flight or UdpFlightPort(settings.gateway_bind, settings.tlog_dir, clock),
        keys=KeyRing(store, hasher),
    )
    _register_fleet(service)
    return service


def open_store(settings: Settings) -> Store:
    """Open the installation's database, in its data folder where it is SQLite."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return Store(settings.database)


@asynccontextmanager
async def running(service: Service) -> AsyncIterator[Runtime]:
    """Run the service's tasks as long as the block; drones in flight notice neither end."""
    desk = Desk(service)
    feed = Feed(service, desk)
    metrics = Metrics(service, feed)
    engine = Engine(service, feed, metrics)
    try:
        await engine.start()
        yield Runtime(service, desk, feed, metrics, engine)
    finally:
        await engine.stop()
        service.close()


def _policy(settings: Settings) -> Policy:
    return DemoPolicy() if settings.policy is PolicyName.DEMO else OperatorApproves()


def _register_fleet(service: Service) -> None:
    """Make the fleet file's drones known to the dispatcher and to the gateway."""
    fleet = load_fleet(service.settings.fleet or GOTO_FLEET)
    for drone in fleet:
        service.dispatcher.register_drone(drone, ACTOR, service.clock.utc())
    for drone in service.dispatcher.drones():
        service.flight.add_vehicle(drone.address, service.dispatcher.catalogue[drone.type_id].vehicle_class)
