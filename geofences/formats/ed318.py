"""ED-318 geozones: GeoJSON with vertical layers, as EUROCAE ED-318 (2024) and its JSON schemas define it.

Names and messages carry their language, so Japanese and English both stand in the standard's own fields; what
the standard lacks (longer ids, buffer, cost factor, source) is kept in ``extendedProperties``.
"""

import json
from collections.abc import Iterator, Sequence
from functools import partial

from shapely import MultiPolygon, Polygon
from uas_standards.eurocae_ed318 import CodeZoneReasonType, CodeZoneType, CodeZoneVariantType

from geofences.formats import geozone
from geofences.formats.checks import FOOT_M, checked, refuse_faults, sound
from geofences.formats.ed318_texts import Texts, texts_from, texts_of
from geofences.formats.ed318_writing import EVENTS, feature_of, said
from geofences.formats.log import Log
from geofences.formats.model import Imported
from geofences.formats.parts import Part, zones_from_parts
from geofences.formats.records import Record, document_from, shown
from geofences.formats.rings import polygon_from, position_from, several
from geofences.schedule import ALWAYS, Applicability, DailyPeriod, Schedule
from geofences.values import Circle, Datum, Position, VerticalLimit
from geofences.zones import Zone

LONGEST_MESSAGE = 1000
REFERENCES = ("AMSL", "AGL", "WGS84")
FACE_OF_THE_EARTH = VerticalLimit(0.0, Datum.AGL)

SAYS = {
    "identifier": ("id",),
    "type": ("rule", "cost_factor"),
    "name": ("name_ja", "name_en"),
    "message": ("reason_ja", "reason_en"),
    "lower": ("floor",),
    "upper": ("ceiling",),
}
"""What each field of the standard says of a zone."""

Json = dict[str, object]


class Ed318:
    """EUROCAE ED-318."""

    name = "ed318"
    title = "ED-318"
    endings = (".json", ".geojson")

    def recognises(self, text: str, document: object) -> bool:
        """Say whether a text looks like this format."""
        features = document.get("features") if isinstance(document, dict) else None
        return isinstance(features, list) and any(_is_geozone(each) for each in features)

    def read(self, text: str, source: str) -> Imported:
        """Return what a text holds; raise DataError with all problems at once."""
        log = Log(source)
        zones = [
            zone
            for feature in _features(document_from(text, log), log)
            for zone in sound(partial(_zones, feature, source), feature.place)
        ]
        return Imported(checked(zones, log), notes=tuple(log.notes))

    def write(self, zones: Sequence[Zone]) -> str:
        """Return the text; raise DataError naming zone and field of all that the format cannot say."""
        refuse_faults(zones, self.title, [each for zone in zones for each in geozone.faults(zone)])
        refuse_faults((), self.title, geozone.twin_identifiers(zones))
        document = {
            "type": "FeatureCollection",
            "title": "Tsubaki",
            "metadata": {"provider": texts_of("椿", "Tsubaki")},
            "features": [feature_of(zone) for zone in zones],
        }
        return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _is_geozone(feature: object) -> bool:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    return isinstance(properties, dict) and "identifier" in properties and "variant" in properties


def _features(document: object, log: Log) -> list[Record]:
    if log.problems:
        return []
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        log.problems.append(
            'is not ED-318: the top level must be {"type": "FeatureCollection", "features": […]}'
        )
        return []
    top = Record(document, log.place("file"))
    top.skip("type", "title", "name", "description", "bbox", "metadata")
    features = top.values("features", required=True)
    top.note_rest()
    metadata = document.get("metadata")
    if isinstance(metadata, dict):
        wrapped = Record(metadata, log.place("metadata"))
        wrapped.skip("provider", "issued", "description")
        wrapped.note_rest()
    return [Record(each, log.place(_place_name(number, each))) for number, each in enumerate(features)]


def _place_name(number: int, content: object) -> str:
    properties = content.get("properties") if isinstance(content, dict) else None
    identifier = properties.get("identifier") if isinstance(properties, dict) else None
    return f"feature {number} ({identifier})" if isinstance(identifier, str) else f"feature {number}"


def _zones(feature: Record, source: str) -> list[Zone]:
    feature.choice("type", ("Feature",))
    feature.skip("id", "bbox")
    geometry = feature.record("geometry")
    properties = Record(feature.value("properties") or {}, feature.place)
    parts = _parts(geometry)
    first = parts[0] if parts else Part(Polygon(), FACE_OF_THE_EARTH, FACE_OF_THE_EARTH)
    spoken = _spoken(properties, source, first)
    file = {**properties.fields, "lower": first.floor.height_m, "upper": first.ceiling.height_m}
    zone = geozone.with_extension(spoken, properties, file, said, SAYS)
    geozone.note_rule(str(properties.fields.get("type")), zone, properties.place)
    properties.note_rest()
    feature.note_rest()
    return zones_from_parts(zone, parts, feature.place)


def _spoken(properties: Record, source: str, first: Part) -> Zone:
    """Return the zone as the fields of the standard say it."""
    identifier = properties.text("identifier", geozone.LONGEST_IDENTIFIER)
    country = properties.country("country")
    variant = properties.choice("variant", [each.value for each in CodeZoneVariantType])
    if variant != geozone.VARIANT:
        properties.place.note(f"'variant' {variant} is not kept")
    kind = properties.choice("type", [each.value for each in CodeZoneType])
    name = texts_from(properties, "name")
    reason = _reason(properties)
    return Zone(
        id=identifier,
        name_ja=name.japanese or identifier,
        name_en=name.english or identifier,
        rule=geozone.rule_from(kind),
        geometry=Polygon(),
        floor=first.floor,
        ceiling=first.ceiling,
        buffer_m=0.0,
        reason_ja=reason.japanese,
        reason_en=reason.english,
        source=f"{source}: ED-318, {country}",
        schedule=_schedule(properties),
        contact=geozone.contact_from(properties.records("zoneAuthority", required=True), _authority_text),
    )


def _reason(properties: Record) -> Texts:
    """Return all that the feature says of why and how."""
    known = [each.value for each in CodeZoneReasonType]
    codes = [str(each) for each in properties.values("reason")]
    for code in codes:
        if code not in known:
            properties.place.problem(f"'reason' must be of {', '.join(known)}, not {shown(code)}")
    other, message = (
        texts_from(properties, "otherReasonInfo"),
        texts_from(properties, "message", LONGEST_MESSAGE),
    )
    conditions = properties.optional_text("restrictionConditions")
    shared = [*(codes if codes != geozone.NO_REASON else []), conditions]
    return Texts(
        "; ".join(text for text in (*shared, other.japanese, message.japanese) if text),
        "; ".join(text for text in (*shared, other.english, message.english) if text),
    )


def _authority_text(authority: Record, name: str) -> str:
    """Return a text of an authority, whose name has languages and whose addresses have none."""
    if isinstance(authority.fields.get(name), str):
        return authority.text(name, geozone.LONGEST_TEXT)
    if isinstance(authority.fields.get(name), dict):
        return authority.record(name).text("text", geozone.LONGEST_TEXT)
    texts = texts_from(authority, name)
    return texts.japanese or texts.english


def _schedule(properties: Record) -> Schedule:
    spans = [_span(each) for each in properties.records("limitedApplicability")]
    return ALWAYS if Applicability() in spans else Schedule(tuple(spans))


def _span(record: Record) -> Applicability:
    span = geozone.applicability_from(record, tuple(_periods(record)))
    record.note_rest()
    return span


def _periods(record: Record) -> Iterator[DailyPeriod]:
    for each in record.records("schedule"):
        start, end = geozone.moment_of_day(each, "start", EVENTS), geozone.moment_of_day(each, "end", EVENTS)
        days = geozone.days_from(each)
        each.note_rest()
        if start is not None and end is not None:
            yield DailyPeriod(days, start, end)


def _parts(geometry: Record) -> list[Part]:
    if geometry.fields.get("type") == "GeometryCollection":
        geometry.skip("type", "bbox")
        return [part for each in geometry.records("geometries", required=True) for part in _part(each)]
    return _part(geometry)


def _part(geometry: Record) -> list[Part]:
    shape = _shape(geometry)
    layer = geometry.record("layer")
    unit_m = FOOT_M if layer.choice("uom", ("m", "ft"), otherwise="m") == "ft" else 1.0
    floor, ceiling = (_limit(layer, side, unit_m) for side in ("lower", "upper"))
    geometry.skip("bbox")
    layer.note_rest()
    geometry.note_rest()
    return [] if shape is None else [Part(shape, floor, ceiling)]


def _limit(layer: Record, side: str, unit_m: float) -> VerticalLimit:
    reference = layer.choice(f"{side}Reference", REFERENCES)
    if reference not in set(Datum):
        layer.place.problem(
            f"'{side}Reference' WGS84 cannot be read: no geoid is known here; use AMSL or AGL"
        )
        reference = Datum.AMSL
    return VerticalLimit(layer.number(side) * unit_m, Datum(reference))


def _shape(geometry: Record) -> Polygon | MultiPolygon | Circle | None:
    kind = geometry.choice("type", ("Polygon", "MultiPolygon", "Point"))
    place = geometry.place
    if kind == "Polygon":
        return polygon_from(geometry.value("coordinates"), place)
    if kind == "MultiPolygon":
        parts = [
            polygon_from(rings, place.inside(f"polygon {number}"))
            for number, rings in enumerate(geometry.values("coordinates", required=True))
        ]
        whole = [part for part in parts if part is not None]
        return several(whole, place) if whole and len(whole) == len(parts) else None
    return _circle(geometry)


def _circle(geometry: Record) -> Circle | None:
    extent = geometry.record("extent")
    extent.choice("subType", ("Circle",))
    radius_m = extent.number("radius")
    centre = position_from(geometry.value("coordinates"), geometry.place.inside("coordinates"))
    extent.note_rest()
    return None if centre is None else Circle(Position(centre[1], centre[0]), radius_m)
