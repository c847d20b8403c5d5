"""What of the airspace goes on board: one inclusion polygon around the certified corridor."""

import shapely
from shapely import Polygon

from geofences.airspace import Airspace
from geofences.corridor import corridor_area
from geofences.errors import DataError
from geofences.route import Route
from geofences.shapes import grown, polygons
from geofences.values import Position

FENCE_MARGIN_M = 20.0
"""Left between corridor and fence: a vehicle at the edge of its corridor must not breach (GPS: 5-10 m)."""

SLACKS_M = (2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 45.0, 70.0, 100.0, 150.0, 250.0, 400.0)
"""How much wider and simpler the fence may get, tried in order until it fits the budget."""


def fence_polygon(
    airspace: Airspace, way_out: Route, way_home: Route, budget: int = 60
) -> tuple[Position, ...]:
    """Return the corners of a simple polygon around the certified corridor of both ways, not closed.

    The polygon is the corridor grown by ``FENCE_MARGIN_M`` plus a slack, and simplified by no more than that
    slack, so it never comes nearer to the corridor than the margin; the least slack that fits the budget is
    taken. A sea inside a ring of corridor is included, since ArduPilot's inclusion polygon has no holes. The
    fence may reach beyond the flyable area by margin and slack where the corridor touches its edge: it is
    the last net, the corridor is the rule.

    Parameters
    ----------
    budget
        The largest number of corners (the vehicle's storage is shared with the mission).

    Raises
    ------
    DataError
        Where no polygon within the budget exists.
    """
    corridor = corridor_area((way_out, way_home), airspace.projection)
    kept = _filled(grown(corridor, FENCE_MARGIN_M))
    for slack_m in SLACKS_M:
        fence = shapely.simplify(_filled(grown(corridor, FENCE_MARGIN_M + slack_m)), 0.95 * slack_m)
        corners = shapely.get_coordinates(fence)[:-1]
        if len(corners) <= budget and fence.is_simple and fence.covers(kept):
            return tuple(
                airspace.projection.position_from_local(float(x_m), float(y_m)) for x_m, y_m in corners
            )
    raise DataError("fence budget", [f"{budget} corners are too few for a fence around this corridor"])


def _filled(area: Polygon) -> Polygon:
    """Return the outline of a connected area without its holes."""
    (part,) = polygons(area)
    return Polygon(part.exterior)
