"""The places where a shortest path may bend, and on which lines it may reach and leave them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Polygon

from geofences.sight import Flags, Floats, line_through

TANGENT_TOLERANCE_M = 1e-6
"""A line along an edge is a tangent in spite of rounding; one tangent too many does no harm."""


@dataclass(frozen=True, eq=False)
class Nodes:
    """Corners of obstacles, with the lines through their two edges.

    A path that bends at a corner goes round the obstacle, so each of its legs, made longer, leaves the
    obstacle on one side: it is in front of one edge and behind the other (de Berg et al., Computational
    Geometry, 3rd ed., ch. 15). The wedge of such directions is as wide as the corner turns, a few degrees on
    a smooth coast. A node with zero lines is free: a path may bend there at will.

    Parameters
    ----------
    at
        Places in metres, shape (n, 2).
    before, after
        Lines of the edges (see ``line_through``), the free area on the left, shape (n, 3).
    """

    at: Floats
    before: Floats
    after: Floats

    @classmethod
    def corners_of(cls, parts: tuple[Polygon, ...]) -> Self:
        """Return the corners of some polygons where the free area has more than 180°.

        Where rings touch in a vertex, a path may change from one to the other: such nodes are free.
        """
        if not parts:
            return cls.free(np.empty((0, 2)))
        rings = shapely.get_rings(shapely.orient_polygons(np.array(parts, dtype=object)))
        closed, ring = shapely.get_coordinates(rings, return_index=True)
        corner = np.flatnonzero(ring[:-1] == ring[1:])
        at, following = closed[corner], closed[corner + 1]
        begins = np.flatnonzero(np.diff(ring[corner], prepend=-1))
        ends = np.append(begins[1:], len(corner)) - 1
        previous = np.roll(at, 1, axis=0)
        previous[begins] = at[ends]
        touching = _repeated(at)
        into, out_of = at - previous, following - at
        bends = (into[:, 0] * out_of[:, 1] - into[:, 1] * out_of[:, 0] < 0.0) | touching
        free = ~touching[bends, None]
        before = line_through(previous[bends], at[bends]) * free
        return cls(at[bends], before + 0.0, line_through(at[bends], following[bends]) * free + 0.0)

    @classmethod
    def free(cls, at: Floats) -> Self:
        """Return nodes where a path may bend at will."""
        return cls(at, np.zeros((len(at), 3)), np.zeros((len(at), 3)))

    def __len__(self) -> int:
        """Return how many they are."""
        return len(self.at)

    def __add__(self, other: "Nodes") -> "Nodes":
        """Return both."""
        return Nodes(
            np.concatenate([self.at, other.at]),
            np.concatenate([self.before, other.before]),
            np.concatenate([self.after, other.after]),
        )

    @cached_property
    def keys(self) -> list[bytes]:
        """Return what makes each node the same node in another graph."""
        table = np.hstack([self.at + 0.0, self.before, self.after])
        size = table.shape[1] * table.itemsize
        text = table.tobytes()
        return [text[begin : begin + size] for begin in range(0, len(text), size)]

    def touched_from(self, point: Floats, among: npt.NDArray[np.intp] | slice = slice(None)) -> Flags:
        """Say at which nodes the line from a point is a tangent."""
        return _is_tangent(_distance(self.before[among], point), _distance(self.after[among], point))

    def touch(self, index: int, points: Floats) -> Flags:
        """Say to which points the line from one node is a tangent at that node."""
        return _is_tangent(_left_of(self.before[index], points), _left_of(self.after[index], points))


def _repeated(at: Floats) -> Flags:
    """Say which places occur more than once."""
    order = np.lexsort((at[:, 1], at[:, 0]))
    equal = (at[order[1:]] == at[order[:-1]]).all(axis=1)
    repeated = np.zeros(len(at), dtype=np.bool_)
    repeated[order[1:][equal]] = repeated[order[:-1][equal]] = True
    return repeated


def _distance(lines: Floats, point: Floats) -> Floats:
    return np.asarray(lines[:, :2] @ point + lines[:, 2])


def _left_of(line: Floats, points: Floats) -> Floats:
    return np.asarray(points @ line[:2] + line[2])


def _is_tangent(before: Floats, after: Floats) -> Flags:
    low, high = np.minimum(before, after), np.maximum(before, after)
    return np.asarray((low <= TANGENT_TOLERANCE_M) & (high >= -TANGENT_TOLERANCE_M))
