"""Stores the signing timestamps of the gateway's vehicles while it runs."""

import asyncio
import logging
from collections.abc import Iterator

from api.clock import ScaledClock
from flight.gateway import Gateway
from flight.plan import VehicleAddress
from flight.protocol.signing import SigningMemory
from flight.signing_file import SigningFile, Timestamps

STORE_S = 20.0
"""Of the service's clock. After a restart timestamps begin a minute later than what was stored, and the guide
asks for at least every 30 s."""

SHORTEST_WALL_S = 0.5
"""An accelerated service must not spend itself on storing."""

_log = logging.getLogger(__name__)


class SigningKeeper:
    """Restores timestamps when a vehicle is added, and stores them at regular times and at the end."""

    def __init__(self, file: SigningFile, gateway: Gateway, clock: ScaledClock) -> None:
        self._file = file
        self._gateway = gateway
        self._clock = clock
        self._vehicles: set[VehicleAddress] = set()
        self._writing: asyncio.Future[None] | None = None

    def restored(self, vehicle: VehicleAddress) -> SigningMemory | None:
        """Return what was stored of a vehicle with a key, and store it from now on."""
        self._vehicles.add(vehicle)
        return self._file.restored(vehicle, self._clock.now())

    async def keep(self) -> None:
        """Store for ever; a full disk is complained of, and tried again: flights need no disk."""
        while True:
            await asyncio.sleep(max(self._clock.wall_s(STORE_S), SHORTEST_WALL_S))
            self._writing = asyncio.ensure_future(self._write())
            await asyncio.shield(self._writing)

    async def store(self) -> None:
        """Store now, after what is being stored: the service ends."""
        if self._writing is not None:
            await self._writing
        await self._write()

    async def _write(self) -> None:
        try:
            await asyncio.to_thread(self._file.write, dict(self._timestamps()))
        except OSError as error:
            _log.error("signing timestamps could not be stored: %s; make room on the disk", error)

    def _timestamps(self) -> Iterator[tuple[VehicleAddress, Timestamps]]:
        for vehicle in self._vehicles:
            memory = self._gateway.signing_memory(vehicle)
            if memory is not None:
                yield vehicle, Timestamps.of(memory)
