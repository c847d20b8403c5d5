"""Which service commands which drone, where several work on one database.

Each service has a gateway that hears every drone. Only the one that holds the lease of a drone commands it;
the lease runs out by itself when its holder dies, and another service takes the drone and its flight over.
"""

from collections.abc import Collection
from datetime import datetime

from dispatch.recovery import adopt_flights
from dispatch.services import Services
from dispatch.store.leases import gateway_key
from dispatch.store.unit_of_work import UnitOfWork
from flight.plan import VehicleAddress


def hold_vehicles(
    services: Services,
    holder: str,
    until: datetime,
    now: datetime,
    vehicles: Collection[VehicleAddress],
    known: Collection[VehicleAddress],
) -> frozenset[VehicleAddress]:
    """Take or renew the lease of every vehicle that nobody else has; return those held.

    The flights of vehicles that this process did not have before are taken up again, in the same transaction:
    nothing goes out to a drone whose flight its gateway does not know.

    Parameters
    ----------
    holder
        Name of the service. It keeps it over a restart, so that it need not wait for its own lease to end.
    vehicles
        Those that its gateway was told of.
    known
        Those of them that this process has had without a break.
    """
    with services.store.writing() as uow:
        drones = [
            drone
            for drone in uow.drones.all()
            if drone.address in vehicles
            and uow.leases.acquire(gateway_key(drone.address), holder, until, now).holder == holder
        ]
        new = {drone.id for drone in drones if drone.address not in known}
        adopt_flights(uow, [each for each in uow.sorties.active() if each.drone_id in new], now)
        return frozenset(drone.address for drone in drones)


def release_vehicles(services: Services, holder: str) -> None:
    """Give back what a service holds that stops in good order: another need not wait."""
    with services.store.writing() as uow:
        for drone in uow.drones.all():
            uow.leases.release(gateway_key(drone.address), holder)


def commands(uow: UnitOfWork, holder: str, address: VehicleAddress, now: datetime) -> bool:
    """Say whether a service may command a vehicle now."""
    lease = uow.leases.of(gateway_key(address), now)
    return lease is not None and lease.holder == holder
