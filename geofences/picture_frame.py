"""What stands around a map: its part of the world, meridians and parallels, scale, north and wind."""

import math
from collections.abc import Sequence
from datetime import datetime

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyArrowPatch
from shapely import Polygon

from geofences.picture_style import GRID, PAPER, QUIET, TEXT, Chart, words
from geofences.projection import LocalProjection
from geofences.shapes import XY, point_at
from geofences.wind import Wind, WindField

STEPS_MINUTES = (1, 2, 5, 10, 15, 30, 60)
MOST_LINES = 10
SCALES_KM = (1, 2, 5, 10, 20, 50)
CREDIT = "Coast: © OpenStreetMap contributors, ODbL 1.0"


def frame_around(bounds: Sequence[float], aspect: float, margin_m: float) -> Polygon:
    """Return the box of a given width to height that holds some bounds (west, south, east, north)."""
    west, south, east, north = bounds
    width_m, height_m = east - west + 2 * margin_m, north - south + 2 * margin_m
    width_m, height_m = max(width_m, height_m * aspect), max(height_m, width_m / aspect)
    x_m, y_m = (west + east) / 2, (south + north) / 2
    return shapely.box(x_m - width_m / 2, y_m - height_m / 2, x_m + width_m / 2, y_m + height_m / 2)


def set_frame(axes: Axes, frame: Polygon) -> None:
    """Let the axes show the part of the map."""
    west, south, east, north = frame.bounds
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    axes.set_aspect("equal")
    axes.set_xticks([])
    axes.set_yticks([])


def draw_graticule(chart: Chart, projection: LocalProjection) -> None:
    """Draw meridians and parallels, and name them at the edge of the map."""
    west, south, east, north = chart.frame.bounds
    west_deg, south_deg = (float(each) for each in projection.to_geographic(west, south))
    east_deg, north_deg = (float(each) for each in projection.to_geographic(east, north))
    step_deg = _step_deg(max(east_deg - west_deg, north_deg - south_deg))
    lines, names = [], []
    for longitude_deg in _multiples(west_deg, east_deg, step_deg):
        x_m, y_m = projection.to_local(np.full(9, longitude_deg), np.linspace(south_deg, north_deg, 9))
        chart.axes.plot(x_m, y_m, color=GRID, linewidth=0.7, alpha=0.75, zorder=1.5)
        lines.append(float(x_m[0]))
        names.append(_degrees(longitude_deg, "E"))
    chart.axes.set_xticks(lines, names, size=8, color=QUIET)
    lines, names = [], []
    for latitude_deg in _multiples(south_deg, north_deg, step_deg):
        x_m, y_m = projection.to_local(np.linspace(west_deg, east_deg, 9), np.full(9, latitude_deg))
        chart.axes.plot(x_m, y_m, color=GRID, linewidth=0.7, alpha=0.75, zorder=1.5)
        lines.append(float(y_m[0]))
        names.append(_degrees(latitude_deg, "N"))
    chart.axes.set_yticks(lines, names, size=8, color=QUIET, rotation=90, va="center")
    chart.axes.tick_params(length=3, color=QUIET, pad=2)
    set_limits_again(chart)


def set_limits_again(chart: Chart) -> None:
    """Undo what ticks and lines at the edge have done to the limits."""
    west, south, east, north = chart.frame.bounds
    chart.axes.set_xlim(west, east)
    chart.axes.set_ylim(south, north)


def draw_scale(chart: Chart) -> None:
    """Draw a scale of about an eighth of the map's width, and say whose the coast is."""
    west, south, east, north = chart.frame.bounds
    length_km = max(each for each in SCALES_KM if each == 1 or each * 1000.0 <= (east - west) / 6)
    left_m, base_m = west + 0.025 * (east - west), south + 0.035 * (north - south)
    quarter_m = length_km * 250.0
    for number in range(4):
        ends_m = [left_m + number * quarter_m, left_m + (number + 1) * quarter_m]
        colour = TEXT if number % 2 == 0 else PAPER
        chart.axes.plot(ends_m, [base_m] * 2, color=TEXT, linewidth=5, solid_capstyle="butt", zorder=8)
        chart.axes.plot(ends_m, [base_m] * 2, color=colour, linewidth=3.4, solid_capstyle="butt", zorder=8)
    middle = (left_m + 2 * quarter_m, base_m)
    chart.labels.write(middle, f"{length_km} km", colour=TEXT, offsets=((0.0, 5.0),), must=True)
    chart.labels.write((east, south), CREDIT, colour=QUIET, size=7, offsets=((-9.0, 5.0),), must=True)
    chart.labels.keep_off(shapely.box(left_m, base_m, left_m + 4 * quarter_m, base_m))


def draw_compass(chart: Chart) -> None:
    """Draw a rose with north in the upper right corner."""
    centre, radius_m = _rose(chart)
    disc = Circle(
        centre, radius_m * 1.2, facecolor=PAPER, edgecolor=QUIET, alpha=0.85, zorder=8, linewidth=0.8
    )
    chart.axes.add_patch(disc)
    for bearing_deg in range(0, 360, 30):
        length = 0.85 if bearing_deg % 90 else 0.72
        ends = [point_at(centre, bearing_deg, radius_m * each) for each in (length, 0.98)]
        chart.axes.plot(*zip(*ends, strict=True), color=QUIET, linewidth=0.8, zorder=8)
    chart.axes.annotate(
        "N",
        point_at(centre, 0.0, radius_m * 1.2),
        ha="center",
        va="center",
        size=9,
        weight="bold",
        zorder=9.5,
        bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.8},
    )
    chart.labels.keep_off(shapely.Point(centre).buffer(radius_m * 1.4))


def draw_wind(chart: Chart, wind: WindField, at: datetime) -> None:
    """Draw an arrow in the rose that goes with the wind in the middle of the map, with its figures."""
    centre, radius_m = _rose(chart)
    middle = shapely.centroid(chart.frame)
    east_m_s, north_m_s = wind.at(np.array(middle.x), np.array(middle.y), np.array(at.timestamp()))
    speed_m_s = math.hypot(float(east_m_s), float(north_m_s))
    text = words("無風", "calm")
    if speed_m_s > 0.0:
        to_deg = math.degrees(math.atan2(float(east_m_s), float(north_m_s)))
        from_deg = (to_deg + 180.0) % 360.0
        what = words("風", "wind") if isinstance(wind, Wind) else words("地図中央の風", "wind in the middle")
        text = f"{what}\n{speed_m_s:.0f} m/s  {from_deg:03.0f}°"
        _draw_arrow(chart, [point_at(centre, to_deg + turn, radius_m * 0.85) for turn in (180.0, 0.0)])
    below = (centre[0], centre[1] - 1.45 * radius_m)
    chart.labels.write(below, text, colour=TEXT, size=9, weight="bold", offsets=((0.0, -2.0),), must=True)


def _rose(chart: Chart) -> tuple[XY, float]:
    """Return the middle of the rose and its radius, in metres."""
    _, _, east, north = chart.frame.bounds
    inset_m = 44.0 * chart.metres_per_point
    return (east - inset_m, north - inset_m), 25.0 * chart.metres_per_point


def _draw_arrow(chart: Chart, ends: Sequence[XY]) -> None:
    arrow = FancyArrowPatch(
        *ends,
        arrowstyle="-|>,head_length=7,head_width=4",
        color=TEXT,
        linewidth=2.2,
        zorder=9,
        shrinkA=0,
        shrinkB=0,
    )
    chart.axes.add_patch(arrow)


def _step_deg(span_deg: float) -> float:
    fitting = [each for each in STEPS_MINUTES if span_deg * 60 / each <= MOST_LINES]
    return (fitting or STEPS_MINUTES[-1:])[0] / 60.0


def _multiples(low: float, high: float, step: float) -> list[float]:
    return [number * step for number in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _degrees(value_deg: float, hemisphere: str) -> str:
    minutes = round(value_deg * 60)
    return f"{minutes // 60}°{minutes % 60:02d}′{hemisphere}"
