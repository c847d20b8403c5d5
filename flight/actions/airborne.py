"""One flight as the actions see it: its plan, its vehicle, and where in the plan it is."""

from dataclasses import dataclass

from flight.events import FlightPhase
from flight.geodesy import distance_m, place_of
from flight.order import Order
from flight.plan import FlightPlan, MissionItem, PlannedDivert, VehicleClass
from flight.protocol.names import Command, VtolState
from flight.vehicle import Vehicle
from flight.vehicles.modes import FOLLOWING, HOLDING

TRANSITION = Command.DO_VTOL_TRANSITION

CLIMBS = frozenset({Command.NAV_WAYPOINT, Command.NAV_LOITER_TO_ALT})
"""The items with which a mission climbs above the pad of the stop."""

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
        return self.vehicle.lands_here

    @property
    def homeward(self) -> bool:
        """Say whether the current item is on the way home."""
        return self.plan.return_seq < self.seq <= self.plan.landing_seq

    @property
    def divert_ahead(self) -> PlannedDivert | None:
        """The divert that the plan has for the current item."""
        return self.plan.divert_from(self.seq)

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
        seq = next((each for each in after if plan.mission[each].command in CLIMBS), None)
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
        """The item that has put a quadplane on its rotors for the current one; ``None`` on its wing.

        At the stop this lasts until the transition behind the release, whatever side ways are between.
        """
        before = self._transitions(VtolState.MULTICOPTER, 0, self.seq)
        if not self.is_quadplane or not before:
            return None
        first = before[-1]
        at_stop = first == self._stop_begins
        ends = self._transitions(
            VtolState.FIXED_WING, self.plan.release_seq if at_stop else first, self.plan.return_seq
        )
        return first if not ends or self.seq <= ends[0] else None

    @property
    def _stop_begins(self) -> int | None:
        """The item that puts a quadplane on its rotors for the stop."""
        return next(iter(self._transitions(VtolState.MULTICOPTER, 0, self.plan.release_seq)[-1:]), None)

    def _distance_to_m(self, item: MissionItem) -> float | None:
        place = self.vehicle.telemetry.place
        return None if place is None else distance_m(place, place_of(item))

    def _transitions(self, state: VtolState, first: int, last: int) -> list[int]:
        """Return the numbers of the transitions to a state among some items."""
        items = self.plan.mission
        found = range(first, min(last, len(items)))
        return [each for each in found if items[each].command == TRANSITION and items[each].param1 == state]
