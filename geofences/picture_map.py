"""The map under a picture: sea, coast, lanes, zones, and their names."""

from collections.abc import Collection, Sequence

import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from shapely import Point
from shapely.geometry.base import BaseGeometry

from geofences.airspace import Airspace
from geofences.formats.checks import UNLIMITED_AMSL_M
from geofences.picture_frame import draw_graticule, frame_around, set_frame
from geofences.picture_labels import Labels, around
from geofences.picture_style import (
    CAUTION,
    CAUTION_TEXT,
    KEEP_IN,
    KEEP_OUT,
    LAND,
    LANE,
    LANE_EDGE,
    NEAR_COAST,
    QUIET,
    SEA,
    SHORE,
    TEXT,
    Chart,
    above,
    fill,
    words,
)
from geofences.values import ZoneRule
from geofences.zones import Zone

NAMED_PART = 1.5e-4
"""An island smaller than this part of the map keeps its name to itself."""


DASHED_M_PER_PT = 60.0
"""On maps of a smaller scale, dashes at both edges of a lane would run into each other."""

Place = tuple[float, float, float, float]
"""Left, bottom, width and height in parts of the figure."""


def chart_of(
    figure: Figure, place: Place, airspace: Airspace, bounds: tuple[float, ...], margin_m: float
) -> Chart:
    """Return the map of a part of the airspace, drawn with coast, lanes and zones."""
    axes = figure.add_axes(place)
    frame = frame_around(bounds, axes.bbox.width / axes.bbox.height, margin_m)
    set_frame(axes, frame)
    axes.set_facecolor(SEA)
    width_m = frame.bounds[2] - frame.bounds[0]
    chart = Chart(axes, airspace, frame, Labels(axes), width_m * figure.dpi / (72.0 * axes.bbox.width))
    draw_ground(axes, airspace, frame)
    draw_graticule(chart, airspace.projection)
    _draw_lanes(chart)
    for zone in airspace.zones:
        draw_zone(axes, airspace, zone)
    return chart


def draw_ground(axes: Axes, airspace: Airspace, frame: BaseGeometry) -> None:
    """Draw the land, and around it the water that the policy keeps free."""
    west, south, east, north = frame.bounds
    clearance_m = airspace.policy.coast_clearance_m
    land = shapely.clip_by_rect(
        airspace.terrain.land,
        west - clearance_m,
        south - clearance_m,
        east + clearance_m,
        north + clearance_m,
    )
    name = words("沿岸", "coastal water") + f" {clearance_m:.0f} m"
    fill(axes, shapely.buffer(land, clearance_m), NEAR_COAST, name=name, order=0.5)
    fill(axes, land, LAND, edge=SHORE, width=0.6, order=2.0)


def draw_zone(axes: Axes, airspace: Airspace, zone: Zone) -> None:
    """Draw a zone with its buffer: in its colour where it reaches our altitudes, else hatched."""
    shape = airspace.shape_of(zone)
    if zone.rule is ZoneRule.CAUTION:
        fill(axes, shape, CAUTION, alpha=0.30, edge=CAUTION, name=words("注意", "caution"), order=3.0)
        return
    if zone.rule is ZoneRule.KEEP_IN:
        fill(axes, shape, "none", edge=KEEP_IN, width=1.6, name=words("この内側のみ", "keep in"), order=3.0)
        return
    if zone.buffer_m > 0.0:
        fill(
            axes, shapely.buffer(shape, zone.buffer_m), "none", edge=KEEP_OUT, width=0.6, style=":", order=3.0
        )
    if is_in_our_bands(airspace, zone):
        fill(axes, shape, KEEP_OUT, alpha=0.32, edge=KEEP_OUT, name=words("禁止", "keep out"), order=3.0)
    else:
        name = words("禁止(飛行高度より上)", "keep out above our altitudes")
        fill(axes, shape, "none", edge=KEEP_OUT, hatch="..", alpha=0.35, name=name, order=3.0)


def is_in_our_bands(airspace: Airspace, zone: Zone) -> bool:
    """Say whether a zone reaches the altitudes that are flown over the sea."""
    return airspace.band_of(zone).overlaps(airspace.envelope)


def draw_zone_names(chart: Chart, zones: Sequence[Zone]) -> None:
    """Write names and heights of the zones in sight; zones that touch and have one owner share a label."""
    for family in families(zones):
        area = shapely.union_all([chart.airspace.shape_of(each) for each in family])
        seen = shapely.intersection(area, chart.frame)
        if seen.is_empty:
            continue
        at = middle_of(seen)
        colour = {ZoneRule.CAUTION: CAUTION_TEXT, ZoneRule.KEEP_IN: KEEP_IN}.get(family[0].rule, KEEP_OUT)
        offsets = ((0, 0), *around(12), *around(26), *around(40))
        text = family_text(chart.airspace, family)
        chart.labels.write((at.x, at.y), text, colour=colour, size=8.5, offsets=offsets)


def middle_of(area: BaseGeometry) -> Point:
    """Return the middle of an area, or a point of its largest part where the middle lies outside."""
    centre = shapely.centroid(area)
    if area.covers(centre):
        return centre
    largest = max(shapely.get_parts(area), key=shapely.area)
    return shapely.point_on_surface(largest)


def families(zones: Sequence[Zone]) -> list[list[Zone]]:
    """Return zones in groups of one rule and one name before its comma, as all surfaces of an airport."""
    groups: dict[tuple[ZoneRule, str], list[Zone]] = {}
    for zone in zones:
        groups.setdefault((zone.rule, zone.name_en.split(",")[0]), []).append(zone)
    return list(groups.values())


def family_text(airspace: Airspace, zones: Sequence[Zone]) -> str:
    """Return name and heights of a group of zones."""
    bands = [airspace.band_of(each) for each in zones]
    low_m, high_m = min(each.floor_amsl_m for each in bands), max(each.ceiling_amsl_m for each in bands)
    japanese, english = zones[0].name_ja, zones[0].name_en
    if len(zones) > 1:
        japanese, english = japanese.rsplit(" ", 1)[0], english.split(",")[0]
    heights = f"{low_m:.0f}–{high_m:.0f} m" if high_m < UNLIMITED_AMSL_M else above(low_m)
    return f"{words(japanese, english, between=chr(10))}\n{heights}"


def draw_island_names(chart: Chart) -> None:
    """Write the names of the islands in sight, the largest first."""
    airspace = chart.airspace
    seen = [
        (shapely.intersection(airspace.terrain.islands[each.id], chart.frame), each)
        for each in airspace.islands
    ]
    least_m2 = NAMED_PART * shapely.area(chart.frame)
    for part, island in sorted(seen, key=lambda each: -shapely.area(each[0])):
        if shapely.area(part) < least_m2 or island.name_en.startswith("Islet"):
            continue
        inside = shapely.maximum_inscribed_circle(part, tolerance=100.0).coords[0]
        size = 12.0 if shapely.area(part) > 60 * least_m2 else 9.0
        name = words(island.name_ja, island.name_en, between="\n" if size > 10 else " ")
        chart.labels.write(
            (inside[0], inside[1]),
            name,
            colour=SHORE,
            size=size,
            style="italic",
            offsets=((0, 0), *around(12)),
        )


def draw_site_names(chart: Chart, leave_out: Collection[str] = ()) -> None:
    """Mark the pads in sight, and name those that have room."""
    for site in chart.airspace.sites.values():
        at = chart.airspace.projection.local_from_position(site.position)
        if not site.is_drone_site or site.id in leave_out or not chart.frame.contains(shapely.Point(at)):
            continue
        chart.axes.plot(*at, "o", color="white", markeredgecolor=QUIET, markersize=4.5, zorder=6)
        chart.labels.write(at, words(site.name_ja, site.name_en), colour=TEXT, size=8, offsets=around(5))


def _draw_lanes(chart: Chart) -> None:
    """Draw all open lanes as one water, since most of them begin together."""
    airspace = chart.airspace
    for is_open in (True, False):
        shapes = [airspace.corridor_shape(each) for each in airspace.corridors if each.is_open is is_open]
        area = shapely.intersection(shapely.union_all(shapes), chart.frame)
        if is_open:
            name = words("海上回廊", "sea lane")
            style = "--" if chart.metres_per_point < DASHED_M_PER_PT else "-"
            fill(chart.axes, area, LANE, alpha=0.9, name=name, edge=LANE_EDGE, width=0.6, style=style)
        else:
            name = words("閉鎖中の回廊", "closed lane")
            fill(chart.axes, area, "none", edge=QUIET, hatch="xx", alpha=0.3, name=name)
