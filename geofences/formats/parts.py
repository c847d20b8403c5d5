"""Zones from features that hold several volumes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from shapely import MultiPolygon, Polygon

from geofences.formats.log import Place
from geofences.values import Circle, VerticalLimit
from geofences.zones import Zone

Geometry: TypeAlias = Polygon | MultiPolygon | Circle


@dataclass(frozen=True)
class Part:
    """One volume of a feature."""

    shape: Geometry
    floor: VerticalLimit
    ceiling: VerticalLimit


def zones_from_parts(base: Zone, parts: Sequence[Part], place: Place) -> list[Zone]:
    """Return one zone where its parts make one geometry of one height, else a zone for each part.

    Parameters
    ----------
    base
        The zone without its geometry, with the heights of the first part, which may be more exact there.
    """
    if not parts:
        return []
    whole = _together(parts)
    if whole is not None:
        return [replace(base, geometry=whole)]
    zones = [
        replace(
            base,
            id=f"{base.id}-{number}",
            geometry=part.shape,
            floor=base.floor if part.floor == parts[0].floor else part.floor,
            ceiling=base.ceiling if part.ceiling == parts[0].ceiling else part.ceiling,
        )
        for number, part in enumerate(parts, start=1)
    ]
    place.note(
        f"has {len(parts)} volumes that make no single zone; they become {zones[0].id} to {zones[-1].id}"
    )
    return zones


def _together(parts: Sequence[Part]) -> Geometry | None:
    if len(parts) == 1:
        return parts[0].shape
    if len({(part.floor, part.ceiling) for part in parts}) > 1:
        return None
    shapes = [part.shape for part in parts if isinstance(part.shape, Polygon)]
    if len(shapes) < len(parts):
        return None
    several = MultiPolygon(shapes)
    return several if several.is_valid else None
