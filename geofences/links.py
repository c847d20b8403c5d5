"""Who sees whom: the links of the visibility graph as one sparse table."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geofences.fans import Fans, strip_between
from geofences.regions import Layers
from geofences.sight import Boundary, Flags, Floats, Indices, any_crossed
from geofences.tangents import Nodes

Rows = npt.NDArray[np.int32]

NEAR_M = 1.0
"""The boundary that an obstacle makes, with its tolerance, lies within this distance of it."""


@dataclass(frozen=True, eq=False)
class Scene:
    """What there is to see: the nodes, the boundary that hides them, the regions.

    Parameters
    ----------
    nodes
        Where a path may bend.
    boundary
        What no line may cross.
    layers
        Regions of other cost, or None.
    levels
        The level of the regions at each node.
    """

    nodes: Nodes
    boundary: Boundary
    layers: Layers | None
    levels: Floats

    @classmethod
    def of(cls, nodes: Nodes, boundary: Boundary, layers: Layers | None) -> Self:
        """Return the scene, with the levels measured."""
        levels = np.zeros(len(nodes)) if layers is None else layers.level_at(nodes.at)
        return cls(nodes, boundary, layers, levels)

    @property
    def least_factor(self) -> float:
        """No metre anywhere costs less than this."""
        return 1.0 if self.layers is None else self.layers.least_factor

    def seen_from(self, point: Floats) -> tuple[Indices, Floats]:
        """Return the nodes that a tangent from a point reaches, and the mean factor of each way."""
        candidates = np.flatnonzero(self.nodes.touched_from(point))
        seen = candidates[self.boundary.sees(point, self.nodes.at[candidates])]
        return seen, self.factors(point, self.nodes.at[seen], self.levels[seen])

    def neighbours_of(self, index: int, first: int = 0) -> tuple[Indices, Floats]:
        """Return the nodes, from a first one on, on a common tangent with one node; and the factors."""
        nodes, point = self.nodes, self.nodes.at[index]
        among = np.flatnonzero(nodes.touch(index, nodes.at[first:])) + first
        among = among[nodes.touched_from(point, among)]
        among = among[(nodes.at[among] != point).any(axis=1)]
        if among.size == 0:
            return among, np.empty(0)
        runs = self.boundary.runs_between(nodes.before[index], nodes.after[index])
        seen = among[self.boundary.sees(point, nodes.at[among], runs)]
        return seen, self.factors(point, nodes.at[seen], self.levels[seen])

    def factors_to(self, origin: Floats, ends: Floats) -> Floats:
        """Return the mean factor of each line from a point to others."""
        return self.factors(origin, ends, self.levels_at(ends))

    def levels_at(self, points: Floats) -> Floats:
        """Return the level of the regions at some points."""
        return np.zeros(len(points)) if self.layers is None else self.layers.level_at(points)

    def factors(self, origin: Floats, ends: Floats, levels: Floats) -> Floats:
        """Return the mean factor of each line from a point, given the levels at their ends."""
        return np.ones(len(ends)) if self.layers is None else self.layers.factors(origin, ends, levels)

    def lines_between(self, starts: Floats, ends: Floats) -> tuple[Flags, Floats]:
        """Say of all lines from some points to others which are clear; and their mean factors."""
        strip = strip_between(starts, ends)
        walls = self.boundary.segments[self.boundary.edges_within(strip)]
        if self.layers is None:
            clear = Fans.of(walls, starts, ends).are_clear
            return clear, np.ones(clear.shape)
        borders, steps = self.layers.edges_within(strip)
        fans = Fans.of(np.concatenate([walls, borders]), starts, ends)
        of_walls, of_borders = fans.of_edges(slice(len(walls))), fans.of_edges(slice(len(walls), None))
        factors = self.layers.factors_between(of_borders, steps, self.levels_at(ends))
        return of_walls.are_clear, factors


@dataclass(frozen=True, eq=False)
class Links:
    """The links, in both directions, sorted by row: ``columns[begins[i]:begins[i + 1]]`` are seen from ``i``.

    ``weighted`` are the lengths times the mean factors of the regions, ``factors`` those alone.
    """

    begins: Rows
    rows: Rows
    columns: Rows
    weighted: Floats
    factors: Floats

    @classmethod
    def among(cls, scene: Scene) -> Self:
        """Return all links of a scene."""
        found = ((index, *scene.neighbours_of(index, index + 1)) for index in range(len(scene.nodes)))
        return cls._of(scene, *_table(found))

    def carried_over(self, old: Scene, new: Scene, obstacle: BaseGeometry) -> Self:
        """Return the links of a scene that has the same obstacles as an old one, and one more.

        Nothing that was hidden comes into sight, so only links of new nodes are looked for, and only edges
        of the boundary at the obstacle can cut an old link.
        """
        place = {key: index for index, key in enumerate(new.nodes.keys)}
        moved = np.array([place.get(key, -1) for key in old.nodes.keys], dtype=np.intp)
        first, second = moved[self.rows], moved[self.columns]
        keep = np.flatnonzero((first >= 0) & (second >= 0) & (self.rows < self.columns))
        first, second, factors = first[keep], second[keep], self.factors[keep]
        window = shapely.bounds(shapely.buffer(obstacle, NEAR_M))
        edges = new.boundary.segments
        edges = edges[_meets(edges[:, :2], edges[:, 2:], window)]
        near = np.flatnonzero(_meets(new.nodes.at[first], new.nodes.at[second], window))
        spared = np.ones(len(first), dtype=np.bool_)
        spared[near] = ~any_crossed(new.nodes.at[first[near]], new.nodes.at[second[near]], edges)
        kept = first[spared], second[spared], factors[spared]
        table = _table(_links_of_fresh(new, moved))
        return type(self)._of(new, *(np.concatenate(pair) for pair in zip(kept, table, strict=True)))

    @classmethod
    def _of(cls, scene: Scene, first: Indices, second: Indices, factors: Floats) -> Self:
        rows, columns = np.concatenate([first, second]), np.concatenate([second, first])
        order = np.argsort(rows * len(scene.nodes) + columns)
        rows, columns = rows[order].astype(np.int32), columns[order].astype(np.int32)
        begins = np.searchsorted(rows, np.arange(len(scene.nodes) + 1)).astype(np.int32)
        towards = scene.nodes.at[columns] - scene.nodes.at[rows]
        both = np.concatenate([factors, factors])[order]
        return cls(begins, rows, columns, np.hypot(towards[:, 0], towards[:, 1]) * both, both)


def _meets(starts: Floats, ends: Floats, window: Floats) -> Flags:
    """Say which lines' bounding boxes meet a window (x, y, x, y)."""
    clear = (np.maximum(starts, ends) < window[:2]) | (np.minimum(starts, ends) > window[2:])
    return np.asarray(~clear.any(axis=1))


def _links_of_fresh(scene: Scene, moved: Indices) -> Iterator[tuple[int, Indices, Floats]]:
    """Find the links of the nodes that the old scene did not have, each once."""
    is_fresh = np.ones(len(scene.nodes), dtype=np.bool_)
    is_fresh[moved[moved >= 0]] = False
    for index in np.flatnonzero(is_fresh):
        seen, factors = scene.neighbours_of(int(index))
        once = ~is_fresh[seen] | (seen > index)
        yield int(index), seen[once], factors[once]


def _table(found: Iterator[tuple[int, Indices, Floats]]) -> tuple[Indices, Indices, Floats]:
    """Return the links one below the other: from, to, factor."""
    rows = list(found)
    counts = [len(seen) for _, seen, _ in rows]
    first = np.repeat(np.array([index for index, _, _ in rows], dtype=np.intp), counts)
    second = np.concatenate([np.empty(0, dtype=np.intp), *(seen for _, seen, _ in rows)])
    return first, second, np.concatenate([np.empty(0), *(factors for _, _, factors in rows)])
