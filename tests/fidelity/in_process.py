"""A link to the built-in vehicle inside this process, on virtual time: no sockets, no sleeping."""

from collections import defaultdict
from collections.abc import Hashable

from simulator.comms.radio import LinkedPeer
from simulator.values import HomePoint, VehicleClass, VehicleConfig
from simulator.vehicle import Vehicle

HOME = HomePoint(32.7024, 128.8450, 5.0)
"""Where the recorded ArduPilot stood."""

EPOCH = 1_800_000_000.0
"""Unix time at which the vehicle is switched on."""

GRAIN_S = 0.1
"""Virtual seconds after which the probe looks at what has come."""


class BuiltIn:
    """A vehicle and its virtual time, shared by all links to it."""

    def __init__(self, kind: str) -> None:
        self.vehicle = Vehicle(VehicleConfig("probed", VehicleClass(kind), HOME))
        # Counted from zero: near a Unix time a float cannot tell the last fraction of a wait from nothing.
        self.elapsed_s = 0.0
        self.arrived: dict[Hashable, bytearray] = defaultdict(bytearray)

    @property
    def now(self) -> float:
        """Unix time."""
        return EPOCH + self.elapsed_s

    def collect(self) -> None:
        """Sort what the vehicle has sent by peer."""
        for data, peer in self.vehicle.send():
            self.arrived[peer] += data


class InProcessTransport:
    """One peer of a vehicle in this process.

    Parameters
    ----------
    built_in
        The vehicle.
    number
        Which of its serial links this is.
    """

    def __init__(self, built_in: BuiltIn, number: int = 0) -> None:
        self._built_in = built_in
        self._number = number
        self._peer = LinkedPeer(number, number)
        self._is_open = False

    def another(self) -> "InProcessTransport":
        return InProcessTransport(self._built_in, self._number + 1)

    def now(self) -> float:
        return self._built_in.elapsed_s

    def stamped(self, boot_s: float) -> float:
        """Learn nothing: the time is known exactly."""
        return 0.0

    def open(self) -> None:
        self._is_open = True
        self._built_in.vehicle.connect(self._peer, self._built_in.now)

    def close(self) -> None:
        self._is_open = False
        self._built_in.vehicle.disconnect(self._peer)

    def read(self, at_most_s: float) -> bytes:
        built_in = self._built_in
        built_in.collect()
        if at_most_s > 0 and not built_in.arrived[self._peer]:
            built_in.elapsed_s += min(at_most_s, GRAIN_S)
            built_in.vehicle.advance(built_in.now)
            built_in.collect()
        data = bytes(built_in.arrived[self._peer])
        built_in.arrived[self._peer].clear()
        return data if self._is_open else b""

    def write(self, data: bytes) -> None:
        if self._is_open:
            self._built_in.vehicle.receive(data, self._peer, self._built_in.now)
