"""Which straight lines cross the boundary of an area: arrays in, arrays out.

Lines from one point are sorted by direction. An edge of the boundary covers a range of that order, so only
pairs of a line and an edge in its direction are looked at, about thirty a line on the coast of Goto.
"""

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
Strip = tuple[Floats, Floats, Floats]
"""A rectangle in any direction: a matrix that turns points (from the right), then the lowest and highest."""

RUN = 16
"""Edges that follow each other are looked at, or left out, together."""

HALF_TURN = 2.0
"""180° in the numbers of ``_direction``."""

BLOCK = 200_000
"""Pairs of line and edge that are compared at once: a few megabytes."""


class Boundary:
    """The edges of an area, with the area on their left, in runs of a few that follow each other.

    Parameters
    ----------
    area
        Polygon, multipolygon or several of them, metres.
    """

    def __init__(self, area: BaseGeometry) -> None:
        rings = shapely.get_rings(shapely.get_parts(shapely.orient_polygons(area)))
        runs = [_runs(shapely.get_coordinates(ring)) for ring in rings]
        at = np.concatenate([np.empty((0, RUN + 1, 2)), *runs])
        self._x, self._y = at[..., 0].copy(), at[..., 1].copy()
        self.segments = np.concatenate([at[:, :-1], at[:, 1:]], axis=2).reshape(-1, 4)
        self._lines = line_through(self.segments[:, :2], self.segments[:, 2:]).T.copy()
        low, high = at.min(axis=1, initial=np.inf), at.max(axis=1, initial=-np.inf)
        self._middle, size = (low + high) / 2, high - low
        self._radius = np.hypot(size[:, 0], size[:, 1]) / 2

    def runs_between(self, first: Floats, second: Floats) -> Indices:
        """Return the runs that reach into the double wedge between two lines (see ``line_through``)."""
        left_of_first = self._middle @ first[:2] + first[2]
        left_of_second = self._middle @ second[:2] + second[2]
        low, high = np.minimum(left_of_first, left_of_second), np.maximum(left_of_first, left_of_second)
        return np.flatnonzero((low <= self._radius) & (high >= -self._radius))

    def edges_within(self, strip: Strip) -> Indices:
        """Return the edges that may reach into a strip."""
        turn, low, high = strip
        middle = self._middle @ turn
        far = (middle < low - self._radius[:, None]) | (middle > high + self._radius[:, None])
        edges = (np.flatnonzero(~far.any(axis=1))[:, None] * RUN + np.arange(RUN)).ravel()
        first, second = self.segments[edges, :2] @ turn, self.segments[edges, 2:] @ turn
        past = (np.maximum(first, second) < low) | (np.minimum(first, second) > high)
        return np.asarray(edges[~past.any(axis=1)])

    def crossed(self, origin: Floats, ends: Floats) -> tuple[Indices, Indices, Floats, Floats]:
        """Return the pairs (edge, line) that cross, for lines from one point.

        Returns
        -------
        edge, line
            Indices of edge and line, shape (n,).
        before, behind
            How far left of the edge the line begins and ends, metres, shape (n,).
        """
        edge, line = self._in_direction(origin, ends, slice(None))
        before, behind = self._side_of(edge, origin[None]), self._side_of(edge, ends[line])
        crosses = (before > 0.0) != (behind > 0.0)
        return edge[crosses], line[crosses], before[crosses], behind[crosses]

    def sees(self, origin: Floats, ends: Floats, runs: Indices | None = None) -> Flags:
        """Say which lines from a point inside the area to others inside stay inside.

        Only some runs are looked at, where it is known that the lines stay clear of the others.
        """
        edge, line = self._in_direction(origin, ends, slice(None) if runs is None else runs, facing=True)
        seen = np.ones(len(ends), dtype=np.bool_)
        seen[line[self._side_of(edge, ends[line]) <= 0.0]] = False
        return seen

    def is_clear(self, start: Floats, end: Floats) -> bool:
        """Say whether one line between points inside the area stays inside."""
        a, b, c = line_through(start[None], end[None])[0]
        left = a * self._x + b * self._y + c > 0.0
        edge = np.flatnonzero(left[:, :-1] != left[:, 1:])
        parts = (self._side_of(edge, start[None]) > 0.0) != (self._side_of(edge, end[None]) > 0.0)
        return not parts.any()

    def _side_of(self, edge: Indices, points: Floats) -> Floats:
        a, b, c = self._lines
        return np.asarray(a[edge] * points[:, 0] + b[edge] * points[:, 1] + c[edge])

    def _in_direction(
        self, origin: Floats, ends: Floats, runs: Indices | slice, *, facing: bool = False
    ) -> tuple[Indices, Indices]:
        """Return the pairs (edge, line) where the edge lies in the direction of the line, near or far.

        Only edges that have the origin on their left, where ``facing`` is asked for.
        """
        towards = _direction(ends[:, 0] - origin[0], ends[:, 1] - origin[1])
        order = np.argsort(towards)
        corners = _direction(self._x[runs] - origin[0], self._y[runs] - origin[1])
        rank = np.searchsorted(towards[order], corners)
        wraps = np.abs(corners[:, 1:] - corners[:, :-1]) > HALF_TURN
        some = np.flatnonzero((rank[:, 1:] != rank[:, :-1]) | wraps)
        edges = some if isinstance(runs, slice) else runs[some // RUN] * RUN + some % RUN
        if facing:
            in_front = self._side_of(edges, origin[None]) > 0.0
            some, edges = some[in_front], edges[in_front]
        begin, end = rank[:, :-1].ravel()[some], rank[:, 1:].ravel()[some]
        low, high = np.minimum(begin, end), np.maximum(begin, end)
        back = np.flatnonzero(wraps.ravel()[some])
        if back.size:  # these cross the direction in which the order begins and ends
            edges = np.concatenate([edges, edges[back]])
            low, high = (
                np.concatenate([low, np.zeros_like(back)]),
                np.concatenate([high, low[back]]),
            )
            low[back], high[back] = high[back], len(order)
        count = high - low
        position = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count - low, count)
        return np.repeat(edges, count), order[position]


def _runs(ring: Floats) -> Floats:
    """Return a closed ring as runs of vertices that share their ends, shape (n, RUN + 1, 2)."""
    count = -(-(len(ring) - 1) // RUN)
    index = np.minimum(np.arange(count)[:, None] * RUN + np.arange(RUN + 1), len(ring) - 1)
    return np.asarray(ring[index])


def line_through(starts: Floats, ends: Floats) -> Floats:
    """Return (a, b, c) of each line: ax + by + c is the distance of (x, y) to its left; zeros for no line."""
    towards = ends - starts
    length = np.hypot(towards[:, 0], towards[:, 1])
    unit = towards / np.where(length > 0.0, length, 1.0)[:, None]
    return np.stack([-unit[:, 1], unit[:, 0], unit[:, 1] * starts[:, 0] - unit[:, 0] * starts[:, 1]], axis=1)


def any_crossed(starts: Floats, ends: Floats, segments: Floats) -> Flags:
    """Say which of any lines cross one of some segments (x, y, x, y)."""
    step = max(1, BLOCK // max(1, len(segments)))
    blocks = [
        _any_crossed(starts[begin : begin + step], ends[begin : begin + step], segments)
        for begin in range(0, len(starts), step)
    ]
    return np.concatenate(blocks) if blocks else np.zeros(0, dtype=np.bool_)


def _any_crossed(starts: Floats, ends: Floats, segments: Floats) -> Flags:
    first, second = segments[:, :2], segments[:, 2:]
    lines, edges = line_through(starts, ends), line_through(first, second)
    apart = (_sides(lines, first) > 0.0) != (_sides(lines, second) > 0.0)
    apart &= (_sides(edges, starts) > 0.0).T != (_sides(edges, ends) > 0.0).T
    return np.asarray(apart.any(axis=1))


def _sides(lines: Floats, points: Floats) -> Floats:
    """Return the distance of each point (column) to the left of each line (row)."""
    return np.asarray(lines[:, :2] @ points.T + lines[:, 2:])


def _direction(x: Floats, y: Floats) -> Floats:
    """Return a number that grows with the direction, -1 to 3 from south over east and north."""
    length = np.abs(x) + np.abs(y)
    sine = y / np.where(length > 0.0, length, 1.0)
    return np.where(x < 0.0, 2.0 - sine, sine)
