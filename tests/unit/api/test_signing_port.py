"""The service's gateway keeps its signing timestamps over a restart."""

import asyncio
import socket
import threading
from pathlib import Path

import pytest

from api import signing_keeper
from api.clock import ScaledClock
from api.udp_port import UdpFlightPort
from flight.events import LinkChanged
from flight.plan import VehicleAddress, VehicleClass
from flight.protocol.codec import Encoder
from flight.protocol.messages import Heartbeat
from flight.protocol.signing import Signer, SigningKey, SigningMemory
from flight.signing_file import SigningFile, Timestamps

KEY = SigningKey(bytes(range(32)))
CLOCK = ScaledClock(0.0)
LIMIT_S = 10.0


class SigningVehicle:
    """A vehicle on a socket; it answers whoever sends it a heartbeat."""

    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        self.socket.bind(("127.0.0.1", 0))
        self.address = VehicleAddress(f"udp:127.0.0.1:{self.socket.getsockname()[1]}", 1)
        self._signer = Signer(KEY, SigningMemory(CLOCK.now()))
        self._encoder = Encoder(1, 1)

    def frame(self) -> bytes:
        return self._signer.sign(self._encoder.encode(Heartbeat(2, 3, 81, 0, 3)), 0, CLOCK.now())

    async def say(self, *frames: bytes) -> None:
        _, station = await asyncio.get_running_loop().sock_recvfrom(self.socket, 1000)
        for frame in frames:
            self.socket.sendto(frame, station)


def new_port(folder: Path, vehicle: SigningVehicle) -> UdpFlightPort:
    file = SigningFile(folder / "stamps.json")
    port = UdpFlightPort("udp:127.0.0.1:0", folder / "tlog", CLOCK, signing_file=file)
    port.add_vehicle(vehicle.address, VehicleClass.COPTER, key=KEY)
    return port


async def say_to(port: UdpFlightPort, vehicle: SigningVehicle, *frames: bytes) -> None:
    """Have the vehicle say something to a port that opens, and wait until a frame of it counts."""
    heard = asyncio.Event()
    await port.start(lambda event: heard.set() if isinstance(event, LinkChanged) else None)
    await vehicle.say(*frames)
    await asyncio.wait_for(heard.wait(), LIMIT_S)


def test_a_frame_from_before_a_restart_of_the_service_is_refused(tmp_path: Path) -> None:
    async def scenario() -> tuple[int, int]:
        vehicle = SigningVehicle()
        old, new = vehicle.frame(), vehicle.frame()
        first = new_port(tmp_path, vehicle)
        await say_to(first, vehicle, old)
        await first.stop()
        second = new_port(tmp_path, vehicle)
        await say_to(second, vehicle, old, new)
        await second.stop()
        vehicle.socket.close()
        return first.counters.rejected_frames["replayed"], second.counters.rejected_frames["replayed"]

    assert asyncio.run(scenario()) == (0, 1)


def test_the_timestamps_are_stored_while_the_service_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing_keeper, "SHORTEST_WALL_S", 0.01)
    monkeypatch.setattr(signing_keeper, "STORE_S", 0.01)

    written = threading.Event()
    write = SigningFile.write

    def told(file: SigningFile, timestamps: dict[VehicleAddress, Timestamps]) -> None:
        write(file, timestamps)
        if timestamps:
            written.set()

    monkeypatch.setattr(SigningFile, "write", told)

    async def scenario() -> bool:
        vehicle = SigningVehicle()
        port = new_port(tmp_path, vehicle)
        await say_to(port, vehicle, vehicle.frame())
        was_written = await asyncio.to_thread(written.wait, LIMIT_S)
        await port.stop()
        vehicle.socket.close()
        return was_written

    assert asyncio.run(scenario())
    assert (tmp_path / "stamps.json").exists()


def test_a_disk_that_takes_nothing_is_complained_of_and_nothing_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(SigningFile, "write", full)

    async def scenario() -> None:
        vehicle = SigningVehicle()
        port = new_port(tmp_path, vehicle)
        await say_to(port, vehicle, vehicle.frame())
        await port.stop()
        vehicle.socket.close()

    asyncio.run(scenario())
    assert "No space left on device; make room on the disk" in caplog.text


def test_a_keeper_that_dies_is_told_as_a_death_of_the_gateway(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing_keeper.SigningKeeper, "keep", _dies)

    async def scenario() -> None:
        vehicle = SigningVehicle()
        port = new_port(tmp_path, vehicle)
        await port.start(lambda event: None)
        try:
            await asyncio.wait_for(port.failed(), LIMIT_S)
        finally:
            await port.stop()
            vehicle.socket.close()

    with pytest.raises(ArithmeticError):
        asyncio.run(scenario())


async def _dies(_: object) -> None:
    raise ArithmeticError
