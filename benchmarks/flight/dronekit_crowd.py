"""How many vehicles DroneKit carries on one core at ten messages a second, on sockets as ours has them."""

import socket
import time

from dronekit import connect

from benchmarks.flight.senders import Senders

VEHICLES = 20
"""Each has two threads of its own; the share of one is what counts."""

MEASURED_S = 10.0
LONGEST_START_S = 60.0


def vehicles_per_core(vehicles: int = VEHICLES, duration_s: float = MEASURED_S) -> float:
    """Return the number of vehicles whose share would make up one core."""
    ports, senders = _free_ports(vehicles), Senders(vehicles)
    crowd = []
    try:
        senders.begin(ports, LONGEST_START_S + duration_s)
        crowd += [connect(f"udpin:127.0.0.1:{port}", wait_ready=False) for port in ports]
        time.sleep(2.0)
        cpu_s, wall_s = time.process_time(), time.monotonic()
        time.sleep(duration_s)
        share = (time.process_time() - cpu_s) / (time.monotonic() - wall_s)
    finally:
        for vehicle in crowd:
            vehicle.close()
        senders.end()
    return vehicles / share


def _free_ports(count: int) -> list[int]:
    held = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(count)]
    try:
        for each in held:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in held]
    finally:
        for each in held:
            each.close()
