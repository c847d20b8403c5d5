"""A zone as an ED-269 feature."""

import math
from collections.abc import Iterator, Sequence
from datetime import time

from shapely import Polygon
from uas_standards.eurocae_ed269 import UomDimensions

from geofences.formats import geozone
from geofences.formats.checks import UNLIMITED_AMSL_M
from geofences.formats.moments import text_from_clock, text_from_instant
from geofences.formats.rings import polygons_of, rings_of
from geofences.schedule import Applicability, DailyPeriod, Schedule, SunEvent
from geofences.values import Circle, VerticalLimit
from geofences.zones import Zone

SECONDS_END = len("00:00:00")
UNLIMITED = VerticalLimit(UNLIMITED_AMSL_M)

Json = dict[str, object]


def faults(zone: Zone) -> Iterator[str]:
    """Yield what ED-269 cannot say of a zone."""
    yield from geozone.faults(zone)
    for applicability in zone.schedule.applicabilities:
        for period in applicability.periods:
            if isinstance(period.start, SunEvent) or isinstance(period.end, SunEvent):
                yield f"zone {zone.id}: 'schedule': ED-269 knows no sunrise or sunset; export as ED-318"


def said(zone: Zone) -> Json:
    """Return the fields that the standard says in fewer words than we have."""
    return {
        "identifier": geozone.identifier_of(zone.id),
        "name": geozone.cut(_both(zone.name_ja, zone.name_en)),
        "restriction": geozone.restriction_of(zone),
        "message": geozone.cut(_both(zone.reason_ja, zone.reason_en)),
        "lowerLimit": math.floor(zone.floor.height_m),
        "upperLimit": None if zone.ceiling == UNLIMITED else math.ceil(zone.ceiling.height_m),
        "uomDimensions": UomDimensions.M.value,
    }


def _both(japanese: str, english: str) -> str:
    return japanese if japanese == english else f"{japanese} / {english}"


def feature_of(zone: Zone) -> Json:
    """Return the feature of a zone."""
    fields = said(zone)
    limits = {name: fields.pop(name) for name in ("lowerLimit", "upperLimit", "uomDimensions")}
    return {
        **fields,
        "country": geozone.COUNTRY,
        "type": geozone.VARIANT,
        "reason": geozone.NO_REASON,
        "applicability": _applicability(zone.schedule),
        "zoneAuthority": [_authority(zone)],
        "geometry": [_volume_of(zone, shape, limits) for shape in _shapes(zone)],
        "extendedProperties": geozone.extended_properties(zone),
    }


def _applicability(schedule: Schedule) -> list[Json]:
    return [_span_of(each) for each in schedule.applicabilities] or [{"permanent": "YES"}]


def _span_of(span: Applicability) -> Json:
    bounded = span.start is not None or span.end is not None
    fields: Json = {
        "permanent": "NO" if bounded else "YES",
        "startDateTime": span.start and text_from_instant(span.start),
        "endDateTime": span.end and text_from_instant(span.end),
        "schedule": [_period_of(each) for each in span.periods] or None,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _period_of(period: DailyPeriod) -> Json:
    times = {
        name: _clock_text(moment)
        for name, moment in (("startTime", period.start), ("endTime", period.end))
        if not isinstance(moment, SunEvent)
    }
    return {"day": geozone.days_of(period), **times}


def _clock_text(moment: time) -> str:
    """Return a time as published files have it: ``09:00:00.00+0900``, or with Z."""
    text = text_from_clock(moment)
    part = "" if moment.microsecond else ".00"
    return f"{text[:SECONDS_END]}{part}{text[SECONDS_END:].replace(':', '')}"


def _authority(zone: Zone) -> Json:
    contact = zone.contact
    fields = {"name": contact.name, "phone": contact.phone, "email": contact.email, "siteURL": contact.url}
    return {**{name: text for name, text in fields.items() if text}, "purpose": geozone.PURPOSE}


def _shapes(zone: Zone) -> Sequence[Polygon | Circle]:
    return [zone.geometry] if isinstance(zone.geometry, Circle) else polygons_of(zone.geometry)


def _volume_of(zone: Zone, shape: Polygon | Circle, limits: Json) -> Json:
    return {
        **limits,
        "lowerVerticalReference": zone.floor.datum.value,
        "upperVerticalReference": zone.ceiling.datum.value,
        "horizontalProjection": _projection(shape),
    }


def _projection(shape: Polygon | Circle) -> Json:
    if isinstance(shape, Circle):
        centre = [shape.centre.longitude_deg, shape.centre.latitude_deg]
        return {"type": "Circle", "center": centre, "radius": shape.radius_m}
    return {"type": "Polygon", "coordinates": rings_of(shape)}
