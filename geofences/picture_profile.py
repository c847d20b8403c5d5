"""The heights of a flight over the distance flown, between what limits them."""

import itertools
import math
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone

import shapely
from matplotlib.axes import Axes
from shapely import Point
from shapely.geometry.base import BaseGeometry

from geofences.airspace import Airspace
from geofences.certificate import ends_at
from geofences.corridor import centreline, local_points
from geofences.picture_labels import Labels
from geofences.picture_style import (
    CAUTION,
    CAUTION_TEXT,
    FAINT,
    HOME_COLOUR,
    KEEP_OUT,
    OUT_COLOUR,
    QUIET,
    SEA,
    TEXT,
    TRACK_COLOUR,
    Flight,
    TrackPoint,
    above,
    short,
    words,
)
from geofences.route import Route, RouteWaypoint
from geofences.values import AltitudeBand, Interval, ZoneRule
from geofences.zones import Zone

HEADROOM_M = 16.0
JST = timezone(timedelta(hours=9), "JST")


def draw_profile(axes: Axes, airspace: Airspace, flight: Flight) -> None:
    """Draw planned and flown altitudes above the sea, with bands, zones near the way, and the legal limit."""
    policy = airspace.policy
    limit_m = policy.altitude_limit_above_ground_m
    axes.axhspan(-6.0, 0.0, color=SEA, zorder=0)
    axes.axhline(limit_m, color=KEEP_OUT, linewidth=1.2, linestyle=(0, (6, 3)))
    text = f"{words('法定高度', 'legal limit above the sea')} {limit_m:.0f} m"
    axes.annotate(
        text,
        (0.5, limit_m),
        (0, 3),
        ("axes fraction", "data"),
        "offset points",
        ha="center",
        size=8,
        color=KEEP_OUT,
    )
    start_km = 0.0
    ways = ((OUT_COLOUR, policy.outbound), (HOME_COLOUR, policy.inbound))
    for route, (colour, band) in zip(flight.routes, ways, strict=False):
        _draw_zones(axes, airspace, route, start_km)
        _draw_bands(axes, airspace, route, start_km, colour, band)
        _draw_heights(axes, airspace, _heights(airspace, route), start_km, colour, 2.0)
        start_km += route.length_m / 1000.0
    if flight.track:
        _draw_heights(axes, airspace, flight.track, 0.0, TRACK_COLOUR, 0.9)
    _draw_axes(axes, start_km, limit_m)
    _draw_ends(axes, flight.routes, limit_m + HEADROOM_M)
    _name_zones(axes, airspace, flight)


def bands_along(
    airspace: Airspace, route: Route, usual: AltitudeBand
) -> Iterator[tuple[float, float, AltitudeBand]]:
    """Yield start and end (km) of each leg with the band that it is flown in."""
    corridors = {each.id: each for each in airspace.corridors}
    points = local_points(route, airspace.projection)
    end_m = 0.0
    for (start, end), waypoint in zip(itertools.pairwise(points), route.waypoints[1:], strict=True):
        start_m, end_m = end_m, end_m + math.dist(start, end)
        corridor = corridors.get(waypoint.corridor_id or "")
        own = () if corridor is None else (corridor.outbound, corridor.inbound)
        yield start_m / 1000.0, end_m / 1000.0, _holding(waypoint, own, usual)


def zone_spans_km(airspace: Airspace, route: Route, zone: Zone) -> list[tuple[float, float]]:
    """Return where along a route (km) its corridor touches a zone, at whatever height."""
    line = centreline(route, airspace.projection)
    reach_m = zone.buffer_m + airspace.policy.cruise_half_width_m
    shape = airspace.shape_of(zone)
    if shapely.distance(shape, line) > reach_m:
        return []
    inside = shapely.intersection(line, shapely.buffer(shape, reach_m))
    ends = [_ends_m(line, part) for part in shapely.get_parts(shapely.line_merge(inside))]
    return [(start / 1000.0, end / 1000.0) for start, end in ends]


def _ends_m(line: BaseGeometry, part: BaseGeometry) -> tuple[float, float]:
    first, last = (line.project(Point(part.coords[number])) for number in (0, -1))
    return min(first, last), max(first, last)


def _holding(
    waypoint: RouteWaypoint, bands: Sequence[AltitudeBand | None], usual: AltitudeBand
) -> AltitudeBand:
    altitude_m = waypoint.altitude_amsl_m
    fitting = (each for each in bands if each and each.floor_amsl_m <= altitude_m <= each.ceiling_amsl_m)
    return next(fitting, usual)


def _draw_bands(
    axes: Axes, airspace: Airspace, route: Route, start_km: float, colour: str, usual: AltitudeBand
) -> None:
    for begin_km, end_km, band in bands_along(airspace, route, usual):
        axes.fill_between(
            [start_km + begin_km, start_km + end_km],
            band.floor_amsl_m,
            band.ceiling_amsl_m,
            color=colour,
            alpha=0.13,
            linewidth=0,
        )


def _draw_zones(axes: Axes, airspace: Airspace, route: Route, start_km: float) -> None:
    """Draw the zones over, under or in the way, from floor to ceiling."""
    for zone, span_km, band in zones_along(airspace, route):
        axes.fill_between(
            [start_km + each for each in span_km],
            band.floor_amsl_m,
            band.ceiling_amsl_m,
            facecolor="none",
            edgecolor=CAUTION if zone.rule is ZoneRule.CAUTION else KEEP_OUT,
            hatch="////",
            alpha=0.6,
            linewidth=0.8,
        )


def zones_along(airspace: Airspace, route: Route) -> Iterator[tuple[Zone, tuple[float, float], AltitudeBand]]:
    """Yield the zones in force that a route's corridor touches, where (km), and their heights there."""
    top_m = airspace.policy.altitude_limit_above_ground_m + HEADROOM_M
    in_force = Interval(route.departure, ends_at(route))
    for zone in airspace.zones:
        band = airspace.band_of(zone)
        inside = shapely.point_on_surface(airspace.shape_of(zone))
        where = airspace.projection.position_from_local(inside.x, inside.y)
        if zone.rule is ZoneRule.KEEP_IN or band.floor_amsl_m >= top_m:
            continue
        if zone.schedule.overlaps(in_force, where):
            seen = AltitudeBand(max(band.floor_amsl_m, 0.0), min(band.ceiling_amsl_m, top_m))
            for span_km in zone_spans_km(airspace, route, zone):
                yield zone, span_km, seen


def _name_zones(axes: Axes, airspace: Airspace, flight: Flight) -> None:
    """Write the names of the zones beside them, once each, where there is room."""
    labels = Labels(axes)
    named = set()
    for zone, (_, end_km), band in zones_along(airspace, flight.routes[0]):
        if zone.id not in named:
            named.add(zone.id)
            colour = CAUTION_TEXT if zone.rule is ZoneRule.CAUTION else KEEP_OUT
            at = (end_km, min(band.floor_amsl_m + 14.0, band.ceiling_amsl_m))
            text = f"{words(short(zone.name_ja), short(zone.name_en))}  {heights_text(airspace, zone)}"
            labels.write(at, text, colour=colour, size=8, offsets=((5.0, 0.0), (5.0, 10.0), (5.0, -10.0)))


def heights_text(airspace: Airspace, zone: Zone) -> str:
    """Return floor and ceiling of a zone; a ceiling over all that the profile shows is left out."""
    band = airspace.band_of(zone)
    floor_m = max(band.floor_amsl_m, 0.0)
    if band.ceiling_amsl_m >= airspace.policy.altitude_limit_above_ground_m + HEADROOM_M:
        return above(floor_m)
    return f"{floor_m:.0f}–{band.ceiling_amsl_m:.0f} m"


def _draw_ends(axes: Axes, routes: Sequence[Route], top_m: float) -> None:
    """Write where the flight is when, over the profile."""
    first, last = routes[0], routes[-1]
    texts = [(0.0, "left", f"{first.origin_site_id}  {_clock(first.departure)}")]
    at_km = first.length_m / 1000.0
    for before, after in itertools.pairwise(routes):
        stop = f"{after.origin_site_id}  {_clock(ends_at(before))}–{_clock(after.departure)}"
        texts.append((at_km, "center", stop))
        at_km += after.length_m / 1000.0
    texts.append((at_km, "right", f"{last.destination_site_id}  {_clock(ends_at(last))} JST"))
    for x_km, side, text in texts:
        axes.annotate(
            text,
            (x_km, top_m),
            (0, 4),
            textcoords="offset points",
            size=9,
            ha=side,
            weight="bold",
            color=TEXT,
        )


def _clock(when: datetime) -> str:
    return f"{when.astimezone(JST):%H:%M}"


def _heights(airspace: Airspace, route: Route) -> list[TrackPoint]:
    """Return the waypoints of a route between the ground at those of its ends that have a pad."""
    flown = [(waypoint.position, waypoint.altitude_amsl_m) for waypoint in route.waypoints]
    origin, destination = (
        [] if site is None else [(site.position, site.elevation_amsl_m)]
        for site in map(airspace.sites.get, (route.origin_site_id, route.destination_site_id))
    )
    return [*origin, *flown, *destination]


def _draw_heights(
    axes: Axes,
    airspace: Airspace,
    points: Sequence[TrackPoint],
    start_km: float,
    colour: str,
    linewidth: float,
) -> None:
    places = [airspace.projection.local_from_position(position) for position, _ in points]
    steps_km = [math.dist(*pair) / 1000.0 for pair in itertools.pairwise(places)]
    along_km = list(itertools.accumulate(steps_km, initial=start_km))
    axes.plot(along_km, [altitude_m for _, altitude_m in points], color=colour, linewidth=linewidth, zorder=4)


def _draw_axes(axes: Axes, total_km: float, limit_m: float) -> None:
    axes.set_xlim(-0.004 * total_km, 1.004 * total_km)
    axes.set_ylim(-6.0, limit_m + HEADROOM_M)
    axes.set_xlabel(words("飛行距離", "distance flown") + " (km)", color=QUIET, size=9, labelpad=1)
    axes.set_ylabel(words("海抜", "above the sea") + " (m)", color=QUIET, size=9)
    axes.tick_params(labelsize=8, color=QUIET, labelcolor=QUIET)
    axes.grid(color=FAINT, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
