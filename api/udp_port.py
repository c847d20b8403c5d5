"""The flight gateway of the real service: one UDP socket, TCP where a link says so, recordings."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from api.clock import ScaledClock
from api.signing_keeper import SigningKeeper
from flight.commands import FlightCommand
from flight.contingencies.policy import Policy
from flight.counters import GatewayCounters
from flight.events import FlightEvent, VehicleSnapshot
from flight.gateway import Gateway
from flight.links.quality import LinkQuality
from flight.plan import VehicleAddress, VehicleClass
from flight.preflight.settings import PreflightSettings
from flight.protocol.signing import SigningKey
from flight.records.daily import DailyTlogs, TlogLimits
from flight.signing_file import SigningFile
from flight.transports.link_text import check_link
from flight.transports.shell import GatewayShell
from flight.transports.udp import address_of_link


class UdpFlightPort:
    """Owns the gateway, its sockets and its recordings.

    Parameters
    ----------
    bind
        ``udp:HOST:PORT`` to speak from; links ``tcp:HOST:PORT`` have connections of their own.
    tlog_dir
        Folder for the recordings; a restarted service goes on in the same files.
    clock
        The service's clock.
    tlog_limits
        How much is recorded for each vehicle.
    preflight
        How bad each failure of a preflight check is.
    policy
        What is done by itself about situations, and how many persons stop the motors.
    system_id
        Our own MAVLink system id; of several gateways that hear one vehicle each needs its own.
    signing_file
        Where the newest signing timestamps are kept; without it they are forgotten at the end.
    """

    def __init__(
        self,
        bind: str,
        tlog_dir: Path,
        clock: ScaledClock,
        *,
        tlog_limits: TlogLimits | None = None,
        preflight: PreflightSettings | None = None,
        policy: Policy | None = None,
        system_id: int = 255,
        signing_file: SigningFile | None = None,
    ) -> None:
        self._bind = address_of_link(bind)
        self._clock = clock
        self._tlog = DailyTlogs(tlog_dir, tlog_limits)
        self._gateway = Gateway(
            system_id=system_id,
            tlog=self._tlog,
            preflight=preflight,
            policy=policy,
            commands_need_grant=True,
        )
        self._keeper = None if signing_file is None else SigningKeeper(signing_file, self._gateway, clock)
        self._keeping: asyncio.Task[None] | None = None
        self._shell: GatewayShell | None = None

    async def start(self, on_event: Callable[[FlightEvent], None]) -> None:
        """Open the socket and begin."""
        shell = GatewayShell(self._gateway, self._bind, self._clock, on_event)
        await shell.start()
        self._shell = shell
        if self._keeper is not None:
            self._keeping = asyncio.create_task(self._keeper.keep(), name="signing timestamps")

    async def stop(self) -> None:
        """Close sockets and recordings. The vehicles are told nothing: they fly on."""
        shell, self._shell = self._shell, None
        if shell is not None:
            await shell.stop()
        await self._stop_keeping()
        self._tlog.close()

    async def failed(self) -> None:
        """Wait until the gateway dies, and raise what killed it."""
        if self._shell is None:
            return
        tasks = {asyncio.create_task(self._shell.wait(), name="flight gateway")}
        waiting = tasks if self._keeping is None else {*tasks, self._keeping}
        try:
            done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()

    def add_vehicle(
        self,
        address: VehicleAddress,
        vehicle_class: VehicleClass,
        *,
        backup_links: Iterable[str] = (),
        key: SigningKey | None = None,
        may_move: bool = False,
    ) -> None:
        """Look after one more vehicle, over all its links; see `flight.gateway.Gateway.add_vehicle`."""
        links = (address.link, *backup_links)
        for link in links:
            check_link(link)
        memory = None if key is None or self._keeper is None else self._keeper.restored(address)
        self._gateway.add_vehicle(
            address, vehicle_class, backup_links=links[1:], key=key, memory=memory, may_move=may_move
        )

    def grant(self, address: VehicleAddress, until: float) -> None:
        """Allow to command a vehicle until a time (Unix seconds); without, it is only listened to."""
        self._gateway.grant(address, until, self._clock.now())

    def command(self, command: FlightCommand) -> None:
        """Take a command; what becomes of it comes as events."""
        if self._shell is not None:
            self._shell.command(command)

    def snapshots(self) -> Mapping[VehicleAddress, VehicleSnapshot]:
        """Return the newest state of every vehicle."""
        return self._gateway.snapshots()

    def link_qualities(self) -> Mapping[VehicleAddress, LinkQuality]:
        """Return how good the links of every vehicle are, in figures."""
        return self._gateway.link_qualities()

    @property
    def counters(self) -> GatewayCounters:
        """What was dropped, and why."""
        return self._gateway.counters

    @property
    def is_open(self) -> bool:
        """Say whether the sockets are open."""
        return self._shell is not None

    async def _stop_keeping(self) -> None:
        """Store the signing timestamps of the end."""
        keeping, self._keeping = self._keeping, None
        if keeping is not None and self._keeper is not None:
            keeping.cancel()
            await asyncio.wait([keeping])
            await self._keeper.store()
