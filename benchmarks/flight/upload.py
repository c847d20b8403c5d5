"""A plan of fifty items to each of a hundred vehicles at once, over links of 50 ms each way."""

import asyncio
import json
import subprocess
import sys
import time
from typing import IO, NamedTuple, cast

from benchmarks.flight.plan import plan_for
from benchmarks.flight.sockets import WallClock
from flight.commands import Launch
from flight.events import FlightEvent, LaunchFailed, PlanVerified
from flight.gateway import Gateway
from flight.plan import VehicleAddress, VehicleClass
from flight.transports.shell import GatewayShell

VEHICLES = 100
DELAY_MS = 50
LIMIT_S = 120.0


class UploadFigures(NamedTuple):
    """``upload_s`` is from the first count that arrives to the last acknowledgement that arrives, over all
    vehicles; ``verified_s`` from the order to the last plan that was read back and compared, parameters
    included."""

    upload_s: float
    verified_s: float


class _Vehicles:
    """The process with the vehicles, as its parent sees it."""

    def __init__(self, count: int) -> None:
        command = [sys.executable, "-m", "benchmarks.flight.delayed", str(count), str(DELAY_MS)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._output = cast("IO[str]", self._process.stdout)
        self.ports: list[int] = json.loads(self._output.readline())

    def report(self) -> dict[str, float]:
        """Ask how it went."""
        pipe = cast("IO[str]", self._process.stdin)
        pipe.write("\n")
        pipe.flush()
        report: dict[str, float] = json.loads(self._output.readline())
        return report

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


def measure(vehicles: int = VEHICLES) -> UploadFigures:
    """Order all launches at once, and wait until every plan is verified on board."""
    return asyncio.run(_measure(vehicles))


async def _measure(count: int) -> UploadFigures:
    verified, failures, all_verified = [0], list[str](), asyncio.Event()

    def take(event: FlightEvent) -> None:
        verified[0] += isinstance(event, PlanVerified)
        if isinstance(event, LaunchFailed):
            failures.append(f"{event.vehicle}: {event.stage}: {event.reason}")
        if verified[0] == count or failures:
            all_verified.set()

    gateway = Gateway()
    shell = GatewayShell(gateway, ("127.0.0.1", 0), WallClock(), take)
    vehicles = _Vehicles(count)
    try:
        addresses = [VehicleAddress(f"udp:127.0.0.1:{port}", 1) for port in vehicles.ports]
        for address in addresses:
            gateway.add_vehicle(address, VehicleClass.COPTER)
        await shell.start()
        await asyncio.sleep(5.0)
        begun = time.monotonic()
        for address in addresses:
            shell.command(Launch(str(address), 1, plan_for(address)))
        await asyncio.wait_for(all_verified.wait(), LIMIT_S)
        verified_s = time.monotonic() - begun
        if failures:
            raise RuntimeError(failures[0])
        report = vehicles.report()
    finally:
        vehicles.end()
        await shell.stop()
    return UploadFigures(report["ended_at"] - report["begun_at"] + 2 * DELAY_MS / 1000, verified_s)
