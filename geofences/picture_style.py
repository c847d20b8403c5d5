"""Colours, fonts and values that the parts of a picture share."""

import re
from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from functools import cache

import shapely
from matplotlib import font_manager, rc_context
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from shapely.geometry.base import BaseGeometry

from geofences.airspace import Airspace
from geofences.performance import NO_WIND
from geofences.picture_labels import Labels
from geofences.route import Certificate, Route
from geofences.shapes import polygons
from geofences.values import Position
from geofences.wind import WindField

SEA, NEAR_COAST, LAND, SHORE = "#dcebf3", "#c6dce8", "#f0ead8", "#857d66"
LANE, LANE_EDGE, GRID, PAPER = "#eef6fa", "#8db2c6", "#ffffff", "#ffffff"
TEXT, QUIET, FAINT = "#222222", "#5d6a72", "#dfe3e6"
OUT_COLOUR, HOME_COLOUR, TRACK_COLOUR = "#b3123f", "#1f5f8b", "#111111"
"""The way out is camellia red: 椿."""

KEEP_OUT, KEEP_IN, CAUTION, CAUTION_TEXT, DIVERT = "#c0392b", "#6c4a9c", "#d8a200", "#7d5f00", "#2f7d4f"
JAPANESE_FONTS = ("Noto Sans CJK JP", "IPAexGothic", "IPAGothic", "Hiragino Sans", "Yu Gothic", "Meiryo")
LATIN_FONTS = ("Liberation Sans", "Arial", "Helvetica", "DejaVu Sans")
"""The last one comes with matplotlib, and has the signs that others lack."""

_BRACKETS = re.compile(r"\s*[((][^()()]*[))]")
_NOT_LATIN = re.compile(r"\s*\([^()]*[^\x00-\u024f–—·→°≥][^()]*\)|[^\x00-\u024f–—·→°≥]")

DISC = {"boxstyle": "circle,pad=0.28", "facecolor": TEXT, "edgecolor": PAPER, "linewidth": 1.0}
"""The black disc behind the number of a clearance."""

TrackPoint = tuple[Position, float]
"""Where the vehicle was, and its altitude above mean sea level in metres."""


@dataclass(frozen=True)
class Flight:
    """What is drawn of one flight: its ways, and what is known beside them."""

    routes: Sequence[Route]
    certificate: Certificate | None = None
    wind: WindField = NO_WIND
    track: Sequence[TrackPoint] = ()
    caption: str = ""

    @property
    def end_ids(self) -> list[str]:
        """The sites or points where the ways begin and end."""
        ends = [(route.origin_site_id, route.destination_site_id) for route in self.routes]
        return list(dict.fromkeys(each for pair in ends for each in pair))


@dataclass(frozen=True)
class Chart:
    """A map that is being drawn: its axes, what it shows, the part that is seen (m), its labels.

    ``metres_per_point`` is how much of the map one typographic point (1/72 inch) covers.
    """

    axes: Axes
    airspace: Airspace
    frame: shapely.Polygon
    labels: Labels
    metres_per_point: float


@cache
def japanese_font() -> str | None:
    """Return a font of this machine that has Japanese glyphs, if there is one."""
    return _first_known(JAPANESE_FONTS) or (_first_known(JAPANESE_FONTS) if _new_fonts_added() else None)


def _first_known(fonts: Sequence[str]) -> str | None:
    known = set(font_manager.get_font_names())
    return next((font for font in fonts if font in known), None)


def _new_fonts_added() -> bool:
    """Say whether there were fonts to add: matplotlib keeps its list, and misses what was installed later."""
    listed = {each.fname for each in font_manager.fontManager.ttflist}
    new = sorted(set(font_manager.findSystemFonts()) - listed)
    for path in new:
        with suppress(OSError, RuntimeError, NotImplementedError):
            font_manager.fontManager.addfont(path)
    return bool(new)


def house_style() -> AbstractContextManager[None]:
    """Return the context that pictures are drawn in: our fonts, and nothing of what a user has set."""
    japanese = japanese_font()
    known = set(font_manager.get_font_names())
    fonts = [each for each in (japanese, *LATIN_FONTS) if each in known]
    return rc_context(
        {
            "font.family": fonts,
            "text.color": TEXT,
            "text.parse_math": False,
            "axes.edgecolor": QUIET,
            "axes.linewidth": 0.8,
            "hatch.linewidth": 0.6,
        }
    )


def short(name: str) -> str:
    """Return a name without what stands in brackets: the heights of an airport's surface, another name."""
    return _BRACKETS.sub("", name)


def words(japanese: str, english: str, *, between: str = " ") -> str:
    """Return a text in both languages; only English where this machine has no Japanese font."""
    if japanese_font() is not None:
        return japanese if japanese == english else f"{japanese}{between}{english}"
    return _NOT_LATIN.sub("", english).strip() or "?"


def above(floor_m: float) -> str:
    """Return the heights from a floor without an end."""
    return f"{floor_m:.0f} m {words('以上', 'and above')}"


def fill(
    axes: Axes,
    area: BaseGeometry,
    colour: str,
    *,
    alpha: float = 1.0,
    edge: str = "none",
    width: float = 0.7,
    style: str = "-",
    hatch: str | None = None,
    name: str | None = None,
    order: float = 1.0,
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
        linewidth=width,
        linestyle=style,
        alpha=alpha,
        hatch=hatch,
        label=name if name is not None and name not in known else None,
        zorder=order,
    )
    axes.add_patch(patch)
