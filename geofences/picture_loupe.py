"""The nearest coast and the nearest zone, seen from near, where a map of an island shows nothing of them."""

from collections.abc import Sequence

import shapely
from matplotlib.axes import Axes

from geofences.airspace import Airspace
from geofences.corridor import centreline, corridor_area
from geofences.picture_flight import WAYS
from geofences.picture_frame import frame_around, set_frame
from geofences.picture_labels import Labels, around
from geofences.picture_map import draw_ground, draw_zone
from geofences.picture_marks import Clearance, clearances
from geofences.picture_style import DISC, OUT_COLOUR, QUIET, SEA, TEXT, Chart, Flight, fill

LEAST_SPAN_M = 900.0


def draw_loupes(places: Sequence[Axes], chart: Chart, flight: Flight) -> None:
    """Draw each clearance of the certificate in one of the places; places that are left over go away."""
    found = [] if flight.certificate is None else list(clearances(chart.airspace, flight.certificate))
    for number, axes in enumerate(places):
        if number < len(found):
            _draw_loupe(axes, chart.airspace, flight, found[number], str(number + 1))
        else:
            axes.remove()


def _draw_loupe(axes: Axes, airspace: Airspace, flight: Flight, found: Clearance, number: str) -> None:
    near = found.line
    margin_m = max(0.35 * near.length, (LEAST_SPAN_M - near.length) / 2)
    frame = frame_around(near.bounds, axes.bbox.width / axes.bbox.height, margin_m)
    set_frame(axes, frame)
    axes.set_facecolor(SEA)
    draw_ground(axes, airspace, frame)
    for zone in airspace.zones:
        if shapely.intersects(airspace.shape_of(zone), frame):
            draw_zone(axes, airspace, zone)
    certified = corridor_area(flight.routes, airspace.projection)
    fill(axes, certified, OUT_COLOUR, alpha=0.22, edge=OUT_COLOUR, width=0.7, order=4.0)
    for route, (colour, _, _), style in zip(flight.routes, WAYS, ("-", (0, (4, 4))), strict=False):
        axes.plot(
            *centreline(route, airspace.projection).xy, color=colour, linewidth=2.0, linestyle=style, zorder=5
        )
    _draw_measure(axes, found)
    axes.annotate(
        number,
        (0, 1),
        (9, -9),
        xycoords="axes fraction",
        textcoords="offset points",
        color="white",
        size=9,
        weight="bold",
        ha="center",
        va="center",
        zorder=9,
        bbox=DISC,
    )
    for spine in axes.spines.values():
        spine.set(color=QUIET, linewidth=0.8)


def _draw_measure(axes: Axes, found: Clearance) -> None:
    """Draw what is free between the corridor's edge and the obstacle, and how much it is."""
    free = found.free
    axes.annotate(
        "",
        free.coords[1],
        free.coords[0],
        zorder=7,
        arrowprops={"arrowstyle": "<|-|>", "color": TEXT, "linewidth": 1.3, "shrinkA": 0, "shrinkB": 0},
    )
    labels = Labels(axes)
    labels.keep_off(free)
    middle = free.interpolate(0.5, normalized=True)
    offsets = (*around(9), *around(18))
    labels.write((middle.x, middle.y), found.text, colour=TEXT, weight="bold", offsets=offsets, must=True)
