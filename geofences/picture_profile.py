"""The heights of a flight over the distance flown."""

import itertools
import math
from collections.abc import Sequence

from matplotlib.axes import Axes

from geofences.airspace import Airspace
from geofences.picture_style import HOME_COLOUR, OUT_COLOUR, TEXT, TRACK_COLOUR, TrackPoint
from geofences.route import Route

HEADROOM_M = 15.0


def draw_profile(
    axes: Axes, airspace: Airspace, routes: Sequence[Route], track: Sequence[TrackPoint]
) -> None:
    """Draw planned and flown altitudes above the sea, with the altitude bands of both directions."""
    start_km = 0.0
    bands = (airspace.policy.outbound, airspace.policy.inbound)
    for route, colour, band in zip(routes, (OUT_COLOUR, HOME_COLOUR), bands, strict=False):
        end_km = start_km + route.length_m / 1000.0
        axes.fill_between(
            [start_km, end_km], band.floor_amsl_m, band.ceiling_amsl_m, color=colour, alpha=0.12, linewidth=0
        )
        _draw_heights(axes, airspace, _heights(airspace, route), start_km, colour, 1.8)
        start_km = end_km
    if track:
        _draw_heights(axes, airspace, track, 0.0, TRACK_COLOUR, 0.9)
    axes.set_xlabel("distance flown (km)", color=TEXT)
    axes.set_ylabel("m above sea", color=TEXT)
    axes.set_ylim(0.0, max(band.ceiling_amsl_m for band in bands) + HEADROOM_M)
    axes.margins(x=0.01)
    axes.grid(alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)


def _heights(airspace: Airspace, route: Route) -> list[TrackPoint]:
    """Return the waypoints of a route between the ground at both of its pads."""
    ends = [airspace.site(each) for each in (route.origin_site_id, route.destination_site_id)]
    ground = [(site.position, site.elevation_amsl_m) for site in ends]
    flown = [(waypoint.position, waypoint.altitude_amsl_m) for waypoint in route.waypoints]
    return [ground[0], *flown, ground[1]]


def _draw_heights(
    axes: Axes,
    airspace: Airspace,
    points: Sequence[TrackPoint],
    start_km: float,
    colour: str,
    linewidth: float,
) -> None:
    places = [airspace.projection.local_from_position(position) for position, _ in points]
    steps_km = [math.dist(*pair) / 1000.0 for pair in itertools.pairwise(places)]
    along_km = list(itertools.accumulate(steps_km, initial=start_km))
    axes.plot(along_km, [altitude_m for _, altitude_m in points], color=colour, linewidth=linewidth)
