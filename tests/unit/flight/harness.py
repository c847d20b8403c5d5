"""A gateway and scripted vehicles in one process on virtual time, over links that may be bad."""

import heapq
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from flight.commands import FlightCommand, Launch
from flight.events import FlightEvent, LinkChanged, TelemetryUpdated, TextReceived
from flight.gateway import Gateway
from flight.protocol.codec import Decoder, Encoder
from tests.unit.flight.fake_vehicle import FakeVehicle
from tests.unit.flight.plans import small_plan

START = 1_800_000_000.0
STEP_S = 0.1
ROUTINE = (LinkChanged, TelemetryUpdated, TextReceived)
E = TypeVar("E", bound=FlightEvent)


class Link:
    """One direction; each datagram may be lost, doubled, and held back so that others overtake it."""

    def __init__(self, seed: int, trouble: float) -> None:
        self._random = np.random.default_rng(seed)
        self._trouble = trouble
        self._queue: list[tuple[float, int, bytes]] = []
        self._count = 0

    def put(self, data: bytes, now: float) -> None:
        lost, doubled, held, wait = self._random.random(4)
        if lost < self._trouble:
            return
        for _ in range(2 if doubled < self._trouble else 1):
            self._count += 1
            at = now + (wait if held < self._trouble else 0.0)
            heapq.heappush(self._queue, (at, self._count, data))

    def due(self, now: float) -> list[bytes]:
        out = []
        while self._queue and self._queue[0][0] <= now:
            out.append(heapq.heappop(self._queue)[2])
        return out


class World:
    """Runs a gateway with its vehicles."""

    def __init__(self, *vehicles: FakeVehicle, seed: int = 1, trouble: float = 0.0) -> None:
        self.vehicles = vehicles or (FakeVehicle(),)
        self.now = START
        self.events: list[FlightEvent] = []
        self.gateway = self._new_gateway()
        self._links = [
            (Link(seed + 2 * i, trouble), Link(seed + 2 * i + 1, trouble)) for i in range(len(self.vehicles))
        ]
        self._encoders = [Encoder(each.address.system_id, 1) for each in self.vehicles]
        self._decoder = Decoder()

    def restart(self) -> None:
        """Replace the gateway by one that knows nothing, as after a kill."""
        self.gateway = self._new_gateway()
        self.events.clear()

    def command(self, command: FlightCommand) -> None:
        self.gateway.command(command, self.now)

    def launch(self, attempt: int = 1) -> None:
        for vehicle in self.vehicles:
            plan = small_plan(vehicle.vehicle_class, vehicle.address)
            self.command(Launch(plan.sortie_id, attempt, plan))

    def run(self, duration_s: float, until: Callable[[], bool] = lambda: False) -> None:
        end = self.now + duration_s
        while self.now < end and not until():
            self.now += STEP_S
            self._step()

    def run_until(self, kind: type[E], duration_s: float = 900.0) -> E:
        """Run until an event of this kind; return it."""
        self.run(duration_s, lambda: bool(self.all(kind)))
        return self.one(kind)

    def all(self, kind: type[E]) -> list[E]:
        return [event for event in self.events if isinstance(event, kind)]

    def one(self, kind: type[E]) -> E:
        (event,) = self.all(kind)
        return event

    @property
    def story(self) -> list[str]:
        """The names of the events that matter, in order."""
        return [type(event).__name__ for event in self.events if not isinstance(event, ROUTINE)]

    def _new_gateway(self) -> Gateway:
        return Gateway(vehicles=[(each.address, each.vehicle_class) for each in self.vehicles])

    def _step(self) -> None:
        for vehicle, (up, down), encoder in zip(self.vehicles, self._links, self._encoders, strict=True):
            for datagram in up.due(self.now):
                for frame in self._decoder.frames(datagram):
                    if frame.message is not None:
                        vehicle.receive(frame.message, self.now)
            for message in vehicle.advance(self.now):
                down.put(encoder.encode(message), self.now)
            for datagram in down.due(self.now):
                self.gateway.receive(datagram, vehicle.address.link, self.now)
        self._run_gateway(self.vehicles)

    def _run_gateway(self, vehicles: Sequence[FakeVehicle]) -> None:
        timer = self.gateway.next_timer()
        if timer is None or timer <= self.now:
            self.gateway.handle_timer(self.now)
        ups = {vehicle.address.link: up for vehicle, (up, _) in zip(vehicles, self._links, strict=True)}
        for datagram, link in self.gateway.send(self.now):
            ups[link].put(datagram, self.now)
        while (event := self.gateway.next_event()) is not None:
            self.events.append(event)
