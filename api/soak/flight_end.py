"""How a flight really ended, from the simulator's truth."""

from enum import StrEnum
from typing import TYPE_CHECKING

from api.soak.flights import Flight
from api.soak.node import AT_HOME_M
from api.soak.places import distance_m
from simulator.values import VehicleTruth

if TYPE_CHECKING:
    from api.soak.world import World


class FlightEnd(StrEnum):
    """Where a drone came down, and with what."""

    DELIVERED = "delivered"
    """At home, without its parcel."""
    RETURNED = "returned"
    """At home, with its parcel."""
    DIVERTED = "diverted"
    """On the pad of another site."""
    LANDED = "landed"
    """On the ground elsewhere, in one piece."""
    LOST = "lost"
    """In the sea, or in pieces."""
    UNDER_WAY = "under_way"
    """Still in the air when the world ended."""


def end_of(world: "World", flight: Flight) -> FlightEnd | None:
    """Return how a flight ended; ``None`` for one that never left the ground."""
    end = flight.after
    if not flight.has_left_ground:
        return None
    if end is None:
        return FlightEnd.UNDER_WAY
    if end.wrecked:
        return FlightEnd.LOST
    if distance_m(world.nodes[flight.drone_id].config.home, end) <= AT_HOME_M:
        return FlightEnd.RETURNED if flight.drop is None else FlightEnd.DELIVERED
    return FlightEnd.DIVERTED if _is_on_a_pad(world, end) else FlightEnd.LANDED


def _is_on_a_pad(world: "World", end: VehicleTruth) -> bool:
    pads = (site.position for site in world.airspace.sites.values() if site.is_drone_site)
    return any(distance_m(pad, end) <= AT_HOME_M for pad in pads)
