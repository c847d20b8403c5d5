"""Simulated drones that speak MAVLink 2 as ArduPilot does: an independent judge of ``flight``.

The core does no I/O and knows no clock: bytes and ``now`` (Unix seconds of a clock that may run fast) go in,
bytes come out. :class:`simulator.vehicle.Vehicle` is the whole aircraft; ``python -m simulator`` puts it on
sockets.
"""
