"""Which volumes of flights share a place, a height and a time."""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from geofences.values import AltitudeBand, Interval
from geofences.volumes import Volume4D


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two volumes that overlap, and what they share; ``area`` is a line or a point where they touch."""

    volume: Volume4D
    other: Volume4D
    area: BaseGeometry
    band: AltitudeBand
    interval: Interval


def conflicts(volumes: Sequence[Volume4D], others: Sequence[Volume4D]) -> tuple[Conflict, ...]:
    """Return every pair of volumes that overlap in area, height and time; touching counts.

    The areas themselves are compared, not their bounding boxes: of two parallel lanes neither blocks the
    other. The pairs come in the order of ``volumes``, then of ``others``.
    """
    return tuple(
        _shared(volume, other)
        for volume, other in neighbours(volumes, others)
        if volume.interval.overlaps(other.interval)
    )


def neighbours(
    volumes: Sequence[Volume4D], others: Sequence[Volume4D]
) -> tuple[tuple[Volume4D, Volume4D], ...]:
    """Return every pair of volumes that overlap in area and height, at whatever time."""
    if not volumes or not others:
        return ()
    tree = STRtree([other.area for other in others])
    found = tree.query([volume.area for volume in volumes], predicate="intersects")
    pairs = sorted((int(one), int(other)) for one, other in found.T)
    return tuple(
        (volumes[one], others[other])
        for one, other in pairs
        if volumes[one].band.overlaps(others[other].band)
    )


def _shared(volume: Volume4D, other: Volume4D) -> Conflict:
    band, interval = volume.band, volume.interval
    return Conflict(
        volume,
        other,
        shapely.intersection(volume.area, other.area),
        AltitudeBand(
            max(band.floor_amsl_m, other.band.floor_amsl_m),
            min(band.ceiling_amsl_m, other.band.ceiling_amsl_m),
        ),
        Interval(max(interval.start, other.interval.start), min(interval.end, other.interval.end)),
    )
