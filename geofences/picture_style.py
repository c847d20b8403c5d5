"""Colours, fonts and small marks that the parts of a picture share."""

from collections.abc import Sequence
from functools import cache

from matplotlib import font_manager, patheffects
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from shapely.geometry.base import BaseGeometry

from geofences.airspace import Airspace
from geofences.route import Route
from geofences.shapes import XY, polygons
from geofences.values import Position

SEA, LAND, SHORE, LANE, TEXT = "#dcebf3", "#ece7d8", "#857d66", "#b9d7e6", "#222222"
OUT_COLOUR, HOME_COLOUR, TRACK_COLOUR = "#b3123f", "#1f5f8b", "#111111"
"""The way out is camellia red: 椿."""

KEEP_OUT, CAUTION = "#c0392b", "#d8a200"
JAPANESE_FONTS = ("Noto Sans CJK JP", "IPAexGothic", "IPAGothic", "Hiragino Sans", "Yu Gothic", "Meiryo")

TrackPoint = tuple[Position, float]
"""Where the vehicle was, and its altitude above mean sea level in metres."""


@cache
def japanese_font() -> str | None:
    """Return a font of this machine that has Japanese glyphs, if there is one."""
    known = set(font_manager.get_font_names())
    return next((font for font in JAPANESE_FONTS if font in known), None)


def label(
    axes: Axes,
    at: XY,
    text: str,
    *,
    ascii_text: str | None = None,
    offset: tuple[float, float] = (0, 0),
    colour: str = TEXT,
    align: str = "left",
    strong: bool = False,
) -> None:
    """Write a text with a white edge; ``ascii_text`` instead where this machine has no Japanese font."""
    font = japanese_font()
    axes.annotate(
        text if font or ascii_text is None else ascii_text,
        at,
        offset,
        textcoords="offset points",
        ha=align,
        color=colour,
        size=12 if strong else 9,
        weight="bold" if strong else "normal",
        family=font or "sans-serif",
        annotation_clip=True,
        path_effects=[patheffects.withStroke(linewidth=3, foreground="white", alpha=0.8)],
        zorder=7,
    )


def title(axes: Axes, airspace: Airspace, routes: Sequence[Route]) -> None:
    """Write from where to where, and the figures of the ways, above the map."""
    way_out = routes[0]
    ends = [airspace.site(each) for each in (way_out.origin_site_id, way_out.destination_site_id)]
    font = japanese_font()
    names = [f"{site.name_ja} {site.name_en}" if font else site.name_en for site in ends]
    axes.set_title(" → ".join(names), loc="left", size=15, weight="bold", family=font or "sans-serif")
    figures = [
        f"{name} {route.length_m / 1000:.1f} km, {route.duration_s / 60:.0f} min, {route.energy_wh:.0f} Wh"
        for name, route in zip(("out", "home"), routes, strict=False)
    ]
    axes.set_title("  ·  ".join(figures), loc="right", size=10, color=TEXT)


def fill(
    axes: Axes,
    area: BaseGeometry,
    colour: str,
    *,
    alpha: float = 1.0,
    edge: str = "none",
    hatch: str | None = None,
    name: str | None = None,
) -> None:
    """Fill an area with its holes; ``name`` enters the legend once."""
    outlines = [
        Outline(ring.coords, closed=True)
        for polygon in polygons(area)
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    if not outlines:
        return
    known = {handle.get_label() for handle in axes.patches}
    patch = PathPatch(
        Outline.make_compound_path(*outlines),
        facecolor=colour,
        edgecolor=edge,
        linewidth=0.7,
        alpha=alpha,
        hatch=hatch,
        label=name if name is not None and name not in known else None,
    )
    axes.add_patch(patch)
