"""The airspace as GeoJSON (RFC 7946): the features of the files, for the API, the console and other tools."""

from collections.abc import Iterable
from dataclasses import asdict

import shapely
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry

from geofences.airspace import Airspace
from geofences.values import AltitudeBand, Island, Site
from geofences.zones import Corridor, Zone

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
            *(_with_kind("zone", zone_feature(each)) for each in airspace.zones),
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


def zone_feature(zone: Zone) -> Json:
    """Return a zone as in ``zones.geojson``."""
    return feature(
        zone.geometry,
        id=zone.id,
        name_ja=zone.name_ja,
        name_en=zone.name_en,
        rule=zone.rule.value,
        floor_amsl_m=zone.floor.height_m,
        ceiling_amsl_m=zone.ceiling.height_m,
        buffer_m=zone.buffer_m,
        active=[
            {"start": each.start and each.start.isoformat(), "end": each.end and each.end.isoformat()}
            for each in zone.schedule.applicabilities
        ],
        reason_ja=zone.reason_ja,
        reason_en=zone.reason_en,
        source=zone.source,
    )


def corridor_feature(corridor: Corridor) -> Json:
    """Return a corridor as in ``corridors.geojson``."""
    return feature(
        corridor.centreline,
        id=corridor.id,
        name_ja=corridor.name_ja,
        name_en=corridor.name_en,
        width_m=corridor.width_m,
        outbound=_band(corridor.outbound),
        inbound=None if corridor.inbound is None else _band(corridor.inbound),
        is_open=corridor.is_open,
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


def _band(band: AltitudeBand) -> Json:
    return {"floor_amsl_m": band.floor_amsl_m, "ceiling_amsl_m": band.ceiling_amsl_m}


def _with_kind(kind: str, plain: Json) -> Json:
    return {**plain, "properties": {"kind": kind, **_properties(plain)}}


def _site_with_kind(site: Site) -> Json:
    plain = site_feature(site)
    return {**plain, "properties": {**_properties(plain), "kind": "site", "site_kind": site.kind}}


def _properties(plain: Json) -> Json:
    properties = plain["properties"]
    return properties if isinstance(properties, dict) else {}
