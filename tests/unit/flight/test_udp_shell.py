"""The asyncio shell on real sockets of the loopback."""

import asyncio
from dataclasses import dataclass
from typing import cast

import pytest

from flight.commands import Launch
from flight.events import FlightEvent, LaunchFailed, LaunchStarted, PlanVerified
from flight.gateway import Gateway
from flight.plan import VehicleAddress, VehicleClass
from flight.protocol.codec import Decoder, Encoder
from flight.transports.shell import GatewayShell
from flight.transports.udp import link_of_address
from tests.unit.flight.fake_vehicle import FakeVehicle
from tests.unit.flight.harness import START
from tests.unit.flight.plans import small_plan

SPEEDUP = 40.0
LIMIT_S = 10.0


@dataclass
class FastClock:
    """Forty simulated seconds in one of the event loop."""

    loop: asyncio.AbstractEventLoop

    def now(self) -> float:
        return START + self.loop.time() * SPEEDUP

    def wall_s(self, duration_s: float) -> float:
        return duration_s / SPEEDUP


class VehicleSocket(asyncio.DatagramProtocol):
    """The scripted vehicle on a UDP socket; it answers whoever spoke last."""

    def __init__(self, clock: FastClock) -> None:
        self._clock = clock
        self._encoder = Encoder(1, 1)
        self.vehicle = FakeVehicle()
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[object, ...]) -> None:
        now = self._clock.now()
        for frame in Decoder().frames(data):
            if frame.message is not None:
                self.vehicle.receive(frame.message, now)
        for message in self.vehicle.advance(now):
            if self._transport is not None:
                self._transport.sendto(self._encoder.encode(message), addr)


def test_a_vehicle_on_a_socket_is_prepared_for_launch() -> None:
    async def scenario() -> list[FlightEvent]:
        loop = asyncio.get_running_loop()
        clock = FastClock(loop)
        transport, _ = await loop.create_datagram_endpoint(
            lambda: VehicleSocket(clock), local_addr=("127.0.0.1", 0)
        )
        address = VehicleAddress(link_of_address(transport.get_extra_info("sockname")), 1)
        events: list[FlightEvent] = []
        verified = asyncio.Event()

        def take(event: FlightEvent) -> None:
            events.append(event)
            if isinstance(event, PlanVerified | LaunchFailed):
                verified.set()

        gateway = Gateway(vehicles=[(address, VehicleClass.COPTER)])
        udp = GatewayShell(gateway, ("127.0.0.1", 0), clock, take)
        await udp.start()
        assert udp.port > 0

        udp.command(Launch("S1", 1, small_plan(vehicle=address)))
        await asyncio.wait_for(verified.wait(), LIMIT_S)
        await udp.stop()
        await udp.stop()
        transport.close()
        return events

    events = asyncio.run(scenario())

    assert any(isinstance(event, LaunchStarted) for event in events)
    assert not any(isinstance(event, LaunchFailed) for event in events)


def test_an_event_that_nobody_can_take_stops_the_gateway_loudly() -> None:
    def refuse(event: FlightEvent) -> None:
        raise RuntimeError("dispatch is gone")

    async def scenario() -> None:
        gateway = Gateway()
        udp = GatewayShell(gateway, ("127.0.0.1", 0), FastClock(asyncio.get_running_loop()), refuse)
        await udp.start()

        udp.command(Launch("S1", 1, small_plan()))
        await asyncio.wait_for(udp.wait(), LIMIT_S)

    with pytest.raises(RuntimeError, match="dispatch is gone"):
        asyncio.run(scenario())
