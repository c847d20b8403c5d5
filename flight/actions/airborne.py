"""One flight as the actions see it: its plan, its vehicle, and where in the plan it is."""

from collections.abc import Iterator
from dataclasses import dataclass

from flight.events import FlightPhase
from flight.geodesy import degrees_from_e7, distance_m
from flight.order import Order
from flight.plan import FlightPlan, MissionItem, PlannedDivert, VehicleClass
from flight.protocol.names import Command, VtolState
from flight.vehicle import Vehicle
from flight.vehicles.modes import DESCENDING, FOLLOWING, HOLDING

ABOVE_PAD_M = 30.0
"""A pad is 10 m wide, a position is good to 5 m, and a vehicle in wind hovers beside its point."""

CLIMBED_M = 5.0
"""Barometric heights are good to this; a climb that is so near to its end is over."""


@dataclass(frozen=True)
class Airborne:
    """What an action may look at.

    Everything but the phase is read from the vehicle's newest words, so that it is the same after a restart
    of the gateway.
    """

    order: Order
    vehicle: Vehicle
    phase: FlightPhase

    @property
    def plan(self) -> FlightPlan:
        """What is on board."""
        return self.order.plan

    @property
    def is_quadplane(self) -> bool:
        """Say whether the vehicle has a wing."""
        return self.vehicle.vehicle_class is VehicleClass.QUADPLANE

    @property
    def seq(self) -> int:
        """The current item; 0 where the vehicle has not told."""
        return self.vehicle.telemetry.mission_seq or 0

    @property
    def follows_mission(self) -> bool:
        """Say whether the mission is flown: as planned, on its return path, or on the way to a divert."""
        return self.vehicle.telemetry.mode in FOLLOWING[self.vehicle.vehicle_class]

    @property
    def held(self) -> bool:
        """Say whether the vehicle waits in the mode in which we hold it."""
        return self.vehicle.telemetry.mode == HOLDING[self.vehicle.vehicle_class]

    @property
    def lands_here(self) -> bool:
        """Say whether the vehicle lands where it is, apart from its mission."""
        return self.vehicle.telemetry.mode in DESCENDING[self.vehicle.vehicle_class]

    @property
    def homeward(self) -> bool:
        """Say whether the current item is on the way home."""
        return self.plan.return_seq < self.seq <= self.plan.landing_seq

    @property
    def divert_ahead(self) -> PlannedDivert | None:
        """The divert that the plan has for the current item."""
        for divert in self.plan.diverts:
            if divert.from_seq <= self.seq <= divert.to_seq:
                return divert
        return None

    @property
    def divert_under_way(self) -> PlannedDivert | None:
        """The divert on whose way the current item is."""
        on_the_way = (each for each in self.plan.diverts if each.enter_seq <= self.seq <= each.land_seq)
        return next(on_the_way, None) if self.seq > self.plan.landing_seq else None

    @property
    def climb_seq(self) -> int | None:
        """The climb above the pad of the stop, for a vehicle that is below its end there."""
        plan, height_m = self.plan, self.height_m
        after = range(plan.release_seq + 1, plan.return_seq)
        seq = next((each for each in after if plan.mission[each].command == Command.NAV_WAYPOINT), None)
        if seq is None or height_m is None or self.seq >= plan.return_seq:
            return None
        off_m = self._distance_to_m(plan.mission[seq])
        is_below = height_m < plan.mission[seq].z_m - CLIMBED_M
        return seq if is_below and off_m is not None and off_m <= ABOVE_PAD_M else None

    @property
    def height_m(self) -> float | None:
        """Height above home, or ``None`` where it is not known."""
        return self.vehicle.telemetry.altitude_above_home_m

    @property
    def rotors_seq(self) -> int | None:
        """The item that has put a quadplane on its rotors for the current one; ``None`` on its wing."""
        last = next(self._transitions_before(self.seq), None)
        on_rotors = last is not None and self.plan.mission[last].param1 == VtolState.MULTICOPTER
        return last if self.is_quadplane and on_rotors else None

    def _distance_to_m(self, item: MissionItem) -> float | None:
        telemetry = self.vehicle.telemetry
        if telemetry.latitude_deg is None or telemetry.longitude_deg is None:
            return None
        place = (degrees_from_e7(item.x_e7), degrees_from_e7(item.y_e7))
        return distance_m((telemetry.latitude_deg, telemetry.longitude_deg), place)

    def _transitions_before(self, seq: int) -> Iterator[int]:
        """Yield the numbers of the transitions before an item, the last one first."""
        before = range(min(seq, len(self.plan.mission)) - 1, 0, -1)
        return (each for each in before if self.plan.mission[each].command == Command.DO_VTOL_TRANSITION)
