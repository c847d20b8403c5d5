"""Checking the returns and diverts of a certificate: all there, to real sites, and their sums right."""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import shapely

from geofences.airspace import Airspace
from geofences.judge_parts import Points, Segment, lines_of
from geofences.route import Certificate, CheckedDivert, FlightFigures, Route, Way
from geofences.values import Position

ENERGY_TOLERANCE_WH = 0.1
TIME_TOLERANCE_S = 0.2
LENGTH_TOLERANCE_M = 1.0
PLACE_TOLERANCE_M = 0.1
SPEED_TOLERANCE_M_S = 0.01
LEAST_SPEED_M_S = 1.0

STEP_M = 50.0
"""Distance between the points of a leg whose straight way to the way home is measured."""

ABOUT_TURN = 7.0 / 3.0 * math.pi
"""Shortest turn back over the same point, in radii (Dubins 1957)."""


@dataclass(frozen=True)
class RescueJudge:
    """Looks at the returns and diverts of a certificate."""

    certificate: Certificate
    figures: FlightFigures
    way_out: Route
    way_home: Route
    airspace: Airspace
    segments: tuple[list[Segment], list[Segment]]

    def violations(self) -> Iterator[str]:
        """Yield everything that is wrong with the returns and diverts."""
        yield from self._completeness()
        for each in self.certificate.returns:
            if 0 < each.leg < len(self.way_out.waypoints):
                yield from self._return(each.leg, each.needed_wh)
        for divert in self.certificate.diverts:
            route = self.way_out if divert.way is Way.OUT else self.way_home
            if 0 < divert.leg < len(route.waypoints):
                yield from self._divert(divert, route)

    def _completeness(self) -> Iterator[str]:
        wanted = list(range(1, len(self.way_out.waypoints)))
        if [each.leg for each in self.certificate.returns] != wanted:
            yield "the certificate does not have one return for every leg of the way out"
        for way, route in ((Way.OUT, self.way_out), (Way.HOME, self.way_home)):
            legs = [each.leg for each in self.certificate.diverts if each.way is way]
            if legs != list(range(1, len(route.waypoints))):
                yield f"the certificate does not have one divert for every leg of the way {way}"

    def _return(self, leg: int, stated_wh: float) -> Iterator[str]:
        figures, at = self.figures, self.way_out.waypoints[leg]
        apart_m, left_wh = self._way_back(leg)
        about_s = ABOUT_TURN * figures.turn_radius_m / figures.cruise_speed_m_s
        slowest_m_s = max(LEAST_SPEED_M_S, figures.cruise_speed_m_s - figures.strongest_wind_m_s)
        climb_m = max(0.0, max(each.altitude_amsl_m for each in self.way_home.waypoints) - at.altitude_amsl_m)
        needed_wh = at.energy_wh + left_wh
        needed_wh += figures.cruise_w * (about_s + apart_m / slowest_m_s) / 3600.0
        needed_wh += figures.climb_w * climb_m / figures.climb_rate_m_s / 3600.0
        if not stated_wh >= needed_wh - ENERGY_TOLERANCE_WH:
            yield f"return from leg {leg}: says {stated_wh:.1f} Wh, but needs {needed_wh:.1f} Wh"
        yield from self._over(f"return from leg {leg}", stated_wh)

    def _way_back(self, leg: int) -> tuple[float, float]:
        """Return the longest straight way from a leg to the way home, and the energy from there."""
        home = lines_of(self.segments[1])
        points = shapely.get_coordinates(shapely.segmentize(self.segments[0][leg - 1].line, STEP_M))
        apart_m = float(shapely.distance(shapely.points(points)[:, None], home[None, :]).min(axis=1).max())
        total_wh = self.way_home.waypoints[-1].energy_wh
        if apart_m > PLACE_TOLERANCE_M or leg == len(self.segments[0]):
            return apart_m, total_wh
        return 0.0, total_wh - self._passed_wh(self.segments[0][leg - 1].end)

    def _passed_wh(self, point: Points) -> float:
        """Return what the way home has used where it first passes a point (but for its last descent)."""
        for segment, (before, after) in zip(
            self.segments[1], itertools.pairwise(self.way_home.waypoints), strict=True
        ):
            if segment.line.distance(shapely.Point(point)) <= PLACE_TOLERANCE_M:
                if after is self.way_home.waypoints[-1]:
                    return before.energy_wh
                part = min(
                    1.0, math.dist(segment.start, point) / max(math.dist(segment.start, segment.end), 1e-9)
                )
                return before.energy_wh + part * (after.energy_wh - before.energy_wh)
        return 0.0

    def _divert(self, divert: CheckedDivert, route: Route) -> Iterator[str]:
        name = f"divert from leg {divert.leg} of way {divert.way}"
        site = self.airspace.sites.get(divert.site_id)
        if site is None or site.approach is None:
            yield f"{name}: {divert.site_id} is not a drone site"
            return
        at = route.waypoints[divert.leg]
        if not divert.path or self._apart_m(divert.path[0], at.position) > PLACE_TOLERANCE_M:
            yield f"{name}: its path does not begin at the end of the leg"
            return
        if self._apart_m(divert.path[-1], site.position) > PLACE_TOLERANCE_M:
            yield f"{name}: its path does not end at the pad of {divert.site_id}"
        landed = divert.leg == len(route.waypoints) - 1 and divert.site_id == route.destination_site_id
        down_m = 0.0 if landed else abs(at.altitude_amsl_m - site.elevation_amsl_m)
        yield from self._sums(name, divert, down_m)
        total_wh = at.energy_wh + divert.energy_wh
        if divert.way is Way.HOME:
            total_wh += self.certificate.energy_wh - self.way_home.energy_wh
        if not abs(total_wh - divert.needed_wh) <= ENERGY_TOLERANCE_WH:
            yield f"{name}: says {divert.needed_wh:.1f} Wh in all, but needs {total_wh:.1f} Wh"
        yield from self._over(name, divert.needed_wh)

    def _sums(self, name: str, divert: CheckedDivert, down_m: float) -> Iterator[str]:
        lengths_m = [self._apart_m(*leg) for leg in itertools.pairwise(divert.path)]
        speeds_m_s = divert.ground_speeds_m_s
        if len(speeds_m_s) != len(lengths_m) or not self._fit(speeds_m_s):
            yield f"{name}: its speeds do not fit the aircraft and its wind"
            return
        down_s = down_m / self.figures.descent_rate_m_s
        cruise_s = sum(length_m / speed for length_m, speed in zip(lengths_m, speeds_m_s, strict=True))
        energy_wh = (self.figures.cruise_w * cruise_s + self.figures.descent_w * down_s) / 3600.0
        for what, stated, found, tolerance in (
            ("m", divert.length_m, sum(lengths_m), LENGTH_TOLERANCE_M),
            ("s", divert.duration_s, cruise_s + down_s, TIME_TOLERANCE_S),
            ("Wh", divert.energy_wh, energy_wh, ENERGY_TOLERANCE_WH),
        ):
            if not abs(stated - found) <= tolerance:
                yield f"{name}: says {stated:.1f} {what}, but needs {found:.1f} {what}"

    def _fit(self, speeds_m_s: Sequence[float]) -> bool:
        reach_m_s = self.figures.strongest_wind_m_s + SPEED_TOLERANCE_M_S
        return all(
            each >= LEAST_SPEED_M_S - SPEED_TOLERANCE_M_S
            and abs(each - self.figures.cruise_speed_m_s) <= reach_m_s
            for each in speeds_m_s
        )

    def _over(self, name: str, needed_wh: float) -> Iterator[str]:
        if not needed_wh <= self.certificate.usable_wh + ENERGY_TOLERANCE_WH:
            yield f"{name}: needs {needed_wh:.0f} Wh, but may use {self.certificate.usable_wh:.0f} Wh"

    def _apart_m(self, first: Position, second: Position) -> float:
        local = self.airspace.projection.local_from_position
        return math.dist(local(first), local(second))
