"""Texts on a map that keep off each other and off what they must not cover."""

import math
from collections.abc import Sequence

import shapely
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.text import Annotation
from shapely.geometry.base import BaseGeometry

from geofences.shapes import XY

HALO = withStroke(linewidth=2.6, foreground="white", alpha=0.85)
ON_THE_SPOT = ((0.0, 0.0),)
LINE_WIDTH_PX = 5.0
LINE_SPACING = 1.4
"""Japanese letters fill the whole line: at 1.2, as for Latin, two lines touch."""


def around(distance: float) -> tuple[XY, ...]:
    """Return eight directions to put a text beside a point, the best first, in points."""
    bearings = (45.0, 135.0, 315.0, 225.0, 90.0, 270.0, 0.0, 180.0)
    angles = [math.radians(each) for each in bearings]
    return tuple((distance * math.sin(angle), distance * math.cos(angle)) for angle in angles)


class Labels:
    """Puts texts on a map, the most important first; a later one that finds no free place is left out.

    Parameters
    ----------
    axes
        The map; its limits must be set.
    """

    def __init__(self, axes: Axes) -> None:
        self._axes = axes
        self._taken: list[BaseGeometry] = []

    def keep_off(self, geometry: BaseGeometry, margin_px: float = LINE_WIDTH_PX) -> None:
        """Let no text cover a geometry, given in metres."""
        pixels = shapely.transform(geometry, self._axes.transData.transform)
        self._taken.append(shapely.buffer(pixels, margin_px))

    def write(
        self,
        at: XY,
        text: str,
        *,
        colour: str,
        size: float = 9.0,
        weight: str = "normal",
        style: str = "normal",
        offsets: Sequence[XY] = ON_THE_SPOT,
        must: bool = False,
    ) -> bool:
        """Write a text at the first free offset (points) from a place; say whether there was one.

        Parameters
        ----------
        must
            Write it at the first offset where none is free.
        """
        label = self._axes.annotate(
            text,
            at,
            offsets[0],
            textcoords="offset points",
            color=colour,
            size=size,
            weight=weight,
            style=style,
            linespacing=LINE_SPACING,
            path_effects=[HALO],
            zorder=9,
        )
        for offset in offsets:
            _move(label, offset)
            if self._is_free(self._box(label)):
                break
        else:
            if not must:
                label.remove()
                return False
            _move(label, offsets[0])
        self._taken.append(self._box(label))
        return True

    def _box(self, label: Annotation) -> BaseGeometry:
        extent = label.get_window_extent()
        return shapely.box(extent.x0 - 1, extent.y0 - 1, extent.x1 + 1, extent.y1 + 1)

    def _is_free(self, box: BaseGeometry) -> bool:
        frame = self._axes.get_window_extent()
        inside = shapely.box(frame.x0, frame.y0, frame.x1, frame.y1).contains(box)
        return bool(inside) and not any(shapely.intersects(each, box) for each in self._taken)


def _move(label: Annotation, offset: XY) -> None:
    x, y = offset
    label.set_position(offset)
    label.set_horizontalalignment("left" if x > 1.0 else "right" if x < -1.0 else "center")
    label.set_verticalalignment("bottom" if y > 1.0 else "top" if y < -1.0 else "center")
