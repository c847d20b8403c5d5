"""The airspace as GeoJSON (RFC 7946): the features of the files, for the API, the console and other tools."""

from collections.abc import Iterable
from dataclasses import asdict

import shapely
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry

from geofences.airspace import Airspace
from geofences.formats.geojson import corridor_feature, zone_feature
from geofences.formats.kml_shapes import drawn
from geofences.values import Circle, Island, Site
from geofences.zones import Zone

Json = dict[str, object]


def airspace_feature_collection(airspace: Airspace) -> Json:
    """Return islands, zones, corridors, sites, approach sectors and boundary as one FeatureCollection.

    Each feature has the properties ``kind`` (island, zone, corridor, site, approach or boundary), ``id``,
    ``name_ja`` and ``name_en``; a site's own kind (port, clinic, …) is its ``site_kind``.
    """
    projection, terrain = airspace.projection, airspace.terrain
    approaches = [
        approach_feature(airspace.site(site_id), projection.geometry_to_geographic(LineString(line)))
        for site_id, line in terrain.approaches.items()
    ]
    boundary = feature(
        airspace.boundary, kind="boundary", id="boundary", name_ja="運航区域", name_en="Operation area"
    )
    collection = feature_collection(
        [
            *(_with_kind("island", island_feature(each)) for each in airspace.islands),
            *(_with_kind("zone", _drawn_zone(each)) for each in airspace.zones),
            *(_with_kind("corridor", corridor_feature(each)) for each in airspace.corridors),
            *(_site_with_kind(each) for each in airspace.sites.values()),
            *approaches,
            boundary,
        ]
    )
    return {**collection, "version": airspace.version}


def feature_collection(features: Iterable[Json]) -> Json:
    """Return a FeatureCollection."""
    return {"type": "FeatureCollection", "features": list(features)}


def feature(geometry: BaseGeometry, **properties: object) -> Json:
    """Return one feature; its geometry is in degrees (longitude, latitude)."""
    return {"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(geometry)}


def island_feature(island: Island) -> Json:
    """Return an island as in ``islands.geojson``."""
    return feature(
        island.geometry,
        id=island.id,
        name_ja=island.name_ja,
        name_en=island.name_en,
        inhabited=island.inhabited,
    )


def site_feature(site: Site) -> Json:
    """Return a site as in ``sites.geojson``."""
    properties = asdict(site)
    del properties["position"]
    return feature(Point(site.position.longitude_deg, site.position.latitude_deg), **properties)


def approach_feature(site: Site, line: BaseGeometry) -> Json:
    """Return the line from a pad to its gate; ``half_width_m`` says how wide the sector is."""
    half_width_m = None if site.approach is None else site.approach.half_width_m
    return feature(
        line,
        kind="approach",
        id=f"{site.id}-approach",
        name_ja=f"{site.name_ja} 進入路",
        name_en=f"{site.name_en} approach",
        site_id=site.id,
        half_width_m=half_width_m,
    )


def _drawn_zone(zone: Zone) -> Json:
    """Return a zone with a polygon for its circle, since maps draw no circles."""
    plain = zone_feature(zone)
    if isinstance(zone.geometry, Circle):
        return {**plain, "geometry": shapely.geometry.mapping(drawn(zone.geometry, zone.rule))}
    return plain


def _with_kind(kind: str, plain: Json) -> Json:
    return {**plain, "properties": {"kind": kind, **_properties(plain)}}


def _site_with_kind(site: Site) -> Json:
    plain = site_feature(site)
    return {**plain, "properties": {**_properties(plain), "kind": "site", "site_kind": site.kind}}


def _properties(plain: Json) -> Json:
    properties = plain["properties"]
    return properties if isinstance(properties, dict) else {}
