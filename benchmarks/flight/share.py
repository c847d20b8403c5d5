"""The share of one core that a thousand vehicles take at ten messages a second, without sockets."""

from collections.abc import Iterator
from time import thread_time

from benchmarks.flight.plan import plan_for
from benchmarks.flight.scripted import ScriptedVehicle
from flight.commands import Adopt
from flight.events import FlightAdopted
from flight.gateway import Gateway
from flight.plan import VehicleAddress, VehicleClass
from flight.protocol.codec import Decoder, Encoder

VEHICLES = 1000
MEASURED_S = 20
SLICES = 100
"""A second comes in so many pieces, so that datagrams of all vehicles are mixed as they are on a network."""

APART_E7 = 60_000
"""Each flies 560 m beside the next: nobody is near, and everybody has a neighbour to be compared with."""

START = 1_800_000_000.0


class Crowd:
    """Scripted vehicles, each at a link of its own, and their gateway; only the gateway's time is counted."""

    def __init__(self, count: int, *, flying: bool) -> None:
        self.addresses = [VehicleAddress(f"udp:10.0.{n // 250}.{n % 250}:14550", 1) for n in range(count)]
        self.gateway = Gateway(vehicles=[(address, VehicleClass.COPTER) for address in self.addresses])
        self.adopted = 0
        self.cpu_s = 0.0
        self._vehicles = {
            address.link: ScriptedVehicle(flying=flying, east_e7=number * APART_E7)
            for number, address in enumerate(self.addresses)
        }
        self._encoders = {address.link: Encoder(1, 1) for address in self.addresses}
        self._decoder = Decoder()
        self._now = START

    def adopt(self) -> None:
        """Put a plan on board of each, let the gateway find it there, and supervise the flights."""
        for number, address in enumerate(self.addresses):
            plan = plan_for(address, number * APART_E7)
            for kind, items in enumerate((plan.mission, plan.fence, plan.rally)):
                self._vehicles[address.link].lists[kind] = list(items)
            self.gateway.command(Adopt(plan.sortie_id, 1, plan), self._now)
        while self.adopted < len(self.addresses):
            self.run(1)

    def run(self, duration_s: int) -> None:
        """Let time pass."""
        for _ in range(duration_s):
            frames = list(self._frames_of_a_second())
            for number in range(SLICES):
                part = frames[number::SLICES]
                self._now += 1 / SLICES
                self._serve(part)

    def _frames_of_a_second(self) -> Iterator[tuple[bytes, str]]:
        time_s = self._now - START
        said = {link: list(vehicle.telemetry(time_s)) for link, vehicle in self._vehicles.items()}
        for number in range(10):
            for link, messages in said.items():
                yield self._encoders[link].encode(messages[number]), link

    def _serve(self, frames: list[tuple[bytes, str]]) -> None:
        gateway, now = self.gateway, self._now
        begun_s = thread_time()
        for frame, link in frames:
            gateway.receive(frame, link, now)
        sent = gateway.send(now)
        events = []
        while (event := gateway.next_event()) is not None:
            events.append(event)
        self.cpu_s += thread_time() - begun_s
        self.adopted += sum(isinstance(event, FlightAdopted) for event in events)
        self._answer(sent)

    def _answer(self, sent: list[tuple[bytes, str]]) -> None:
        for data, link in sent:
            for frame in self._decoder.frames(data):
                if frame.message is not None:
                    for answer in self._vehicles[link].receive(frame.message, self._now):
                        self.gateway.receive(self._encoders[link].encode(answer), link, self._now)


def share(*, supervised: bool, vehicles: int = VEHICLES, duration_s: int = MEASURED_S) -> float:
    """Return CPU seconds per second."""
    crowd = Crowd(vehicles, flying=supervised)
    if supervised:
        crowd.adopt()
    crowd.run(12)  # past the first requests for messages
    crowd.cpu_s = 0.0
    crowd.run(duration_s)
    return crowd.cpu_s / duration_s
