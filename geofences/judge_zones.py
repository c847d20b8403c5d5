"""Zones as the judge sees them: circles exact, heights and times by rules of its own."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry

from geofences.airspace import Airspace
from geofences.judge_times import ever_in_force
from geofences.values import AltitudeBand, Circle, Datum, Interval, Position, ZoneRule
from geofences.zones import Zone

Floats = npt.NDArray[np.float64]
Lines = npt.NDArray[np.object_]


@dataclass(frozen=True)
class JudgedZone:
    """A keep-out or keep-in zone on the local map.

    ``body`` is the zone itself or, for a circle, its centre; ``radius_m`` is 0 for any other shape.
    ``has_room`` says that a keep-in zone holds all altitudes over the sea: else nothing is inside.
    """

    zone: Zone
    body: BaseGeometry
    radius_m: float
    has_room: bool = True

    @property
    def is_keep_in(self) -> bool:
        """Say whether the flight must stay inside."""
        return self.zone.rule is ZoneRule.KEEP_IN

    @property
    def is_near(self) -> bool:
        """Say whether it is on the map: what is a quarter of the earth away is not."""
        return bool(np.isfinite(self.body.bounds).all())

    def margins_m(self, lines: Lines) -> Floats:
        """Return how far each line (or point) is from breaking the rule, buffer included; negative in breach.

        The distance is that to the zone for a keep-out, and that to its edge from inside for a keep-in.
        """
        if not self.is_keep_in:
            return self._off_body_m(lines) - self.radius_m - self.zone.buffer_m
        if not (self.is_near and self.has_room):
            return np.full(len(lines), -math.inf)
        if isinstance(self.zone.geometry, Circle):
            return self.radius_m - np.asarray(shapely.hausdorff_distance(lines, self.body), dtype=np.float64)
        inside = shapely.covers(self.body, lines)
        distances_m = shapely.distance(self._edge, lines)
        return np.asarray(np.where(inside, distances_m, -distances_m), dtype=np.float64)

    def _off_body_m(self, lines: Lines) -> Floats:
        """Return the distance of each line to the body; for one inside, that to its edge, negative."""
        distances_m = np.asarray(shapely.distance(self.body, lines), dtype=np.float64)
        inside = distances_m == 0.0
        if inside.any() and self.radius_m == 0.0:
            distances_m[inside] = -shapely.distance(self._edge, lines[inside])
        return distances_m

    def near(self, points: Floats) -> npt.NDArray[np.bool_]:
        """Say which points, shape (n, 2), may break the rule: those in the box around a keep-out."""
        if self.is_keep_in:
            return np.ones(len(points), dtype=np.bool_)
        west, south, east, north = self.body.bounds
        reach_m = self.radius_m + self.zone.buffer_m
        x_m, y_m = points.T
        return np.asarray(
            (x_m >= west - reach_m)
            & (x_m <= east + reach_m)
            & (y_m >= south - reach_m)
            & (y_m <= north + reach_m)
        )

    @cached_property
    def _edge(self) -> BaseGeometry:
        return shapely.boundary(self.body)


def judged_zones(
    airspace: Airspace, interval: Interval, land: BaseGeometry
) -> Iterator[tuple[JudgedZone, AltitudeBand]]:
    """Yield the zones in force at any instant of an interval, with the altitudes that each may concern."""
    for zone in airspace.zones:
        if zone.rule is ZoneRule.CAUTION or not ever_in_force(zone.schedule, interval, _inside(zone)):
            continue
        has_room = zone.rule is ZoneRule.KEEP_OUT or _has_room(zone, airspace)
        if isinstance(zone.geometry, Circle):
            centre = Point(airspace.projection.local_from_position(zone.geometry.centre))
            judged = JudgedZone(zone, centre, zone.geometry.radius_m, has_room)
        else:
            judged = JudgedZone(zone, airspace.projection.area_to_local(zone.geometry), 0.0, has_room)
        if not judged.is_near and not judged.is_keep_in:
            continue
        over_land = float(shapely.distance(judged.body, land)) <= judged.radius_m
        yield judged, _heights(zone, airspace.policy.highest_ground_amsl_m if over_land else 0.0)


def _has_room(zone: Zone, airspace: Airspace) -> bool:
    """Say whether every band of the policy and of the corridors lies between floor and ceiling at sea."""
    policy = airspace.policy
    bands = [policy.outbound, policy.inbound]
    bands += [each for lane in airspace.corridors for each in (lane.outbound, lane.inbound) if each]
    return all(
        zone.floor.height_m <= band.floor_amsl_m and band.ceiling_amsl_m <= zone.ceiling.height_m
        for band in bands
    )


def _heights(zone: Zone, highest_ground_m: float) -> AltitudeBand:
    """Return the altitudes that a zone may concern over ground between the sea and a height.

    Every zone is taken as low and as high as it may be anywhere, so that none is overlooked.
    """
    above_m = highest_ground_m if zone.ceiling.datum is Datum.AGL else 0.0
    return AltitudeBand(zone.floor.height_m, zone.ceiling.height_m + above_m)


def _inside(zone: Zone) -> Position:
    """Return a position in a zone, for its sun."""
    if isinstance(zone.geometry, Circle):
        return zone.geometry.centre
    at = shapely.point_on_surface(zone.geometry)
    return Position(at.y, at.x)
