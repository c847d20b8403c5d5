"""Reading an airspace from a folder of GeoJSON files."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import shapely
from shapely import Polygon

from geofences.airspace import Airspace
from geofences.errors import DataError
from geofences.formats.checks import twins
from geofences.formats.features import Feature, features_from
from geofences.formats.geojson import GeoJson
from geofences.formats.log import Log
from geofences.formats.model import Imported
from geofences.formats.records import Record
from geofences.formats.registry import import_file
from geofences.formats.rings import polygon_from, position_from
from geofences.formats.texts import text_of
from geofences.policy import AirspacePolicy
from geofences.policy_file import read_policy
from geofences.values import ApproachSector, Island, Position, Site
from geofences.zones import Corridor, Zone

ValueT = TypeVar("ValueT")

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
    """Return the one polygon of the boundary file; raise DataError where there are none or several."""
    polygons = read_features(path, _polygon)
    if len(polygons) != 1:
        raise DataError(path.name, [f"must hold exactly one polygon, not {len(polygons)}"])
    return polygons[0]


def read_features(path: Path, make: Callable[[Feature], ValueT | None]) -> tuple[ValueT, ...]:
    """Return what ``make`` reads from each feature of a GeoJSON file.

    Raises
    ------
    DataError
        With all problems of the file; one that would need a repair is refused.
    """
    log = Log(path.name)
    features = features_from(text_of(path), log)
    values = [make(feature) for feature in features]
    log.problems += [*log.notes, *twins(features)]
    log.raise_problems()
    return tuple(value for value in values if value is not None)


def _polygon(feature: Feature) -> Polygon | None:
    feature.geometry.choice("type", ("Polygon",))
    return polygon_from(feature.geometry.value("coordinates"), feature.place)


def _position(feature: Feature) -> Position:
    feature.geometry.choice("type", ("Point",))
    found = position_from(feature.geometry.value("coordinates"), feature.place)
    longitude_deg, latitude_deg = found or (0.0, 0.0)
    return Position(latitude_deg, longitude_deg)


def _island(feature: Feature) -> Island:
    properties, polygon = feature.properties, _polygon(feature)
    island = Island(
        id=properties.text("id"),
        name_ja=properties.text("name_ja"),
        name_en=properties.text("name_en"),
        inhabited=properties.flag("inhabited"),
        geometry=polygon or Polygon(),
    )
    properties.note_rest()
    return island


def _site(feature: Feature) -> Site:
    properties = feature.properties
    site = Site(
        id=properties.text("id"),
        kind=properties.text("kind"),
        name_ja=properties.text("name_ja"),
        name_en=properties.text("name_en"),
        island=properties.text("island"),
        position=_position(feature),
        elevation_amsl_m=properties.number("elevation_amsl_m"),
        uncertainty_m=properties.length("uncertainty_m"),
        is_hub=properties.flag("is_hub"),
        approach=_approach(properties.optional_record("approach")),
        pad_site_id=properties.optional_text("pad_site_id") or None,
        road_km=properties.number("road_km") if properties.has("road_km") else None,
        note_ja=properties.text("note_ja"),
        note_en=properties.text("note_en"),
        source=properties.text("source"),
        winch_height_m=properties.length("winch_height_m"),
    )
    properties.note_rest()
    return site


def _approach(record: Record | None) -> ApproachSector | None:
    if record is None:
        return None
    names = ("bearing_deg", "length_m", "half_width_m", "floor_above_pad_m")
    approach = ApproachSector(*map(record.number, names))
    record.note_rest()
    return approach


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
