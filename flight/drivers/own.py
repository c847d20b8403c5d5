"""The default driver: our own gateway and nothing else."""

from ipaddress import ip_address

from flight.drivers.gateway_driver import HEARTBEAT_S, GatewayDriver
from flight.drivers.shell_engine import ShellEngine
from flight.errors import LocalFlightError
from flight.gateway import Gateway
from flight.plan import VehicleAddress, VehicleClass
from flight.preflight.settings import PreflightSettings
from flight.protocol.signing import SigningKey, SigningMemory
from flight.transports import udp
from flight.transports.clock import Clock
from flight.transports.link_text import check_link

NOBODY_IS_ASKED = PreflightSettings(override_wait_s=0.0)
"""A script has nobody who could look at a soft failure and answer: it is refused at once. What shall not
stop a flight is said beforehand, in ``severities``."""


def connect(
    address: VehicleAddress,
    vehicle_class: VehicleClass,
    clock: Clock,
    *,
    timeout_s: float = HEARTBEAT_S,
    preflight: PreflightSettings = NOBODY_IS_ASKED,
    key: SigningKey | None = None,
    memory: SigningMemory | None = None,
    by: str = "script",
) -> GatewayDriver:
    """Open the link to a vehicle and wait for its first heartbeat.

    Parameters
    ----------
    address
        Link and system id, as in the plans for this vehicle: ``udp:HOST:PORT`` for a vehicle that listens
        there, ``tcp:HOST:PORT`` for one that is connected to.
    vehicle_class
        What it is.
    clock
        The time, faster than the wall's for a vehicle that is simulated faster.
    timeout_s
        For the first heartbeat.
    preflight
        How bad each failure of a preflight check is.
    key, memory
        To sign, and take only what is rightly signed (`Gateway.add_vehicle`).
    by
        Who flies; events name him.

    Raises
    ------
    VehicleSilent
        If no heartbeat of this system came.
    LocalFlightError
        If the link is none, or its socket cannot be had.
    """
    check_link(address.link)
    gateway = Gateway(preflight=preflight)
    gateway.add_vehicle(address, vehicle_class, key=key, memory=memory)
    bind = (_here(address.link), 0)
    driver = GatewayDriver(
        address, vehicle_class, clock, by, lambda mailbox: ShellEngine(gateway, address, bind, clock, mailbox)
    )
    driver.await_vehicle(timeout_s)
    return driver


def _here(link: str) -> str:
    """Return where to listen: on the loopback for a vehicle there, on every interface for others."""
    if not link.startswith(udp.PREFIX):
        return "127.0.0.1"
    host, _ = udp.address_of_link(link)
    try:
        return "127.0.0.1" if ip_address(host).is_loopback else ""
    except ValueError:
        raise LocalFlightError(f"{link!r} has no numeric address; write udp:127.0.0.1:14550") from None
