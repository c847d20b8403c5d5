"""Routes between drone sites: short and flyable, or NoRoute with the zones that block the way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from geofences.airspace import Airspace
from geofences.corners import merge_corners
from geofences.errors import NoRoute
from geofences.performance import Performance
from geofences.route import Route
from geofences.shapes import XY
from geofences.timeline import timed_route
from geofences.values import AltitudeBand, Interval, Site
from geofences.zones import Zone


def plan_route(
    airspace: Airspace,
    origin_site_id: str,
    destination_site_id: str,
    *,
    performance: Performance,
    departure: datetime,
    band: AltitudeBand,
    also_free: Iterable[AltitudeBand] = (),
    keep_free_s: float = 0.0,
) -> Route:
    """Return the shortest route between the pads of two sites in one band.

    Zones count from the departure until ``keep_free_s`` after the arrival, also those that begin in between.

    Parameters
    ----------
    also_free
        Other bands in which the same way must be free, for a way home that is the way out reversed.
    keep_free_s
        How long after the arrival the way must stay free: stop, way home, and delay of the start.

    Raises
    ------
    UnknownSite
        Where a site does not exist.
    NoRoute
        Where no way exists; it names the zones without which there would be one.
    """
    origin, destination = _drone_site(airspace, origin_site_id), _drone_site(airspace, destination_site_id)
    bands = (band, *also_free)
    ground_amsl_m = min(origin.elevation_amsl_m, destination.elevation_amsl_m)
    column = AltitudeBand(ground_amsl_m, max(each.ceiling_amsl_m for each in bands))
    end = departure
    while True:
        zones = airspace.zones_for([column], Interval(departure, end))
        points, half_widths_m = _way(_Query(airspace, origin, destination, bands), zones)
        route = timed_route(
            origin,
            destination,
            points,
            half_widths_m,
            altitude_amsl_m=band.middle_amsl_m,
            performance=performance,
            departure=departure,
            projection=airspace.projection,
        )
        end = max(end, departure + timedelta(seconds=route.duration_s + keep_free_s))
        if airspace.zones_for([column], Interval(departure, end)) == zones:
            return route


def plan_round_trip(
    airspace: Airspace,
    origin_site_id: str,
    destination_site_id: str,
    *,
    performance: Performance,
    departure: datetime,
    stop_s: float,
    start_window_s: float,
) -> tuple[Route, Route]:
    """Return a way out and the same way home, both free of zones for the whole flight.

    Parameters
    ----------
    stop_s
        Time spent at the destination.
    start_window_s
        How late the flight may start without a new plan.
    """
    inbound = airspace.policy.inbound
    home_s = 0.0
    while True:
        way_out = plan_route(
            airspace,
            origin_site_id,
            destination_site_id,
            performance=performance,
            departure=departure,
            band=airspace.policy.outbound,
            also_free=(airspace.policy.envelope,),
            keep_free_s=stop_s + home_s + start_window_s,
        )
        leaves = departure + timedelta(seconds=way_out.duration_s + stop_s)
        way_home = reverse_route(airspace, way_out, performance=performance, departure=leaves, band=inbound)
        if way_home.duration_s <= home_s:
            return way_out, way_home
        home_s = way_home.duration_s


def reverse_route(
    airspace: Airspace, route: Route, *, performance: Performance, departure: datetime, band: AltitudeBand
) -> Route:
    """Return the same waypoints the other way round, in another band."""
    waypoints = route.waypoints[::-1]
    widths_m = [each.half_width_m for each in route.waypoints]
    return timed_route(
        airspace.site(route.destination_site_id),
        airspace.site(route.origin_site_id),
        [airspace.projection.local_from_position(each.position) for each in waypoints],
        [widths_m[-1], *widths_m[:0:-1]],
        altitude_amsl_m=band.middle_amsl_m,
        performance=performance,
        departure=departure,
        projection=airspace.projection,
    )


def _drone_site(airspace: Airspace, site_id: str) -> Site:
    site = airspace.site(site_id)
    if site.is_drone_site:
        return site
    raise NoRoute(f"{site_id} is not a drone site; it is served by road from {site.pad_site_id}")


@dataclass(frozen=True)
class _Query:
    """Who wants to fly where; the zones are varied to find out which of them block."""

    airspace: Airspace
    origin: Site
    destination: Site
    bands: tuple[AltitudeBand, ...]

    def path(self, zones: Sequence[Zone]) -> list[XY] | None:
        """Return the points from gate to gate, or None where an approach or the sea between is closed.

        At the pads all zones count (the flight passes every altitude there), on the sea those of the bands.
        """
        ends = (self.origin.id, self.destination.id)
        if not all(self.airspace.approach_is_free(site_id, zones) for site_id in ends):
            return None
        at_sea = [zone for zone in zones if self._is_at_sea(zone)]
        gates = [self.airspace.terrain.gate(site_id) for site_id in ends]
        graph = self.airspace.visibility_with(at_sea)
        path = graph.shortest_path(*gates)
        return None if path is None else merge_corners(path, graph.is_free)

    def _is_at_sea(self, zone: Zone) -> bool:
        return any(self.airspace.band_of(zone).overlaps(band) for band in self.bands)

    def blocking(self, zones: Sequence[Zone]) -> list[str]:
        """Return the zones without each of which there is a way; all of them where only that opens one."""
        single = [
            zone.id for zone in zones if self.path([each for each in zones if each is not zone]) is not None
        ]
        if single:
            return single
        return [zone.id for zone in zones] if self.path([]) is not None else []


def _way(query: _Query, zones: Sequence[Zone]) -> tuple[list[XY], list[float]]:
    """Return the points from pad to pad and the half width of the segment that ends at each."""
    if query.origin.id == query.destination.id:
        raise NoRoute(f"origin and destination are the same pad, {query.origin.id}")
    path = query.path(zones)
    if path is None:
        raise NoRoute(
            f"no flyable way from {query.origin.id} to {query.destination.id}", query.blocking(zones)
        )
    policy, projection = query.airspace.policy, query.airspace.projection
    cruise_m = [policy.cruise_half_width_m] * (len(path) - 1)
    approach_m = policy.approach_half_width_m
    start, end = (projection.local_from_position(site.position) for site in (query.origin, query.destination))
    return [start, *path, end], [approach_m, approach_m, *cruise_m, approach_m]
