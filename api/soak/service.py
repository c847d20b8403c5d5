"""The service of one life: dispatcher and gateway, and what they hold in memory."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from api.soak.crash import CrashGate, CrashingStore, Place, published
from dispatch.dispatcher import Dispatcher
from dispatch.policy import DemoPolicy
from dispatch.store.store import Store
from dispatch.values import Drone
from flight.commands import FlightCommand
from flight.contingencies.policy import Policy
from flight.events import FlightEvent
from flight.gateway import Gateway
from geofences.airspace import Airspace

RECONCILE_EVERY_S = 15.0
"""The service looks once a second; fifteen times less often makes nothing later than a person would mind."""

ACTOR = "soak"


def utc_of(now: float) -> datetime:
    """Return virtual time as dispatch wants it."""
    return datetime.fromtimestamp(now, UTC)


class Service:
    """Dispatcher and gateway from one start to the next.

    Parameters
    ----------
    store
        The database; what an earlier life knew is in there.
    airspace
        To plan in.
    fleet
        The drones that dispatch knows.
    gate
        Where it may be killed.
    now
        Unix time of the start.
    shares_air
        See `dispatch.dispatcher.Dispatcher`.
    policy
        Of the gateway.
    """

    def __init__(
        self,
        store: Store,
        airspace: Airspace,
        fleet: Sequence[Drone],
        gate: CrashGate,
        now: float,
        *,
        shares_air: bool = False,
        policy: Policy | None = None,
    ) -> None:
        self._gate = gate
        crashing = CrashingStore(store, gate)
        self.dispatcher = Dispatcher(crashing, airspace, DemoPolicy(), shares_air=shares_air)
        types = self.dispatcher.catalogue
        for drone in fleet:
            self.dispatcher.register_drone(drone, ACTOR, utc_of(now))
        self.gateway = Gateway(
            vehicles=[(drone.address, types[drone.type_id].vehicle_class) for drone in fleet], policy=policy
        )
        self.dispatcher.recover(utc_of(now))
        self.commands: list[FlightCommand] = []
        """What was handed to the gateway since somebody last looked."""
        self._next_reconcile = now

    def receive(self, datagram: bytes, link: str, now: float) -> None:
        """Take a datagram that arrived."""
        self._gate.reach(Place.RECEIVING)
        self.gateway.receive(datagram, link, now)

    def take_events(self, now: float) -> Iterator[FlightEvent]:
        """Act on the time; yield the gateway's events. Each is handled once the caller asks for the next."""
        timer = self.gateway.next_timer()
        if timer is not None and timer <= now:
            self.gateway.handle_timer(now)
        while (event := self.gateway.next_event()) is not None:
            yield event
            self._gate.reach(Place.HANDLING)
            self.dispatcher.handle_flight_event(event, utc_of(now))
            self._gate.reach(Place.HANDLED)

    def reconcile(self, now: float) -> bool:
        """Let the dispatcher look, and send its outbox, when it is time; say whether it was."""
        if now < self._next_reconcile:
            return False
        self._next_reconcile = now + RECONCILE_EVERY_S
        self.dispatcher.tick(utc_of(now))
        self.dispatcher.relay(published(lambda command: self._submit(command, now), self._gate), utc_of(now))
        return True

    def send(self, now: float) -> Iterator[tuple[bytes, str]]:
        """Yield the datagrams to send, each with its link."""
        for datagram, link in self.gateway.send(now):
            self._gate.reach(Place.SENDING)
            yield datagram, link

    def _submit(self, command: FlightCommand, now: float) -> None:
        self.commands.append(command)
        self.gateway.command(command, now)
