"""The whole system in one process on virtual time: dispatcher, gateway, bad links, simulated drones.

Nothing sleeps and nothing reads a clock, so that a delivery of an hour takes some seconds, and one seed
gives the same flight every time.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from dispatch.catalogue import load_drone_types, load_fleet
from dispatch.dispatcher import Dispatcher
from dispatch.policy import DemoPolicy
from dispatch.store.store import Store
from dispatch.values import Drone, NewRequest, Request, TemperatureClass, Urgency
from flight.events import FlightEvent, TelemetryUpdated
from flight.gateway import Gateway
from geofences.airspace import Airspace
from geofences.loading import load_airspace
from simulator.link import BadLink
from simulator.values import HomePoint, VehicleClass, VehicleConfig, Wind
from simulator.vehicle import Vehicle

CALM = Wind()
START = datetime(2026, 6, 1, 0, 0, tzinfo=UTC)
TICK_S = 0.25
RECONCILE_EVERY_S = 10.0
LOOK_EVERY_TICKS = 20
"""Conditions of tests read the database; looking at each tick would take longer than the flight."""

GROUND_STATION = "gateway"
HOMES = {
    "Q1": HomePoint(32.69676, 128.85228, 4.0, 0.0),
    "C1": HomePoint(32.69676, 128.85234, 4.0, 0.0),
    "C2": HomePoint(32.69681, 128.85231, 4.0, 0.0),
    "Q2": HomePoint(32.69681, 128.85237, 4.0, 0.0),
    "Q3": HomePoint(32.69671, 128.85231, 4.0, 0.0),
}


@cache
def goto() -> Airspace:
    """Return the airspace, loaded once: its visibility graph is worth keeping."""
    return load_airspace()


@dataclass(frozen=True)
class Weather:
    """What the links and the air do to a flight; shares are from 0 to 1."""

    loss: float = 0.0
    duplicate: float = 0.0
    reorder: float = 0.0
    delay_s: float = 0.0
    wind: Wind = CALM


class Node:
    """One simulated drone with the two directions of its link."""

    def __init__(
        self, name: str, vehicle_class: VehicleClass, link: str, system_id: int, seed: int, weather: Weather
    ) -> None:
        self.link = link
        self.vehicle = Vehicle(
            VehicleConfig(name, vehicle_class, HOMES[name], system_id, weather.wind, seed, payload_kg=1.2)
        )
        rates = (weather.loss, weather.duplicate, weather.reorder, weather.delay_s)
        self.up = BadLink(2 * seed, *rates)
        self.down = BadLink(2 * seed + 1, *rates)
        self.is_heard = True

    def step(self, now: float, gateway: Gateway | None) -> None:
        """Bring the vehicle to ``now`` and carry what is due in both directions."""
        for datagram in self.up.due(now):
            self.vehicle.receive(datagram, GROUND_STATION, now)
        self.vehicle.advance(now)
        for datagram, _ in self.vehicle.send():
            self.down.put(datagram, now)
        for datagram in self.down.due(now):
            if gateway is not None and self.is_heard:
                gateway.receive(datagram, self.link, now)


class World:
    """A town with its drones.

    Parameters
    ----------
    seed
        Seed of all chance.
    weather
        Links and wind.
    store
        The database; one in memory unless a test wants to open it again.
    drones
        Names of the drones that exist; all of the fleet are known to dispatch.
    fleet
        The drones that dispatch knows; those of the demonstration unless told otherwise.
    shares_air
        Whether drones of one hub may fly at once.
    """

    def __init__(
        self,
        seed: int = 0,
        weather: Weather | None = None,
        *,
        store: Store | None = None,
        drones: tuple[str, ...] = ("Q1",),
        fleet: tuple[Drone, ...] | None = None,
        shares_air: bool = False,
    ) -> None:
        weather = weather or Weather()
        self.now = START.timestamp()
        self.store = store or Store("sqlite://")
        self.events: list[FlightEvent] = []
        self.fleet = fleet or load_fleet()
        self.shares_air = shares_air
        types = load_drone_types()
        self.nodes = {
            drone.id: Node(
                drone.id,
                VehicleClass(types[drone.type_id].vehicle_class.value),
                drone.address.link,
                drone.address.system_id,
                10 * seed + number,
                weather,
            )
            for number, drone in enumerate(self.fleet)
            if drone.id in drones
        }
        self._by_link = {node.link: node for node in self.nodes.values()}
        self.gateway: Gateway | None = None
        self.start_service()

    def start_service(self) -> None:
        """Start dispatcher and gateway, as after a restart: what they know is in the database."""
        self.dispatcher = Dispatcher(self.store, goto(), DemoPolicy(), shares_air=self.shares_air)
        types = self.dispatcher.catalogue
        for drone in self.fleet:
            self.dispatcher.register_drone(drone, "test", self.utc)
        self.gateway = Gateway(
            vehicles=[(drone.address, types[drone.type_id].vehicle_class) for drone in self.fleet]
        )
        self.dispatcher.recover(self.utc)
        self._next_reconcile = self.now

    def kill_service(self) -> None:
        """End dispatcher and gateway between two instants; the drones do not notice."""
        self.gateway = None

    @property
    def utc(self) -> datetime:
        """The virtual time as dispatch wants it."""
        return datetime.fromtimestamp(self.now, UTC)

    def ask(self, **changes: Any) -> Request:
        """Submit the request of the demonstration, with changes."""
        wish = NewRequest(
            items="医薬品",
            mass_kg=1.2,
            temperature=TemperatureClass.COLD,
            urgency=Urgency.URGENT,
            deadline=self.utc + timedelta(hours=3),
            from_site_id="FKP",
            to_site_id="SGC",
            requested_by="嵯峨島診療所",
        )
        return self.dispatcher.submit_request(replace(wish, **changes), "clinic", self.utc)

    def run_until(self, condition: Callable[[], bool], limit_s: float = 3 * 3600.0) -> bool:
        """Let time pass until the condition holds; say whether it did within the limit."""
        end = self.now + limit_s
        while self.now < end:
            if condition():
                return True
            for _ in range(LOOK_EVERY_TICKS):
                self.step()
        return condition()

    def run_for(self, duration_s: float) -> None:
        """Let time pass."""
        self.run_until(lambda: False, duration_s)

    def step(self) -> None:
        """Let one tick pass, everywhere."""
        self.now += TICK_S
        for node in self.nodes.values():
            node.step(self.now, self.gateway)
        if self.gateway is not None:
            self._serve(self.gateway)

    def _serve(self, gateway: Gateway) -> None:
        timer = gateway.next_timer()
        if timer is not None and timer <= self.now:
            gateway.handle_timer(self.now)
        while (event := gateway.next_event()) is not None:
            if not isinstance(event, TelemetryUpdated):
                self.events.append(event)
            self.dispatcher.handle_flight_event(event, self.utc)
        if self.now >= self._next_reconcile:
            self._next_reconcile = self.now + RECONCILE_EVERY_S
            self.dispatcher.tick(self.utc)
            self.dispatcher.relay(lambda command: gateway.command(command, self.now), self.utc)
        for datagram, link in gateway.send(self.now):
            if link in self._by_link:
                self._by_link[link].up.put(datagram, self.now)

    def is_closed(self, request_id: str) -> bool:
        """Say whether nothing more will happen to a request by itself, and no drone is flying for it."""
        request = self.dispatcher.request(request_id)
        done = request.state in {"delivered", "failed", "rejected", "returned", "cancelled"}
        return done and all(sortie.state in {"closed", "aborted"} for sortie in self.dispatcher.sorties())
