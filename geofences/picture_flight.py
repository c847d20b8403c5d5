"""A flight on the map: its ways, kilometres, directions, nearest coast and zone, pads in reserve."""

from collections.abc import Iterator

import shapely
from shapely import LineString

from geofences.corridor import centreline, corridor_area
from geofences.picture_marks import draw_clearances, draw_diverts, draw_ends
from geofences.picture_style import (
    HOME_COLOUR,
    OUT_COLOUR,
    TEXT,
    TRACK_COLOUR,
    Chart,
    Flight,
    fill,
    words,
)
from geofences.route import Route
from geofences.shapes import XY, bearing_deg, point_at

WAYS = ((OUT_COLOUR, "往路", "way out"), (HOME_COLOUR, "復路", "way home"))
BESIDE_PT = 1.3
"""How far beside the true line each way is drawn, on its right: where both share it, both are seen."""

KM_STEPS = (1, 2, 5, 10, 20)
MOST_MARKS = 12


def draw_flight(chart: Chart, flight: Flight) -> None:
    """Draw ways, corridor, diverts and clearances; names stand where they cover nothing."""
    projection = chart.airspace.projection
    certified = corridor_area(flight.routes, projection)
    name = words("証明済み回廊", "certified corridor")
    fill(chart.axes, certified, OUT_COLOUR, alpha=0.22, edge=OUT_COLOUR, width=0.4, name=name, order=4.0)
    chart.labels.keep_off(certified, 3.0)
    draw_ends(chart, flight)
    if flight.certificate is not None:
        draw_diverts(chart, flight.certificate, leave_unnamed=flight.end_ids)
        draw_clearances(chart, flight.certificate)
    for route, (colour, japanese, english) in zip(flight.routes, WAYS, strict=False):
        _draw_way(chart, route, colour, words(japanese, english))
    _draw_kilometres(chart, flight.routes[0])
    if flight.track:
        flown = [projection.local_from_position(position) for position, _ in flight.track]
        x_m, y_m = zip(*flown, strict=True)
        chart.axes.plot(
            x_m, y_m, color=TRACK_COLOUR, linewidth=0.8, label=words("飛行軌跡", "flown"), zorder=5.6
        )


def _draw_way(chart: Chart, route: Route, colour: str, name: str) -> None:
    line = centreline(route, chart.airspace.projection)
    beside = shapely.offset_curve(line, -BESIDE_PT * chart.metres_per_point, join_style="mitre")
    drawn = line if beside.is_empty or beside.geom_type != "LineString" else beside
    chart.axes.plot(*drawn.xy, color="white", linewidth=3.2, zorder=4.9)
    chart.axes.plot(*drawn.xy, color=colour, linewidth=2.0, label=name, zorder=5.0, solid_joinstyle="round")
    for corner in list(line.coords)[1:-1]:
        chart.axes.plot(
            *corner,
            "o",
            color="white",
            markeredgecolor=colour,
            markersize=3.4,
            markeredgewidth=0.9,
            zorder=5.4,
        )
    for at, bearing in _places(drawn, drawn.length / 5, drawn.length / 10):
        mark = (3, 0, -bearing)
        chart.axes.plot(
            *at,
            marker=mark,
            color=colour,
            markeredgecolor="white",
            markersize=9,
            markeredgewidth=0.8,
            zorder=5.5,
        )


def _draw_kilometres(chart: Chart, route: Route) -> None:
    line = centreline(route, chart.airspace.projection)
    step_m = 1000.0 * next(each for each in (*KM_STEPS, 10**6) if line.length / 1000 / each <= MOST_MARKS)
    points_m = chart.metres_per_point
    for number, (at, bearing) in enumerate(_places(line, step_m, step_m), start=1):
        ends = [point_at(at, bearing + 90.0, side * 4.5 * points_m) for side in (-1, 1)]
        chart.axes.plot(*zip(*ends, strict=True), color=TEXT, linewidth=1.0, zorder=5.7)
        offsets = [point_at((0.0, 0.0), bearing + side, 11.0) for side in (90.0, -90.0)]
        chart.labels.write(at, f"{number * step_m / 1000:.0f} km", colour=OUT_COLOUR, size=8, offsets=offsets)


def _places(line: LineString, step_m: float, first_m: float) -> Iterator[tuple[XY, float]]:
    """Yield points along a line with its direction there, clockwise from north."""
    at_m = first_m
    while at_m < line.length - 0.2 * step_m:
        point, ahead = line.interpolate(at_m), line.interpolate(at_m + 1.0)
        yield (point.x, point.y), bearing_deg((point.x, point.y), (ahead.x, ahead.y))
        at_m += step_m
