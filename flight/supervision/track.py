"""Where a plan leads, item by item: home's mission and the ways to divert sites behind it."""

from dataclasses import dataclass
from functools import cached_property

from flight.geodesy import Point, home_of, place_of
from flight.plan import FlightPlan, MissionItem, PlannedDivert
from flight.protocol.names import LANDINGS, Command
from flight.supervision.legs import Leg

WITHOUT_PLACE = frozenset({Command.NAV_TAKEOFF, Command.NAV_VTOL_TAKEOFF})
"""These are flown where the vehicle stands: at home."""


@dataclass(frozen=True)
class Track:
    """The horizontal line of a plan, item by item."""

    plan: FlightPlan

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """For each item the place where it ends; items without a place end where the one before did."""
        here = home_of(self.plan)
        points = [here]
        for item in self.plan.mission[1:]:
            here = _place(item) or here
            points.append(here)
        return tuple(points)

    @cached_property
    def legs(self) -> tuple[Leg, ...]:
        """For each item the leg that ends there.

        A divert begins on the leg under way, so the first leg of its items begins where that leg does.
        """
        legs = [Leg(self.points[max(0, seq - 1)], point) for seq, point in enumerate(self.points)]
        for divert in reversed(self.plan.diverts):
            left = (legs[seq] for seq in range(divert.from_seq, divert.to_seq + 1))
            begins = next((leg.start for leg in left if leg.length_m), None)
            if begins is not None and self._begins_chain(divert):
                legs[divert.enter_seq] = Leg(begins, self.points[divert.enter_seq])
        return tuple(legs)

    @cached_property
    def remaining_m(self) -> tuple[float, ...]:
        """For each item the distance from its end to the landing that it leads to."""
        remaining_m, seen = 0.0, []
        for seq in range(len(self.points) - 1, -1, -1):
            remaining_m = 0.0 if self.plan.mission[seq].command in LANDINGS else remaining_m
            seen.append(remaining_m)
            remaining_m += self.legs[seq].length_m
        return tuple(reversed(seen))

    @property
    def length_m(self) -> float:
        """The whole way."""
        return self.remaining_m[0]

    @cached_property
    def stop_seq(self) -> int:
        """The first item of the stop: everything from here to the release is done above the pad."""
        seq = self.plan.release_seq if self.plan.hold_seq is None else self.plan.hold_seq
        while seq > 2 and self._belongs_to_stop(seq - 1):
            seq -= 1
        return seq

    def is_stop(self, seq: int) -> bool:
        """Say whether an item belongs to the stop, from the approach of the pad to the way home."""
        return self.stop_seq <= seq <= self.plan.return_seq

    @property
    def release_point(self) -> Point:
        """Where the payload is released."""
        return self.points[self.plan.release_seq]

    @property
    def landing_seq(self) -> int:
        """The landing at home; what follows on board are the ways to divert sites."""
        return self.plan.landing_seq

    def ends_at(self, seq: int) -> int:
        """Return the landing in home's mission that an item leads to; at the stop it may end there."""
        return self._ends[min(seq, self.landing_seq)]

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        ends, found = self.landing_seq, []
        for seq in range(self.landing_seq, -1, -1):
            ends = seq if self.plan.mission[seq].command in LANDINGS else ends
            found.append(ends)
        return tuple(reversed(found))

    @cached_property
    def divert_landings(self) -> frozenset[int]:
        """The items that land at divert sites."""
        return frozenset(divert.land_seq for divert in self.plan.diverts)

    def follows(self, seq: int, before: int) -> bool:
        """Say whether an item comes next after another one: nothing between them leads anywhere."""
        passed = self.legs[before + 1 : seq]
        return seq > before and not any(leg.length_m for leg in passed)

    def distance_to_go_m(self, seq: int, position: Point) -> float:
        """Return the way from a position, on the way to an item, to the landing that it leads to."""
        seq = min(max(seq, 0), len(self.points) - 1)
        return Leg(position, self.points[seq]).length_m + self.remaining_m[seq]

    def time_to_go_s(self, distance_to_go_m: float) -> float:
        """Return the time that the plan gives to a remaining distance, at its own mean speed."""
        return self.plan.planned_duration_s * self.remaining_part(distance_to_go_m)

    def progress(self, distance_to_go_m: float) -> float:
        """Return the flown part of the way, 0 to 1."""
        return 1.0 - self.remaining_part(distance_to_go_m)

    def remaining_part(self, distance_to_go_m: float) -> float:
        """Return the part of the way that is left, 0 to 1."""
        return min(1.0, distance_to_go_m / self.length_m) if self.length_m > 0 else 0.0

    def _begins_chain(self, divert: PlannedDivert) -> bool:
        """Say whether nothing of the same way is flown before the item at which a divert enters."""
        others = (each.enter_seq for each in self.plan.diverts if each.land_seq == divert.land_seq)
        return divert.enter_seq == min(others)

    def _belongs_to_stop(self, seq: int) -> bool:
        placed = self.plan.mission[seq].command == Command.NAV_WAYPOINT
        return not placed or self.points[seq] == self.release_point


def _place(item: MissionItem) -> Point | None:
    """Return where an item ends, if it names a place."""
    if (item.x_e7, item.y_e7) == (0, 0) or item.command in WITHOUT_PLACE:
        return None
    return place_of(item)
