"""What an airspace allows to do to a route: layers above the usual bands, and other ways."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

import shapely

from geofences.airspace import Airspace
from geofences.corridor import corridor_area
from geofences.errors import NoRoute
from geofences.performance import FlightPhase, Performance
from geofences.route import Route
from geofences.schedule import during
from geofences.values import AltitudeBand, Interval, VerticalLimit, ZoneRule
from geofences.volumes import HALF_BAND_M, USUAL, Uncertainty, Volume4D, volumes_of
from geofences.zones import Zone

LAYER_GAP_M = 5.0
"""Left between a band and the next: the gap between the policy's two bands."""

WayFinder = Callable[[Airspace, Route], Route]
"""Plans a route between the ends of another, at its departure, in an airspace; raises NoRoute."""


def rises_m(airspace: Airspace) -> tuple[float, ...]:
    """Return how much higher than usual a flight may be, by whole sets of bands.

    A set holds the bands of both directions, of the policy and of every corridor, so a flight that rises by
    whole sets never shares a band with the other direction, in whatever set that is. With bands of 50-70 m
    out and 75-95 m home there is one more set, 100-120 m out and 125-145 m home, under the limit of 150 m
    above the sea (Civil Aeronautics Act of Japan, art. 132-85).
    """
    corridors = [band for each in airspace.corridors for band in (each.outbound, each.inbound)]
    bands = [airspace.policy.outbound, airspace.policy.inbound, *(each for each in corridors if each)]
    top_m = max(each.ceiling_amsl_m for each in bands)
    set_m = top_m - min(each.floor_amsl_m for each in bands) + LAYER_GAP_M
    count = int((airspace.policy.altitude_limit_above_ground_m - top_m) // set_m)
    return tuple(number * set_m for number in range(1, max(count, 0) + 1))


def zone_of(airspace: Airspace, volume: Volume4D, name: str, margin_s: float, buffer_m: float) -> Zone:
    """Return the keep-out zone that a reserved volume is for others.

    Parameters
    ----------
    margin_s
        How much earlier and later than planned the other may be where the volume is.
    buffer_m
        How much wider the other's volumes are than its corridor.
    """
    margin = timedelta(seconds=margin_s)
    return Zone(
        id=name,
        name_ja=name,
        name_en=name,
        rule=ZoneRule.KEEP_OUT,
        geometry=airspace.projection.geometry_to_geographic(volume.area),
        floor=VerticalLimit(volume.band.floor_amsl_m),
        ceiling=VerticalLimit(volume.band.ceiling_amsl_m),
        buffer_m=buffer_m,
        reason_ja="他の飛行の予約",
        reason_en="reserved by another flight",
        source="reservation",
        schedule=during(Interval(volume.interval.start - margin, volume.interval.end + margin)),
    )


@dataclass(frozen=True)
class AirspacePlanning:
    """What may be done to routes of one aircraft in one airspace (see `geofences.deconflict.Planning`).

    Parameters
    ----------
    find_way
        The router, with all its settings but airspace and ends.
    start_window_s
        How late a flight may start; its volumes are so much longer.
    """

    airspace: Airspace
    performance: Performance
    find_way: WayFinder
    uncertainty: Uncertainty = USUAL
    start_window_s: float = 0.0

    @cached_property
    def rises_m(self) -> tuple[float, ...]:
        """The free layers."""
        return rises_m(self.airspace)

    def volumes(self, route: Route) -> tuple[Volume4D, ...]:
        """Return the volumes of a route."""
        return volumes_of(
            self.airspace, route, start_window_s=self.start_window_s, uncertainty=self.uncertainty
        )

    def raised(self, route: Route, rise_m: float) -> Route:
        """Return the same way in a higher layer, with a longer climb and descent at the pads.

        Raises
        ------
        NoRoute
            Where a zone closes the layer, or the columns up to it at the pads, anywhere on the way.
        """
        higher = raised(self.airspace, route, rise_m, self.performance)
        self._check(higher)
        return higher

    def around(self, route: Route, avoid: Sequence[Volume4D]) -> Route:
        """Return another way that keeps out of some volumes while they are taken; raise NoRoute."""
        airspace = self.airspace
        end = route.departure + timedelta(seconds=route.duration_s)
        margin_s = (self.volumes(route)[-1].interval.end - end).total_seconds()
        for number, volume in enumerate(avoid):
            name = f"reserved-{number} {volume.id}"
            zone = zone_of(airspace, volume, name, margin_s, self.uncertainty.lateral_m)
            airspace = airspace.with_zone(zone)
        return self.find_way(airspace, route)

    def _check(self, route: Route) -> None:
        volumes = self.volumes(route)
        interval = Interval(volumes[0].interval.start, max(each.interval.end for each in volumes))
        altitudes = [each.altitude_amsl_m for each in route.waypoints]
        band = AltitudeBand(min(altitudes) - HALF_BAND_M, max(altitudes) + HALF_BAND_M)
        areas = [(band, corridor_area([route], self.airspace.projection))]
        areas += [(each.band, each.area) for each in (volumes[0], volumes[-1])]
        for heights, area in areas:
            closed = [
                zone.id
                for zone in self.airspace.zones_for([heights], interval)
                if zone.rule is ZoneRule.KEEP_OUT
                and shapely.dwithin(self.airspace.shape_of(zone), area, zone.buffer_m)
            ]
            if closed or not self.airspace.flyable(heights, interval).covers(area):
                raise NoRoute(f"the layer up to {heights.ceiling_amsl_m:.0f} m is not flyable", closed)


def raised(airspace: Airspace, route: Route, rise_m: float, performance: Performance) -> Route:
    """Return a route with all its altitudes higher; climb and descent take longer where there are pads."""
    climb_s = rise_m / performance.climb_rate_m_s if route.origin_site_id in airspace.sites else 0.0
    ends_at_pad = route.destination_site_id in airspace.sites
    descent_s = rise_m / performance.descent_rate_m_s if ends_at_pad else 0.0
    climb_wh = performance.energy_wh(FlightPhase.CLIMB, climb_s)
    higher = [
        replace(
            each,
            altitude_amsl_m=each.altitude_amsl_m + rise_m,
            offset_s=each.offset_s + climb_s,
            energy_wh=each.energy_wh + climb_wh,
        )
        for each in route.waypoints
    ]
    descent_wh = performance.energy_wh(FlightPhase.DESCENT, descent_s)
    last = higher[-1]
    higher[-1] = replace(last, offset_s=last.offset_s + descent_s, energy_wh=last.energy_wh + descent_wh)
    return replace(route, waypoints=tuple(higher))
