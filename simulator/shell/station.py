"""One vehicle with its peers on sockets."""

from collections.abc import Callable, Hashable, Iterator, Sequence

from simulator.shell.status import VehicleStatus, status_of
from simulator.shell.tracklog import TrackLog
from simulator.vehicle import Vehicle

Way = Callable[[bytes], None]
"""Sends bytes to one peer."""

_TRACK_KEPT = 60
"""Seconds of track in memory."""

DATAGRAM_BYTES = 1400
"""What fits into one Ethernet frame with its headers."""


def joined(frames: Sequence[bytes]) -> Iterator[bytes]:
    """Yield frames put together, as ArduPilot's links buffer what they send."""
    start = size = 0
    for number, each in enumerate(frames):
        if size + len(each) > DATAGRAM_BYTES and number > start:
            yield b"".join(frames[start:number])
            start, size = number, 0
        size += len(each)
    if start < len(frames):
        yield b"".join(frames[start:])


class Station:
    """Takes what arrives for a vehicle, and sends what it says the way the peer came.

    Parameters
    ----------
    vehicle
        The vehicle.
    now
        Returns the simulated time up to which the fleet has flown, Unix seconds.
    log
        Its track on disk, if any.
    """

    def __init__(self, vehicle: Vehicle, now: Callable[[], float], log: TrackLog | None) -> None:
        self.vehicle = vehicle
        self._now = now
        self._log = log
        self._logged = ""
        self._ways: dict[Hashable, Way] = {}
        self._open: set[Hashable] = set()

    def hear(self, data: bytes, peer: Hashable, way: Way) -> None:
        """Take in what has arrived, and answer."""
        self._ways[peer] = way
        self.vehicle.receive(data, peer, self._now())
        self.flush()

    def connect(self, peer: Hashable, way: Way) -> None:
        """Make a peer known that has not spoken yet: a TCP connection, or a station that is called."""
        self._ways[peer] = way
        self._open.add(peer)
        self.vehicle.connect(peer, self._now())

    def disconnect(self, peer: Hashable) -> None:
        """Close a TCP connection."""
        self._ways.pop(peer, None)
        self._open.discard(peer)
        self.vehicle.disconnect(peer)

    def flush(self) -> None:
        """Send what the vehicle has to say, to each peer in as few datagrams as hold it."""
        frames: dict[Hashable, list[bytes]] = {}
        for data, peer in self.vehicle.send():
            frames.setdefault(peer, []).append(data)
        for peer, said in frames.items():
            way = self._ways.get(peer)
            if way is not None:
                for datagram in joined(said):
                    way(datagram)

    def look(self) -> VehicleStatus:
        """Return how the vehicle is; write its log when its state has changed, and once in a while."""
        for peer in self._open:
            # The vehicle forgets who is silent for long; this one is there all the same, and gets heartbeats.
            self.vehicle.connect(peer, self._now())
        status = status_of(self.vehicle)
        if status.state != self._logged or len(self.vehicle.track) >= _TRACK_KEPT:
            self._logged = status.state
            self._keep_track()
        return status

    def _keep_track(self) -> None:
        """Write the track, or drop it where nobody wants it: a server runs for weeks."""
        if self._log is None:
            self.vehicle.track.clear()
        else:
            self._log.write()

    def close(self) -> None:
        """Finish the log."""
        if self._log is not None:
            self._log.close()
