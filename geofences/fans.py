"""All straight lines from some points to some others nearby, looked at together: which edges they cross.

Between two groups of points the lines fill a strip, and few edges of a boundary reach into it, so every line
may be compared with each of those at once.
"""

import math
from dataclasses import dataclass
from typing import Self

import numpy as np

from geofences.sight import Flags, Floats, Strip


@dataclass(frozen=True, eq=False)
class Fans:
    """The crossings of all lines from ``a`` starts to ``b`` ends with ``e`` edges.

    Parameters
    ----------
    before, behind
        How far left of the edges the lines begin and end, in lengths of the edge times metres, shapes (e, a)
        and (e, b).
    crossed
        Which lines cross which edges, shape (e, a, b).
    """

    before: Floats
    behind: Floats
    crossed: Flags

    @classmethod
    def of(cls, edges: Floats, starts: Floats, ends: Floats) -> Self:
        """Return the crossings; edges as x, y, x, y of their ends, shape (e, 4)."""
        origin = starts[0]  # near all of them, so that rounding does no harm
        first, second = edges[:, :2] - origin, edges[:, 2:] - origin
        starts, ends = starts - origin, ends - origin
        along = second - first
        own = (along[:, 0] * first[:, 1] - along[:, 1] * first[:, 0])[:, None]
        before, behind = _cross(along, starts) - own, _cross(along, ends) - own
        parted = _is_left(first, starts, ends) != _is_left(second, starts, ends)
        return cls(before, behind, ((before > 0.0)[:, :, None] != (behind > 0.0)[:, None, :]) & parted)

    @property
    def are_clear(self) -> Flags:
        """Which lines cross nothing, shape (a, b)."""
        return np.asarray(~self.crossed.any(axis=0))

    def of_edges(self, which: slice) -> Self:
        """Return the crossings with some of the edges."""
        return type(self)(self.before[which], self.behind[which], self.crossed[which])


def strip_between(starts: Floats, ends: Floats) -> Strip:
    """Return the strip in which all lines from some points to others lie."""
    x, y = ends[0] - starts[0]
    turn = np.array([[x, -y], [y, x]]) / math.hypot(x, y) if x or y else np.eye(2)
    points = np.concatenate([starts, ends]) @ turn
    return turn, points.min(axis=0), points.max(axis=0)


def _cross(one: Floats, other: Floats) -> Floats:
    """Return the cross product of each vector with each other one."""
    return np.asarray(one[:, :1] * other[:, 1] - one[:, 1:] * other[:, 0])


def _is_left(points: Floats, starts: Floats, ends: Floats) -> Flags:
    """Say which points lie left of the line from each start to each end, shape (points, starts, ends)."""
    from_start, from_end = _cross(points, starts), _cross(points, ends)
    return np.asarray(_cross(starts, ends) + from_start[:, :, None] > from_end[:, None, :])
