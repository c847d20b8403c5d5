"""Simulated drones that speak MAVLink 2 as ArduPilot does: an independent judge of ``flight``.

The core does no I/O and knows no clock: bytes and ``now`` (Unix seconds of a clock that may run fast) go in,
bytes come out. :class:`Vehicle` is a whole aircraft, :class:`Fleet` many that fly in the same air;
``python -m simulator`` puts them on sockets.
"""

from simulator.faults import Fault, parse_fault
from simulator.fleet import Fleet
from simulator.values import HomePoint, VehicleClass, VehicleConfig
from simulator.vehicle import Vehicle
from simulator.wind import Wind

__all__ = [
    "Fault",
    "Fleet",
    "HomePoint",
    "Vehicle",
    "VehicleClass",
    "VehicleConfig",
    "Wind",
    "parse_fault",
]
