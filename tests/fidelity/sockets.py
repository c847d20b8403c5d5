"""A link over sockets: for any vehicle."""

import select
import socket
import time
from collections.abc import Callable

from tests.fidelity.errors import LinkError, UsageError
from tests.fidelity.vehicle_clock import VehicleClock

STALL_WALL_S = 45.0
"""A vehicle that sends nothing for so long has died."""

_LONGEST_READ_S = 0.02
_SHORTEST_READ_S = 0.0005
_RETRY_S = 0.05
_OPEN_TIMEOUT_S = 20.0
_CHUNK = 65536
SECOND_PORT = 2
"""ArduPilot SITL serves one station per port: serial 0 on 5760, serial 1 on 5762."""

KINDS = ("tcp", "udpin", "udpout")


class SocketTransport:
    """Bytes over ``tcp:HOST:PORT``, ``udpin:HOST:PORT`` or ``udpout:HOST:PORT``.

    Parameters
    ----------
    url
        Where the vehicle is.
    clock
        Its time.
    wall
        Returns wall seconds; only their differences count.
    """

    def __init__(self, url: str, clock: VehicleClock, wall: Callable[[], float]) -> None:
        try:
            self._kind, self._host, port = url.split(":")
            self._port = int(port)
        except ValueError:
            raise UsageError(f"{url!r} is no link; write tcp:HOST:PORT") from None
        if self._kind not in KINDS:
            raise UsageError(f"{url!r} is no link: {self._kind!r} is none of {', '.join(KINDS)}")
        self._clock, self._wall = clock, wall
        self._peer: tuple[str, int] | None = None
        self._socket: socket.socket | None = None
        self._heard_at = wall()

    def another(self) -> "SocketTransport":
        url = f"{self._kind}:{self._host}:{self._port + SECOND_PORT}"
        return SocketTransport(url, self._clock, self._wall)

    def now(self) -> float:
        return self._clock.now()

    def stamped(self, boot_s: float) -> float:
        return self._clock.stamp(boot_s)

    def open(self) -> None:
        if self._kind == "tcp":
            self._socket = self._open_tcp()
        else:
            self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            if self._kind == "udpin":
                self._socket.bind((self._host, self._port))
            else:
                self._peer = (self._host, self._port)
        self._socket.setblocking(False)
        self._heard_at = self._wall()
        self._clock.free_running = False

    def _open_tcp(self) -> socket.socket:
        """Connect; try again while the vehicle process is still starting."""
        deadline = self._wall() + _OPEN_TIMEOUT_S
        while True:
            try:
                opened = socket.create_connection((self._host, self._port), timeout=2.0)
            except OSError as error:
                if self._wall() > deadline:
                    raise LinkError(f"cannot connect to {self._host}:{self._port}: {error}") from error
                time.sleep(_RETRY_S)
            else:
                opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                return opened

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
        self._socket = None
        self._clock.free_running = True

    def read(self, at_most_s: float) -> bytes:
        wall_s = at_most_s / max(self._clock.rate, 0.1)
        wall_s = 0.0 if at_most_s <= 0 else min(_LONGEST_READ_S, max(_SHORTEST_READ_S, wall_s))
        if self._socket is None:
            time.sleep(wall_s)
            return b""
        ready, _, _ = select.select([self._socket], [], [], wall_s)
        if not ready:
            if self._wall() - self._heard_at > STALL_WALL_S:
                raise LinkError(f"no data from the vehicle for {STALL_WALL_S:.0f} s")
            return b""
        self._heard_at = self._wall()
        self._clock.heard()
        return self._take(self._socket)

    def _take(self, opened: socket.socket) -> bytes:
        if self._kind != "tcp":
            data, self._peer = opened.recvfrom(_CHUNK)
            return data
        data = opened.recv(_CHUNK)
        if not data:
            raise LinkError("the vehicle closed the link")
        return data

    def write(self, data: bytes) -> None:
        if self._socket is None:
            return
        if self._kind == "tcp":
            self._socket.setblocking(True)
            self._socket.sendall(data)
            self._socket.setblocking(False)
        elif self._peer is not None:
            self._socket.sendto(data, self._peer)
