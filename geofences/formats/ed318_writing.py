"""A zone as an ED-318 feature."""

from shapely import MultiPolygon, Polygon

from geofences.formats import geozone
from geofences.formats.ed318_texts import texts_of
from geofences.formats.moments import text_from_clock, text_from_instant
from geofences.formats.rings import polygons_of, rings_of
from geofences.schedule import Applicability, DailyPeriod, SunEvent
from geofences.values import Circle
from geofences.zones import Zone

EVENTS = {
    "BMCT": SunEvent.CIVIL_DAWN,
    "SR": SunEvent.SUNRISE,
    "SS": SunEvent.SUNSET,
    "EECT": SunEvent.CIVIL_DUSK,
}
"""The standard's names of moments of the sun."""

NAMES_OF_EVENTS = {event: name for name, event in EVENTS.items()}

Json = dict[str, object]


def said(zone: Zone) -> Json:
    """Return the fields that the standard may say in other or fewer words than we have."""
    return {
        "identifier": geozone.identifier_of(zone.id),
        "type": geozone.restriction_of(zone),
        "name": texts_of(zone.name_ja, zone.name_en),
        "message": texts_of(zone.reason_ja, zone.reason_en),
        "lower": zone.floor.height_m,
        "upper": zone.ceiling.height_m,
    }


def feature_of(zone: Zone) -> Json:
    """Return the feature of a zone."""
    fields = said(zone)
    layer = {
        "lower": fields.pop("lower"),
        "lowerReference": zone.floor.datum.value,
        "upper": fields.pop("upper"),
        "upperReference": zone.ceiling.datum.value,
        "uom": "m",
    }
    properties: Json = {
        **fields,
        "country": geozone.COUNTRY,
        "variant": geozone.VARIANT,
        "reason": geozone.NO_REASON,
        "zoneAuthority": [_authority(zone)],
        "extendedProperties": geozone.extended_properties(zone),
    }
    if not zone.schedule.is_always:
        properties["limitedApplicability"] = [_span_of(each) for each in zone.schedule.applicabilities]
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {**_geometry(zone.geometry), "layer": layer},
    }


def _authority(zone: Zone) -> Json:
    contact = zone.contact
    fields = {
        "name": [{"text": contact.name, "lang": "ja-JP"}] if contact.name else None,
        "phone": contact.phone,
        "email": contact.email,
        "siteURL": contact.url,
    }
    return {**{name: value for name, value in fields.items() if value}, "purpose": geozone.PURPOSE}


def _span_of(span: Applicability) -> Json:
    fields: Json = {
        "startDateTime": span.start and text_from_instant(span.start),
        "endDateTime": span.end and text_from_instant(span.end),
        "schedule": [_period_of(each) for each in span.periods] or None,
    }
    return {name: value for name, value in fields.items() if value is not None}


def _period_of(period: DailyPeriod) -> Json:
    moments = {"start": period.start, "end": period.end}
    times: Json = {
        f"{side}{'Event' if isinstance(moment, SunEvent) else 'Time'}": (
            NAMES_OF_EVENTS[moment] if isinstance(moment, SunEvent) else text_from_clock(moment)
        )
        for side, moment in moments.items()
    }
    return {"day": geozone.days_of(period), **times}


def _geometry(shape: Polygon | MultiPolygon | Circle) -> Json:
    if isinstance(shape, Circle):
        centre = [shape.centre.longitude_deg, shape.centre.latitude_deg]
        extent = {"subType": "Circle", "radius": shape.radius_m}
        return {"type": "Point", "coordinates": centre, "extent": extent}
    if isinstance(shape, MultiPolygon):
        return {"type": "MultiPolygon", "coordinates": [rings_of(each) for each in polygons_of(shape)]}
    return {"type": "Polygon", "coordinates": rings_of(shape)}
