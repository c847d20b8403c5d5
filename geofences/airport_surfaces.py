"""Obstacle limitation surfaces of airports in Japan, by their legal geometry: how high one may fly below.

Law: Civil Aeronautics Act (航空法) art. 2 (6) to (10) and 56; its Enforcement Regulations (施行規則) art. 2,
3, 75, 79, 96 and 96-2. An unmanned aircraft needs a permit above the surfaces (Regulations, art. 236-71).
Where surfaces overlap, the lowest counts. Everything is on the local map, in metres; for the height that is
allowed at a position, the limit above ground included, ask ``geofences.height_allowed``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt

from geofences.airports import Airport, Designation
from geofences.projection import LocalProjection
from geofences.runway_classes import PRECISION_CONICAL, runway_class
from geofences.values import Position

Floats = npt.NDArray[np.float64]
Names = npt.NDArray[np.str_]

STRIP_MARGIN_M = 60.0
"""The landing strip is the runway, this much longer at each end (Act, art. 2 (6); Regulations, art. 79)."""

APPROACH_LENGTH_M = 3_000.0
"""The approach area ends so far from the strip's short side (Act, art. 2 (7))."""

APPROACH_END_HALF_WIDTH_M = 375.0
PRECISION_END_HALF_WIDTH_M = 600.0
"""Half width of the approach area there; the second where ILS or PAR is used (Act, art. 2 (7))."""

PRECISION_SLOPE = 1.0 / 50.0
"""Rise of the approach surface where ILS or PAR is used (Act, art. 2 (8); Regulations, art. 2)."""

TRANSITIONAL_SLOPE = 1.0 / 7.0
"""Outward rise of the transitional surface, across the runway's centre line (Act, art. 2 (10))."""

HORIZONTAL_ABOVE_AERODROME_M = 45.0
"""Height of the horizontal surface above the reference point (Act, art. 2 (9))."""

EXTENDED_APPROACH_END_M = 15_000.0
"""The extended approach surface ends so far from the strip's short side (Act, art. 56)."""

OUTER_HORIZONTAL_RADIUS_M = 24_000.0
"""Radius of the outer horizontal surface (Act, art. 56)."""


class SurfaceKind(StrEnum):
    """The surfaces, and the landing strip itself."""

    STRIP = "strip"
    APPROACH = "approach"
    TRANSITIONAL = "transitional"
    HORIZONTAL = "horizontal"
    CONICAL = "conical"
    EXTENDED_APPROACH = "extended-approach"
    OUTER_HORIZONTAL = "outer-horizontal"


@dataclass(frozen=True, slots=True)
class StripEnd:
    """A short side of the strip: its middle, the direction away from the runway (unit vector), its height."""

    name: str
    middle: Floats
    outward: Floats
    height_amsl_m: float


class AirportSurfaces:
    """The surfaces of one airport on a local map.

    The strip is centred between the thresholds. Its short sides have the heights of the thresholds next to
    them, and its long sides are straight between.

    Parameters
    ----------
    airport
        Runway, reference point and what is designated.
    projection
        The map.

    Raises
    ------
    DataError
        Where a runway is too short for any class.
    """

    def __init__(self, airport: Airport, projection: LocalProjection) -> None:
        self.airport = airport
        self.projection = projection
        runway = airport.runway
        self.runway_class = runway_class(runway.length_m)
        self.centre: Floats = np.array(projection.local_from_position(airport.reference_point))
        first, second = (np.array(projection.local_from_position(end.threshold)) for end in runway.ends)
        self.middle: Floats = (first + second) / 2.0
        self.along: Floats = (second - first) / np.hypot(*(second - first))
        self.half_length_m = runway.length_m / 2.0 + STRIP_MARGIN_M
        rules, precise = self.runway_class, runway.has_precision_approach
        self.half_width_m = (
            rules.instrument_half_width_m if runway.is_instrument else rules.visual_half_width_m
        )
        self.slope = PRECISION_SLOPE if precise else rules.approach_slope
        end_half_width_m = PRECISION_END_HALF_WIDTH_M if precise else APPROACH_END_HALF_WIDTH_M
        self.divergence = (end_half_width_m - self.half_width_m) / APPROACH_LENGTH_M
        self.horizontal_amsl_m = airport.elevation_amsl_m + HORIZONTAL_ABOVE_AERODROME_M
        self.horizontal_radius_m = rules.horizontal_radius_m

    @cached_property
    def ends(self) -> tuple[StripEnd, StripEnd]:
        """The short sides of the strip, in the order of the runway's ends."""
        first, second = self.airport.runway.ends
        reach = self.half_length_m * self.along
        return (
            StripEnd(first.name, self.middle - reach, -self.along, first.elevation_amsl_m),
            StripEnd(second.name, self.middle + reach, self.along, second.elevation_amsl_m),
        )

    @cached_property
    def cone(self) -> tuple[float, float] | None:
        """Rise and outer radius of the conical surface; None where there is none."""
        if Designation.CONICAL not in self.airport.designated:
            return None
        return PRECISION_CONICAL if self.airport.runway.has_precision_approach else self.runway_class.conical

    @property
    def cone_top_amsl_m(self) -> float:
        """Height of the conical surface's outer edge and of the outer horizontal surface."""
        rise, radius_m = self.cone or (0.0, self.horizontal_radius_m)
        return self.horizontal_amsl_m + rise * (radius_m - self.horizontal_radius_m)

    def lowest_at(self, x_m: npt.ArrayLike, y_m: npt.ArrayLike) -> tuple[Floats, Names]:
        """Return the height of the lowest surface over points of the map, and its name.

        Parameters
        ----------
        x_m, y_m
            Points, arrays of one shape.

        Returns
        -------
        tuple
            Heights in metres above the sea (inf where no surface lies) and names such as ``approach 21``
            (empty there), arrays of the same shape.
        """
        at = np.stack(np.broadcast_arrays(np.asarray(x_m, float), np.asarray(y_m, float)), axis=-1)
        layers = [*self._near(at), *self._far(at)]
        heights = np.stack([height_m for _, height_m in layers])
        lowest = heights.argmin(axis=0)
        height_m = heights.min(axis=0)
        names = np.array([name for name, _ in layers])[lowest]
        return height_m, np.where(np.isinf(height_m), "", names)

    def lowest_over(self, position: Position) -> tuple[float, str]:
        """Return the height of the lowest surface over a position, and its name (inf and empty: none)."""
        height_m, name = self.lowest_at(*self.projection.local_from_position(position))
        return float(height_m), str(name)

    def approach_height_m(self, end: StripEnd, outward_m: npt.ArrayLike) -> Floats:
        """Return the height of the approach surface at a distance from the strip."""
        return end.height_amsl_m + self.slope * np.asarray(outward_m, float)

    def approach_half_width_m(self, outward_m: npt.ArrayLike) -> Floats:
        """Return the half width of the approach area at a distance from the strip."""
        return self.half_width_m + self.divergence * np.asarray(outward_m, float)

    def _near(self, at: Floats) -> Iterable[tuple[str, Floats]]:
        """Yield the surfaces joined to the runway: strip, approaches, transitional and horizontal."""
        across_m = np.abs((at - self.middle) @ np.array([-self.along[1], self.along[0]]))
        along_m = (at - self.middle) @ self.along
        first, second = self.ends
        part = (along_m + self.half_length_m) / (2.0 * self.half_length_m)
        strip_m = first.height_amsl_m + part * (second.height_amsl_m - first.height_amsl_m)
        beside = np.abs(along_m) <= self.half_length_m
        outside_m = across_m - self.half_width_m
        yield SurfaceKind.STRIP, np.where(beside & (outside_m <= 0.0), strip_m, np.inf)
        yield self._transitional(strip_m, outside_m, beside)
        for end in self.ends:
            outward_m = (at - end.middle) @ end.outward
            outside_m = across_m - self.approach_half_width_m(outward_m)
            height_m = self.approach_height_m(end, outward_m)
            ahead = (outward_m >= 0.0) & (outward_m <= APPROACH_LENGTH_M)
            yield f"{SurfaceKind.APPROACH} {end.name}", np.where(ahead & (outside_m <= 0.0), height_m, np.inf)
            yield self._transitional(height_m, outside_m, ahead)
        radius_m = np.hypot(*np.moveaxis(at - self.centre, -1, 0))
        level = np.where(radius_m <= self.horizontal_radius_m, self.horizontal_amsl_m, np.inf)
        yield SurfaceKind.HORIZONTAL, level

    def _transitional(
        self, base_m: Floats, outside_m: Floats, here: npt.NDArray[np.bool_]
    ) -> tuple[str, Floats]:
        """Return the transitional surface that rises from an edge of this height, up to the horizontal."""
        height_m = base_m + TRANSITIONAL_SLOPE * outside_m
        within = here & (outside_m >= 0.0) & (height_m <= self.horizontal_amsl_m)
        return SurfaceKind.TRANSITIONAL, np.where(within, height_m, np.inf)

    def _far(self, at: Floats) -> Iterable[tuple[str, Floats]]:
        """Yield the designated surfaces."""
        radius_m = np.hypot(*np.moveaxis(at - self.centre, -1, 0))
        if self.cone is not None:
            rise, edge_m = self.cone
            height_m = self.horizontal_amsl_m + rise * (radius_m - self.horizontal_radius_m)
            on_cone = (radius_m >= self.horizontal_radius_m) & (radius_m <= edge_m)
            yield SurfaceKind.CONICAL, np.where(on_cone, height_m, np.inf)
            if Designation.OUTER_HORIZONTAL in self.airport.designated:
                beyond = (radius_m >= edge_m) & (radius_m <= OUTER_HORIZONTAL_RADIUS_M)
                yield SurfaceKind.OUTER_HORIZONTAL, np.where(beyond, self.cone_top_amsl_m, np.inf)
        if Designation.EXTENDED_APPROACH in self.airport.designated:
            yield from (self._extended(end, at) for end in self.ends)

    def _extended(self, end: StripEnd, at: Floats) -> tuple[str, Floats]:
        outward_m = (at - end.middle) @ end.outward
        across_m = np.abs((at - end.middle) @ np.array([-self.along[1], self.along[0]]))
        beyond = (outward_m >= APPROACH_LENGTH_M) & (outward_m <= EXTENDED_APPROACH_END_M)
        inside = beyond & (across_m <= self.approach_half_width_m(outward_m))
        height_m = np.where(inside, self.approach_height_m(end, outward_m), np.inf)
        return f"{SurfaceKind.EXTENDED_APPROACH} {end.name}", height_m
