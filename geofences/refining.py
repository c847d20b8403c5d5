"""The last touch to a path through regions: where it enters and leaves, it slides along the boundary."""

import itertools
import math
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import shapely

from geofences.cost import LegCost
from geofences.links import Scene
from geofences.shapes import XY
from geofences.sight import Flags, Floats

STEPS = 8
"""Places looked at to each side; the next round looks as far as one step of the last."""

ROUNDS = 3
"""Leaves an error of the spacing over 8³: 0.2 m for 100 m, which is second order in the cost."""

ON_RING_M = 1e-3

SAVES_NOTHING = 1e-9
"""A point that makes the path cheaper by less than this part of it is left out."""


def refined(
    scene: Scene, path: Sequence[XY], cost: LegCost, may_stand: Callable[[Floats], Flags]
) -> list[XY]:
    """Return the path with its points on region boundaries moved along them to where it is cheapest.

    Parameters
    ----------
    scene
        What there is to see; it has regions.
    path
        Start, nodes, goal.
    cost
        The cost.
    may_stand
        Says which points lie in the area.
    """
    layers = scene.layers
    if layers is None or not layers.rings:
        return list(path)
    rings = np.array(layers.rings, dtype=object)
    points = _with_crossings(np.array(path), rings)
    apart = shapely.distance(rings[:, None], shapely.points(points)[None, :])
    nearest, slides = apart.argmin(axis=0), apart.min(axis=0) <= ON_RING_M
    slides[[0, -1]] = False
    if not slides.any():
        return list(path)
    reach_m = layers.spacing_m
    for _ in range(ROUNDS):
        stages = [
            _along(rings[ring], point, reach_m, may_stand) if slide else point[None]
            for point, ring, slide in zip(points, nearest, slides, strict=True)
        ]
        points = _cheapest(scene, stages, cost)
        reach_m /= STEPS
    return [(float(x), float(y)) for x, y in _needed(scene, points, cost)]


def _with_crossings(path: Floats, rings: npt.NDArray[np.object_]) -> Floats:
    """Return the path with a point more wherever a leg crosses a boundary."""
    points = [path[:1]]
    for start, end in itertools.pairwise(path):
        leg = shapely.LineString([start, end])
        crossings = shapely.get_coordinates(shapely.intersection(rings[shapely.crosses(rings, leg)], leg))
        away_m = np.hypot(*(crossings - start).T)
        between = (away_m > ON_RING_M) & (away_m < leg.length - ON_RING_M)
        points += [crossings[between][np.argsort(away_m[between])], end[None]]
    return np.concatenate(points)


def _needed(scene: Scene, points: Floats, cost: LegCost) -> Floats:
    """Return the points without those that lie on the way between their neighbours and save nothing."""
    kept, reached = [points[0]], 0.0
    to_last = _leg_costs(scene, points[:1], points[1:2], cost, np.zeros(1))[0, 0]
    for last, following in itertools.pairwise(points[1:]):
        starts, elapsed = np.array([kept[-1], last]), np.array([reached, reached + to_last])
        straight, on = _leg_costs(scene, starts, following[None], cost, elapsed)[:, 0]
        if straight <= (to_last + on) * (1.0 + SAVES_NOTHING):
            to_last = straight
        else:
            kept.append(last)
            reached, to_last = reached + to_last, on
    return np.array([*kept, points[-1]])


def _along(
    ring: shapely.LinearRing, point: Floats, reach_m: float, may_stand: Callable[[Floats], Flags]
) -> Floats:
    """Return places on a ring up to a distance before and behind a point, the point itself first."""
    here_m = shapely.line_locate_point(ring, shapely.Point(point))
    offsets_m = reach_m * np.arange(-STEPS, STEPS + 1) / STEPS
    places_m = (here_m + offsets_m[offsets_m != 0.0]) % ring.length
    places = shapely.get_coordinates(shapely.line_interpolate_point(ring, places_m))
    return np.concatenate([point[None], places[may_stand(places)]])


def _cheapest(scene: Scene, stages: Sequence[Floats], cost: LegCost) -> Floats:
    """Return the cheapest choice of one place a stage; among equals the first."""
    totals = np.zeros(1)
    choices = []
    for places, following in itertools.pairwise(stages):
        table = totals[:, None] + _leg_costs(scene, places, following, cost, totals)
        choices.append(table.argmin(axis=0))
        totals = table.min(axis=0)
    index, chosen = 0, [stages[-1][0]]
    for choice, places in zip(reversed(choices), reversed(stages[:-1]), strict=True):
        index = int(choice[index])
        chosen.append(places[index])
    return np.array(chosen[::-1])


def _leg_costs(scene: Scene, starts: Floats, ends: Floats, cost: LegCost, elapsed: Floats) -> Floats:
    """Return the costs of all lines from places reached at some cost to others, shape (starts, ends)."""
    clear, factors = scene.lines_between(starts, ends)
    start, end = np.nonzero(clear & np.isfinite(elapsed)[:, None])
    legs = np.full(clear.shape, math.inf)
    legs[start, end] = cost.cost(starts[start], ends[end], elapsed[start])
    return legs * factors
