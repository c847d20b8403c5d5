"""Draw routes on a map, with the heights flown below it."""

from collections.abc import Sequence
from pathlib import Path

import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from shapely import MultiPolygon, Polygon

from geofences.airspace import Airspace
from geofences.corridor import centreline, corridor_area
from geofences.picture_profile import draw_profile
from geofences.picture_style import (
    CAUTION,
    HOME_COLOUR,
    KEEP_OUT,
    LAND,
    LANE,
    OUT_COLOUR,
    SEA,
    SHORE,
    TEXT,
    TRACK_COLOUR,
    TrackPoint,
    fill,
    label,
    title,
)
from geofences.route import Route
from geofences.values import ZoneRule
from geofences.zones import Zone

SIZE_INCH = (13.0, 10.5)
RESOLUTION_DPI = 130
MARGIN_M = 3_000.0
SCALE_BAR_M = 5_000.0
NAMED_ISLAND_M2 = 0.5e6
"""Smaller islands keep their names to themselves."""


def draw_routes(
    airspace: Airspace, routes: Sequence[Route], path: Path, track: Sequence[TrackPoint] | None = None
) -> None:
    """Write a PNG picture of one flight.

    Parameters
    ----------
    airspace
        The airspace around the routes.
    routes
        The way out, and the way home if there is one.
    path
        File to write.
    track
        What was flown: positions with altitudes above mean sea level (m).
    """
    figure = Figure(figsize=SIZE_INCH, layout="constrained", facecolor="white")
    chart, profile = figure.subplots(2, 1, height_ratios=(4.6, 1))
    _draw_airspace(chart, airspace)
    _draw_ways(chart, airspace, routes, track or ())
    _draw_frame(chart, corridor_area(routes, airspace.projection))
    _draw_names(chart, airspace, routes)
    title(chart, airspace, routes)
    chart.legend(loc="upper left", bbox_to_anchor=(0.0, -0.01), ncols=7, frameon=False, fontsize=9)
    draw_profile(profile, airspace, routes, track or ())
    figure.savefig(path, format="png", dpi=RESOLUTION_DPI, metadata={"Software": "Tsubaki"})


def _draw_airspace(axes: Axes, airspace: Airspace) -> None:
    local = airspace.projection.geometry_to_local
    axes.set_facecolor(SEA)
    lanes = [local(lane.centreline).buffer(lane.width_m / 2) for lane in airspace.corridors if lane.is_open]
    fill(axes, shapely.union_all(lanes), LANE, alpha=0.6, name="sea lanes")
    fill(axes, airspace.terrain.land, LAND, edge=SHORE)
    for zone in airspace.zones:
        _draw_zone(axes, zone, airspace.shape_of(zone), _concerns_us(airspace, zone))


def _concerns_us(airspace: Airspace, zone: Zone) -> bool:
    return airspace.band_of(zone).overlaps(airspace.policy.envelope)


def _draw_zone(axes: Axes, zone: Zone, shape: Polygon | MultiPolygon, in_our_bands: bool) -> None:
    if zone.rule is ZoneRule.CAUTION:
        fill(axes, shape, CAUTION, alpha=0.35, edge=CAUTION, name="caution")
    elif in_our_bands:
        fill(axes, shape, KEEP_OUT, alpha=0.35, edge=KEEP_OUT, name="keep out")
    else:
        fill(axes, shape, "none", edge=KEEP_OUT, hatch="..", alpha=0.35, name="keep out, above our altitudes")


def _draw_ways(axes: Axes, airspace: Airspace, routes: Sequence[Route], track: Sequence[TrackPoint]) -> None:
    projection = airspace.projection
    fill(
        axes,
        corridor_area(routes, projection),
        OUT_COLOUR,
        alpha=0.25,
        edge=OUT_COLOUR,
        name="certified corridor",
    )
    for route, colour, style, name in zip(
        routes, (OUT_COLOUR, HOME_COLOUR), ("-", (0, (4, 4))), ("way out", "way home"), strict=False
    ):
        x_m, y_m = centreline(route, projection).xy
        axes.plot(x_m, y_m, color=colour, linewidth=1.8, linestyle=style, label=name, zorder=4)
    if track:
        flown = [projection.local_from_position(position) for position, _ in track]
        x_m, y_m = zip(*flown, strict=True)
        axes.plot(x_m, y_m, color=TRACK_COLOUR, linewidth=0.9, label="flown", zorder=5)


def _draw_frame(axes: Axes, certified: Polygon | MultiPolygon) -> None:
    west, south, east, north = certified.bounds
    axes.set_xlim(west - MARGIN_M, east + MARGIN_M)
    axes.set_ylim(south - MARGIN_M, north + MARGIN_M)
    axes.set_aspect("equal")
    axes.set_xticks([])
    axes.set_yticks([])
    left, base = west - 0.7 * MARGIN_M, south - 0.7 * MARGIN_M
    axes.plot([left, left + SCALE_BAR_M], [base, base], color=TEXT, linewidth=3, solid_capstyle="butt")
    label(axes, (left + SCALE_BAR_M / 2, base), "5 km", offset=(0, 5), align="center")
    credit = "Coast: © OpenStreetMap contributors, ODbL 1.0"
    axes.annotate(
        credit, (1, 0), (-6, 6), xycoords="axes fraction", textcoords="offset points", ha="right", size=8
    )


def _draw_names(axes: Axes, airspace: Airspace, routes: Sequence[Route]) -> None:
    frame = shapely.box(axes.get_xlim()[0], axes.get_ylim()[0], axes.get_xlim()[1], axes.get_ylim()[1])
    for island in airspace.islands:
        seen = shapely.intersection(airspace.terrain.islands[island.id], frame)
        if shapely.area(seen) > NAMED_ISLAND_M2 and not island.name_en.startswith("Islet"):
            spot = shapely.point_on_surface(seen)
            label(axes, (spot.x, spot.y), island.name_en, colour=SHORE, align="center")
    for site_id in sorted(
        {each for route in routes for each in (route.origin_site_id, route.destination_site_id)}
    ):
        _draw_site(axes, airspace, site_id, middle_y_m=(frame.bounds[1] + frame.bounds[3]) / 2)


def _draw_site(axes: Axes, airspace: Airspace, site_id: str, middle_y_m: float) -> None:
    """Mark a pad; its name stands on the side away from the middle, where no route goes."""
    site = airspace.site(site_id)
    at = airspace.projection.local_from_position(site.position)
    axes.plot(*at, "o", color="white", markeredgecolor=OUT_COLOUR, markeredgewidth=2, markersize=9, zorder=6)
    offset = (10, 10) if at[1] > middle_y_m else (10, -36)
    label(axes, at, f"{site.name_ja}\n{site.name_en}", ascii_text=site.name_en, offset=offset, strong=True)
