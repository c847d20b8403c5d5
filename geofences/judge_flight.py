"""Checking how a flight goes: heights, lanes, speeds, times and energies, recomputed from the figures."""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from geofences.airspace import Airspace
from geofences.judge_lanes import overlooked_lanes
from geofences.judge_parts import Flags, Lane, Points, Segment, lanes_of, sectors_of
from geofences.route import FlightFigures, Route, Way
from geofences.values import AltitudeBand, Interval
from geofences.zones import CLOSES_SOON

STEP_M = 10.0
"""Distance between the points of a leg that are looked for in a lane."""

LANE_EDGE_M = 1.0
"""How far outside a lane a point still counts as inside: lanes are cut where their edge is crossed."""

RUN_UP_PER_M = 40.0
"""Metres over ground that a metre of height may take before a lane: 1 m/s down at 40 m/s over ground."""

TIME_TOLERANCE_S = 0.1
ENERGY_TOLERANCE_WH = 0.05
SPEED_TOLERANCE_M_S = 0.01
LENGTH_TOLERANCE_M = 1.0
"""A length of the map and of positions rounded to 1e-7 degrees: 1 cm for each of a hundred waypoints."""

PAD_TOLERANCE_M = 0.1


@dataclass(frozen=True)
class FlightJudge:
    """Looks at the waypoints of one way."""

    airspace: Airspace
    interval: Interval
    way: Way
    route: Route
    segments: Sequence[Segment]

    def violations(self, figures: FlightFigures | None) -> Iterator[str]:
        """Yield everything that is wrong with places, heights and lanes, and by the figures with the rest."""
        yield from self._ends()
        yield from self._widths()
        yield from self._limits()
        yield from self._heights()
        if figures is not None:
            yield from self._speeds(figures)
            yield from self._times_and_energies(figures)

    def _ends(self) -> Iterator[str]:
        sites = (self.route.origin_site_id, self.route.destination_site_id)
        places = (self.segments[0].start, self.segments[-1].end)
        for site_id, place in zip(sites, places, strict=True):
            if site_id in self.airspace.sites:
                pad = self.airspace.projection.local_from_position(self.airspace.sites[site_id].position)
                if math.dist(pad, place) > PAD_TOLERANCE_M:
                    yield f"way {self.way}: does not lead over the pad of {site_id}"

    def _widths(self) -> Iterator[str]:
        policy = self.airspace.policy
        for segment in self.segments:
            needed_m = (
                policy.cruise_half_width_m if segment.pad_floor_m is None else policy.approach_half_width_m
            )
            if segment.half_width_m < needed_m:
                yield f"{segment.name}: a corridor of {segment.half_width_m:g} m to each side is too narrow"

    def _limits(self) -> Iterator[str]:
        ceiling_m = self.airspace.policy.altitude_limit_above_ground_m
        for number, waypoint in enumerate(self.route.waypoints):
            if not waypoint.altitude_amsl_m <= ceiling_m:
                yield f"way {self.way}, waypoint {number}: {waypoint.altitude_amsl_m:g} m is over the limit"
        approaches = sectors_of(self.airspace, (self.route.origin_site_id, self.route.destination_site_id))
        for sector in approaches:
            lowest_m = min(each.altitude_amsl_m for each in self.route.waypoints)
            if lowest_m < sector.floor_amsl_m:
                yield f"way {self.way}: {lowest_m:g} m AMSL is under the approach of {sector.site_id}"

    def _heights(self) -> Iterator[str]:
        lanes = {lane.corridor.id: lane for lane in lanes_of(self.airspace, self.interval)}
        policy = self.airspace.policy
        own = policy.outbound if self.way is Way.OUT else policy.inbound
        numbers = range(1, len(self.route.waypoints))
        for lane_id, group in itertools.groupby(numbers, key=self._lane_id):
            legs = list(group)
            if lane_id is None:
                yield from self._outside(legs, own)
            elif lane_id not in lanes:
                yield f"way {self.way}, leg {legs[0]}: the corridor {lane_id} is not open"
            else:
                yield from self._lane(legs, lanes[lane_id], own)
        lasting = Interval(self.interval.start, self.interval.end + CLOSES_SOON)
        at_sea = [number for number in numbers if self.segments[number - 1].pad_floor_m is None]
        yield from overlooked_lanes(
            [self.segments[number - 1] for number in at_sea],
            [self.route.waypoints[number] for number in at_sea],
            list(lanes_of(self.airspace, lasting)),
        )

    def _lane_id(self, number: int) -> str | None:
        return self.route.waypoints[number].corridor_id

    def _outside(self, legs: Sequence[int], band: AltitudeBand) -> Iterator[str]:
        for number in ([0] if legs[0] == 1 else []) + list(legs):
            altitude_m = self.route.waypoints[number].altitude_amsl_m
            if not band.floor_amsl_m <= altitude_m <= band.ceiling_amsl_m:
                yield (
                    f"way {self.way}, waypoint {number}: flies at {altitude_m:g} m AMSL, outside its "
                    f"band of {band.floor_amsl_m:g} to {band.ceiling_amsl_m:g} m"
                )

    def _lane(self, legs: Sequence[int], lane: Lane, own: AltitudeBand) -> Iterator[str]:
        """Check legs that name a lane, point by point: the band of its direction, and no other outside."""
        name = f"way {self.way}, leg {legs[0]}"
        points = _points([self.segments[number - 1] for number in legs])
        inside = _in_lane(lane, points)
        if not inside.any():
            yield f"{name}: never comes into the corridor {lane.corridor.id}"
            return
        first, last = shapely.line_locate_point(lane.line, shapely.points(points[inside][[0, -1]]))
        band = lane.corridor.outbound if last > first else lane.corridor.inbound
        if band is None:
            yield f"{name}: goes against the one-way corridor {lane.corridor.id}"
        else:
            yield from self._outside(legs, band)
        rise_m = abs(
            self.route.waypoints[legs[0]].altitude_amsl_m - self.route.waypoints[legs[0] - 1].altitude_amsl_m
        )
        if (~inside).sum() * STEP_M > RUN_UP_PER_M * rise_m + 2 * STEP_M:
            yield from self._outside(legs, own)
        limit_m_s = lane.corridor.speed_limit_m_s
        for number in legs:
            airspeed_m_s = self.route.waypoints[number].airspeed_m_s
            if limit_m_s is not None and airspeed_m_s > limit_m_s + SPEED_TOLERANCE_M_S:
                yield f"way {self.way}, leg {number}: {airspeed_m_s:g} m/s, allowed are {limit_m_s:g} m/s"

    def _speeds(self, figures: FlightFigures) -> Iterator[str]:
        if self.route.turn_radius_m < figures.turn_radius_m:
            yield f"way {self.way}: turns of {self.route.turn_radius_m:g} m are too tight for the aircraft"
        for number, waypoint in enumerate(self.route.waypoints):
            too_fast = waypoint.airspeed_m_s > figures.cruise_speed_m_s + SPEED_TOLERANCE_M_S
            apart_m_s = abs(waypoint.ground_speed_m_s - waypoint.airspeed_m_s)
            if too_fast or not apart_m_s <= figures.strongest_wind_m_s + SPEED_TOLERANCE_M_S:
                yield (
                    f"way {self.way}, waypoint {number}: {waypoint.airspeed_m_s:g} m/s through the air and "
                    f"{waypoint.ground_speed_m_s:g} m/s over ground do not fit the aircraft and its wind"
                )

    def _times_and_energies(self, figures: FlightFigures) -> Iterator[str]:
        """Add up the flight: climb, legs at their ground speeds with their climbs, descent."""
        waypoints, length_m = self.route.waypoints, 0.0
        time_s = self._above_pad_m(self.route.origin_site_id, 0) / figures.climb_rate_m_s
        energy_wh = figures.climb_w * time_s / 3600.0
        yield from self._differs(0, time_s, energy_wh)
        for number, segment in enumerate(self.segments, start=1):
            leg_m = math.dist(segment.start, segment.end)
            length_m += leg_m
            speed_m_s = max(waypoints[number].ground_speed_m_s, SPEED_TOLERANCE_M_S)
            rise_m = waypoints[number].altitude_amsl_m - waypoints[number - 1].altitude_amsl_m
            time_s += leg_m / speed_m_s
            energy_wh += figures.cruise_w * leg_m / speed_m_s / 3600.0
            energy_wh += figures.climb_w * max(0.0, rise_m) / figures.climb_rate_m_s / 3600.0
            if number == len(self.segments):
                down_s = self._above_pad_m(self.route.destination_site_id, -1) / figures.descent_rate_m_s
                time_s += down_s
                energy_wh += figures.descent_w * down_s / 3600.0
            yield from self._differs(number, time_s, energy_wh)
        if not abs(length_m - self.route.length_m) <= LENGTH_TOLERANCE_M:
            yield f"way {self.way}: says {self.route.length_m:.0f} m, but is {length_m:.0f} m long"

    def _differs(self, number: int, time_s: float, energy_wh: float) -> Iterator[str]:
        waypoint = self.route.waypoints[number]
        if not abs(waypoint.offset_s - time_s) <= TIME_TOLERANCE_S:
            yield (
                f"way {self.way}, waypoint {number}: says {waypoint.offset_s:.1f} s, but takes {time_s:.1f} s"
            )
        if not abs(waypoint.energy_wh - energy_wh) <= ENERGY_TOLERANCE_WH:
            yield (
                f"way {self.way}, waypoint {number}: says {waypoint.energy_wh:.2f} Wh, "
                f"but needs {energy_wh:.2f} Wh"
            )

    def _above_pad_m(self, site_id: str, index: int) -> float:
        site = self.airspace.sites.get(site_id)
        altitude_m = self.route.waypoints[index].altitude_amsl_m
        return 0.0 if site is None else abs(altitude_m - site.elevation_amsl_m)


def _points(segments: Sequence[Segment]) -> Points:
    """Return points of the middle of some segments, in the order flown."""
    lines = shapely.segmentize([segment.line for segment in segments], STEP_M)
    return np.asarray(shapely.get_coordinates(lines), dtype=np.float64)


def _in_lane(lane: Lane, points: Points) -> Flags:
    body = lane.line if lane.area is None else lane.area
    reach_m = LANE_EDGE_M + (lane.corridor.width_m / 2 if lane.area is None else 0.0)
    return np.asarray(shapely.dwithin(body, shapely.points(points), reach_m), dtype=np.bool_)
