"""One vehicle on several links and a gateway, on virtual time; each link can be cut, delayed or lossy."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from flight.commands import FlightCommand
from flight.events import FlightEvent, LinkSwitched
from flight.gateway import Gateway
from flight.links.quality import LinkQuality
from flight.plan import VehicleAddress, VehicleClass
from flight.protocol.codec import Decoder, Encoder
from flight.protocol.messages import CommandLong, Message, RequestDataStream, TimeSync
from flight.protocol.names import Command
from tests.unit.flight.fake_vehicle import FakeVehicle
from tests.unit.flight.harness import START, STEP_S

LTE = "udp:127.0.0.1:14550"
SATELLITE = "udp:127.0.0.1:14551"
ADDRESS = VehicleAddress(LTE, 1)
E = TypeVar("E", bound=FlightEvent)


@dataclass
class Road:
    """One link; what the vehicle says goes out over each with numbers of its own, as ArduPilot does it."""

    name: str
    encoder: Encoder = field(default_factory=lambda: Encoder(1, 1))
    works: bool = True
    loss: float = 0.0
    delay_s: float = 0.0
    waiting: list[tuple[float, bytes]] = field(default_factory=list)
    sent: list[bytes] = field(default_factory=list)

    def messages(self) -> list[Message]:
        """What the gateway sent over it."""
        frames = [frame for data in self.sent for frame in Decoder().frames(data)]
        return [frame.message for frame in frames if frame.message is not None]


class LinkWorld:
    """Runs one scripted vehicle on its links; ``says`` replaces what it sends on a link."""

    def __init__(self, *names: str, one_stream: bool = False, **options: Any) -> None:
        self.vehicle = FakeVehicle(address=ADDRESS)
        self.roads = [Road(name) for name in names or (LTE, SATELLITE)]
        if one_stream:
            for road in self.roads[1:]:
                road.encoder = self.roads[0].encoder
        self._one_stream = one_stream
        self.now = START
        self.events: list[FlightEvent] = []
        self.says: Callable[[Road, list[Message]], list[Message]] = lambda road, messages: messages
        self.gateway = Gateway(**options.pop("gateway", {}))
        backups = [road.name for road in self.roads[1:]]
        self.gateway.add_vehicle(ADDRESS, VehicleClass.COPTER, backup_links=backups, **options)
        self._random = np.random.default_rng(1)

    def command(self, command: FlightCommand) -> None:
        self.gateway.command(command, self.now)

    def run(self, duration_s: float, until: Callable[[], bool] = lambda: False) -> None:
        end = self.now + duration_s
        while self.now < end and not until():
            self.now += STEP_S
            self._step()

    def all(self, kind: type[E]) -> list[E]:
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def quality(self) -> LinkQuality:
        return self.gateway.link_qualities()[ADDRESS]

    @property
    def switches(self) -> list[str]:
        return [event.new_link for event in self.all(LinkSwitched)]

    def _step(self) -> None:
        for road, frame in self._said():
            if road.works and self._random.random() >= road.loss:
                road.waiting.append((self.now + road.delay_s, frame))
        for road in self.roads:
            due = [frame for at, frame in road.waiting if at <= self.now]
            road.waiting = [each for each in road.waiting if each[0] > self.now]
            for frame in due:
                self.gateway.receive(frame, road.name, self.now)
        for data, link in self.gateway.send(self.now):
            self._arrive(data, next(road for road in self.roads if road.name == link))
        while (event := self.gateway.next_event()) is not None:
            self.events.append(event)

    def _said(self) -> Iterator[tuple[Road, bytes]]:
        messages = self.vehicle.advance(self.now)
        if self._one_stream:
            frames = [self.roads[0].encoder.encode(message) for message in messages]
            yield from ((road, frame) for frame in frames for road in self.roads)
            return
        for road in self.roads:
            yield from ((road, road.encoder.encode(message)) for message in self.says(road, messages))

    def _arrive(self, data: bytes, road: Road) -> None:
        road.sent.append(data)
        if not road.works or self._random.random() < road.loss:
            return
        for frame in Decoder().frames(data):
            if frame.message is not None:
                self.vehicle.receive(frame.message, self.now)


def is_chatter(message: Message) -> bool:
    """Say whether a message is a request for telemetry or a question for the time."""
    asks_rate = isinstance(message, CommandLong) and message.command == Command.SET_MESSAGE_INTERVAL
    return asks_rate or isinstance(message, RequestDataStream | TimeSync)
