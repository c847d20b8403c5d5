"""Where a vehicle is along its plan: distance to go, progress, time of arrival."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from flight.geodesy import degrees_from_e7, distance_m
from flight.plan import FlightPlan, MissionItem
from flight.protocol.names import Command

Point = tuple[float, float]

WITHOUT_PLACE = frozenset({Command.NAV_TAKEOFF, Command.NAV_VTOL_TAKEOFF})
"""These are flown where the vehicle stands: at home."""


@dataclass(frozen=True)
class Track:
    """The horizontal line of a plan, item by item."""

    plan: FlightPlan

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """For each item the place where it ends; items without a place end where the one before did."""
        here = (degrees_from_e7(self.plan.home_latitude_e7), degrees_from_e7(self.plan.home_longitude_e7))
        points = [here]
        for item in self.plan.mission[1 : self.plan.landing_seq + 1]:
            if (item.x_e7, item.y_e7) != (0, 0) and item.command not in WITHOUT_PLACE:
                here = (degrees_from_e7(item.x_e7), degrees_from_e7(item.y_e7))
            points.append(here)
        return tuple(points)

    @cached_property
    def remaining_m(self) -> tuple[float, ...]:
        """For each item the distance from its end to the end of the plan."""
        legs = [distance_m(one, other) for one, other in pairwise(self.points)]
        return tuple(sum(legs[number:]) for number in range(len(self.points)))

    @property
    def length_m(self) -> float:
        """The whole way."""
        return self.remaining_m[0]

    @cached_property
    def stop_seq(self) -> int:
        """The first item of the stop: everything from here to the release is done above the pad."""
        seq = self.plan.release_seq
        while seq > 2 and self._belongs_to_stop(seq - 1):
            seq -= 1
        return seq

    @property
    def release_point(self) -> Point:
        """Where the payload is released."""
        return self.points[self.plan.release_seq]

    @property
    def landing_seq(self) -> int:
        """The landing at home; what follows on board are the ways to divert sites."""
        return self.plan.landing_seq

    def distance_to_go_m(self, seq: int, position: Point) -> float:
        """Return the way from a position, on the way to an item, to the end of the plan."""
        seq = min(max(seq, 0), self.landing_seq)
        return distance_m(position, self.points[seq]) + self.remaining_m[seq]

    def time_to_go_s(self, distance_to_go_m: float) -> float:
        """Return the time that the plan gives to a remaining distance, at its own mean speed."""
        return self.plan.planned_duration_s * self.remaining_part(distance_to_go_m)

    def progress(self, distance_to_go_m: float) -> float:
        """Return the flown part of the way, 0 to 1."""
        return 1.0 - self.remaining_part(distance_to_go_m)

    def remaining_part(self, distance_to_go_m: float) -> float:
        """Return the part of the way that is left, 0 to 1."""
        return min(1.0, distance_to_go_m / self.length_m) if self.length_m > 0 else 0.0

    def _belongs_to_stop(self, seq: int) -> bool:
        item: MissionItem = self.plan.mission[seq]
        placed = item.command == Command.NAV_WAYPOINT
        return not placed or self.points[seq] == self.release_point
