"""Zones over the airports of Goto, made from their obstacle limitation surfaces."""

import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from geofences.airport_loading import load_airports
from geofences.airport_slices import Disc, SurfaceSlice, surface_slices
from geofences.airport_surfaces import AirportSurfaces, SurfaceKind
from geofences.airports import Airport
from geofences.projection import LocalProjection
from geofences.values import Circle, Contact, VerticalLimit, ZoneRule
from geofences.zones import Zone

STEPS_AMSL_M = (50.0, 75.0, 100.0, 125.0)
"""Sloped surfaces are cut here. 50 and 75 m are the floors of our two bands; the bands end at 95 m, so what
lies over 100 m does not hinder them; 125 m leaves room under it for lanes that may be laid higher."""

CEILING_AMSL_M = 1_000.0
"""Far above any flight of ours (the law's limit is 150 m above ground)."""

BUFFER_STEP_M = 10.0
"""Buffers are rounded up to this."""

CONTACT = Contact(name="長崎県(空港の管理者) / Nagasaki Prefecture (airport manager)")

LAW_JA = "航空法第132条の85、同法施行規則第236条の71"
LAW_EN = "Civil Aeronautics Act art. 132-85, Enforcement Regulations art. 236-71"

NAMES_JA = {
    SurfaceKind.STRIP: "着陸帯",
    SurfaceKind.APPROACH: "進入表面",
    SurfaceKind.TRANSITIONAL: "転移表面",
    SurfaceKind.HORIZONTAL: "水平表面",
    SurfaceKind.CONICAL: "円錐表面",
    SurfaceKind.EXTENDED_APPROACH: "延長進入表面",
    SurfaceKind.OUTER_HORIZONTAL: "外側水平表面",
}

NAMES_EN = {
    SurfaceKind.STRIP: "landing strip",
    SurfaceKind.APPROACH: "approach surface",
    SurfaceKind.TRANSITIONAL: "transitional surface",
    SurfaceKind.HORIZONTAL: "horizontal surface",
    SurfaceKind.CONICAL: "conical surface",
    SurfaceKind.EXTENDED_APPROACH: "extended approach surface",
    SurfaceKind.OUTER_HORIZONTAL: "outer horizontal surface",
}

MEANING_JA = {
    SurfaceKind.STRIP: "空港の滑走路とそのまわりです",
    SurfaceKind.APPROACH: "滑走路に着陸する飛行機の通り道です",
    SurfaceKind.TRANSITIONAL: "滑走路と着陸の通り道の両わきで、飛行機がそれたときのための空間です",
    SurfaceKind.HORIZONTAL: "空港のまわりで飛行機が旋回する空間です",
}

MEANING_EN = {
    SurfaceKind.STRIP: "The runway of an airport and the ground beside it",
    SurfaceKind.APPROACH: "Aircraft come down here to land",
    SurfaceKind.TRANSITIONAL: "Beside the runway and the way down to it: room for aircraft that stray",
    SurfaceKind.HORIZONTAL: "Aircraft circle here around the airport",
}

OTHER_JA = "空港のまわりで飛行機のために空けてある空間です"
OTHER_EN = "Kept free for aircraft around the airport"

SOURCE = (
    "derived from runway data (source/airports.json) by the geometry of the Civil Aeronautics Act, "
    "art. 2 (6)-(10), and its Enforcement Regulations; not the official notification"
)


def airport_zones(source: Path, projection: LocalProjection) -> Iterator[Zone]:
    """Yield the keep-out zones of all airports, lowest slice first for each surface."""
    for airport in load_airports(source / "airports.json"):
        counts: Counter[str] = Counter()
        surfaces = AirportSurfaces(airport, projection)
        for each in surface_slices(surfaces, STEPS_AMSL_M):
            stem = "-".join(part for part in (airport.icao, each.kind, each.runway_end) if part)
            counts[stem] += 1
            yield _zone(f"{stem}-{counts[stem]}", each, surfaces)


def _zone(zone_id: str, part: SurfaceSlice, surfaces: AirportSurfaces) -> Zone:
    airport = surfaces.airport
    floor_m = 0.0 if part.kind is SurfaceKind.STRIP else _rounded_down(part.floor_amsl_m)
    heights_ja, heights_en = _heights(part)
    runway_ja = f"滑走路{part.runway_end} " if part.runway_end else ""
    runway_en = f"runway {part.runway_end} " if part.runway_end else ""
    return Zone(
        id=zone_id,
        name_ja=f"{airport.name_ja} {runway_ja}{NAMES_JA[part.kind]}{heights_ja}",
        name_en=f"{airport.name_en} Airport, {runway_en}{NAMES_EN[part.kind]}{heights_en}",
        rule=ZoneRule.KEEP_OUT,
        geometry=_geometry(part, surfaces.projection),
        floor=VerticalLimit(floor_m),
        ceiling=VerticalLimit(CEILING_AMSL_M),
        buffer_m=_buffer_m(part, airport, surfaces),
        reason_ja=_reason_ja(part, floor_m),
        reason_en=_reason_en(part, floor_m),
        source=SOURCE,
        contact=CONTACT,
    )


def _rounded_down(height_m: float) -> float:
    """Return a height in whole decimetres: never higher, but for the noise of binary fractions."""
    return math.floor(height_m * 10.0 + 1e-6) / 10.0


def _heights(part: SurfaceSlice) -> tuple[str, str]:
    """Return how a name tells the slices of one surface apart."""
    if part.kind is SurfaceKind.STRIP or part.top_amsl_m == part.floor_amsl_m:
        return "", ""
    low, high = f"{part.floor_amsl_m:.0f}", f"{part.top_amsl_m:.0f}"
    return f"(海抜{low}~{high} mの部分)", f" ({low} to {high} m above the sea)"


def _reason_ja(part: SurfaceSlice, floor_m: float) -> str:
    what = f"{MEANING_JA.get(part.kind, OTHER_JA)}({NAMES_JA[part.kind]})。"
    where = "地面から上" if part.kind is SurfaceKind.STRIP else f"海抜{floor_m:g} mより上"
    return (
        f"{what}{where}は、許可なしに飛べません。空港の管理者(長崎県)に相談し、"
        f"DIPS 2.0で許可を申請してください({LAW_JA})。"
    )


def _reason_en(part: SurfaceSlice, floor_m: float) -> str:
    what = f"{MEANING_EN.get(part.kind, OTHER_EN)} ({NAMES_EN[part.kind]}). "
    where = "from the ground up" if part.kind is SurfaceKind.STRIP else f"above {floor_m:g} m over the sea"
    return (
        f"{what}Do not fly {where} without a permit: ask the airport office (Nagasaki Prefecture) and apply "
        f"through DIPS 2.0 ({LAW_EN})."
    )


def _geometry(part: SurfaceSlice, projection: LocalProjection) -> Polygon | MultiPolygon | Circle:
    if isinstance(part.shape, Disc):
        centre = projection.position_from_local(*part.shape.centre)
        rounded = type(centre)(round(centre.latitude_deg, 6), round(centre.longitude_deg, 6))
        return Circle(rounded, part.shape.radius_m)
    area = projection.geometry_to_geographic(part.shape)
    shape = shapely.transform(area, lambda at: at.round(6))
    return shape if isinstance(shape, Polygon | MultiPolygon) else Polygon()


def _buffer_m(part: SurfaceSlice, airport: Airport, surfaces: AirportSurfaces) -> float:
    """Return how far the slice may lie beside its true place: by the position, and by turning the runway."""
    reach_m = 0.0
    if not isinstance(part.shape, Disc):
        reach_m = float(np.hypot(*(shapely.get_coordinates(part.shape) - surfaces.middle).T).max())
    turned_m = 2.0 * reach_m * math.sin(math.radians(airport.bearing_error_deg) / 2.0)
    error_m = airport.position_error_m + turned_m
    return math.ceil(error_m / BUFFER_STEP_M) * BUFFER_STEP_M
