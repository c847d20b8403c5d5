"""The process that is measured: a fleet on UDP sockets, which reports its CPU time once a second.

``python -m benchmarks.fleet.served COUNT`` prints its ports, then lines of CPU, wall and simulated seconds.
"""

import asyncio
import json
import resource
import sys
import time
from collections.abc import Iterable

from simulator.command_line.fleet_file import Berth
from simulator.shell.address import Address
from simulator.shell.clock import SimulatedClock
from simulator.shell.server import FleetServer
from simulator.shell.status import VehicleStatus
from simulator.values import HomePoint, VehicleClass, VehicleConfig

BOOT_S = 60.0
"""Vehicles were switched on so long before the start: all can be armed at once."""

CLASSES = (VehicleClass.COPTER, VehicleClass.QUADPLANE)


class Unseen:
    """A display that shows nothing: a measurement is not looked at."""

    def say(self, line: str) -> None:
        """Take a line."""

    def show(self, fleet: Iterable[VehicleStatus]) -> None:
        """Take the fleet."""

    def close(self) -> None:
        """End."""


def berths(count: int, boot_at: float) -> list[Berth]:
    """Return copters and quadplanes in turn, in rows 200 m apart, each on a UDP port of its own."""
    listen = (Address.parse("udp:127.0.0.1:0"),)
    return [
        Berth(
            VehicleConfig(
                f"V{number}",
                CLASSES[number % 2],
                HomePoint(32.0 + 0.002 * (number // 100), 128.0 + 0.002 * (number % 100), 4.0),
                system_id=number % 250 + 1,
                seed=number,
                boot_at=boot_at,
            ),
            listen,
        )
        for number in range(count)
    ]


async def _serve(count: int) -> None:
    start = time.time()
    clock = SimulatedClock(time.time, start, 1.0)
    server = FleetServer(berths(count, start - BOOT_S), clock, Unseen())
    running = asyncio.create_task(server.run())
    await server.opened.wait()
    print(json.dumps([address.port for address in server.addresses]), flush=True)
    while not running.done():
        await asyncio.sleep(1.0)
        print(json.dumps([time.process_time(), time.time(), server.simulated_time]), flush=True)


def main() -> None:
    """Serve until ended."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    asyncio.run(_serve(int(sys.argv[1])))


if __name__ == "__main__":
    main()
