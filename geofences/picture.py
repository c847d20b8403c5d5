"""Draw routes on a map: coast, zones, corridors, certified corridor, flown track, and the heights below."""

import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path

import shapely
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from geofences.airspace import Airspace
from geofences.corridor import centreline, corridor_area
from geofences.route import Route
from geofences.values import Position, ZoneRule

SEA, LAND, SHORE, LANE = "#dcebf3", "#e9e4d4", "#8c8672", "#9cc3d9"
CAMELLIA, WAY_HOME, TRACK, KEEP_OUT, CAUTION = "#b3123f", "#1f5f8b", "#111111", "#c0392b", "#d8a200"
JAPANESE_FONTS = ("Noto Sans CJK JP", "IPAexGothic", "Hiragino Sans")
MARGIN_M = 3000.0
RESOLUTION_DPI = 150
TrackPoint = tuple[Position, float]
"""Where the vehicle was, and its altitude above mean sea level in metres."""


def draw_routes(
    airspace: Airspace, routes: Sequence[Route], path: Path, track: Sequence[TrackPoint] | None = None
) -> None:
    """Write a PNG picture of the routes.

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
    figure = Figure(figsize=(11, 9.2), layout="constrained", facecolor="white")
    canvas = FigureCanvasAgg(figure)
    chart, profile = figure.subplots(2, 1, height_ratios=(4.2, 1))
    _draw_map(chart, airspace, routes, track or ())
    _draw_heights(profile, airspace, routes, track or ())
    canvas.print_png(path, metadata={"Software": "Tsubaki"}, pil_kwargs={"dpi": (RESOLUTION_DPI,) * 2})


def _draw_map(axes: Axes, airspace: Airspace, routes: Sequence[Route], track: Sequence[TrackPoint]) -> None:
    local = airspace.projection.geometry_to_local
    axes.set_facecolor(SEA)
    for corridor in airspace.corridors:
        _fill(axes, local(corridor.centreline).buffer(corridor.width_m / 2), LANE, alpha=0.35)
    _fill(axes, shapely.union_all([local(island.geometry) for island in airspace.islands]), LAND, edge=SHORE)
    for zone in airspace.zones:
        colour = KEEP_OUT if zone.rule is ZoneRule.KEEP_OUT else CAUTION
        _fill(axes, local(zone.geometry), colour, alpha=0.25, edge=colour)
    certified = corridor_area(routes, airspace.projection)
    _fill(axes, certified, CAMELLIA, alpha=0.18)
    for route, colour, label in zip(routes, (CAMELLIA, WAY_HOME), ("way out", "way home"), strict=False):
        axes.plot(*centreline(route, airspace.projection).xy, color=colour, lw=1.6, label=label)
    if track:
        flown = [airspace.projection.local_from_position(position) for position, _ in track]
        axes.plot(*zip(*flown, strict=True), color=TRACK, lw=0.8, ls="--", label="flown")
    _frame(axes, certified)
    _name_sites(axes, airspace, routes)
    axes.legend(loc="lower right", framealpha=0.9)


def _frame(axes: Axes, certified: BaseGeometry) -> None:
    west, south, east, north = certified.bounds
    axes.set_xlim(west - MARGIN_M, east + MARGIN_M)
    axes.set_ylim(south - MARGIN_M, north + MARGIN_M)
    axes.set_aspect("equal")
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_title(
        f"certified corridor {certified.area / 1e6:.1f} km²  ·  © OpenStreetMap contributors (coast)", size=9
    )
    scale_m = 5000.0
    left, base = west - MARGIN_M * 0.7, south - MARGIN_M * 0.7
    axes.plot([left, left + scale_m], [base, base], color="black", lw=3)
    axes.annotate("5 km", (left + scale_m / 2, base), (0, 4), textcoords="offset points", ha="center")


def _name_sites(axes: Axes, airspace: Airspace, routes: Sequence[Route]) -> None:
    ends = {site for route in routes for site in (route.origin_site_id, route.destination_site_id)}
    font = _japanese_font()
    for site_id in sorted(ends):
        site = airspace.sites[site_id]
        x, y = airspace.projection.local_from_position(site.position)
        axes.plot(x, y, "o", color="white", mec=CAMELLIA, mew=2, ms=8, zorder=5)
        name = f"{site.name_ja}\n{site.name_en}" if font else site.name_en
        axes.annotate(
            name,
            (x, y),
            (8, 8),
            textcoords="offset points",
            weight="bold",
            zorder=6,
            family=font or "sans-serif",
        )


def _japanese_font() -> str | None:
    """Return a font of this machine that has Japanese glyphs, if there is one."""
    known = set(font_manager.get_font_names())
    return next((font for font in JAPANESE_FONTS if font in known), None)


def _draw_heights(
    axes: Axes, airspace: Airspace, routes: Sequence[Route], track: Sequence[TrackPoint]
) -> None:
    start_km = 0.0
    for route, colour in zip(routes, (CAMELLIA, WAY_HOME), strict=False):
        start_km = _plot_heights(
            axes, airspace, [(w.position, w.altitude_amsl_m) for w in route.waypoints], colour, start_km
        )
    if track:
        _plot_heights(axes, airspace, track, TRACK, 0.0, dashed=True)
    axes.set_xlabel("distance flown (km)")
    axes.set_ylabel("m above sea")
    axes.set_ylim(bottom=0)
    axes.margins(x=0)
    axes.grid(alpha=0.3)


def _plot_heights(
    axes: Axes,
    airspace: Airspace,
    points: Iterable[TrackPoint],
    colour: str,
    start_km: float,
    *,
    dashed: bool = False,
) -> float:
    """Plot altitude over distance; return the distance at the end, in km."""
    positions, altitudes_m = zip(*points, strict=True)
    places = [airspace.projection.local_from_position(position) for position in positions]
    steps_km = [LineString(pair).length / 1000 for pair in itertools.pairwise(places)]
    along_km = list(itertools.accumulate(steps_km, initial=start_km))
    axes.plot(along_km, altitudes_m, color=colour, lw=0.8 if dashed else 1.6, ls="--" if dashed else "-")
    return along_km[-1]


def _fill(axes: Axes, area: BaseGeometry, colour: str, *, alpha: float = 1.0, edge: str = "none") -> None:
    for polygon in getattr(area, "geoms", [area]):
        if not polygon.is_empty:
            outline = Outline.make_compound_path(
                *(Outline(ring.coords, closed=True) for ring in (polygon.exterior, *polygon.interiors))
            )
            axes.add_patch(PathPatch(outline, fc=colour, ec=edge, lw=0.6, alpha=alpha))
