"""Our own GeoJSON (RFC 7946), as in ``geofences/data/goto/zones.geojson``.

Before the zones are read, the positions are checked and repaired here, so that no repair is silent.
"""

import json
from collections.abc import Sequence

from geofences.errors import DataError
from geofences.formats.checks import checked, refuse_faults
from geofences.formats.geozone import schedule_faults
from geofences.formats.log import Log, Place
from geofences.formats.model import Imported
from geofences.formats.records import document_from
from geofences.formats.rings import polygon_from, rings_of, several
from geofences.geojson import feature_collection, zone_feature
from geofences.loading import read_zones
from geofences.zones import Zone

Json = dict[str, object]

STAND_IN: Json = {"type": "Polygon", "coordinates": [[[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]]}
"""Takes the place of a wrong geometry while the properties of its feature are looked at."""


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
        document = document_from(text, log)
        log.raise_problems()
        clean = _clean(document, log)
        try:
            zones = zones_from_text(json.dumps(clean), source)
        except DataError as error:
            log.problems += error.problems
            zones = ()
        return Imported(checked(zones, log), notes=tuple(log.notes))

    def write(self, zones: Sequence[Zone]) -> str:
        """Return the text; raise DataError naming zone and field of all that the format cannot say."""
        refuse_faults(zones, self.title, [each for zone in zones for each in schedule_faults(zone)])
        document = feature_collection(zone_feature(zone) for zone in zones)
        return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def zones_from_text(text, source):  # INTERIM
    import pathlib
    import tempfile

    with tempfile.TemporaryDirectory() as d:
        p = pathlib.Path(d) / source
        p.write_text(text)
        return read_zones(p)


def _clean(document: object, log: Log) -> object:
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(document, dict) or not isinstance(features, list):
        return document
    return {**document, "features": [_feature(number, each, log) for number, each in enumerate(features)]}


def _feature(number: int, feature: object, log: Log) -> object:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(feature, dict) or not isinstance(geometry, dict):
        return feature
    properties = feature.get("properties")
    name = properties.get("id") if isinstance(properties, dict) else None
    place = log.place(f"feature {number} ({name})" if isinstance(name, str) else f"feature {number}")
    return {**feature, "geometry": _geometry(geometry, place)}


def _geometry(geometry: Json, place: Place) -> Json:
    """Return the geometry with closed rings and without heights; tell what is wrong with it."""
    coordinates = geometry.get("coordinates")
    if geometry.get("type") == "Polygon":
        polygon = polygon_from(coordinates, place)
        return STAND_IN if polygon is None else {**geometry, "coordinates": rings_of(polygon)}
    if geometry.get("type") == "MultiPolygon" and isinstance(coordinates, list) and coordinates:
        parts = [
            polygon_from(rings, place.inside(f"polygon {number}")) for number, rings in enumerate(coordinates)
        ]
        whole = [part for part in parts if part is not None]
        if len(whole) < len(parts) or (len(whole) > 1 and several(whole, place) is None):
            return STAND_IN
        return {**geometry, "coordinates": [rings_of(part) for part in whole]}
    return geometry
