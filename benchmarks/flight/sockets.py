"""From the datagram to the event, and the share of a core, on real UDP sockets of the loopback."""

import asyncio
import time
from typing import NamedTuple

import numpy as np

from benchmarks.flight.senders import PROBE, Senders
from flight.events import FlightEvent, TextReceived
from flight.gateway import Gateway
from flight.plan import VehicleAddress, VehicleClass
from flight.transports.shell import GatewayShell

VEHICLES = 1000
SETTLING_S = 8.0
"""Past the first requests for messages."""

MEASURED_S = 20.0


class WallClock:
    """The system's clock."""

    def now(self) -> float:
        """Return Unix seconds."""
        return time.time()

    def wall_s(self, duration_s: float) -> float:
        """Return the same duration."""
        return duration_s


class SocketFigures(NamedTuple):
    """What was measured: latencies in milliseconds, CPU seconds per second."""

    p50_ms: float
    p99_ms: float
    core_share: float
    probes: int


def measure(vehicles: int = VEHICLES, duration_s: float = MEASURED_S) -> SocketFigures:
    """Let vehicles send ten messages a second each, and a hundred texts a second that carry their time."""
    return asyncio.run(_measure(vehicles, duration_s))


async def _measure(vehicles: int, duration_s: float) -> SocketFigures:
    latencies_ms: list[float] = []

    def take(event: FlightEvent) -> None:
        if isinstance(event, TextReceived) and event.text.startswith(PROBE):
            latencies_ms.append((time.monotonic_ns() - int(event.text.removeprefix(PROBE))) / 1e6)

    gateway = Gateway()
    shell = GatewayShell(gateway, ("127.0.0.1", 0), WallClock(), take)
    senders = Senders(vehicles)
    try:
        for port in senders.ports:
            gateway.add_vehicle(VehicleAddress(f"udp:127.0.0.1:{port}", 1), VehicleClass.COPTER)
        await shell.start()
        senders.begin([shell.port], SETTLING_S + duration_s + 1.0)
        await asyncio.sleep(SETTLING_S)
        latencies_ms.clear()
        cpu_s, wall_s = time.process_time(), time.monotonic()
        await asyncio.sleep(duration_s)
        share = (time.process_time() - cpu_s) / (time.monotonic() - wall_s)
    finally:
        senders.end()
        await shell.stop()
    p50, p99 = np.percentile(latencies_ms, [50, 99])
    return SocketFigures(float(p50), float(p99), share, len(latencies_ms))
