"""Reading an airspace from a folder of GeoJSON files."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import shapely
from shapely import Polygon

from geofences.airspace import Airspace
from geofences.errors import DataError
from geofences.features import Feature, read_features
from geofences.formats.geojson import GeoJson
from geofences.formats.model import Imported
from geofences.formats.registry import import_file
from geofences.policy import AirspacePolicy
from geofences.policy_file import read_policy
from geofences.values import ApproachSector, Island, Position, Site
from geofences.zones import Corridor, Zone

GOTO = Path(__file__).parent / "data" / "goto"


def load_airspace(directory: Path = GOTO, policy: AirspacePolicy | None = None) -> Airspace:
    """Return the airspace that the files of a folder describe; raise DataError with all problems of a file.

    The folder holds ``islands``, ``zones``, ``corridors``, ``sites`` and ``boundary`` with the ending
    ``.geojson``, and ``policy.toml`` where another policy than the usual one holds. A ``policy`` handed in
    counts instead of that file.
    """
    boundary = read_boundary(directory / "boundary.geojson")
    sites = read_sites(directory / "sites.geojson")
    _check_sites(sites, boundary)
    return Airspace(
        islands=read_islands(directory / "islands.geojson"),
        zones=read_zones(directory / "zones.geojson"),
        corridors=read_corridors(directory / "corridors.geojson"),
        sites={site.id: site for site in sites},
        boundary=boundary,
        policy=policy or read_policy(directory / "policy.toml"),
    )


def read_islands(path: Path) -> tuple[Island, ...]:
    """Return the islands of a file."""
    return read_features(path, _island)


def read_zones(path: Path) -> tuple[Zone, ...]:
    """Return the zones of a file; a file that would need a repair is refused."""
    return _clean(path).zones


def read_corridors(path: Path) -> tuple[Corridor, ...]:
    """Return the corridors of a file; a file that would need a repair is refused."""
    return _clean(path).corridors


def _clean(path: Path) -> Imported:
    imported = import_file(path, GeoJson.name)
    if imported.notes:
        remedy = f"`tsubaki airspace import {path.name} --to FILE` writes a clean file"
        raise DataError(path.name, [*imported.notes, remedy])
    return imported


def read_sites(path: Path) -> tuple[Site, ...]:
    """Return the sites of a file."""
    return read_features(path, _site)


def read_boundary(path: Path) -> Polygon:
    """Return the one polygon of the boundary file."""
    polygons = read_features(path, lambda feature: feature.geometry("Polygon"))
    if len(polygons) != 1:
        raise DataError(path.name, [f"must hold exactly one polygon, not {len(polygons)}"])
    return polygons[0]


def _island(feature: Feature) -> Island | None:
    geometry = feature.geometry("Polygon")
    island = Island(
        id=feature.text("id"),
        name_ja=feature.text("name_ja"),
        name_en=feature.text("name_en"),
        inhabited=feature.flag("inhabited"),
        geometry=Polygon() if geometry is None else geometry,
    )
    return island if geometry is not None else None


def _site(feature: Feature) -> Site:
    geometry = feature.geometry("Point")
    return Site(
        id=feature.text("id"),
        kind=feature.text("kind"),
        name_ja=feature.text("name_ja"),
        name_en=feature.text("name_en"),
        island=feature.text("island"),
        position=Position(0.0, 0.0) if geometry is None else Position(geometry.y, geometry.x),
        elevation_amsl_m=feature.number("elevation_amsl_m"),
        uncertainty_m=feature.length("uncertainty_m"),
        is_hub=feature.flag("is_hub"),
        approach=None if feature.value("approach") is None else _approach(feature),
        pad_site_id=feature.optional_text("pad_site_id"),
        road_km=feature.optional_number("road_km"),
        note_ja=feature.text("note_ja"),
        note_en=feature.text("note_en"),
        source=feature.text("source"),
        winch_height_m=feature.length("winch_height_m"),
    )


def _approach(feature: Feature) -> ApproachSector:
    table = feature.table("approach")
    names = ("bearing_deg", "length_m", "half_width_m", "floor_above_pad_m")
    return ApproachSector(*(feature.finite(f"approach {name}", table.get(name)) for name in names))


def _check_sites(sites: Sequence[Site], boundary: Polygon) -> None:
    """Raise DataError where sites contradict each other or lie outside the boundary."""
    by_id = {site.id: site for site in sites}
    problems = [problem for site in sites for problem in _site_problems(site, by_id, boundary)]
    if problems:
        raise DataError("sites.geojson", problems)


def _site_problems(site: Site, sites: Mapping[str, Site], boundary: Polygon) -> list[str]:
    problems = []
    if not boundary.covers(shapely.Point(site.position.longitude_deg, site.position.latitude_deg)):
        problems.append(f"{site.id}: lies outside the operation boundary")
    if site.pad_site_id is not None:
        pad = sites.get(site.pad_site_id)
        if pad is None or not pad.is_drone_site:
            problems.append(f"{site.id}: 'pad_site_id' {site.pad_site_id!r} is not a drone site")
        if site.is_drone_site:
            problems.append(f"{site.id}: has both an approach and a 'pad_site_id'")
    return problems
