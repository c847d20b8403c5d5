"""The flight gateway of the real service: one UDP socket, TCP where a link says so, recordings."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from api.clock import ScaledClock
from flight.commands import FlightCommand
from flight.contingencies.policy import Policy
from flight.events import FlightEvent, VehicleSnapshot
from flight.gateway import Gateway
from flight.plan import VehicleAddress, VehicleClass
from flight.preflight.settings import PreflightSettings
from flight.protocol.signing import SigningKey
from flight.records.daily import DailyTlogs, TlogLimits
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
        self._shell: GatewayShell | None = None

    async def start(self, on_event: Callable[[FlightEvent], None]) -> None:
        """Open the socket and begin."""
        shell = GatewayShell(self._gateway, self._bind, self._clock, on_event)
        await shell.start()
        self._shell = shell

    async def stop(self) -> None:
        """Close sockets and recordings. The vehicles are told nothing: they fly on."""
        shell, self._shell = self._shell, None
        if shell is not None:
            await shell.stop()
        self._tlog.close()

    async def failed(self) -> None:
        """Wait until the gateway dies, and raise what killed it."""
        if self._shell is not None:
            await self._shell.wait()

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
        self._gateway.add_vehicle(address, vehicle_class, backup_links=links[1:], key=key, may_move=may_move)

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

    @property
    def is_open(self) -> bool:
        """Say whether the sockets are open."""
        return self._shell is not None
