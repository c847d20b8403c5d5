"""One question to the router: who flies from where to where, and how; answered for any departure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Self

import numpy as np
import shapely

from geofences.airspace import Airspace
from geofences.along import in_force, open_lanes, route_along
from geofences.corners import Turning, flyable_path
from geofences.ends import End
from geofences.errors import NoRoute, TurnError
from geofences.flight_cost import TimeInWind
from geofences.lanes import Lanes
from geofences.performance import Performance
from geofences.route import Route
from geofences.shapes import ROUNDING_M, XY, length_of
from geofences.values import AltitudeBand, Interval
from geofences.visibility import VisibilityGraph
from geofences.wind import WindField
from geofences.zones import Corridor, Zone


@dataclass(frozen=True, slots=True)
class Blocked:
    """Why there is no way at a departure.

    ``zones`` are those in force. ``by_zones`` says whether other zones could help: not where the way is open
    but cannot be flown (wind, one-way lanes, corners).
    """

    reason: str
    zones: tuple[Zone, ...]
    by_zones: bool


@dataclass(frozen=True)
class Query:
    """Who wants to fly where; departure, zones and corridors are varied to find out what blocks.

    Parameters
    ----------
    band
        The band outside lanes.
    bands
        All bands in which the way must be free.
    keep_free_s
        How long after the arrival the way must stay free.
    free_from
        From when the way must be free, if before the departure.
    """

    airspace: Airspace
    origin: End
    destination: End
    performance: Performance
    band: AltitudeBand
    bands: tuple[AltitudeBand, ...]
    keep_free_s: float = 0.0
    free_from: datetime | None = None

    def answer(self, departure: datetime) -> Route | Blocked:
        """Return the route for a departure, or why there is none.

        A zone that begins (or a corridor that closes) before the end of the flight counts for all of it, and
        may make the way longer, so that yet another counts; their set only grows, so this ends.
        """
        interval = self._interval(departure, departure)
        while True:
            zones = self.zones(interval)
            found = self._route(zones, interval, departure)
            if isinstance(found, Blocked):
                return found
            end = departure + timedelta(seconds=found.duration_s + self.keep_free_s)
            before = self._rules(interval)
            interval = self._interval(departure, max(end, interval.end))
            if self._rules(interval) == before:
                return found

    def zones(self, interval: Interval) -> tuple[Zone, ...]:
        """Return the zones that may concern the flight: of all its altitudes, from the ground up."""
        pads_amsl_m = (self.origin.elevation_amsl_m, self.destination.elevation_amsl_m)
        floors = [band.floor_amsl_m for band in self.bands]
        floors += [each for each in pads_amsl_m if each is not None]
        column = AltitudeBand(min(floors), max(band.ceiling_amsl_m for band in self.bands))
        return self.airspace.zones_for([column], interval)

    def _rules(self, interval: Interval) -> tuple[tuple[Zone, ...], tuple[Zone, ...], tuple[Corridor, ...]]:
        airspace = self.airspace
        cautions = airspace.cautions_for(self.bands, interval)
        return self.zones(interval), cautions, airspace.corridors_open(interval)

    def is_open(self, zones: Sequence[Zone], at: datetime) -> bool:
        """Say whether there is any way under some zones at a time, wind and turns aside."""
        airspace = in_force(self.airspace, Interval(at, at))
        joined = partial(airspace.are_joined, self.origin.gate, self.destination.gate)
        return self._approaches_are_free(airspace, zones) and joined(self._at_sea(airspace, zones))

    def along(self, points: Sequence[XY], departure: datetime, lasts_s: float) -> Route:
        """Return the route along given corners, pads included, in lanes that stay open as long as it is kept.

        Parameters
        ----------
        lasts_s
            What it lasts at least.

        Raises
        ------
        NoRoute
            Where the wind is too strong for a leg, or a leg would go against a one-way lane.
        """
        table = np.array(points)
        while True:
            end = departure + timedelta(seconds=lasts_s + self.keep_free_s)
            lanes = open_lanes(self.airspace, self._interval(departure, end))
            if lanes.against_one_way(table[:-1], table[1:]).any():
                raise NoRoute(f"the way back to {self.destination.id} would go against a one-way corridor")
            found = self._timed(points, lanes, departure)
            if found.duration_s <= lasts_s:
                return found
            lasts_s = found.duration_s

    def in_wind(self, wind: WindField) -> Self:
        """Return the same question in another wind."""
        return replace(self, performance=replace(self.performance, wind=wind))

    def _interval(self, departure: datetime, end: datetime) -> Interval:
        return Interval(departure if self.free_from is None else min(self.free_from, departure), end)

    def _route(self, zones: tuple[Zone, ...], interval: Interval, departure: datetime) -> Route | Blocked:
        nowhere = f"no flyable way from {self.origin.id} to {self.destination.id}"
        graph, lanes = self._graph(zones, interval), open_lanes(self.airspace, interval)
        if graph is None:
            return Blocked(nowhere, zones, True)
        path = self._path(graph, lanes, departure)
        if path is None and graph.shortest_path(self.origin.gate, self.destination.gate) is None:
            return Blocked(nowhere, zones, True)
        if path is None:
            return Blocked(f"{nowhere}: {self._hindrance(graph, departure)}", zones, False)
        try:
            return self._timed(self._flyable(path, graph), lanes, departure)
        except TurnError as error:
            where = self.airspace.projection.position_from_local(*error.at)
            return Blocked(
                f"{nowhere} with a turn radius of {self.performance.turn_radius_m:g} m: corner at "
                f"{where.latitude_deg:.5f}, {where.longitude_deg:.5f}: {error.reason}",
                zones,
                False,
            )
        except NoRoute as error:
            return Blocked(error.reason, zones, False)

    def _graph(self, zones: Sequence[Zone], interval: Interval) -> VisibilityGraph | None:
        """Return the graph of the sea under some zones, or None where they close the approach of a site."""
        airspace = in_force(self.airspace, interval)
        if not self._approaches_are_free(airspace, zones):
            return None
        return airspace.visibility_with(
            self._at_sea(airspace, zones), airspace.cautions_for(self.bands, interval)
        )

    def _approaches_are_free(self, airspace: Airspace, zones: Sequence[Zone]) -> bool:
        """Say whether zones leave the approaches of the sites open; at a pad those of all heights count."""
        sites = [end.id for end in (self.origin, self.destination) if end.is_site]
        return all(airspace.approach_is_free(site_id, zones) for site_id in sites)

    def _at_sea(self, airspace: Airspace, zones: Sequence[Zone]) -> list[Zone]:
        """Return the zones that count on the sea: those of the bands flown."""
        bands = [airspace.band_of(zone) for zone in zones]
        return [
            zone
            for zone, band in zip(zones, bands, strict=True)
            if any(band.overlaps(each) for each in self.bands)
        ]

    def _path(self, graph: VisibilityGraph, lanes: Lanes, departure: datetime) -> list[XY] | None:
        """Return the fastest path between the gates, or None.

        A way round a one-way lane may bend at the lane's own corners, which the graph does not know; so the
        way that keeps out of such lanes is looked for as well, and the faster one is taken.
        """
        cost = self._cost(lanes, departure)
        ends = self.origin.gate, self.destination.gate
        path = graph.shortest_path(*ends) if cost.is_length else graph.shortest_path(*ends, cost)
        if not lanes.one_way_areas():
            return path
        outside = graph
        for area in lanes.one_way_areas():
            # Along its very edge a leg would still count as inside.
            outside = outside.without(shapely.buffer(area, ROUNDING_M, join_style="mitre"))
        paths = [each for each in (path, outside.shortest_path(*ends, cost)) if each is not None]
        return min(paths, key=lambda each: graph.cost_of(each, cost), default=None)

    def _cost(self, lanes: Lanes, departure: datetime) -> TimeInWind:
        performance = self.performance
        climb_s = self.origin.climb_m(self.band.middle_amsl_m) / performance.climb_rate_m_s
        approach = [self.origin.pad, self.origin.gate] if self.origin.pad is not None else []
        approach_s = length_of(approach) / performance.cruise_speed_m_s
        return TimeInWind(
            performance.cruise_speed_m_s,
            performance.wind,
            departure.timestamp() + climb_s + approach_s,
            lanes if lanes.has_rules else None,
        )

    def _hindrance(self, graph: VisibilityGraph, departure: datetime) -> str:
        """Return what makes an open way unflyable: the wind, or lanes that lead the other way."""
        wind, ends = self.performance.wind, (self.origin.gate, self.destination.gate)
        cost = TimeInWind(self.performance.cruise_speed_m_s, wind, departure.timestamp())
        if graph.shortest_path(*ends, cost) is not None:
            return "it would go against one-way corridors"
        return f"{wind} is too strong for an airspeed of {self.performance.cruise_speed_m_s:g} m/s"

    def _flyable(self, path: list[XY], graph: VisibilityGraph) -> list[XY]:
        """Return the points from end to end, pads included, with corners that can be flown."""
        policy = self.airspace.policy
        start = [] if self.origin.pad is None else [self.origin.pad]
        end = [] if self.destination.pad is None else [self.destination.pad]
        half_width_m = min(policy.approach_half_width_m, policy.cruise_half_width_m)
        turning = Turning(self.performance.turn_radius_m, half_width_m, (len(start), len(end)))
        return flyable_path([*start, *path, *end], turning, graph.is_free)

    def _timed(self, points: Sequence[XY], lanes: Lanes, departure: datetime) -> Route:
        return route_along(
            self.airspace,
            self.origin,
            self.destination,
            points,
            performance=self.performance,
            departure=departure,
            band=self.band,
            lanes=lanes,
        )
