"""Which air a sortie holds, and for how long.

A sortie that keeps to its plan holds the 4D volumes of its way out, its stop and its way home, from the time
at which it took off. Whatever is not known to keep to it holds the whole of its corridors, at all heights,
until it has ended: see `dispatch.traffic`.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import shapely
from shapely import union_all
from shapely.geometry.base import BaseGeometry

from geofences.conflicts import conflicts
from geofences.deconflict import Reservations
from geofences.projection import LocalProjection
from geofences.route import Route
from geofences.shapes import capsule
from geofences.values import AltitudeBand, Interval
from geofences.volumes import Uncertainty, Volume4D

PLANNED_IN_CALM = Uncertainty(wind_error_m_s=8.0)
"""Routes are planned without a forecast, so all of the wind is error: 8 m/s is the strongest that whole
flights are tested in (``tests/simulation/test_flown_track.py``). Less of it lets more drones fly at once."""

LAUNCH_WINDOW_S = 180.0
"""From the order to launch to the latest take-off while others are in the air: upload, read-back and
preflight take a minute on a good link. `dispatch.traffic` stops a launch that takes longer."""

UNTIL_ENDED = timedelta(days=1)
"""Stands for "until it has ended": longer than any flight."""

ALL_HEIGHTS = AltitudeBand(-1_000.0, 10_000.0)


@dataclass(frozen=True)
class Claim:
    """The air that one sortie holds.

    ``is_whole`` says that these are its whole corridors. ``back_from`` is the first instant at which it
    could be home again if it turned round now, or None where its landing is among the volumes as it is.
    """

    volumes: tuple[Volume4D, ...]
    is_whole: bool = False
    back_from: datetime | None = None

    def meets(self, newcomer: Sequence[Volume4D]) -> bool:
        """Say whether a flight with these volumes, from take-off on, would come into this air."""
        return bool(conflicts(newcomer, self.volumes)) or self.may_return_into(newcomer[0])

    def may_return_into(self, take_off: Volume4D) -> bool:
        """Say whether an early return could come down into the column of a take-off."""
        if self.back_from is None:
            return False
        landing = self.volumes[-1]
        return self.back_from <= take_off.interval.end and landing.area.intersects(take_off.area)


Claims = Mapping[str, Claim]
"""The air that is taken, by the id of the sortie that holds it."""


def corridor_of(projection: LocalProjection, *routes: Route) -> BaseGeometry:
    """Return the area of the corridors of some routes, in local metres."""
    return union_all(
        [
            capsule(
                projection.local_from_position(start.position),
                projection.local_from_position(end.position),
                end.half_width_m,
            )
            for route in routes
            for start, end in itertools.pairwise(route.waypoints)
        ]
    )


def whole(sortie_id: str, corridor: BaseGeometry, now: datetime) -> Claim:
    """Return the claim to whole corridors, at all heights and until the sortie has ended."""
    interval = Interval(now, now + UNTIL_ENDED)
    parts = enumerate(shapely.get_parts(corridor))
    volumes = tuple(
        Volume4D(f"{sortie_id}/{number}", 0, part, ALL_HEIGHTS, interval) for number, part in parts
    )
    return Claim(volumes, is_whole=True)


def back_share(cruise_speed_m_s: float) -> float:
    """Return the least time of a return as a share of the time flown out, against the wind."""
    wind_m_s = PLANNED_IN_CALM.wind_error_m_s
    return max(0.0, cruise_speed_m_s - wind_m_s) / (cruise_speed_m_s + wind_m_s)


def in_the_way(newcomer: Sequence[Volume4D], claims: Claims) -> str | None:
    """Return the first sortie whose air a flight with these volumes would come into (touching counts)."""
    return next((sortie_id for sortie_id, claim in claims.items() if claim.meets(newcomer)), None)


def reservations(claims: Claims) -> Reservations:
    """Return the claims as `geofences.deconflict` takes them."""
    return {sortie_id: claim.volumes for sortie_id, claim in claims.items()}
