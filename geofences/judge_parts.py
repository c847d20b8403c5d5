"""What the judge measures: the segments of a flight, and the sectors and lanes that they may use."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from geofences.airspace import Airspace
from geofences.judge_times import always_in_force
from geofences.values import ApproachSector, Interval, Position, Site
from geofences.zones import Corridor

SAMPLE_STEP_M = 25.0

TOLERANCE_M = 0.05
"""Positions are rounded to 1e-7 degrees (5 mm)."""

Points = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Segment:
    """One leg on the local map; an approach says from which height up its zones count."""

    name: str
    start: Points
    end: Points
    half_width_m: float
    pad_floor_m: float | None

    @property
    def line(self) -> LineString:
        """The middle of the corridor."""
        return LineString([self.start, self.end])

    @property
    def key(self) -> tuple[object, ...]:
        """The same for a leg flown the other way round."""
        ends = sorted([tuple(np.round(self.start, 2)), tuple(np.round(self.end, 2))])
        return (*ends, self.half_width_m, self.pad_floor_m)

    def samples(self) -> Points:
        """Return points of the middle and of both edges, at most 25 m apart, shape (n, 2)."""
        along = self.end - self.start
        length_m = math.hypot(*along)
        fractions = np.linspace(0.0, 1.0, max(2, math.ceil(length_m / SAMPLE_STEP_M) + 1))
        middle = self.start + fractions[:, None] * along
        across = np.array([-along[1], along[0]]) / max(length_m, TOLERANCE_M) * self.half_width_m
        return np.concatenate([middle, middle + across, middle - across])


class Sector:
    """The approach sector of a site: a capsule around the line from pad to gate."""

    def __init__(self, airspace: Airspace, site: Site, approach: ApproachSector) -> None:
        x_m, y_m = airspace.projection.to_local(site.position.longitude_deg, site.position.latitude_deg)
        angle = math.radians(approach.bearing_deg)
        pad = np.array([float(x_m), float(y_m)])
        self.line = LineString([pad, pad + approach.length_m * np.array([math.sin(angle), math.cos(angle)])])
        self.half_width_m = approach.half_width_m
        self.site_id = site.id
        self.elevation_amsl_m = site.elevation_amsl_m
        self.floor_amsl_m = site.elevation_amsl_m + approach.floor_above_pad_m

    def holds_both(self, ends: Points) -> bool:
        """Say whether both ends of a leg lie on the line from pad to gate."""
        return bool((shapely.distance(self.line, shapely.points(ends)) <= 2 * TOLERANCE_M).all())

    def holds_corridor(self, segment: Segment) -> bool:
        """Say whether the corridor of a segment lies in the sector (capsules are convex)."""
        ends = shapely.points([segment.start, segment.end])
        room_m = self.half_width_m - segment.half_width_m + TOLERANCE_M
        return bool((shapely.distance(self.line, ends) <= room_m).all())


@dataclass(frozen=True)
class Lane:
    """A lane on the local map."""

    corridor: Corridor
    line: LineString
    area: BaseGeometry | None

    def holds(self, spots: npt.NDArray[np.object_]) -> Flags:
        """Say which points lie in the lane."""
        if self.area is not None:
            return np.asarray(shapely.covers(self.area, spots), dtype=np.bool_)
        return np.asarray(shapely.dwithin(self.line, spots, self.corridor.width_m / 2), dtype=np.bool_)


def lines_of(segments: Sequence[Segment]) -> npt.NDArray[np.object_]:
    """Return the middles of some segments."""
    ends = np.array([(each.start, each.end) for each in segments]).reshape(-1, 2, 2)
    return np.asarray(shapely.linestrings(ends), dtype=np.object_)


def sectors_of(airspace: Airspace, site_ids: Sequence[str]) -> Iterator[Sector]:
    """Yield the sectors of those ends that are drone sites, each once."""
    for site_id in dict.fromkeys(site_ids):
        site = airspace.sites.get(site_id)
        if site is not None and site.approach is not None:
            yield Sector(airspace, site, site.approach)


def lanes_of(airspace: Airspace, interval: Interval) -> Iterator[Lane]:
    """Yield the lanes that are open at every instant of an interval."""
    local = airspace.projection.geometry_to_local
    for lane in airspace.corridors:
        if lane.is_open and always_in_force(lane.schedule, interval, _start_of(lane)):
            yield Lane(lane, local(lane.centreline), lane.area and local(lane.area))


def _start_of(lane: Corridor) -> Position:
    longitude_deg, latitude_deg = lane.centreline.coords[0][:2]
    return Position(latitude_deg, longitude_deg)
