"""Whether there is a way at all, found by flooding a grid: no corners, no sight lines, no buffers.

A cell counts as free where its whole square is far enough from land, zones and boundary, measured from its
centre to points along the coasts and to the zones themselves. So a flood that arrives proves that there is a
way; one that does not says that none is wider than the corridor and a cell.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely
from scipy.ndimage import label
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree
from shapely.geometry.base import BaseGeometry

from geofences.airspace import Airspace
from geofences.judge_zones import JudgedZone, judged_zones
from geofences.shapes import XY
from geofences.values import AltitudeBand, Interval, ZoneRule

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.intp]

GIVEN_AWAY_M = 20.0
"""What the router keeps more than the rule: 1 % of 200 m, 0.12 % of 100 m, and twice ``ROUTER_SLACK_M``."""

BESIDE_GATE_M = 5.0
"""The same at a gate, which may lie on the edge of the free area: without the slack of outlines."""

COAST_STEP_M = 10.0
"""Distance of the points along coasts; at 300 m that is 4 cm."""

LINK_M = 400.0
"""How far from an end the flood may begin."""


@dataclass(frozen=True, eq=False)
class Grid:
    """The cells of an airspace that land and boundary leave free, whatever zones there are.

    Parameters
    ----------
    cell_m
        The side of a cell.
    """

    airspace: Airspace
    cell_m: float

    @cached_property
    def centres(self) -> Floats:
        """The centres of all cells, shape (rows, columns, 2)."""
        west, south, east, north = self._boundary.bounds
        x_m, y_m = np.arange(west, east, self.cell_m), np.arange(south, north, self.cell_m)
        return np.stack(np.meshgrid(x_m, y_m), axis=-1)

    @cached_property
    def reach_m(self) -> float:
        """Half the diagonal of a cell: what the centre must have more than the rule."""
        return self.cell_m * math.sqrt(0.5)

    @cached_property
    def free(self) -> Flags:
        """Which cells are free of land and boundary, shape (rows, columns)."""
        at = self.centres.reshape(-1, 2)
        margins_m = self.margins_m(at)
        return np.asarray(margins_m >= self.reach_m + GIVEN_AWAY_M).reshape(self.centres.shape[:2])

    def margins_m(self, at: Floats) -> Floats:
        """Return how far points, shape (n, 2), are from breaking the rules for land and boundary."""
        policy = self.airspace.policy
        coast_m = policy.coast_clearance_m + policy.cruise_half_width_m
        to_land_m, _ = self._coast.query(at, distance_upper_bound=coast_m + 1_000.0)
        to_edge_m, _ = self._edge.query(at, distance_upper_bound=policy.cruise_half_width_m + 1_000.0)
        margins_m = np.minimum(to_land_m - coast_m, to_edge_m - policy.cruise_half_width_m)
        wrong = shapely.contains_xy(self._land, at) | ~shapely.contains_xy(self._boundary, at)
        return np.where(wrong, -np.inf, margins_m)

    @cached_property
    def _land(self) -> BaseGeometry:
        local = self.airspace.projection.geometry_to_local
        land = shapely.union_all([local(each.geometry) for each in self.airspace.islands])
        shapely.prepare(land)
        return land

    @cached_property
    def _boundary(self) -> BaseGeometry:
        boundary = self.airspace.projection.geometry_to_local(self.airspace.boundary)
        shapely.prepare(boundary)
        return boundary

    @cached_property
    def _coast(self) -> cKDTree:
        return _tree_along(self._land)

    @cached_property
    def _edge(self) -> cKDTree:
        return _tree_along(self._boundary)


@dataclass(frozen=True)
class Flood:
    """A grid under the zones of an airspace in force at any time of an interval.

    Parameters
    ----------
    bands
        The altitudes in which the way must be free.
    """

    grid: Grid
    airspace: Airspace
    interval: Interval
    bands: Sequence[AltitudeBand]

    def joins(self, start: XY, goal: XY) -> bool:
        """Say whether the flood from one place arrives at the other."""
        lakes, _ = label(self._free)
        first, second = (set(lakes[self._links(end)].tolist()) - {0} for end in (start, goal))
        return bool(first & second)

    def is_tight(self, end: XY, *, is_gate: bool) -> bool:
        """Say whether an end lies in what the router gives away: beside a zone or, for a point, a coast."""
        at = np.array([end])
        margins_m = [float(self._zone_margins_m(zone, at)[0]) for zone in self._zones]
        margins_m += [] if is_gate else [float(self.grid.margins_m(at)[0])]
        return any(each < GIVEN_AWAY_M for each in margins_m)

    def length_m(self, start: XY, goal: XY) -> float:
        """Return the length of the shortest way from cell to neighbouring cell, inf where there is none."""
        number = np.full(self._free.shape, -1)
        number[self._free] = np.arange(int(self._free.sum()))
        ends = [(number[self._links(end)], end) for end in (start, goal)]
        rows, columns, lengths_m = (
            np.concatenate(part) for part in zip(*self._steps(number, ends), strict=True)
        )
        count = int(self._free.sum()) + 2
        table = csr_array((lengths_m, (rows, columns)), shape=(count, count))
        return float(dijkstra(table, directed=False, indices=count - 2)[count - 1])

    def _steps(
        self, number: Numbers, ends: list[tuple[Numbers, XY]]
    ) -> Iterator[tuple[Numbers, Numbers, Floats]]:
        """Yield pairs of neighbouring cells, and of ends and cells that they reach, with their distances."""
        height, width = number.shape
        for down, right in ((0, 1), (1, 0), (1, 1), (1, -1)):
            here = number[: height - down, max(0, -right) : width - max(0, right)]
            there = number[down:, max(0, right) : width + min(0, right)]
            both = (here >= 0) & (there >= 0)
            yield (
                here[both],
                there[both],
                np.full(int(both.sum()), self.grid.cell_m * math.hypot(down, right)),
            )
        centres = self.grid.centres[self._free]
        for index, (cells, at) in enumerate(ends):
            yield np.full(len(cells), len(centres) + index), cells, np.hypot(*(centres[cells] - at).T)

    @property
    def zone_ids(self) -> frozenset[str]:
        """The zones that count."""
        return frozenset(each.zone.id for each in self._zones)

    @cached_property
    def _zones(self) -> list[JudgedZone]:
        return [
            zone
            for zone, heights in judged_zones(self.airspace, self.interval, self.grid._land)
            if any(heights.overlaps(band) for band in self.bands)
        ]

    @cached_property
    def _free(self) -> Flags:
        free, grid = self.grid.free.copy(), self.grid
        for zone in self._zones:
            rows, columns = np.nonzero(free & self._near(zone))
            at = grid.centres[rows, columns]
            margins_m = self._zone_margins_m(zone, at)
            free[rows, columns] = margins_m >= grid.reach_m + GIVEN_AWAY_M
        return free

    def _near(self, zone: JudgedZone) -> Flags:
        """Say which cells a zone may close: those in the box around a keep-out, with room to spare."""
        if zone.zone.rule is ZoneRule.KEEP_IN:
            return np.ones(self.grid.free.shape, dtype=np.bool_)
        west, south, east, north = zone.body.bounds
        room_m = zone.radius_m + 1.1 * zone.zone.buffer_m + self._half_width_m + 200.0
        x_m, y_m = self.grid.centres[..., 0], self.grid.centres[..., 1]
        return np.asarray(
            (x_m > west - room_m) & (x_m < east + room_m) & (y_m > south - room_m) & (y_m < north + room_m)
        )

    def _zone_margins_m(self, zone: JudgedZone, at: Floats) -> Floats:
        """Return how far the corridor around points is from breaking a zone.

        The router makes polygons of circles, which are off by 0.12 % of their radius, and grows by buffers
        that are too large by 1 %.
        """
        margins_m = zone.margins_m(shapely.points(at)) - self._half_width_m
        return np.asarray(margins_m - 0.002 * zone.radius_m - 0.01 * zone.zone.buffer_m)

    def _links(self, end: XY) -> tuple[Numbers, Numbers]:
        """Return the free cells that a straight line from an end reaches."""
        away_m = np.hypot(self.grid.centres[..., 0] - end[0], self.grid.centres[..., 1] - end[1])
        rows, columns = np.nonzero(self._free & (away_m < LINK_M))
        clear = [self._is_clear(end, at) for at in self.grid.centres[rows, columns]]
        kept = np.array(clear, dtype=np.bool_)
        return rows[kept], columns[kept]

    def _is_clear(self, end: XY, at: Floats) -> bool:
        line = np.linspace(end, at, 41)
        return all(float(margins_m.min()) >= BESIDE_GATE_M for margins_m in self._margins_m(line))

    def _margins_m(self, points: Floats) -> Iterator[Floats]:
        yield self.grid.margins_m(points)
        for zone in self._zones:
            yield self._zone_margins_m(zone, points)

    @property
    def _half_width_m(self) -> float:
        return self.airspace.policy.cruise_half_width_m


def _tree_along(shape: BaseGeometry) -> cKDTree:
    return cKDTree(shapely.get_coordinates(shapely.segmentize(shapely.boundary(shape), COAST_STEP_M)))
