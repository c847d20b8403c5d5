"""A whole service on a real port, with a flight gateway that a test plays by hand."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx
import uvicorn
from argon2 import PasswordHasher

from api.app import create_app
from api.roles import Role
from api.runtime import Runtime
from api.serve import first_keys
from api.settings import PolicyName, Settings
from api.views import unseen
from api.wiring import build_service, running
from flight.commands import FlightCommand, Launch
from flight.counters import GatewayCounters
from flight.events import (
    FlightEvent,
    FlightPhase,
    Landed,
    Launched,
    LaunchStarted,
    PayloadReleased,
    PhaseChanged,
    PlanVerified,
    TelemetryUpdated,
    VehicleSnapshot,
)
from flight.link_state import LinkState
from flight.links.quality import LinkQuality, LinkStatistics
from flight.plan import VehicleAddress, VehicleClass
from flight.protocol.signing import SigningKey
from geofences.airspace import Airspace

CHEAP_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
ORDER: dict[str, Any] = {
    "items": "インスリン",
    "mass_kg": 1.2,
    "temperature": "cold",
    "urgency": "urgent",
    "deadline": "2100-01-01T00:00:00Z",
    "from_site_id": "FKP",
    "to_site_id": "SGC",
}


class PlayedFlight:
    """A flight gateway without sockets: it remembers commands, and says what the test lets it say."""

    def __init__(self) -> None:
        self.commands: list[FlightCommand] = []
        self.vehicles: dict[VehicleAddress, VehicleClass] = {}
        self.backup_links: dict[VehicleAddress, tuple[str, ...]] = {}
        self.signing_keys: dict[VehicleAddress, SigningKey | None] = {}
        self.movable: dict[VehicleAddress, bool] = {}
        self.granted_until: dict[VehicleAddress, float] = {}
        self.is_open = False
        self._snapshots: dict[VehicleAddress, VehicleSnapshot] = {}
        self._on_event: Callable[[FlightEvent], None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._death: asyncio.Future[None] | None = None

    async def start(self, on_event: Callable[[FlightEvent], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._death = self._loop.create_future()
        self._on_event = on_event
        self.is_open = True

    async def stop(self) -> None:
        self.is_open = False

    async def failed(self) -> None:
        assert self._death is not None
        await self._death

    def add_vehicle(
        self,
        address: VehicleAddress,
        vehicle_class: VehicleClass,
        *,
        backup_links: Iterable[str] = (),
        key: SigningKey | None = None,
        may_move: bool = False,
    ) -> None:
        self.vehicles[address] = vehicle_class
        self.backup_links[address] = tuple(backup_links)
        self.signing_keys[address] = key
        self.movable[address] = may_move

    def grant(self, address: VehicleAddress, until: float) -> None:
        self.granted_until[address] = until

    def command(self, command: FlightCommand) -> None:
        self.commands.append(command)

    def snapshots(self) -> Mapping[VehicleAddress, VehicleSnapshot]:
        return dict(self._snapshots)

    def link_qualities(self) -> Mapping[VehicleAddress, LinkQuality]:
        return {
            address: LinkQuality(
                LinkStatistics(address.link, loss=0.25, rates_hz={"HEARTBEAT": 1.0}), (), 0.5
            )
            for address in self.vehicles
        }

    @property
    def counters(self) -> GatewayCounters:
        return GatewayCounters(7, 5, {"unsigned": 2, "replayed": 1}, 3, 4)

    def say(self, event: FlightEvent) -> None:
        """Have the gateway report an event."""
        assert self._loop is not None
        assert self._on_event is not None
        if isinstance(event, TelemetryUpdated):
            self._snapshots[event.vehicle] = event.snapshot
        self._loop.call_soon_threadsafe(self._on_event, event)

    def die(self, error: Exception) -> None:
        """Have the gateway die."""
        assert self._loop is not None
        assert self._death is not None
        self._loop.call_soon_threadsafe(self._death.set_exception, error)


class Harness:
    """Runs the service in a thread as long as the block."""

    def __init__(self, folder: Path, airspace: Airspace, policy: PolicyName = PolicyName.DEMO) -> None:
        self.flight = PlayedFlight()
        settings = Settings(data_dir=folder, policy=policy, console_dir=folder / "no-console")
        self.service = build_service(settings, airspace=airspace, flight=self.flight, hasher=CHEAP_HASHER)
        self.keys = first_keys(self.service.keys, "嵯峨島診療所", self.service.clock.utc())
        self.runtime: Runtime | None = None
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        app = create_app(self._running, settings.console_dir)
        config = uvicorn.Config(app, log_config=None, ws="websockets-sansio", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],))

    def _running(self) -> AbstractAsyncContextManager[Runtime]:
        return running(self.service)

    def __enter__(self) -> Self:
        self._thread.start()
        self.wait_for(lambda: self._server.started)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()

    def client(self, role: Role | None) -> httpx.Client:
        """Return an HTTP client with a key of that role, or without one."""
        headers = {} if role is None else {"Authorization": f"Bearer {self.keys[role]}"}
        return httpx.Client(base_url=self.url, headers=headers, timeout=20)

    def hear_drones(self) -> None:
        """Have every drone say that it is there, with a full battery."""
        for drone in self.service.dispatcher.drones():
            at = self.service.clock.now()
            snapshot = replace(
                unseen(drone),
                link=LinkState.FRESH,
                at=at,
                latitude_deg=32.69676,
                longitude_deg=128.85228,
                battery_remaining=1.0,
            )
            self.flight.say(TelemetryUpdated(at, drone.address, snapshot))
        known = self.service.dispatcher.fleet
        self.wait_for(lambda: len(known.snapshots()) == len(self.service.dispatcher.drones()))

    def wait_for_launch(self) -> Launch:
        """Wait until the gateway was told to launch; return the newest such command."""
        self.wait_for(lambda: any(isinstance(each, Launch) for each in self.flight.commands))
        return [each for each in self.flight.commands if isinstance(each, Launch)][-1]

    def fly(self, launch: Launch) -> None:
        """Play a flight that goes as planned, from upload to landing."""
        at = self.service.clock.now()
        common = (at, launch.plan.vehicle, launch.sortie_id, launch.attempt)
        self.flight.say(LaunchStarted(*common))
        self.flight.say(PlanVerified(*common, plan_hash=launch.plan.hash))
        self.flight.say(Launched(*common))
        self.flight.say(PhaseChanged(*common, phase=FlightPhase.ENROUTE))
        self.flight.say(PhaseChanged(*common, phase=FlightPhase.DELIVERING))
        self.flight.say(PayloadReleased(*common, latitude_deg=32.728, longitude_deg=128.601))
        self.flight.say(PhaseChanged(*common, phase=FlightPhase.RETURNING))
        self.flight.say(
            Landed(
                *common,
                latitude_deg=32.69676,
                longitude_deg=128.85228,
                distance_from_home_m=0.5,
                released=True,
                energy_used_wh=500.0,
            )
        )

    @staticmethod
    def wait_for(condition: Callable[[], bool], timeout_s: float = 15.0) -> None:
        """Wait until a condition holds; fail the test where it does not come true."""
        give_up = time.monotonic() + timeout_s
        while not condition():
            assert time.monotonic() < give_up, "what the test waits for did not come"
            time.sleep(0.02)
