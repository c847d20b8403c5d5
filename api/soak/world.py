"""The whole system in one process on virtual time: dispatcher, gateway, links, simulated drones.

Nothing sleeps and nothing reads a clock, so that a delivery of an hour takes some seconds, and one seed
gives the same flight every time.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from api.soak.airspace import goto
from api.soak.crash import CrashGate, Killed, Place
from api.soak.flights import Ledger
from api.soak.log import EventLog
from api.soak.node import Berth, Node
from api.soak.pace import Pace
from api.soak.sea import sea
from api.soak.service import Service, utc_of
from api.soak.watching import Person, Watcher
from api.soak.weather import Weather
from dispatch.dispatcher import Dispatcher
from dispatch.store.store import Store
from dispatch.values import Drone, Event
from flight.contingencies.policy import Policy
from flight.events import FlightEvent, TelemetryUpdated
from simulator.fleet import Fleet

START = datetime(2026, 6, 1, 0, 0, tzinfo=UTC)
LOOK_EVERY_S = 5.0
"""Conditions of tests read the database; looking at each tick would take longer than the flight."""

TRUTH_EVERY_S = 10.0


class World:
    """A town with its drones.

    Parameters
    ----------
    berths
        The drones that exist.
    weather
        Links and wind.
    fleet
        The drones that dispatch knows; those that exist unless told otherwise.
    store
        The database; one in memory unless told otherwise.
    gate
        Where the service is killed; nowhere unless told otherwise.
    people
        Use the service at every tick.
    watchers
        Look at the world at every tick.
    shares_air
        Whether drones of one hub may fly at once.
    policy
        Of the gateway: which reactions to situations are switched off.
    """

    def __init__(
        self,
        berths: Sequence[Berth],
        weather: Weather | None = None,
        *,
        fleet: Sequence[Drone] | None = None,
        store: Store | None = None,
        gate: CrashGate | None = None,
        people: Sequence[Person] = (),
        watchers: Sequence[Watcher] = (),
        shares_air: bool = False,
        policy: Policy | None = None,
    ) -> None:
        self.now = START.timestamp()
        self.airspace = goto()
        self.store = store or Store("sqlite://")
        self.gate = gate or CrashGate()
        self.fleet = tuple(fleet if fleet is not None else [berth.drone for berth in berths])
        self.shares_air = shares_air
        self.policy = policy
        flown = Fleet([berth.config for berth in berths], sea()).vehicles if berths else ()
        self.nodes = {
            berth.drone.id: Node(berth, vehicle, weather or Weather())
            for berth, vehicle in zip(berths, flown, strict=True)
        }
        self.log = EventLog()
        self.ledger = Ledger()
        self.events: list[FlightEvent] = []
        self.history: list[Event] = []
        self.service: Service | None = None
        self._dispatcher: Dispatcher | None = None
        self._people = people
        self._watchers = watchers
        self._pace = Pace()
        self._by_link = {node.link: node for node in self.nodes.values()}
        self._restart_at: float | None = None
        self._next_truth = self.now
        self.start_service()

    @property
    def utc(self) -> datetime:
        """The virtual time as dispatch wants it."""
        return utc_of(self.now)

    @property
    def dispatcher(self) -> Dispatcher:
        """The dispatcher of the newest life; its database can be read after its death too."""
        if self._dispatcher is None:
            raise RuntimeError("the service has never been up")
        return self._dispatcher

    @property
    def elapsed_s(self) -> float:
        """Virtual seconds since the start."""
        return self.now - START.timestamp()

    def start_service(self) -> None:
        """Start dispatcher and gateway, as after a restart: what they know is in the database."""
        self._restart_at = None
        self._pace.note_restart()
        try:
            with self.gate.opened():
                self.service = self._new_service()
        except Killed as killed:
            self._die(killed)
            return
        self._dispatcher = self.service.dispatcher
        self.read_journal()
        for watcher in self._watchers:
            watcher.started(self)

    def kill_service(self) -> None:
        """End dispatcher and gateway between two instants; the drones do not notice."""
        if self.service is not None:
            for watcher in self._watchers:
                watcher.killed(self)
        self.service = None

    def run_until(self, condition: Callable[[], bool], limit_s: float = 3 * 3600.0) -> bool:
        """Let time pass until the condition holds; say whether it did within the limit."""
        end = self.now + limit_s
        while self.now < end:
            if condition():
                return True
            self._run_to(min(end, self.now + LOOK_EVERY_S))
        return condition()

    def run_for(self, duration_s: float) -> None:
        """Let time pass."""
        self.run_until(lambda: False, duration_s)

    def step(self) -> None:
        """Let one tick pass, everywhere."""
        self.now += self._pace.tick_s(self.now)
        self.gate.now = self.now
        arrived = [(datagram, node.link) for node in self.nodes.values() for datagram in node.step(self.now)]
        if self._restart_at is not None and self.now >= self._restart_at:
            self.start_service()
        if self.service is not None:
            try:
                with self.gate.opened():
                    self._serve(self.service, arrived)
            except Killed as killed:
                self._die(killed)
        self._look()

    def _run_to(self, end: float) -> None:
        while self.now < end:
            self.step()

    def _new_service(self) -> Service:
        fleet, now = self.fleet, self.now
        return Service(
            self.store,
            self.airspace,
            fleet,
            self.gate,
            now,
            shares_air=self.shares_air,
            policy=self.policy,
        )

    def _die(self, killed: Killed) -> None:
        self.log.write(self.now, "killed", killed.place)
        self.kill_service()
        self._restart_at = self.now + killed.down_s

    def _serve(self, service: Service, arrived: Sequence[tuple[bytes, str]]) -> None:
        self.gate.reach(Place.BETWEEN_STEPS)
        for person in self._people:
            person.act(self, service.dispatcher)
        for datagram, link in arrived:
            service.receive(datagram, link, self.now)
        for event in service.take_events(self.now):
            self._note(event)
        if service.reconcile(self.now):
            self.read_journal()
        self._pace.note_commands(service.commands, self.now)
        service.commands.clear()
        for datagram, link in service.send(self.now):
            if link in self._by_link:
                self._by_link[link].up.put(datagram, self.now)

    def _note(self, event: FlightEvent) -> None:
        self.log.write(self.now, "flight", repr(event))
        if not isinstance(event, TelemetryUpdated):
            self.events.append(event)
            self._pace.note_event(event, self.now)
            self.gate.note(event)

    def read_journal(self) -> None:
        """Take over the stored events; from the database itself, which no crash point guards."""
        last = self.history[-1].id if self.history else 0
        with self.store.reading() as uow:
            for event in uow.journal.after(last, 1000):
                self.history.append(event)
                self.log.write(self.now, "stored", repr(event))

    def _look(self) -> None:
        self.ledger.watch(self)
        for watcher in self._watchers:
            watcher.watch(self)
        if self.now >= self._next_truth:
            self._next_truth += TRUTH_EVERY_S
            for name, node in self.nodes.items():
                self.log.write(self.now, "truth", f"{name} {node.vehicle.truth!r}")
