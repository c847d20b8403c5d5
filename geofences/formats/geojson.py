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
from geofences.formats.checks import checked, refuse_faults, sound, twins
from geofences.formats.corridors import corridor_fields, corridor_from
from geofences.formats.features import GEOMETRIES, Feature, features_from
from geofences.formats.foreign import zone_without_rule
from geofences.formats.geozone import schedule_faults
from geofences.formats.log import Log, Place
from geofences.formats.model import Imported
from geofences.formats.parts import Geometry
from geofences.formats.records import Record
from geofences.formats.rings import polygon_from, position_from, several
from geofences.values import Circle, Position
from geofences.zones import Corridor, Zone

Json = dict[str, object]

RADIUS = "radius_m"
"""GeoJSON has no circles: one is a Point, and this property beside the others."""

KINDS = ("FeatureCollection", "Feature", *GEOMETRIES)


class GeoJson:
    """Our own GeoJSON."""

    name = "geojson"
    title = "GeoJSON"
    endings = (".geojson", ".json")

    def recognises(self, text: str, document: object) -> bool:
        """Say whether a text looks like this format."""
        return isinstance(document, dict) and document.get("type") in KINDS

    def read(self, text: str, source: str) -> Imported:
        """Return what a text holds; raise DataError with all problems at once."""
        log = Log(source)
        zones: list[Zone] = []
        corridors: list[Corridor] = []
        for feature in features_from(text, log):
            geometry, properties = feature.geometry, feature.properties
            if geometry.fields.get("type") == "LineString" and properties.has("outbound"):
                corridors.append(corridor_from(properties, geometry.value("coordinates")))
            else:
                zones += sound(partial(_zones, feature, source), feature.place)
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


def _zones(feature: Feature, source: str) -> list[Zone]:
    geometry, properties = feature.geometry, feature.properties
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
    return [zone_without_rule(properties, shape, f"FEATURE-{feature.number}", source)]


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
