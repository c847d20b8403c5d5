"""What a plan expects at the end of each of its items: time, energy, corridor and height.

The figures are those of the certified routes. What the routes count as descent at the stop, the stop itself
and the climb after it are one time, of which each item gets its share.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

from flight.errors import PlanError
from flight.plan import Expected
from flight.vehicles.marks import Mark
from geofences.route import FlightFigures, Route, RouteWaypoint, Way

_JOULES_PER_WH = 3600.0


@dataclass(frozen=True)
class Expectations:
    """Time and energy of both ways and of the stop.

    Parameters
    ----------
    figures
        Speeds and powers that the certificate counts with.
    hub_amsl_m, pad_amsl_m
        The heights of the pads that the way out begins and ends at.
    home_amsl_m
        The height of the pad that the vehicle takes off from: heights are told above it.
    energy_wh
        All energy of both ways, with the stop and without a wait for the receiver.
    hold_s
        The longest wait for the receiver.
    """

    way_out: Route
    way_home: Route
    figures: FlightFigures
    hub_amsl_m: float
    pad_amsl_m: float
    home_amsl_m: float
    energy_wh: float
    hold_s: float = 0.0

    @property
    def total(self) -> Expected:
        """Time and energy from take-off to landing, the longest wait included."""
        return Expected(self._home_starts.time_s + self.way_home.duration_s, self.energy_wh + self.hold_wh)

    @property
    def hold_wh(self) -> float:
        """Energy of the longest wait; a hover draws what the certificate counts for a descent."""
        return self.figures.descent_w * self.hold_s / _JOULES_PER_WH

    @property
    def home(self) -> Expected:
        """Time and energy of the way home alone."""
        return Expected(self.way_home.duration_s, self.way_home.energy_wh)

    @property
    def landing_wh(self) -> float:
        """Energy of a landing at the destination, from the height at which its pad is reached."""
        return self._descent(Way.OUT, self.way_out.waypoints[-1]).energy_wh

    def expected(self, marks: Sequence[Mark]) -> tuple[Expected, ...]:
        """Return what is expected at the end of each item, the first being home and the last the landing."""
        stopped_s = max(mark.stopped_s or 0.0 for mark in marks)
        self._check_stop(stopped_s)
        return (Expected(0.0, 0.0), *(self._at(mark, stopped_s) for mark in marks[1:]))

    def expected_from_stop(self, marks: Sequence[Mark]) -> tuple[Expected, ...]:
        """Return the same for a flight home that begins on the ground at the destination."""
        start = self._home_starts
        return (
            Expected(0.0, 0.0),
            *(
                replace(each, time_s=each.time_s - start.time_s, energy_wh=each.energy_wh - start.energy_wh)
                for each in self.expected(marks)[1:]
            ),
        )

    def _at(self, mark: Mark, stopped_s: float) -> Expected:
        if mark.stopped_s is not None:
            return self._in_stop(mark.stopped_s / stopped_s if stopped_s else 1.0)
        before, to = self._ends(mark)
        flown = self._flown(mark, before, to)
        start = self._home_starts if mark.way is Way.HOME else Expected(0.0, 0.0)
        return Expected(
            start.time_s + flown.time_s,
            start.energy_wh + flown.energy_wh,
            to.half_width_m if mark.flown else None,
            to.altitude_amsl_m - self.home_amsl_m if mark.flown and not mark.landed else None,
        )

    def _flown(self, mark: Mark, before: RouteWaypoint, to: RouteWaypoint) -> Expected:
        """Return time and energy since the way began."""
        if mark.landed:
            return Expected(to.offset_s, to.energy_wh)
        cruise = self._cruise(mark, before, to)
        return Expected(
            before.offset_s + mark.part * cruise.time_s, before.energy_wh + mark.part * cruise.energy_wh
        )

    def _cruise(self, mark: Mark, before: RouteWaypoint, to: RouteWaypoint) -> Expected:
        """Return time and energy of a leg, without the descent that the last leg of a route counts."""
        time_s, energy_wh = to.offset_s - before.offset_s, to.energy_wh - before.energy_wh
        if mark.leg == len(self._route(mark.way).waypoints) - 1:
            descent = self._descent(mark.way, to)
            time_s, energy_wh = time_s - descent.time_s, energy_wh - descent.energy_wh
        return Expected(time_s, energy_wh)

    def _descent(self, way: Way, last: RouteWaypoint) -> Expected:
        pad_amsl_m = self.pad_amsl_m if way is Way.OUT else self.hub_amsl_m
        time_s = abs(last.altitude_amsl_m - pad_amsl_m) / self.figures.descent_rate_m_s
        return Expected(time_s, self.figures.descent_w * time_s / _JOULES_PER_WH)

    def _in_stop(self, part: float) -> Expected:
        begins, ends = self._over_pad, self._leaves_pad
        time_s = begins.time_s + part * (ends.time_s - begins.time_s)
        return Expected(time_s, begins.energy_wh + part * (ends.energy_wh - begins.energy_wh))

    def _check_stop(self, stopped_s: float) -> None:
        planned_s = self._leaves_pad.time_s - self._over_pad.time_s
        if stopped_s > planned_s:
            raise PlanError(
                f"the items above the pad take {stopped_s:.0f} s, and the plan counts {planned_s:.0f} s"
                " there: plan the round trip with a longer stop (stop_s)"
            )

    @cached_property
    def _over_pad(self) -> Expected:
        last = self.way_out.waypoints[-1]
        descent = self._descent(Way.OUT, last)
        return Expected(last.offset_s - descent.time_s, last.energy_wh - descent.energy_wh)

    @cached_property
    def _leaves_pad(self) -> Expected:
        first = self.way_home.waypoints[0]
        start = self._home_starts
        return Expected(start.time_s + first.offset_s, start.energy_wh + first.energy_wh)

    @cached_property
    def _home_starts(self) -> Expected:
        arrives_at = self.way_out.departure + timedelta(seconds=self.way_out.duration_s)
        stop_s = (self.way_home.departure - arrives_at).total_seconds()
        time_s = self.way_out.duration_s + stop_s + self.hold_s
        return Expected(time_s, self.energy_wh + self.hold_wh - self.way_home.energy_wh)

    def _ends(self, mark: Mark) -> tuple[RouteWaypoint, RouteWaypoint]:
        waypoints = self._route(mark.way).waypoints
        return waypoints[mark.leg - 1], waypoints[mark.leg]

    def _route(self, way: Way) -> Route:
        return self.way_out if way is Way.OUT else self.way_home
