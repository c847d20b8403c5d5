"""The process beside the upload: scripted vehicles on UDP sockets, behind links that take their time.

``python -m benchmarks.flight.delayed COUNT DELAY_MS`` prints the ports of its sockets, and after a line of
input when the first count came and the last list was complete, in seconds of the system's monotonic clock.
"""

import asyncio
import json
import sys
import time
from functools import partial
from typing import Any, cast

from benchmarks.flight.scripted import ScriptedVehicle
from benchmarks.flight.senders import allow_many_sockets
from flight.protocol.codec import Decoder, Encoder
from flight.protocol.messages import Message, MissionClearAll, MissionCount

LISTS = 3


class VehicleBehindLink(asyncio.DatagramProtocol):
    """One vehicle; what goes either way arrives after the delay."""

    def __init__(self, delay_s: float) -> None:
        self.begun_at: float | None = None
        self.vehicle = ScriptedVehicle()
        self._delay_s = delay_s
        self._encoder, self._decoder = Encoder(1, 1), Decoder()
        self._peer: Any = None
        self._transport: asyncio.DatagramTransport | None = None

    @property
    def ended_at(self) -> float | None:
        """When the last of its lists was complete; ``None`` before."""
        return max(self.vehicle.uploaded.values()) if len(self.vehicle.uploaded) == LISTS else None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: Any) -> None:
        self._peer = addr
        asyncio.get_running_loop().call_later(self._delay_s, self._arrived, data)

    async def talk(self) -> None:
        """Send ten messages a second."""
        for second in range(1_000_000):
            for message in self.vehicle.telemetry(float(second)):
                self._send(message)
                await asyncio.sleep(0.1)

    def _arrived(self, data: bytes) -> None:
        now = time.monotonic()
        for frame in self._decoder.frames(data):
            if isinstance(frame.message, MissionCount | MissionClearAll) and self.begun_at is None:
                self.begun_at = now
            for answer in [] if frame.message is None else self.vehicle.receive(frame.message, now):
                self._send(answer)

    def _send(self, message: Message) -> None:
        transport = self._transport
        if transport is not None and self._peer is not None:
            frame = self._encoder.encode(message)
            asyncio.get_running_loop().call_later(self._delay_s, transport.sendto, frame, self._peer)


async def _serve(count: int, delay_s: float) -> None:
    loop = asyncio.get_running_loop()
    vehicles = [VehicleBehindLink(delay_s) for _ in range(count)]
    ports = []
    for vehicle in vehicles:
        transport, _ = await loop.create_datagram_endpoint(partial(_same, vehicle), ("127.0.0.1", 0))
        ports.append(transport.get_extra_info("sockname")[1])
    print(json.dumps(ports), flush=True)
    talking = [asyncio.create_task(vehicle.talk(), name="telemetry") for vehicle in vehicles]
    await loop.run_in_executor(None, sys.stdin.readline)
    for task in talking:
        task.cancel()
    begun = [vehicle.begun_at for vehicle in vehicles if vehicle.begun_at is not None]
    ended = [vehicle.ended_at for vehicle in vehicles if vehicle.ended_at is not None]
    print(json.dumps({"begun_at": min(begun), "ended_at": max(ended), "complete": len(ended)}), flush=True)


def _same(vehicle: VehicleBehindLink) -> VehicleBehindLink:
    return vehicle


def main() -> None:
    """Serve until asked how it went."""
    allow_many_sockets()
    asyncio.run(_serve(int(sys.argv[1]), int(sys.argv[2]) / 1000))


if __name__ == "__main__":
    main()
