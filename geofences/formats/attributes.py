"""All of a zone but its geometry as one flat JSON object, for formats that let us add fields of our own."""

from collections.abc import Iterator
from datetime import time

from shapely import MultiPolygon, Polygon

from geofences.formats.checks import TEXTS
from geofences.formats.geozone import applicability_from, days_from, days_of
from geofences.formats.moments import clock_from, text_from_clock, text_from_instant
from geofences.formats.records import Record
from geofences.schedule import Applicability, DailyPeriod, Schedule, SunEvent
from geofences.values import Circle, Contact, Datum, VerticalLimit, ZoneRule
from geofences.zones import Zone

CONTACT = ("name", "phone", "email", "url")
PLAIN = frozenset({*TEXTS, *(f"contact_{each}" for each in CONTACT), "rule", "floor_datum", "ceiling_datum"})
"""The fields that are text; the others are numbers, and the schedule a list."""

Json = dict[str, object]


def attributes_of(zone: Zone) -> Json:
    """Return the fields of a zone; an empty contact and an empty schedule are left out."""
    contact = {f"contact_{each}": getattr(zone.contact, each) for each in CONTACT}
    fields: Json = {
        **{name: getattr(zone, name) for name in TEXTS},
        "rule": zone.rule.value,
        "floor_m": zone.floor.height_m,
        "floor_datum": zone.floor.datum.value,
        "ceiling_m": zone.ceiling.height_m,
        "ceiling_datum": zone.ceiling.datum.value,
        "buffer_m": zone.buffer_m,
        "cost_factor": zone.cost_factor,
        **{name: text for name, text in contact.items() if text},
    }
    return {**fields, **schedule_fields(zone.schedule)}


def schedule_fields(schedule: Schedule) -> Json:
    """Return the field of a schedule; none where it is always in force."""
    return {} if schedule.is_always else {"schedule": [_span_of(each) for each in schedule.applicabilities]}


def schedule_from(record: Record) -> Schedule:
    """Return the schedule of a record; without the field it is always in force."""
    return Schedule(tuple(_span(each) for each in record.records("schedule")))


def zone_from_attributes(record: Record, geometry: Polygon | MultiPolygon | Circle, source: str) -> Zone:
    """Return a zone; what is missing or wrong is told at the record's place.

    Without more words a zone has no buffer, costs nothing, is always in force, and its source is the file.
    """
    zone = Zone(
        id=record.text("id"),
        name_ja=record.text("name_ja"),
        name_en=record.text("name_en"),
        rule=ZoneRule(record.choice("rule", ZoneRule)),
        geometry=geometry,
        floor=_limit(record, "floor"),
        ceiling=_limit(record, "ceiling"),
        buffer_m=record.optional_number("buffer_m", 0.0),
        reason_ja=record.optional_text("reason_ja"),
        reason_en=record.optional_text("reason_en"),
        source=record.text("source") if record.has("source") else source,
        schedule=schedule_from(record),
        cost_factor=record.optional_number("cost_factor", 1.0),
        contact=Contact(*(record.optional_text(f"contact_{each}") for each in CONTACT)),
    )
    record.note_rest()
    return zone


def _limit(record: Record, side: str) -> VerticalLimit:
    return VerticalLimit(record.number(f"{side}_m"), Datum(record.choice(f"{side}_datum", Datum)))


def _span_of(span: Applicability) -> Json:
    fields: Json = {
        "start": span.start and text_from_instant(span.start),
        "end": span.end and text_from_instant(span.end),
        "periods": [_period_of(each) for each in span.periods] or None,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _period_of(period: DailyPeriod) -> Json:
    return {"day": days_of(period), "start": _moment_of(period.start), "end": _moment_of(period.end)}


def _moment_of(moment: time | SunEvent) -> str:
    return moment.value if isinstance(moment, SunEvent) else text_from_clock(moment)


def _span(record: Record) -> Applicability:
    span = applicability_from(record, tuple(_periods(record)), "start", "end")
    record.note_rest()
    return span


def _periods(record: Record) -> Iterator[DailyPeriod]:
    for each in record.records("periods"):
        start, end = _moment(each, "start"), _moment(each, "end")
        days = days_from(each)
        each.note_rest()
        if start is not None and end is not None:
            yield DailyPeriod(days, start, end)


def _moment(record: Record, name: str) -> time | SunEvent | None:
    text = record.text(name)
    if text in set(SunEvent):
        return SunEvent(text)
    try:
        return clock_from(text) if text else None
    except ValueError as error:
        record.place.problem(f"{name!r}: {error}, or {', '.join(SunEvent)}")
        return None
