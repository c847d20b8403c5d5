"""The composition root: the one place that picks the adapters and puts a service together."""

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from argon2 import PasswordHasher

from api.auth import KeyRing
from api.clock import ScaledClock
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
from dispatch.planning import AirspacePlanner
from dispatch.policy import DemoPolicy, OperatorApproves, Policy
from dispatch.store.store import Store
from flight.contingencies.policy import Policy as ContingencyPolicy
from flight.keys import KeyRing as SigningKeys
from flight.keys import load_keys
from flight.preflight.settings import PreflightSettings
from flight.records.daily import TlogLimits
from flight.signing_file import SigningFile
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
    environment: Mapping[str, str] = os.environ,
) -> Service:
    """Put a service together; what is not handed in is the real thing.

    Parameters
    ----------
    settings
        What differs between installations.
    store, airspace, flight, hasher
        Other adapters, for tests.
    environment
        May hold signing keys of drones, see `flight.keys`.

    Raises
    ------
    SigningKeyError
        If a signing key cannot be used, or belongs to no drone.
    """
    signing_keys = load_keys(settings.signing_key_file, environment)
    store = store or open_store(settings)
    clock = stored_clock(store, settings.epoch, settings.speedup)
    airspace = airspace or load_airspace(settings.airspace_dir)
    service = Service(
        settings=settings,
        clock=clock,
        store=store,
        airspace=airspace,
        dispatcher=Dispatcher(
            store,
            airspace,
            _policy(settings),
            planner=AirspacePlanner(airspace, settings.receiver_handshake_s),
            shares_air=settings.share_air,
            two_person_termination=settings.two_person_termination,
        ),
        flight=flight or _flight_port(settings, clock),
        keys=KeyRing(store, hasher),
    )
    _register_fleet(service)
    _add_vehicles(service, signing_keys)
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


def tlog_limits(settings: Settings) -> TlogLimits:
    """Return how much is recorded of each vehicle."""
    return TlogLimits(settings.tlog_file_bytes, settings.tlog_files)


def preflight_settings(settings: Settings) -> PreflightSettings:
    """Return how bad each failed check is; raise LocalFlightError if there is no such check."""
    return PreflightSettings(settings.preflight, settings.preflight_override_s)


def _flight_port(settings: Settings, clock: ScaledClock) -> FlightPort:
    return UdpFlightPort(
        settings.gateway_bind,
        settings.tlog_dir,
        clock,
        tlog_limits=tlog_limits(settings),
        preflight=preflight_settings(settings),
        policy=ContingencyPolicy(two_persons=settings.two_person_termination),
        system_id=settings.gateway_system_id,
        signing_file=SigningFile(settings.signing_file),
    )


def _policy(settings: Settings) -> Policy:
    return DemoPolicy() if settings.policy is PolicyName.DEMO else OperatorApproves()


def _register_fleet(service: Service) -> None:
    """Make the fleet file's drones known to the dispatcher."""
    fleet = load_fleet(service.settings.fleet or GOTO_FLEET)
    for drone in fleet:
        service.dispatcher.register_drone(drone, ACTOR, service.clock.utc())


def _add_vehicles(service: Service, signing_keys: SigningKeys) -> None:
    """Make all drones known to the gateway."""
    drones = service.dispatcher.drones()
    signing_keys.require_known(drone.id for drone in drones)
    for drone in drones:
        service.flight.add_vehicle(
            drone.address,
            service.dispatcher.catalogue[drone.type_id].vehicle_class,
            backup_links=drone.backup_links,
            key=signing_keys.key_of(drone.id),
            may_move=drone.may_move,
        )
        service.vehicles.add(drone.address)
