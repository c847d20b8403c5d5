"""Holding the drones: renewing this service's leases, and granting the gateway to command what it holds."""

import asyncio
from datetime import UTC, datetime, timedelta

from api.service import Service
from flight.plan import VehicleAddress

LEASE_WALL_S = 15.0
"""Wall time after which another service takes the drones of one that has died; they need nobody meanwhile. A
shorter pause of this one (a slow disk, a long transaction) costs nothing."""
RENEW_WALL_S = 4.0
"""Wall time between renewals: two may fail before the lease runs out."""


class GatewayLeases:
    """The leases of one service. They are told to the gateway, which else only listens.

    The time of a lease is the service's (possibly accelerated); its length is one of wall time, since what it
    covers is a process that stalls.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._held: frozenset[VehicleAddress] = frozenset()
        self._until = datetime.min.replace(tzinfo=UTC)

    async def keep(self) -> None:
        """Renew for ever."""
        while True:
            await asyncio.sleep(RENEW_WALL_S)
            await self.renew()

    async def renew(self) -> None:
        """Take what is free, renew what is held, and grant it."""
        service = self._service
        now = service.clock.utc()
        until = now + timedelta(seconds=LEASE_WALL_S * service.clock.speedup)
        # What ran out may have been another's in between: its flights are looked at again.
        known = self._held if now < self._until else frozenset()
        hold = service.dispatcher.hold_vehicles
        held = await service.read(hold, service.settings.holder, until, now, service.vehicles, known)
        for address in held:
            service.flight.grant(address, until.timestamp())
        if held - known:
            service.to_relay.set()
        self._held, self._until = held, until

    async def release(self) -> None:
        """Give everything back, at an orderly stop."""
        if self._held:
            self._held = frozenset()
            await self._service.read(self._service.dispatcher.release_vehicles, self._service.settings.holder)
