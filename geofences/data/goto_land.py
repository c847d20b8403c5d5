"""Islands and boundary of Goto, from the coast that the source folder holds."""

import json
from collections.abc import Sequence
from pathlib import Path

import shapely
from shapely import Polygon

from geofences.projection import LocalProjection
from geofences.shapes import area_of
from geofences.values import Island

BOUNDARY_MARGIN_M = 8_000.0
"""Sea around the islands in which a drone may pass; wide enough for ways round every cape."""


def read_islands(source: Path) -> list[Island]:
    """Return the islands of at least one hectare; those without a name in the source are called islets."""
    features = json.loads((source / "coast_goto_osm.geojson").read_text(encoding="utf-8"))["features"]
    return [_island(each["properties"], shapely.geometry.shape(each["geometry"])) for each in features]


def operation_boundary(islands: Sequence[Island], projection: LocalProjection) -> Polygon:
    """Return the operation area: the convex hull of the islands, widened."""
    land = area_of(projection.geometry_to_local(each.geometry) for each in islands)
    hull = shapely.convex_hull(land).buffer(BOUNDARY_MARGIN_M, quad_segs=2).simplify(500.0)
    boundary = projection.geometry_to_geographic(hull)
    return Polygon(shapely.get_coordinates(boundary).round(3))


def _island(properties: dict[str, object], geometry: Polygon) -> Island:
    number = properties["id"]
    return Island(
        id=f"ISLAND-{number:03}",
        name_ja=str(properties.get("name_ja", f"無名の小島 {number}")),
        name_en=str(properties.get("name_en", f"Islet {number}")),
        inhabited=bool(properties.get("inhabited", False)),
        geometry=geometry,
    )
