"""Who may be in which corridor: simple and safe.

A sortie holds the corridors of its way out and home, at all heights, from the order to launch until it has
ended, however late it is. Another whose corridors touch them waits. All sorties of one hub share its approach
sector, so a hub has one drone in the air at a time.
"""

import itertools
from collections.abc import Mapping

from shapely import union_all
from shapely.geometry.base import BaseGeometry

from geofences.projection import LocalProjection
from geofences.route import Route
from geofences.shapes import capsule


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


def blocking_sortie(corridor: BaseGeometry, reserved: Mapping[str, BaseGeometry]) -> str | None:
    """Return the first sortie whose reserved corridor this one would touch (touching counts)."""
    return next((sortie_id for sortie_id, other in reserved.items() if corridor.intersects(other)), None)
