"""Our own GeoJSON (RFC 7946): zones and corridors, as in ``geofences/data/goto``.

A feature with a ``rule`` is a zone: a Polygon, a MultiPolygon, or a Point with a ``radius_m`` for a circle. A
LineString with ``outbound`` is a corridor. A polygon of another tool, without a rule, becomes a keep-out zone
at all heights, with a note; anything else is left out, with a note.
"""

import json
from collections.abc import Iterable, Sequence
from functools import partial

import shapely
from shapely import Point

from geofences.errors import DataError
from geofences.formats.attributes import attributes_of, zone_from_attributes
from geofences.formats.checks import UNLIMITED_AMSL_M, checked, refuse_faults, sound, twins
from geofences.formats.corridors import corridor_fields, corridor_from
from geofences.formats.geozone import schedule_faults
from geofences.formats.log import Log, Place
from geofences.formats.model import Imported
from geofences.formats.parts import Geometry
from geofences.formats.records import Record, document_from
from geofences.formats.rings import polygon_from, position_from, several
from geofences.values import Circle, Datum, Position, VerticalLimit, ZoneRule
from geofences.zones import Corridor, Zone

Json = dict[str, object]

RADIUS = "radius_m"
"""GeoJSON has no circles: one is a Point, and this property beside the others."""

NAMES = ("name_ja", "name_en", "name", "id", "title")
"""Where other tools keep the name of a feature, the best first."""


class GeoJson:
    """Our own GeoJSON."""

    name = "geojson"
    title = "GeoJSON"
    endings = (".geojson", ".json")

    def recognises(self, text: str, document: object) -> bool:
        """Say whether a text looks like this format."""
        return isinstance(document, dict) and document.get("type") == "FeatureCollection"

    def read(self, text: str, source: str) -> Imported:
        """Return what a text holds; raise DataError with all problems at once."""
        log = Log(source)
        zones: list[Zone] = []
        corridors: list[Corridor] = []
        for number, content in enumerate(_features(document_from(text, log), log)):
            feature = Record(content, log.place(_place_name(number, content)))
            feature.choice("type", ("Feature",))
            feature.skip("id", "bbox")
            geometry = feature.record("geometry")
            properties = Record(feature.fields.get("properties") or {}, feature.place)
            feature.skip("properties")
            if geometry.fields.get("type") == "LineString" and properties.has("outbound"):
                corridors.append(corridor_from(properties, geometry.value("coordinates")))
            else:
                zones += sound(partial(_zones, geometry, properties, number, source), feature.place)
            feature.note_rest()
        log.problems += twins(corridors)
        return Imported(checked(zones, log), tuple(corridors), notes=tuple(log.notes))

    def write(self, zones: Sequence[Zone], corridors: Sequence[Corridor] = ()) -> str:
        """Return the text; raise DataError naming zone and field of all that the format cannot say."""
        refuse_faults(zones, self.title, [each for zone in zones for each in schedule_faults(zone)])
        if problems := twins(corridors):
            raise DataError(f"export to {self.title}", problems)
        return collection_text([*map(zone_feature, zones), *map(corridor_feature, corridors)])


def zone_feature(zone: Zone) -> Json:
    """Return a zone as a feature."""
    shape = zone.geometry
    if not isinstance(shape, Circle):
        return _feature(shapely.geometry.mapping(shape), attributes_of(zone))
    centre = Point(shape.centre.longitude_deg, shape.centre.latitude_deg)
    return _feature(shapely.geometry.mapping(centre), {**attributes_of(zone), RADIUS: shape.radius_m})


def corridor_feature(corridor: Corridor) -> Json:
    """Return a corridor as a feature."""
    return _feature(shapely.geometry.mapping(corridor.centreline), corridor_fields(corridor))


def collection_text(features: Iterable[Json]) -> str:
    """Return a FeatureCollection with one feature a line, which makes readable differences."""
    lines = [json.dumps(each, ensure_ascii=False, allow_nan=False) for each in features]
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n"


def _feature(geometry: object, properties: Json) -> Json:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _features(document: object, log: Log) -> list[object]:
    """Return the features; raise DataError where the document is not GeoJSON."""
    log.raise_problems()
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        log.problems.append(
            'is not GeoJSON: the top level must be {"type": "FeatureCollection", "features": […]}'
        )
    elif not isinstance(document.get("features"), list):
        log.problems.append("is not GeoJSON: 'features' must be a list")
    log.raise_problems()
    return list(document["features"]) if isinstance(document, dict) else []


def _place_name(number: int, content: object) -> str:
    properties = content.get("properties") if isinstance(content, dict) else None
    name = properties.get("id") if isinstance(properties, dict) else None
    return f"feature {number} ({name})" if isinstance(name, str) else f"feature {number}"


def _zones(geometry: Record, properties: Record, number: int, source: str) -> list[Zone]:
    is_ours = properties.has("rule")
    kind = geometry.fields.get("type")
    if not is_ours and kind not in ("Polygon", "MultiPolygon"):
        properties.place.note(f"is a {kind} without a 'rule', so it is no zone and is left out")
        return []
    shape = _shape(geometry, properties)
    if shape is None:
        return []
    if is_ours:
        return [zone_from_attributes(properties, shape, source)]
    return [_foreign(properties, shape, number, source)]


def _shape(geometry: Record, properties: Record) -> Geometry | None:
    kind = geometry.choice("type", ("Polygon", "MultiPolygon", "Point"))
    coordinates, place = geometry.value("coordinates"), properties.place
    geometry.note_rest()
    if kind == "Polygon":
        return polygon_from(coordinates, place)
    if kind == "Point":
        position = position_from(coordinates, place.inside("centre"))
        radius_m = properties.number(RADIUS)
        return None if position is None else Circle(Position(position[1], position[0]), radius_m)
    return _multipolygon(coordinates, place)


def _multipolygon(coordinates: object, place: Place) -> Geometry | None:
    if not isinstance(coordinates, list) or not coordinates:
        place.problem("coordinates must be a list of polygons")
        return None
    parts = [polygon_from(rings, place.inside(f"polygon {each}")) for each, rings in enumerate(coordinates)]
    whole = [part for part in parts if part is not None]
    return several(whole, place) if len(whole) == len(parts) else None


def _foreign(properties: Record, shape: Geometry, number: int, source: str) -> Zone:
    """Return the zone of a feature of another tool: the safe reading of a bare polygon."""
    names = [str(properties.fields[name]) for name in NAMES if properties.fields.get(name)]
    zone_id = f"FEATURE-{number}"
    properties.place.note(
        f"has no 'rule' of ours; it becomes {zone_id}, keep-out at all heights, always in force"
    )
    properties.skip(*NAMES)
    properties.note_rest()
    name = names[0] if names else zone_id
    return Zone(
        id=zone_id,
        name_ja=name,
        name_en=str(properties.fields.get("name_en") or name),
        rule=ZoneRule.KEEP_OUT,
        geometry=shape,
        floor=VerticalLimit(0.0, Datum.AGL),
        ceiling=VerticalLimit(UNLIMITED_AMSL_M),
        buffer_m=0.0,
        reason_ja="",
        reason_en="",
        source=source,
    )
