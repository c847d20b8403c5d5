"""Outlines with few corners that stay between what they must hold and what they must not reach.

ArduPilot keeps 70 fence corners, and a corridor round a coast has hundreds. An outline is made simpler by
cutting off corners and by lengthening two edges until they meet, and only while all of what it sweeps over
lies in the free room between the inner and the outer area. So it never cuts into the one or leaves the other.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LinearRing, MultiPolygon, Polygon

Corners = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]

FARTHEST_CORNER_M = 2_000.0
"""Two edges that meet farther out than this are nearly parallel: no corridor needs such a corner."""


def simplified(ring: Corners, room: Polygon | MultiPolygon, budget: int) -> Corners:
    """Return a ring with at most ``budget`` corners, or with as few as were found.

    Of all moves that stay in the room the one that changes the least area comes first (as in Visvalingam and
    Whyatt, "Line generalisation by repeated elimination of points", 1993), and no more are made than needed.

    Parameters
    ----------
    ring
        Corners of a simple ring that lies in the room, shape (n, 2), in metres, the first not repeated.
    room
        What the ring may sweep over.
    budget
        The wanted number of corners.
    """
    shapely.prepare(room)
    outline = _Outline(ring, np.arange(len(ring)), len(ring))
    refused: set[tuple[int, ...]] = set()
    while len(outline.at) > max(budget, 3):
        smaller = outline.smaller(room, refused)
        if smaller is None:
            break
        outline = smaller
    return outline.at


@dataclass(frozen=True)
class _Outline:
    """A ring whose corners have numbers, by which a refused move is known again."""

    at: Corners
    numbers: Numbers
    next_number: int

    def smaller(self, room: Polygon | MultiPolygon, refused: set[tuple[int, ...]]) -> "_Outline | None":
        """Return the ring with one corner less that a legal move gives, with the least change."""
        count = len(self.at)
        before, after, second = (np.roll(self.at, shift, axis=0) for shift in (1, -1, -2))
        meeting = _meeting_points(before, self.at, after, second)
        cut_m2, joined_m2 = _areas(before, self.at, after), _areas(self.at, meeting, after)
        areas_m2 = np.concatenate([cut_m2, np.where(np.isnan(joined_m2), np.inf, joined_m2)])
        for move in np.argsort(areas_m2, kind="stable").tolist():
            index, joins = move % count, move >= count
            if not math.isfinite(areas_m2[move]):
                return None
            key = self._key(index, joins)
            if key in refused:
                continue
            swept = [self.at[index], meeting[index], after[index]]
            if not joins:
                swept = [before[index], self.at[index], after[index]]
            changed = self._after(index, meeting[index : index + 1] if joins else None)
            if room.covers(Polygon(swept)) and LinearRing(changed.at).is_simple:
                return changed
            refused.add(key)
        return None

    def _key(self, index: int, joins: bool) -> tuple[int, ...]:
        count = len(self.at)
        last = 3 if joins else 2
        return tuple(int(self.numbers[(index + step) % count]) for step in range(-1, last))

    def _after(self, index: int, joint: Corners | None) -> "_Outline":
        """Return the ring without a corner, or with the two of an edge replaced by a joint."""
        taken = 1 if joint is None else 2
        at, numbers = np.roll(self.at, -index, axis=0)[taken:], np.roll(self.numbers, -index)[taken:]
        if joint is None:
            return _Outline(at, numbers, self.next_number)
        added = np.array([self.next_number])
        return _Outline(np.concatenate([joint, at]), np.concatenate([added, numbers]), self.next_number + 1)


def _meeting_points(before: Corners, start: Corners, end: Corners, after: Corners) -> Corners:
    """Return where the edges before and after each edge meet beyond it; not a number where they do not."""
    ahead, back = start - before, end - after
    across = end - start
    with np.errstate(divide="ignore", invalid="ignore"):
        denominator = _cross(ahead, back)
        along_ahead = _cross(across, back) / denominator
        along_back = _cross(across, ahead) / denominator
        at = start + along_ahead[:, None] * ahead
        reach_m = np.hypot(*(at - start).T)
    usable = (along_ahead > 0.0) & (along_back > 0.0) & (reach_m < FARTHEST_CORNER_M)
    return np.where(usable[:, None], at, np.nan)


def _areas(one: Corners, other: Corners, third: Corners) -> Corners:
    """Return the areas of triangles."""
    return np.abs(_cross(other - one, third - one)) / 2


def _cross(one: Corners, other: Corners) -> Corners:
    return np.asarray(one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0])
