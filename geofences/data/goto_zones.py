"""Zones of Goto: airports with their obstacle limitation surfaces, the wind farm, the ferry harbour."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely import Point, Polygon

from geofences.projection import LocalProjection
from geofences.shapes import grown
from geofences.values import Position, VerticalLimit, ZoneRule
from geofences.zones import Zone

AIRPORT_CEILING_AMSL_M = 1_000.0
"""Far above any flight of ours (the law's limit is 150 m above ground)."""

AIRPORT_BUFFER_M = 50.0
"""Beside the surfaces, because the strips' bearings are not surveyed (±5° at Kamigoto)."""

LOW_SURFACE_AMSL_M = 100.0
"""Our bands end at 95 m; a sloped surface is cut where it reaches this height."""

WIND_FARM = Position(32.65, 128.96)
WIND_FARM_RADIUS_M = 4_000.0
"""3 km for the uncertainty of the centre and 1 km for the extent of eight turbines."""

CIRCLE_SLACK_M = 10.0
"""Circles are drawn with so few corners that the polygon is up to twice this larger."""

HARBOUR = Position(32.70, 128.87)
HARBOUR_RADIUS_M = 1_000.0

CIVIL_AERONAUTICS_ACT = "Civil Aeronautics Act, art. 132-85 and 49"
NAMES_JA = {"strip": "着陸帯", "approach": "進入表面", "horizontal": "水平表面"}


@dataclass(frozen=True)
class _Surface:
    """A surface over an airport: an area in metres on the map and the height where it begins."""

    part: str
    floor_amsl_m: float
    area: Polygon


def goto_zones(source: Path, projection: LocalProjection) -> list[Zone]:
    """Return all zones."""
    return [*_airport_zones(source, projection), _wind_farm(projection), _harbour(projection)]


def _airport_zones(source: Path, projection: LocalProjection) -> Iterator[Zone]:
    airports = {
        each["icao"]: each for each in json.loads((source / "airports.json").read_text(encoding="utf-8"))
    }
    features = json.loads((source / "airport_surfaces.geojson").read_text(encoding="utf-8"))["features"]
    counts: dict[str, int] = {}
    for each in features:
        icao, kind = each["properties"]["icao"], each["properties"]["surface"]
        area = projection.geometry_to_local(shapely.geometry.shape(each["geometry"]))
        for surface in _surfaces(kind, each["properties"], area):
            stem = f"{icao}-{surface.part}"
            counts[stem] = counts.get(stem, 0) + 1
            yield _airport_zone(airports[icao], f"{stem}-{counts[stem]}", kind, surface, projection)


def _surfaces(kind: str, properties: dict[str, float], area: Polygon) -> list[_Surface]:
    from_m, to_m = properties["z_from_m"], properties["z_to_m"]
    if kind == "strip":
        return [_Surface(kind, 0.0, area)]
    if kind == "horizontal":
        return [_Surface(kind, from_m, _circle_around(area))]
    low, high = _cut_approach(area, (LOW_SURFACE_AMSL_M - from_m) / (to_m - from_m))
    return [_Surface("approach-low", from_m, low), _Surface("approach-high", LOW_SURFACE_AMSL_M, high)]


def _circle_around(area: Polygon) -> Polygon:
    """Return a polygon of few vertices around a circle given as one of many."""
    return grown(area.centroid, math.sqrt(area.area / math.pi), CIRCLE_SLACK_M)


def _cut_approach(area: Polygon, fraction: float) -> tuple[Polygon, Polygon]:
    """Cut an approach surface across; its first two points are the inner edge, the next two the outer."""
    inner_left, inner_right, outer_right, outer_left = shapely.get_coordinates(area)[:4]
    left = inner_left + fraction * (outer_left - inner_left)
    right = inner_right + fraction * (outer_right - inner_right)
    return Polygon([inner_left, inner_right, right, left]), Polygon([left, right, outer_right, outer_left])


def _airport_zone(
    airport: dict[str, str], zone_id: str, kind: str, surface: _Surface, projection: LocalProjection
) -> Zone:
    return Zone(
        id=zone_id,
        name_ja=f"{airport['name_ja']} {NAMES_JA[kind]}",
        name_en=f"{airport['name_en']} Airport, {kind} surface",
        rule=ZoneRule.KEEP_OUT,
        geometry=_geographic(surface.area, projection),
        floor=VerticalLimit(surface.floor_amsl_m),
        ceiling=VerticalLimit(AIRPORT_CEILING_AMSL_M),
        buffer_m=AIRPORT_BUFFER_M,
        reason_ja=f"空港の{NAMES_JA[kind]}より上の空域は許可が必要です(航空法第132条の85、第49条)。",
        reason_en=f"Flight above the {kind} surface of an airport needs a permit ({CIVIL_AERONAUTICS_ACT}).",
        source="derived from runway data by the law's geometry (airport_surfaces.geojson); sloped surfaces "
        "are taken at the height where they begin, cut at 100 m AMSL; not the official notification",
    )


def _wind_farm(projection: LocalProjection) -> Zone:
    return Zone(
        id="WIND-FARM",
        name_ja="五島洋上風力発電所(浮体式)",
        name_en="Goto floating wind farm",
        rule=ZoneRule.KEEP_OUT,
        geometry=_circle(WIND_FARM, WIND_FARM_RADIUS_M, projection),
        floor=VerticalLimit(0.0),
        ceiling=VerticalLimit(130.0),
        buffer_m=100.0,
        reason_ja="風車8基。羽根の先端は海面から約100メートルです。",
        reason_en="Eight turbines with tips about 100 m above the sea.",
        source="centre uncertain by 3 km (from memory, not surveyed), so the circle is wide; tips: published "
        "rotor 80 m and hub 56 m. Replace by surveyed turbine positions.",
    )


def _harbour(projection: LocalProjection) -> Zone:
    return Zone(
        id="FUKUE-HARBOUR",
        name_ja="福江港 港口",
        name_en="Fukue harbour mouth",
        rule=ZoneRule.CAUTION,
        geometry=_circle(HARBOUR, HARBOUR_RADIUS_M, projection),
        floor=VerticalLimit(0.0),
        ceiling=VerticalLimit(60.0),
        buffer_m=0.0,
        reason_ja="フェリーとジェットフォイルの通り道です。マストと甲板の人に注意してください。",
        reason_en="Ferries and jetfoils enter and leave here; look out for masts and people on deck.",
        source="derived: the sea in front of the port; to be agreed with the harbour master",
    )


def _circle(centre: Position, radius_m: float, projection: LocalProjection) -> Polygon:
    return _geographic(
        grown(Point(projection.local_from_position(centre)), radius_m, CIRCLE_SLACK_M), projection
    )


def _geographic(area: Polygon, projection: LocalProjection) -> Polygon:
    return Polygon(shapely.get_coordinates(projection.geometry_to_geographic(area)).round(6))
