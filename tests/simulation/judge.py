"""What the tests ask of a flight: all from the simulator's own log, or over plain pymavlink."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from api.soak.station import PlainStation
from api.soak.tracks import farthest_outside_m, points
from dispatch.store.records import ProvedPlan
from geofences.airspace import Airspace
from geofences.values import Interval, ZoneRule
from geofences.volumes import Volume4D
from simulator.values import TrackSample
from simulator.vehicle import Vehicle

__all__ = [
    "FlownTogether",
    "PlainStation",
    "Track3D",
    "closest_to_a_zone_m",
    "farthest_outside_m",
    "flown",
    "flown_together",
]


def flown(vehicle: Vehicle) -> list[TrackSample]:
    """Return the part of the log in which the vehicle was armed."""
    return [sample for sample in vehicle.track if sample.armed]


def closest_to_a_zone_m(track: list[TrackSample], plan: ProvedPlan, airspace: Airspace) -> float:
    """Return the smallest distance of the track to any keep-out zone, buffer included, that concerns it."""
    places = points(track, airspace)
    interval = Interval(plan.certificate.valid_from, plan.certificate.valid_until)
    bands = (airspace.policy.outbound, airspace.policy.inbound)
    zones = [
        airspace.shape_of(zone).buffer(zone.buffer_m, quad_segs=32)
        for zone in airspace.zones_for(bands, interval)
        if zone.rule is ZoneRule.KEEP_OUT
    ]
    return min(float(shapely.distance(places, zone).min()) for zone in zones)


@dataclass(frozen=True)
class Track3D:
    """Where a vehicle was in the air: Unix times, and local metres with the altitude above the sea."""

    times_s: NDArray[np.float64]
    places_m: NDArray[np.float64]

    def inside(self, volumes: Sequence[Volume4D]) -> NDArray[np.bool_]:
        """Return for each instant whether the vehicle was in one of some volumes."""
        found = np.zeros(len(self.times_s), dtype=np.bool_)
        x_m, y_m, z_m = self.places_m.T
        for volume in volumes:
            start, end = volume.interval.start.timestamp(), volume.interval.end.timestamp()
            during = (start <= self.times_s) & (self.times_s <= end)
            within = (volume.band.floor_amsl_m <= z_m) & (z_m <= volume.band.ceiling_amsl_m)
            found |= during & within & shapely.intersects_xy(volume.area, x_m, y_m)
        return found


@dataclass(frozen=True)
class FlownTogether:
    """The instants at which two vehicles were both in the air."""

    tracks: tuple[Track3D, Track3D]
    duration_s: float

    @property
    def nearest_m(self) -> float:
        """How near they came to one another; infinite where they never flew at the same time."""
        one, other = (track.places_m for track in self.tracks)
        return float(np.linalg.norm(one - other, axis=1).min(initial=math.inf))


def flown_together(one: Vehicle, other: Vehicle, airspace: Airspace) -> FlownTogether:
    """Return what two vehicles did at the same instants in the air, from the simulator's own logs."""
    logs = [{sample.time: sample for sample in flown(each)} for each in (one, other)]
    times_s = sorted(logs[0].keys() & logs[1].keys())
    first, second = (_track([log[time_s] for time_s in times_s], airspace) for log in logs)
    return FlownTogether((first, second), times_s[-1] - times_s[0] if times_s else 0.0)


def _track(samples: list[TrackSample], airspace: Airspace) -> Track3D:
    x_m, y_m = shapely.get_coordinates(points(samples, airspace)).T
    altitudes_m = [sample.altitude_amsl_m for sample in samples]
    return Track3D(np.array([sample.time for sample in samples]), np.column_stack([x_m, y_m, altitudes_m]))
