"""Marks on the map of a flight: its ends, the pads in reserve, the places nearest to coast and zone."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import shapely
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from geofences.airspace import Airspace
from geofences.picture_labels import around
from geofences.picture_style import DISC, DIVERT, OUT_COLOUR, TEXT, Chart, Flight, words
from geofences.route import Certificate, Route
from geofences.shapes import XY

LONG_PT = 40.0
"""A clearance that is so long on the map is numbered in its middle, not on the route."""


def draw_ends(chart: Chart, flight: Flight) -> None:
    """Mark where the routes begin and end, with both names of a site."""
    for end_id in flight.end_ids:
        at, text = end_of(chart.airspace, flight.routes[0], end_id)
        chart.axes.plot(
            *at, "o", color="white", markeredgecolor=OUT_COLOUR, markeredgewidth=2.4, markersize=10, zorder=7
        )
        chart.labels.keep_off(Point(at), 9.0)
        chart.labels.write(
            at, text, colour=TEXT, size=13, weight="bold", offsets=(*around(11), *around(22)), must=True
        )


def end_of(airspace: Airspace, route: Route, end_id: str) -> tuple[XY, str]:
    """Return place and name of an end of a route: of a site, or of a point in the open."""
    site = airspace.sites.get(end_id)
    if site is not None:
        name = words(site.name_ja, site.name_en, between="\n")
        return airspace.projection.local_from_position(site.position), name
    at = route.waypoints[0 if route.origin_site_id == end_id else -1].position
    text = f"{at.latitude_deg:.4f}, {at.longitude_deg:.4f}"
    return airspace.projection.local_from_position(at), text


@dataclass(frozen=True)
class Clearance:
    """Where a route comes nearest to coast or zone (buffer included), how near its corridor is, in words."""

    at: XY
    obstacle: BaseGeometry
    clearance_m: float
    text: str

    @property
    def line(self) -> LineString:
        """The shortest line from the middle of the route to the obstacle."""
        return shapely.shortest_line(Point(self.at), self.obstacle)

    @property
    def free(self) -> LineString:
        """The part of the line that is free, beside the corridor."""
        line = self.line
        return substring(line, line.length - self.clearance_m, line.length)


def draw_clearances(chart: Chart, certificate: Certificate) -> None:
    """Mark what is nearest to coast and zone, with what is free beside the corridor there."""
    for number, near in enumerate(clearances(chart.airspace, certificate), start=1):
        line = shapely.intersection(near.line, chart.frame)
        is_long = line.length > LONG_PT * chart.metres_per_point
        spot = line.interpolate(0.5, normalized=True) if is_long else Point(near.at)
        chart.axes.plot(*line.xy, color=TEXT, linewidth=1.1, zorder=6.2)
        chart.axes.annotate(
            str(number),
            (spot.x, spot.y),
            color="white",
            size=8,
            weight="bold",
            ha="center",
            va="center",
            zorder=6.4,
            bbox=DISC,
        )
        chart.labels.keep_off(spot, 12.0)
        offsets = (*around(11), *around(24))
        chart.labels.write((spot.x, spot.y), near.text, colour=TEXT, size=9, weight="bold", offsets=offsets)


def clearances(airspace: Airspace, certificate: Certificate) -> Iterator[Clearance]:
    """Yield the smallest clearances of a certificate: to the coast, and to a zone where one concerns it."""
    local = airspace.projection.local_from_position
    if certificate.coast_clearance_at is not None:
        island = airspace.terrain.islands[certificate.nearest_island_id]
        clearance_m = certificate.coast_clearance_m
        text = f"{clearance_m:.0f} m  {words('海岸', 'to the coast')}"
        yield Clearance(local(certificate.coast_clearance_at), island, clearance_m, text)
    zone = next((each for each in airspace.zones if each.id == certificate.nearest_zone_id), None)
    if certificate.zone_clearance_at is not None and zone is not None:
        clearance_m = certificate.zone_clearance_m or 0.0
        text = f"{clearance_m:.0f} m  {words('区域', 'to the zone')}"
        area = shapely.buffer(airspace.shape_of(zone), zone.buffer_m)
        yield Clearance(local(certificate.zone_clearance_at), area, clearance_m, text)


def draw_diverts(chart: Chart, certificate: Certificate, leave_unnamed: Collection[str]) -> None:
    """Draw the pads in reserve, and from where to them; what goes along the route is hidden by it."""
    local = chart.airspace.projection.local_from_position
    for divert in certificate.diverts:
        if len(divert.path) > 1:
            x_m, y_m = zip(*(local(each) for each in divert.path), strict=True)
            chart.axes.plot(x_m, y_m, color=DIVERT, linewidth=1.1, linestyle=(0, (1, 1.6)), zorder=3.8)
    in_reserve = sorted({divert.site_id for divert in certificate.diverts})
    for site_id in in_reserve:
        site = chart.airspace.site(site_id)
        at = local(site.position)
        chart.axes.plot(
            *at,
            "D",
            color=DIVERT,
            markeredgecolor="white",
            markersize=7.5,
            markeredgewidth=1.2,
            zorder=6.8,
            label=words("代替着陸地", "divert site") if site_id == in_reserve[0] else None,
        )
        if site_id not in leave_unnamed:
            chart.labels.keep_off(Point(at), 7.0)
            name = words(site.name_ja, site.name_en, between="\n")
            chart.labels.write(at, name, colour=DIVERT, size=9, offsets=(*around(8), *around(16)))
