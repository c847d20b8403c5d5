"""TCP links on real sockets of the loopback: connecting, connecting again, and pieces of frames."""

import asyncio
import logging

import pytest

from flight.errors import LocalFlightError
from flight.events import FlightEvent, LinkChanged
from flight.gateway import Gateway
from flight.link_state import LinkState
from flight.plan import VehicleAddress, VehicleClass
from flight.protocol.codec import Decoder, Encoder
from flight.protocol.messages import Heartbeat
from flight.transports.link_text import check_link
from flight.transports.shell import GatewayShell
from flight.transports.tcp import TcpClient
from tests.unit.flight.test_udp_shell import LIMIT_S, FastClock

HEARTBEAT = Heartbeat(2, 3, 81, 0, 3)


class VehicleServer:
    """Greets who connects with one heartbeat, byte by byte, and remembers what it was told."""

    def __init__(self) -> None:
        self.connected = asyncio.Semaphore(0)
        self.told = asyncio.Event()
        self.hang_up = False
        self._encoder = Encoder(1, 1)
        self._server: asyncio.Server | None = None

    async def open(self, port: int = 0) -> int:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port)
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connected.release()
        for byte in self._encoder.encode(HEARTBEAT):
            writer.write(bytes((byte,)))
            await writer.drain()
        if not self.hang_up:
            data = await reader.read(1000)
            if Decoder().frames(data):
                self.told.set()
        writer.close()


class Complaints(logging.Handler):
    """Says when there was a second warning."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.second = asyncio.Event()
        self._count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self._count += 1
        if self._count == 2:
            self.second.set()


class Fresh:
    """Collects events, and says when the vehicle was heard so often."""

    def __init__(self) -> None:
        self.events: list[FlightEvent] = []
        self.heard = asyncio.Event()

    def take(self, event: FlightEvent) -> None:
        self.events.append(event)
        if isinstance(event, LinkChanged) and event.link is LinkState.FRESH:
            self.heard.set()


def gateway_at(port: int) -> Gateway:
    return Gateway(vehicles=[(VehicleAddress(f"tcp:127.0.0.1:{port}", 1), VehicleClass.COPTER)])


def test_a_vehicle_behind_a_tcp_link_is_heard_and_spoken_to() -> None:
    async def scenario() -> None:
        server, fresh = VehicleServer(), Fresh()
        port = await server.open()
        shell = GatewayShell(
            gateway_at(port), ("127.0.0.1", 0), FastClock(asyncio.get_running_loop()), fresh.take
        )
        await shell.start()

        await asyncio.wait_for(asyncio.gather(fresh.heard.wait(), server.told.wait()), LIMIT_S)

        await shell.stop()
        await shell.stop()
        await server.close()

    asyncio.run(scenario())


def test_a_frame_that_comes_in_two_pieces_of_a_stream_is_one() -> None:
    gateway, frame = gateway_at(5760), Encoder(1, 1).encode(HEARTBEAT)
    ((address, _),) = gateway.snapshots().items()

    gateway.receive(frame[:7], address.link, 1.0)
    gateway.receive(frame[7:], address.link, 1.1)

    assert gateway.snapshots()[address].link is LinkState.FRESH
    assert gateway.counters.bad_bytes == 0


def test_a_connection_that_ends_is_opened_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flight.transports.tcp.FIRST_WAIT_S", 0.01)

    async def scenario() -> None:
        server = VehicleServer()
        server.hang_up = True
        client = TcpClient(f"tcp:127.0.0.1:{await server.open()}", lambda data, link: None)
        running = asyncio.create_task(client.run())
        for _ in range(3):
            await server.connected.acquire()
        running.cancel()
        await asyncio.wait([running])
        await server.close()

    asyncio.run(asyncio.wait_for(scenario(), LIMIT_S))


def test_a_vehicle_that_is_not_there_yet_is_tried_again_and_told_of_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("flight.transports.tcp.FIRST_WAIT_S", 0.01)

    async def scenario() -> tuple[int, int]:
        server = VehicleServer()
        port = await server.open()
        await server.close()
        logging.getLogger("flight.transports.tcp").addHandler(complaints := Complaints())
        client = TcpClient(f"tcp:127.0.0.1:{port}", lambda data, link: None)
        running = asyncio.create_task(client.run())
        client.send(b"lost")
        await complaints.second.wait()
        late = VehicleServer()
        await late.open(port)
        await late.connected.acquire()
        running.cancel()
        await asyncio.wait([running])
        await late.close()
        logging.getLogger("flight.transports.tcp").removeHandler(complaints)
        return port, client.unsent

    with caplog.at_level(logging.WARNING, "flight.transports.tcp"):
        port, unsent = asyncio.run(asyncio.wait_for(scenario(), LIMIT_S))

    assert unsent == 1
    assert f"tcp:127.0.0.1:{port} cannot be reached" in caplog.messages[0]
    assert "correct its link in the fleet file; trying again in 0.01 s" in caplog.messages[0]
    assert "trying again in 0.02 s" in caplog.messages[1]


def test_a_port_that_is_taken_is_told_with_the_remedy() -> None:
    async def scenario() -> None:
        clock = FastClock(asyncio.get_running_loop())
        first = GatewayShell(Gateway(), ("127.0.0.1", 0), clock, lambda event: None)
        await first.start()
        second = GatewayShell(Gateway(), ("127.0.0.1", first.port), clock, lambda event: None)
        try:
            await second.start()
        finally:
            await first.stop()

    with pytest.raises(LocalFlightError, match=r"cannot listen at udp:127\.0\.0\.1:\d+: .*another"):
        asyncio.run(scenario())


def test_a_vehicle_whose_link_has_no_known_form_stops_the_start() -> None:
    async def scenario() -> None:
        gateway = Gateway(vehicles=[(VehicleAddress("serial:/dev/ttyS0", 1), VehicleClass.COPTER)])
        clock = FastClock(asyncio.get_running_loop())
        await GatewayShell(gateway, ("127.0.0.1", 0), clock, lambda event: None).start()

    with pytest.raises(LocalFlightError, match="serial:/dev/ttyS0"):
        asyncio.run(scenario())


@pytest.mark.parametrize(
    ("link", "remedy"),
    [
        ("tcp:127.0.0.1", "tcp:127.0.0.1:5760"),
        ("tcp::5760", "tcp:127.0.0.1:5760"),
        ("tcp:127.0.0.1:x", "tcp:127.0.0.1:5760"),
        ("udp:127.0.0.1", "udp:127.0.0.1:14550"),
        ("127.0.0.1:14550", "udp:127.0.0.1:14550"),
        ("", "tcp:127.0.0.1:5760"),
    ],
)
def test_a_link_of_another_form_is_refused_with_an_example(link: str, remedy: str) -> None:
    with pytest.raises(LocalFlightError, match="for example") as refusal:
        check_link(link)

    assert remedy in str(refusal.value)


@pytest.mark.parametrize("link", ["udp:127.0.0.1:14550", "tcp:127.0.0.1:5760", "tcp:drone-7:5760"])
def test_links_of_both_forms_are_taken(link: str) -> None:
    check_link(link)
