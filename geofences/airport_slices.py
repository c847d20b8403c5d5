"""Airport surfaces cut into slices of height, each an area with the lowest height of the surface in it.

A zone knows one floor only. So a sloped surface becomes steps: what flies under the floor of a slice is under
the surface everywhere in it, and no slice is higher than its steps are apart.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from geofences.airport_surfaces import (
    APPROACH_LENGTH_M,
    EXTENDED_APPROACH_END_M,
    OUTER_HORIZONTAL_RADIUS_M,
    TRANSITIONAL_SLOPE,
    AirportSurfaces,
    StripEnd,
    SurfaceKind,
)
from geofences.airports import Designation
from geofences.shapes import XY

LEAST_SLICE_M = 5.0
"""A step that would leave a thinner slice at an end of a surface is left out."""

TOUCHING_M = 0.01
"""Corners nearer to each other than this are one."""


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle on the map."""

    centre: XY
    radius_m: float


@dataclass(frozen=True, slots=True)
class SurfaceSlice:
    """A part of a surface whose heights lie between two heights.

    ``runway_end`` names the end that an approach surface belongs to, and is empty for others. A slice of
    the conical surface is a whole disc: the horizontal surface in its middle is lower anyway.
    """

    kind: SurfaceKind
    runway_end: str
    floor_amsl_m: float
    top_amsl_m: float
    shape: MultiPolygon | Polygon | Disc


def surface_slices(surfaces: AirportSurfaces, steps_amsl_m: Sequence[float]) -> Iterator[SurfaceSlice]:
    """Yield the slices of all surfaces of an airport, cut at the given heights (ascending)."""
    cuts = tuple(steps_amsl_m)
    yield _strip(surfaces)
    for end in surfaces.ends:
        yield from _approach(surfaces, end, SurfaceKind.APPROACH, 0.0, APPROACH_LENGTH_M, cuts)
    yield from _transitional(surfaces, cuts)
    yield _disc(surfaces, SurfaceKind.HORIZONTAL, surfaces.horizontal_amsl_m, surfaces.horizontal_radius_m)
    yield from _designated(surfaces, cuts)


def _strip(surfaces: AirportSurfaces) -> SurfaceSlice:
    first, second = (_across(surfaces, end, 0.0) for end in surfaces.ends)
    heights = [end.height_amsl_m for end in surfaces.ends]
    return SurfaceSlice(SurfaceKind.STRIP, "", min(heights), max(heights), Polygon([*first, *second]))


def _approach(
    surfaces: AirportSurfaces,
    end: StripEnd,
    kind: SurfaceKind,
    from_m: float,
    to_m: float,
    cuts: Sequence[float],
) -> Iterator[SurfaceSlice]:
    low_m, high_m = (float(surfaces.approach_height_m(end, each)) for each in (from_m, to_m))
    for floor_m, top_m in _steps(low_m, high_m, cuts):
        near_m, far_m = ((each - end.height_amsl_m) / surfaces.slope for each in (floor_m, top_m))
        left, right = _across(surfaces, end, near_m)
        shape = Polygon([left, right, *_across(surfaces, end, far_m)[::-1]])
        yield SurfaceSlice(kind, end.name, floor_m, top_m, shape)


def _across(surfaces: AirportSurfaces, end: StripEnd, outward_m: float) -> tuple[XY, XY]:
    """Return the two edges of the approach area at a distance from the strip, left first, looking out."""
    half_width_m = float(surfaces.approach_half_width_m(outward_m))
    middle = end.middle + outward_m * end.outward
    aside = half_width_m * np.array([-end.outward[1], end.outward[0]])
    (left_x, left_y), (right_x, right_y) = middle + aside, middle - aside
    return (float(left_x), float(left_y)), (float(right_x), float(right_y))


def _transitional(surfaces: AirportSurfaces, cuts: Sequence[float]) -> Iterator[SurfaceSlice]:
    low_m = min(end.height_amsl_m for end in surfaces.ends)
    for floor_m, top_m in _steps(low_m, surfaces.horizontal_amsl_m, cuts):
        sides = [_side(surfaces, side, floor_m, top_m) for side in (1.0, -1.0)]
        yield SurfaceSlice(SurfaceKind.TRANSITIONAL, "", floor_m, top_m, MultiPolygon(sides))


def _side(surfaces: AirportSurfaces, side: float, floor_m: float, top_m: float) -> Polygon:
    """Return where the transitional surface on one side of the runway lies between two heights.

    Its inner edge (of the strip and the two approach areas) is a chain of straight lines in plan and in
    height; so are its contours, which bend where the edge does and where it passes their height.
    """
    along_m, edge_m, edge_height_m = _edge(surfaces, top_m)
    bends = np.unique([*along_m, *_passes(along_m, edge_height_m, floor_m)])
    height_m = np.interp(bends, along_m, edge_height_m)
    inner_m = np.interp(bends, along_m, edge_m)
    outer_m = inner_m + (top_m - height_m) / TRANSITIONAL_SLOPE
    start_m = inner_m + np.maximum(floor_m - height_m, 0.0) / TRANSITIONAL_SLOPE
    ring = [*zip(bends, outer_m, strict=True), *zip(bends[::-1], start_m[::-1], strict=True)]
    aside = side * np.array([-surfaces.along[1], surfaces.along[0]])
    points = [surfaces.middle + along * surfaces.along + across * aside for along, across in ring]
    return shapely.remove_repeated_points(Polygon(points), TOUCHING_M)


def _edge(surfaces: AirportSurfaces, top_m: float) -> tuple[list[float], list[float], list[float]]:
    """Return stations along the runway, and the edge's distance from the centre line and height there.

    The edge goes from where the one approach surface reaches a height, past the strip, to the other.
    """
    first, second = surfaces.ends
    half_m = surfaces.half_length_m
    points = []
    for end, sign in ((first, -1.0), (second, 1.0)):
        if top_m > end.height_amsl_m:
            outward_m = (top_m - end.height_amsl_m) / surfaces.slope
            width_m = float(surfaces.approach_half_width_m(outward_m))
            points += [
                (sign * half_m, surfaces.half_width_m, end.height_amsl_m),
                (sign * (half_m + outward_m), width_m, top_m),
            ]
        else:
            part = (top_m - first.height_amsl_m) / (second.height_amsl_m - first.height_amsl_m)
            points.append((half_m * (2.0 * part - 1.0), surfaces.half_width_m, top_m))
    along_m, edge_m, height_m = zip(*sorted(points), strict=True)
    return list(along_m), list(edge_m), list(height_m)


def _passes(along_m: Sequence[float], height_m: Sequence[float], at_m: float) -> list[float]:
    """Return where a chain of heights passes a height."""
    found = []
    for (start, low_m), (end, high_m) in itertools.pairwise(zip(along_m, height_m, strict=True)):
        if (low_m - at_m) * (high_m - at_m) < 0.0:
            found.append(start + (end - start) * (at_m - low_m) / (high_m - low_m))
    return found


def _designated(surfaces: AirportSurfaces, cuts: Sequence[float]) -> Iterator[SurfaceSlice]:
    designated = surfaces.airport.designated
    if surfaces.cone is not None:
        rise, _ = surfaces.cone
        top_m = surfaces.cone_top_amsl_m
        for floor_m, high_m in _steps(surfaces.horizontal_amsl_m, top_m, cuts):
            radius_m = surfaces.horizontal_radius_m + (high_m - surfaces.horizontal_amsl_m) / rise
            yield _disc(surfaces, SurfaceKind.CONICAL, floor_m, radius_m, high_m)
        if Designation.OUTER_HORIZONTAL in designated:
            yield _disc(surfaces, SurfaceKind.OUTER_HORIZONTAL, top_m, OUTER_HORIZONTAL_RADIUS_M)
    if Designation.EXTENDED_APPROACH in designated:
        for end in surfaces.ends:
            yield from _approach(
                surfaces,
                end,
                SurfaceKind.EXTENDED_APPROACH,
                APPROACH_LENGTH_M,
                EXTENDED_APPROACH_END_M,
                cuts,
            )


def _disc(
    surfaces: AirportSurfaces, kind: SurfaceKind, floor_m: float, radius_m: float, top_m: float | None = None
) -> SurfaceSlice:
    centre = (float(surfaces.centre[0]), float(surfaces.centre[1]))
    return SurfaceSlice(kind, "", floor_m, floor_m if top_m is None else top_m, Disc(centre, radius_m))


def _steps(low_m: float, high_m: float, cuts: Sequence[float]) -> Iterator[tuple[float, float]]:
    """Yield the spans between two heights, cut where at least a slice's least height is left on each side."""
    inside = [each for each in cuts if low_m + LEAST_SLICE_M <= each <= high_m - LEAST_SLICE_M]
    yield from itertools.pairwise([low_m, *inside, high_m])
