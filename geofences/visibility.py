"""Shortest paths in a polygon with holes: A* over a visibility graph that is built only where it is asked.

A shortest path bends only at reflex vertices of the free area (obstacle corners), and leaves and reaches
them on tangents (de Berg et al., Computational Geometry, 3rd ed., ch. 15). So only such vertices are nodes
and only tangents are edges; the neighbours of a node are found when the search first opens it, and kept.
"""

import heapq
import itertools
import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import shapely
from shapely import MultiPolygon, Polygon

from geofences.shapes import XY, polygons

TOUCH_TOLERANCE_M = 0.01
"""Edges run along the boundary; a free area this much larger lets them be tested without touching it."""

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]


class VisibilityGraph:
    """The visibility graph of a free area, in metres.

    Parameters
    ----------
    area
        Where a path may run, boundary included.
    """

    def __init__(self, area: Polygon | MultiPolygon) -> None:
        parts = polygons(area)
        corners = [corner for part in parts for corner in _reflex_corners(part)]
        table = np.array(corners, dtype=np.float64).reshape(-1, 3, 2)
        self._before, self._at, self._after = table[:, 0], table[:, 1], table[:, 2]
        self._parts = [shapely.buffer(part, TOUCH_TOLERANCE_M, join_style="mitre") for part in parts]
        shapely.prepare(self._parts)
        self._part_of = np.repeat(np.arange(len(parts)), [len(_reflex_corners(part)) for part in parts])
        self._neighbours: dict[int, list[tuple[int, float]]] = {}

    @property
    def vertex_count(self) -> int:
        """How many corners a path may bend at."""
        return len(self._at)

    def shortest_path(self, start: XY, goal: XY) -> list[XY] | None:
        """Return the corner points of the shortest path from start to goal, or None where there is none."""
        part = self._part_holding(start)
        if part is None or part != self._part_holding(goal):
            return None
        if self._sees(part, np.array([start]), np.array([goal]))[0]:
            return [start, goal]
        leave = self._visible_from(part, np.array(start))
        reach = dict(self._visible_from(part, np.array(goal)))
        indices = self._search(np.array(goal), leave, reach)
        return None if indices is None else [start, *(self._corner(index) for index in indices), goal]

    def is_free(self, start: XY, end: XY) -> bool:
        """Say whether the straight line between two points lies in the area."""
        part = self._part_holding(start)
        return part is not None and bool(self._sees(part, np.array([start]), np.array([end]))[0])

    def _corner(self, index: int) -> XY:
        return float(self._at[index, 0]), float(self._at[index, 1])

    def _part_holding(self, point: XY) -> int | None:
        holding = (number for number, part in enumerate(self._parts) if shapely.contains_xy(part, *point))
        return next(holding, None)

    def _search(
        self, goal: Floats, leave: list[tuple[int, float]], reach: dict[int, float]
    ) -> list[int] | None:
        """Search (A*) from corners the start sees to those the goal sees; ties go to the first opened."""
        to_goal_m = np.hypot(*(self._at - goal).T)
        counter = itertools.count()
        best = dict(leave)
        came_from: dict[int, int] = {}
        queue = [(length_m + to_goal_m[index], next(counter), index, False) for index, length_m in leave]
        heapq.heapify(queue)
        closed: set[int] = set()
        while queue:
            _, _, index, at_goal = heapq.heappop(queue)
            if at_goal:
                return _walk_back(came_from, index)
            if index in closed:
                continue
            closed.add(index)
            if index in reach:
                heapq.heappush(queue, (best[index] + reach[index], next(counter), index, True))
            for neighbour, length_m in self._neighbours_of(index):
                total_m = best[index] + length_m
                if total_m < best.get(neighbour, math.inf):
                    best[neighbour], came_from[neighbour] = total_m, index
                    heapq.heappush(queue, (total_m + to_goal_m[neighbour], next(counter), neighbour, False))
        return None

    def _neighbours_of(self, index: int) -> list[tuple[int, float]]:
        if index not in self._neighbours:
            self._neighbours[index] = self._find_neighbours(index)
        return self._neighbours[index]

    def _find_neighbours(self, index: int) -> list[tuple[int, float]]:
        origin = self._at[index]
        towards = self._at - origin
        tangent_here = _same_side(towards, self._before[index] - origin, self._after[index] - origin)
        return self._visible_from(int(self._part_of[index]), origin, tangent_here)

    def _visible_from(
        self, part: int, origin: Floats, allowed: npt.NDArray[np.bool_] | None = None
    ) -> list[tuple[int, float]]:
        """Return index and distance of the corners that a tangent from ``origin`` reaches."""
        towards = self._at - origin
        length_m = np.hypot(towards[:, 0], towards[:, 1])
        tangent = _same_side(towards, self._before - self._at, self._after - self._at)
        candidate = tangent & (self._part_of == part) & (length_m > TOUCH_TOLERANCE_M)
        if allowed is not None:
            candidate &= allowed
        indices: Indices = np.flatnonzero(candidate)
        ends = self._at[indices]
        seen = indices[self._sees(part, np.broadcast_to(origin, ends.shape), ends)]
        return [(int(index), float(length_m[index])) for index in seen]

    def _sees(self, part: int, starts: Floats, ends: Floats) -> npt.NDArray[np.bool_]:
        lines = shapely.linestrings(np.stack([starts, ends], axis=1))
        return np.asarray(shapely.contains_properly(self._parts[part], lines), dtype=np.bool_)


def _same_side(direction: Floats, before: Floats, after: Floats) -> npt.NDArray[np.bool_]:
    """Say for each direction whether both neighbours of a corner lie on one side of it (it is a tangent)."""
    return np.asarray(_cross(direction, before) * _cross(direction, after) >= 0.0)


def _cross(first: Floats, second: Floats) -> Floats:
    return np.asarray(first[..., 0] * second[..., 1] - first[..., 1] * second[..., 0])


def _reflex_corners(polygon: Polygon) -> list[tuple[Floats, Floats, Floats]]:
    """Return (before, corner, after) of each vertex where the free area has more than 180°."""
    normal = shapely.orient_polygons(polygon)
    return [corner for ring in (normal.exterior, *normal.interiors) for corner in _right_turns(ring)]


def _right_turns(ring: shapely.LinearRing) -> Iterator[tuple[Floats, Floats, Floats]]:
    at = shapely.get_coordinates(ring)[:-1]
    before, after = np.roll(at, 1, axis=0), np.roll(at, -1, axis=0)
    turn = _cross(at - before, after - at)
    for index in np.flatnonzero(turn < 0.0):
        yield before[index], at[index], after[index]


def _walk_back(came_from: dict[int, int], index: int) -> list[int]:
    indices = [index]
    while indices[-1] in came_from:
        indices.append(came_from[indices[-1]])
    return indices[::-1]
