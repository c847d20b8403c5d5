"""The fleet: joining it, and what each drone can do right now."""

from datetime import datetime

from dispatch.assign import Candidate
from dispatch.intake import checked_drone
from dispatch.services import Services
from dispatch.values import Drone
from flight.link_state import LinkState


def register_drone(services: Services, drone: Drone, actor: str, now: datetime) -> Drone:
    """Add a drone to the fleet, or change it; the same again changes nothing.

    Raises
    ------
    InvalidInput
        The type or the base is unknown, or the address belongs to another drone.
    """
    with services.store.writing() as uow:
        fleet = uow.drones.all()
        checked_drone(drone, fleet, services.sites, services.catalogue)
        if drone in fleet:
            return drone
        uow.drones.save(drone)
        data = {"type_id": drone.type_id, "address": str(drone.address), "base_site_id": drone.base_site_id}
        uow.journal.record("drone.registered", drone.id, now, actor, data=data)
        return drone


def as_candidate(
    services: Services, drone: Drone, busy_with: str | None = None, displaces: str | None = None
) -> Candidate:
    """Return a drone with its newest telemetry."""
    snapshot = services.fleet.snapshot(drone.address)
    return Candidate(
        drone=drone,
        drone_type=services.catalogue[drone.type_id],
        busy_with=busy_with,
        displaces=displaces,
        link=LinkState.UNKNOWN if snapshot is None else snapshot.link,
        battery_remaining=None if snapshot is None else snapshot.battery_remaining,
    )
