"""ED-269 geozones: JSON as EUROCAE ED-269 (2020), chapter 8, and EU member states publish them.

Positions are longitude first, as in GeoJSON. Limits are whole numbers there: a limit between two is written
outward, so that the zone only grows for others, and is kept exactly in ``extendedProperties``, with the
other fields that the standard lacks (Japanese name, buffer, cost factor, source).
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from functools import partial

from shapely import Polygon
from uas_standards.eurocae_ed269 import HorizontalProjectionType, Reason, Restriction, UomDimensions

from geofences.formats import geozone
from geofences.formats.checks import FOOT_M, checked, refuse_faults, sound
from geofences.formats.ed269_writing import UNLIMITED, faults, feature_of, said
from geofences.formats.log import Log
from geofences.formats.model import Imported
from geofences.formats.parts import Part, zones_from_parts
from geofences.formats.records import Record, document_from, shown
from geofences.formats.rings import polygon_from, position_from
from geofences.schedule import ALWAYS, Applicability, DailyPeriod, Schedule
from geofences.values import Circle, Datum, Position, VerticalLimit
from geofences.zones import Zone

LONGEST_OTHER_REASON = 30

GROUND = VerticalLimit(0.0, Datum.AGL)

SAYS = {
    "identifier": ("id",),
    "name": ("name_ja", "name_en"),
    "restriction": ("rule", "cost_factor"),
    "message": ("reason_ja", "reason_en"),
    "lowerLimit": ("floor",),
    "upperLimit": ("ceiling",),
    "uomDimensions": ("floor", "ceiling"),
}
"""What each field of the standard says of a zone; contact, times and shapes it says exactly."""

Json = dict[str, object]


class Ed269:
    """EUROCAE ED-269."""

    name = "ed269"
    title = "ED-269"
    endings = (".json",)

    def recognises(self, text: str, document: object) -> bool:
        """Say whether a text looks like this format."""
        if not isinstance(document, dict) or _list_name(document) is None:
            return False
        features = document[_list_name(document) or ""]
        return "type" not in document or (isinstance(features, list) and any(map(_has_volumes, features)))

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
        refuse_faults(zones, self.title, [each for zone in zones for each in faults(zone)])
        refuse_faults((), self.title, geozone.twin_identifiers(zones))
        document = {"title": "Tsubaki", "description": "", "features": [feature_of(zone) for zone in zones]}
        return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _has_volumes(feature: object) -> bool:
    """Say whether a feature has a list of geometries; some states publish them as a FeatureCollection."""
    return isinstance(feature, dict) and isinstance(feature.get("geometry"), list)


def _list_name(document: Json) -> str | None:
    return next((name for name in ("features", "UASZoneList") if name in document), None)


def _features(document: object, log: Log) -> list[Record]:
    if log.problems:
        return []
    if not isinstance(document, dict) or _list_name(document) is None:
        log.problems.append("is not ED-269: the top level must be an object with a list 'features'")
        return []
    top = Record(document, log.place("file"))
    top.skip("type", "title", "description", "formatVersion", "createdAt")
    values = top.values(_list_name(document) or "", required=True)
    top.note_rest()
    return [Record(each, log.place(_place_name(number, each))) for number, each in enumerate(values)]


def _place_name(number: int, content: object) -> str:
    identifier = content.get("identifier") if isinstance(content, dict) else None
    return f"feature {number} ({identifier})" if isinstance(identifier, str) else f"feature {number}"


def _zones(feature: Record, source: str) -> list[Zone]:
    parts = _parts(feature)
    spoken = _spoken(feature, source, parts[0] if parts else Part(Polygon(), GROUND, GROUND))
    volumes = feature.fields.get("geometry")
    first = volumes[0] if isinstance(volumes, list) and volumes and isinstance(volumes[0], dict) else {}
    zone = geozone.with_extension(spoken, feature, {**first, **feature.fields}, said, SAYS)
    geozone.note_rule(str(feature.fields.get("restriction")), zone, feature.place)
    feature.note_rest()
    return zones_from_parts(zone, parts, feature.place)


def _spoken(feature: Record, source: str, first: Part) -> Zone:
    """Return the zone as the fields of the standard say it."""
    country = feature.country("country")
    if feature.text("type") != geozone.VARIANT:
        feature.place.note(f"'type' {feature.fields.get('type')} is not kept")
    identifier = feature.text("identifier", geozone.LONGEST_IDENTIFIER)
    name = feature.optional_text("name", geozone.LONGEST_TEXT) or identifier
    reason = _reason(feature)
    return Zone(
        id=identifier,
        name_ja=name,
        name_en=name,
        rule=geozone.rule_from(feature.choice("restriction", names_of(Restriction))),
        geometry=Polygon(),
        floor=first.floor,
        ceiling=first.ceiling,
        buffer_m=0.0,
        reason_ja=reason,
        reason_en=reason,
        source=f"{source}: ED-269, {country}",
        schedule=_schedule(feature),
        contact=geozone.contact_from(
            feature.records("zoneAuthority", required=True),
            lambda authority, field: authority.optional_text(field, geozone.LONGEST_TEXT),
        ),
    )


def names_of(values: Iterable[Enum]) -> list[str]:
    """Return the texts of an enumeration."""
    return [str(each.value) for each in values]


def _reason(feature: Record) -> str:
    """Return all that the feature says of why and how, as one text."""
    codes = [str(each) for each in feature.values("reason")]
    for code in codes:
        if code not in names_of(Reason):
            feature.place.problem(f"'reason' must be of {', '.join(names_of(Reason))}, not {shown(code)}")
    conditions = feature.fields.get("restrictionConditions")
    rules = (
        [str(each) for each in feature.values("restrictionConditions")]
        if isinstance(conditions, list)
        else []
    )
    texts = [
        *(codes if codes != geozone.NO_REASON else []),
        feature.optional_text("otherReasonInfo", LONGEST_OTHER_REASON),
        *(rules or [feature.optional_text("restrictionConditions")]),
        feature.optional_text("message", geozone.LONGEST_TEXT),
    ]
    return "; ".join(text for text in texts if text)


def _schedule(feature: Record) -> Schedule:
    spans = [_span(each) for each in feature.records("applicability", required=True)]
    return ALWAYS if Applicability() in spans else Schedule(tuple(spans))


def _span(record: Record) -> Applicability:
    permanent = record.choice("permanent", ("YES", "NO")) == "YES"
    span = geozone.applicability_from(record, tuple(_periods(record)))
    bounded = span.start is not None or span.end is not None
    if permanent and bounded:
        record.place.problem("'permanent' is YES, but a start or end is given")
    if not permanent and not bounded:
        record.place.problem("'permanent' is NO, but neither start nor end is given")
    record.note_rest()
    return span


def _periods(record: Record) -> Iterator[DailyPeriod]:
    for each in record.records("schedule"):
        start, end = geozone.clock_at(each, "startTime"), geozone.clock_at(each, "endTime")
        days = geozone.days_from(each)
        each.note_rest()
        if start is not None and end is not None:
            yield DailyPeriod(days, start, end)


def _parts(feature: Record) -> list[Part]:
    return [part for volume in feature.records("geometry", required=True) for part in _volume(volume)]


def _volume(volume: Record) -> list[Part]:
    unit_m = FOOT_M if volume.choice("uomDimensions", names_of(UomDimensions)) == "FT" else 1.0
    floor, ceiling = _limit(volume, "lower", unit_m), _limit(volume, "upper", unit_m)
    shape = _shape(volume.record("horizontalProjection"), unit_m)
    volume.note_rest()
    return [] if shape is None else [Part(shape, floor, ceiling)]


def _limit(volume: Record, side: str, unit_m: float) -> VerticalLimit:
    datum = Datum(volume.choice(f"{side}VerticalReference", Datum))
    name = f"{side}Limit"
    volume.skip(name)
    if volume.has(name):
        return VerticalLimit(volume.number(name) * unit_m, datum)
    if side == "lower":
        volume.place.note(f"{name!r} is not given; the zone begins at the ground")
        return GROUND
    return UNLIMITED


def _shape(projection: Record, unit_m: float) -> Polygon | Circle | None:
    kind = projection.choice("type", names_of(HorizontalProjectionType))
    if kind == HorizontalProjectionType.Polygon.value:
        shape = polygon_from(projection.value("coordinates"), projection.place)
    else:
        shape = _circle(projection, unit_m)
    projection.note_rest()
    return shape


def _circle(projection: Record, unit_m: float) -> Circle | None:
    radius_m = projection.number("radius") * unit_m
    centre = position_from(projection.value("center"), projection.place.inside("center"))
    return None if centre is None else Circle(Position(centre[1], centre[0]), radius_m)
