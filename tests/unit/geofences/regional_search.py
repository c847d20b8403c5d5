"""Cheapest ways through regions by a plain search: every vertex, and many points on every boundary."""

import itertools
from collections.abc import Sequence

import numpy as np
import shapely
from scipy.sparse.csgraph import dijkstra
from shapely import Polygon

from geofences.cost import CostRegion, LegCost
from geofences.shapes import XY
from tests.unit.geofences.brute_force import TOUCH_M, Floats

SPACING_M = 60.0
"""Distance of points on the boundaries of regions. A path through the next one is longer in second order."""

EDGE_M = 0.01
"""A boundary belongs to its cheaper side."""


class RegionalSearch:
    """A map with regions; where some overlap the largest factor holds."""

    def __init__(self, area: Polygon, regions: Sequence[CostRegion], outside_factor: float) -> None:
        self.area = area
        self.outside_factor = outside_factor
        self.regions = sorted(regions, key=lambda each: -each.factor)

    def least_cost(self, start: XY, goal: XY, cost: LegCost) -> float:
        """Return the cost of the cheapest way through vertices and points on boundaries."""
        nodes = self._nodes(start, goal)
        first, second = np.triu_indices(len(nodes), 1)
        lines = shapely.linestrings(np.stack([nodes[first], nodes[second]], axis=1))
        wider = self.area.buffer(TOUCH_M, join_style="mitre")
        shapely.prepare(wider)
        sees = shapely.covers(wider, lines)
        ways = np.stack([first[sees], second[sees]])
        first, second = np.concatenate([ways, ways[::-1]], axis=1)
        table = np.zeros((len(nodes), len(nodes)))
        table[first, second] = self.leg_costs(nodes[first], nodes[second], cost)
        return float(dijkstra(table, indices=0)[1])

    def cost_of(self, path: Sequence[XY], cost: LegCost) -> float:
        """Return the cost of a path."""
        legs = list(itertools.pairwise(path))
        starts, ends = (np.array([leg[side] for leg in legs]) for side in (0, 1))
        return float(self.leg_costs(starts, ends, cost).sum())

    def leg_costs(self, starts: Floats, ends: Floats, cost: LegCost) -> Floats:
        """Return what legs cost: their length inside each region is measured by cutting them."""
        lines = shapely.linestrings(np.stack([starts, ends], axis=1))
        lengths_m = shapely.length(lines)
        weighted_m, taken = np.zeros(len(lines)), Polygon()
        for region in self.regions:
            dearer = region.factor - self.outside_factor
            edged = shapely.buffer(region.shape, -EDGE_M if dearer > 0.0 else EDGE_M, join_style="mitre")
            own = shapely.difference(edged, taken)
            weighted_m += dearer * shapely.length(shapely.intersection(lines, own))
            taken = shapely.union(taken, edged)
        factors = self.outside_factor + weighted_m / np.maximum(lengths_m, TOUCH_M)
        return np.asarray(cost.cost(starts, ends, np.zeros(len(starts))) * factors)

    def _nodes(self, start: XY, goal: XY) -> Floats:
        rings = [shapely.segmentize(each.shape.boundary, SPACING_M) for each in self.regions]
        edges = shapely.get_coordinates([self.area.boundary, *rings])
        crossings = shapely.get_coordinates(
            [shapely.intersection(self.area.boundary, ring) for ring in rings]
        )
        points = np.concatenate([edges, crossings])
        inside = points[shapely.intersects_xy(self.area.buffer(TOUCH_M), points)]
        return np.concatenate([[start, goal], np.unique(inside, axis=0)])
