"""Who else is in the air: tells each flight of the nearest other aircraft."""

from collections.abc import Mapping

from flight.plan import VehicleAddress
from flight.protocol.names import LandedState
from flight.session import VehicleSession
from flight.supervision.observer import FRESH_S
from flight.supervision.traffic import Air, nearest

INTERVAL_S = 1.0
"""Two that meet at 25 m/s each come 50 m nearer meanwhile, a third of what is called near."""


class Sky:
    """Compares the positions of all aircraft of a gateway, ours and those that fly something unknown.

    Parameters
    ----------
    sessions
        The vehicles; more may come later.
    """

    def __init__(self, sessions: Mapping[VehicleAddress, VehicleSession]) -> None:
        self._sessions = sessions
        self._told: frozenset[VehicleAddress] = frozenset()
        self._next = 0.0

    def look(self, now: float) -> None:
        """Tell of neighbours, and of those that are gone, unless that was done less than a second ago.

        It needs no timer: of whoever is in the air something is published once a second.
        """
        if now < self._next:
            return
        self._next = now + INTERVAL_S
        air = {address: where for address in self._sessions if (where := self._air(address, now)) is not None}
        found = nearest(air) if len(air) > 1 else {}
        for address in self._told | found.keys():
            supervision = self._sessions[address].supervision
            if supervision is not None:
                supervision.note_traffic(found.get(address))
        self._told = frozenset(found)

    def _air(self, address: VehicleAddress, now: float) -> Air | None:
        """Return where a vehicle is, if it is in the air and told so lately."""
        telemetry = self._sessions[address].vehicle.telemetry
        on_ground = not telemetry.armed or telemetry.landed_state == LandedState.ON_GROUND
        if on_ground or now - telemetry.position_at > FRESH_S:
            return None
        place, altitude_m = telemetry.place, telemetry.altitude_amsl_m
        return None if place is None or altitude_m is None else (*place, altitude_m)
