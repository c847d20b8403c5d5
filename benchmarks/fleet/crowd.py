"""The ground station of all vehicles: sends them flying, listens, counts."""

import json
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, NamedTuple

from pymavlink.dialects.v20 import ardupilotmega as mavlink

HOST = "127.0.0.1"
TAKE_OFF_S, WARM_S, MEASURED_S = 25.0, 5.0, 20.0
_BUFFER_BYTES = 1 << 24
_GUIDED = (mavlink.COPTER_MODE_GUIDED, mavlink.PLANE_MODE_GUIDED)


class Load(NamedTuple):
    """What a fleet cost: share of one core, and simulated seconds per second (1: it kept pace)."""

    vehicles: int
    cpu_share: float
    pace: float
    messages_per_vehicle_s: float

    @property
    def kept_pace(self) -> bool:
        """Say whether the fleet flew at real time."""
        return self.pace > 0.995


@dataclass
class Crowd:
    """All vehicles of a process, on one socket."""

    ports: list[int]
    process: subprocess.Popen[str]
    link: socket.socket
    messages: int = 0

    def __post_init__(self) -> None:
        self._mavlink = mavlink.MAVLink(None, srcSystem=255, srcComponent=190)
        self._beat_at = 0.0

    def say(self, number: int, message: mavlink.MAVLink_message) -> None:
        """Send a message to one vehicle."""
        self.link.sendto(message.pack(self._mavlink), (HOST, self.ports[number]))

    def command(self, number: int, command: int, *params: float) -> None:
        """Send a command to one vehicle."""
        seven = [*params, *[0.0] * (7 - len(params))]
        target = number % 250 + 1
        self.say(number, mavlink.MAVLink_command_long_message(target, 1, command, 0, *seven))

    def listen(self, duration_s: float) -> None:
        """Count what comes, and send a heartbeat to all once a second."""
        end = time.monotonic() + duration_s
        with selectors.DefaultSelector() as selector:
            selector.register(self.link, selectors.EVENT_READ)
            while (now := time.monotonic()) < end:
                if now >= self._beat_at:
                    self._beat_at = now + 1.0
                    self._beat()
                if selector.select(0.05):
                    self._drain()

    def _beat(self) -> None:
        beat = mavlink.MAVLink_heartbeat_message(6, 8, 0, 0, 4, 3).pack(self._mavlink)
        for port in self.ports:
            self.link.sendto(beat, (HOST, port))
            self._drain()

    def _drain(self) -> None:
        try:
            while True:
                self.messages += _frames(self.link.recv(65536))
        except BlockingIOError:
            return

    def send_flying(self, rate_hz: int) -> None:
        """Let all take off in GUIDED and fly away, sending all streams."""
        self._beat()
        self.listen(2.0)
        for number in range(len(self.ports)):
            target = number % 250 + 1
            self.say(number, mavlink.MAVLink_request_data_stream_message(target, 1, 0, rate_hz, 1))
            self.command(number, mavlink.MAV_CMD_DO_SET_MODE, 1, _GUIDED[number % 2])
            self.command(number, mavlink.MAV_CMD_COMPONENT_ARM_DISARM, 1)
            self.command(number, mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, 40)
            self._drain()
        self.listen(TAKE_OFF_S)
        for number in range(len(self.ports)):
            target = number % 250 + 1
            place = 325_000_000, 1_285_000_000, 60.0
            reposition = mavlink.MAV_CMD_DO_REPOSITION
            self.say(
                number,
                mavlink.MAVLink_command_int_message(target, 1, 3, reposition, 0, 0, -1, 0, 0, 0, *place),
            )
            self._drain()
        self.listen(WARM_S)


def _frames(datagram: bytes) -> int:
    """Return how many MAVLink 2 frames are in a datagram."""
    count = at = 0
    while at < len(datagram):
        at += datagram[at + 1] + 12
        count += 1
    return count


@contextmanager
def _process(count: int) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.fleet.served", str(count)], stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _last(lines: IO[str], until: float) -> list[float]:
    """Return the last report before a time."""
    while True:
        report: list[float] = json.loads(lines.readline())
        if report[1] >= until - 1.0:
            return report


def measure(count: int, rate_hz: int) -> Load:
    """Fly ``count`` vehicles that send all streams at a rate; return what they cost."""
    with _process(count) as process, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
        assert process.stdout is not None
        link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER_BYTES)
        link.setblocking(False)
        crowd = Crowd(json.loads(process.stdout.readline()), process, link)
        crowd.listen(BOOTED_S * count / 1000.0)
        crowd.send_flying(rate_hz)
        before, heard = _last(process.stdout, time.time()), crowd.messages
        crowd.listen(MEASURED_S)
        after = _last(process.stdout, time.time())
    wall_s = after[1] - before[1]
    return Load(
        count,
        (after[0] - before[0]) / wall_s,
        (after[2] - before[2]) / wall_s,
        (crowd.messages - heard) / MEASURED_S / count,
    )


BOOTED_S = 20.0
"""Wall seconds in which a thousand vehicles catch up with the minute since their power-on."""
