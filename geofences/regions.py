"""Regions where a metre costs more or less: what they make of a leg, and where paths refract."""

import math
from collections.abc import Sequence

import numpy as np
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from geofences.cost import CostRegion
from geofences.fans import Fans
from geofences.sight import Boundary, Floats, Strip

EDGE_M = 0.01
"""The boundary of a region belongs to its cheaper side: dear ones shrink by this much, cheap ones grow."""

STEINER_SPACING_M = 100.0
"""Distance of the points at which a path may enter or leave a region. A path through the next point instead
of the best one costs more only in second order, and the path found is refined afterwards."""

MOST_STEINER_POINTS = 400
"""With long boundaries the points lie further apart, so that a search does not become slow."""


class Layers:
    """All regions, as one stack of areas: each adds to (or takes from) the factor of what is below it.

    Parameters
    ----------
    regions
        The regions; where some overlap, the largest factor holds.
    outside_factor
        The factor outside all of them.
    """

    def __init__(self, regions: Sequence[CostRegion], outside_factor: float) -> None:
        self.outside_factor = outside_factor
        factors = sorted({region.factor for region in regions})
        self.least_factor = min([outside_factor, *factors])
        shapes = [
            shapely.union_all([region.shape for region in regions if region.factor >= factor])
            for factor in factors
        ]
        self._steps = np.diff(factors, prepend=outside_factor)
        self._areas = [_edged(shape, step) for shape, step in zip(shapes, self._steps, strict=True)]
        boundaries = [Boundary(area) for area in self._areas]
        self._boundary = Boundary(self._areas)
        self._step_of_edge = np.repeat(self._steps, [len(each.segments) for each in boundaries])
        shapely.prepare(self._areas)
        self.rings = [ring for shape in shapes for ring in shapely.get_rings(shapely.get_parts(shape))]
        length_m = math.fsum(ring.length for ring in self.rings)
        self.spacing_m = max(STEINER_SPACING_M, length_m / MOST_STEINER_POINTS)

    def level_at(self, points: Floats) -> Floats:
        """Return the factor at each point, less that outside."""
        level = np.zeros(len(points))
        for area, step in zip(self._areas, self._steps, strict=True):
            level += step * shapely.contains_xy(area, points)
        return level

    def factors(self, origin: Floats, ends: Floats, levels: Floats) -> Floats:
        """Return the mean factor of each line from a point; ``levels`` are those at the ends."""
        edge, line, before, behind = self._boundary.crossed(origin, ends)
        leaves_at = before / (before - behind)
        signed = self._step_of_edge[edge] * np.where(before > 0.0, leaves_at, -leaves_at)
        mean = self.outside_factor + levels + np.bincount(line, weights=signed, minlength=len(ends))
        return np.maximum(mean, self.least_factor)

    def edges_within(self, strip: Strip) -> tuple[Floats, Floats]:
        """Return the edges of regions that may reach into a strip, and the steps of the factor there."""
        edges = self._boundary.edges_within(strip)
        return self._boundary.segments[edges], self._step_of_edge[edges]

    def factors_between(self, fans: Fans, steps: Floats, levels: Floats) -> Floats:
        """Return the mean factors of all lines that cross some edges, shape (starts, ends)."""
        edge, start, end = np.nonzero(fans.crossed)
        before, behind = fans.before[edge, start], fans.behind[edge, end]
        leaves_at = before / (before - behind)
        signed = steps[edge] * np.where(before > 0.0, leaves_at, -leaves_at)
        added = np.zeros(fans.crossed.shape[1:])
        np.add.at(added, (start, end), signed)
        return np.maximum(self.outside_factor + levels + added, self.least_factor)

    def nodes_in(self, area: BaseGeometry) -> Floats:
        """Return the points on the boundaries, in an area, at which a path may bend, shape (n, 2)."""
        if not self.rings:
            return np.empty((0, 2))
        dense = shapely.get_coordinates(shapely.segmentize(self.rings, self.spacing_m))
        clipped = shapely.get_coordinates(shapely.intersection(self.rings, area))
        at = np.unique(np.concatenate([dense, clipped]), axis=0)
        return np.asarray(at[shapely.intersects_xy(area, at)])


def _edged(shape: BaseGeometry, step: float) -> BaseGeometry:
    edged = shapely.buffer(shape, -EDGE_M if step > 0.0 else EDGE_M, join_style="mitre")
    return edged if not edged.is_empty else Polygon()
