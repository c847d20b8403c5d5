"""The process beside the one that is measured: vehicles on UDP sockets that only talk.

``python -m benchmarks.flight.senders COUNT`` prints the ports of its sockets, reads a line with the port that
each shall send to and for how long, and then sends ten messages a second from each.
"""

import json
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import cycle
from typing import IO, cast

from benchmarks.flight.scripted import ScriptedVehicle
from flight.protocol.codec import Encoder
from flight.protocol.messages import ParamValue, StatusText

SLICES = 100
"""A second comes in so many pieces."""

INFORMATION = 6
PROBE = "probe "
"""A text that begins so ends with its time of sending: nanoseconds of the system's monotonic clock."""


PARAMETER_S = 30
ONLY_PARAMETER = ParamValue("ONLY", 1.0, 9, 1, 0)
"""Sent at first: DroneKit does not begin before it has all parameters."""


class Senders:
    """The same process as its parent sees it."""

    def __init__(self, count: int) -> None:
        command = [sys.executable, "-m", "benchmarks.flight.senders", str(count)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.ports: list[int] = json.loads(cast("IO[str]", self._process.stdout).readline())

    def begin(self, targets: Sequence[int], duration_s: float) -> None:
        """Let each send to one of the ports, in turn."""
        pipe = cast("IO[str]", self._process.stdin)
        pipe.write(json.dumps({"targets": list(targets), "duration_s": duration_s}) + "\n")
        pipe.flush()

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


def allow_many_sockets() -> None:
    """Raise the limit of open files as far as it goes."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def main() -> None:
    """Send until the time is over."""
    allow_many_sockets()
    sockets = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(int(sys.argv[1]))]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    print(json.dumps([each.getsockname()[1] for each in sockets]), flush=True)
    order = json.loads(sys.stdin.readline())
    targets = cycle([("127.0.0.1", port) for port in order["targets"]])
    _talk([(each, next(targets)) for each in sockets], order["duration_s"])


def _talk(lines: list[tuple[socket.socket, tuple[str, int]]], duration_s: float) -> None:
    vehicle, encoders = ScriptedVehicle(), [Encoder(1, 1) for _ in lines]
    begun_s, probed = time.monotonic(), cycle(range(len(lines)))
    for second in range(round(duration_s)):
        said = list(vehicle.telemetry(float(second)))
        said += [ONLY_PARAMETER] if second < PARAMETER_S else []
        jobs = [(message, number) for message in said for number in range(len(lines))]
        for part in range(SLICES):
            time.sleep(max(0.0, begun_s + second + part / SLICES - time.monotonic()))
            for message, number in jobs[part::SLICES]:
                line, target = lines[number]
                line.sendto(encoders[number].encode(message), target)
            number = next(probed)
            line, target = lines[number]
            probe = StatusText(INFORMATION, f"{PROBE}{time.monotonic_ns()}")
            line.sendto(encoders[number].encode(probe), target)


if __name__ == "__main__":
    main()
