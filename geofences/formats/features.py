"""The features of a GeoJSON file (RFC 7946), each with its number and its place."""

from dataclasses import dataclass

from geofences.formats.log import Log, Place
from geofences.formats.records import Record, document_from, shown

GEOMETRIES = (
    "Point",
    "LineString",
    "Polygon",
    "MultiPoint",
    "MultiLineString",
    "MultiPolygon",
    "GeometryCollection",
)
"""RFC 7946, 1.4."""

WGS_84 = (":CRS84", ":4326", "WGS84", "WGS 84")
"""How the ``crs`` of older GeoJSON (2008), which QGIS and GDAL still write, names what RFC 7946 asks for.

JGD2011 is not among them: it names its axes in another order, and the old Tokyo datum lies 400 m away.
"""


@dataclass(frozen=True)
class Feature:
    """One feature of a file; ``number`` counts from 0."""

    number: int
    id: str
    geometry: Record
    properties: Record

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.properties.place


def features_from(text: str, log: Log) -> list[Feature]:
    """Return the features of a text; raise DataError where it is not GeoJSON."""
    document = _collection(document_from(text, log), log)
    log.raise_problems()
    contents = document.get("features") if isinstance(document, dict) else None
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        log.problems.append(
            'is not GeoJSON: the top level must be {"type": "FeatureCollection", "features": […]}'
        )
    elif not isinstance(contents, list):
        log.problems.append("is not GeoJSON: 'features' must be a list")
    else:
        _refuse_other_grids(document.get("crs"), log)
    log.raise_problems()
    numbered = enumerate(contents or [])
    return [_feature(number, each, log) for number, each in numbered if not _is_row_only(number, each, log)]


def _collection(document: object, log: Log) -> object:
    """Return a lone feature or geometry, which is GeoJSON too, as a collection of one."""
    kind = document.get("type") if isinstance(document, dict) else None
    if kind not in ("Feature", *GEOMETRIES):
        return document
    log.notes.append(f"is one bare {kind}, not a FeatureCollection; it is read as the only feature of one")
    feature = document if kind == "Feature" else {"type": "Feature", "geometry": document}
    return {"type": "FeatureCollection", "features": [feature]}


def _refuse_other_grids(crs: object, log: Log) -> None:
    """Tell of a reference system that is not WGS 84; the same figures mean other places there."""
    named = crs.get("properties") if isinstance(crs, dict) else None
    name = named.get("name") if isinstance(named, dict) else None
    if isinstance(name, str) and not name.upper().endswith(WGS_84):
        log.problems.append(f"'crs' is {shown(name)}; export it again in WGS 84 (EPSG:4326)")


def _is_row_only(number: int, content: object, log: Log) -> bool:
    """Say, and tell, that a feature has no place (RFC 7946, 3.2), as rows of a table without a drawing do."""
    if not isinstance(content, dict) or content.get("geometry", content) is not None:
        return False
    properties = content.get("properties")
    if isinstance(properties, dict) and "rule" in properties:
        return False
    log.place(f"feature {number}").note("has no geometry, so it is no zone and is left out")
    return True


def _feature(number: int, content: object, log: Log) -> Feature:
    feature_id = _id_of(content)
    place = log.place(f"feature {number} ({feature_id})" if feature_id else f"feature {number}")
    record = Record(content, place)
    record.choice("type", ("Feature",))
    record.skip("id", "bbox", "properties")
    geometry = record.record("geometry")
    record.note_rest()
    return Feature(number, feature_id, geometry, Record(record.fields.get("properties") or {}, place))


def _id_of(content: object) -> str:
    properties = content.get("properties") if isinstance(content, dict) else None
    found = properties.get("id") if isinstance(properties, dict) else None
    return found if isinstance(found, str) else ""
