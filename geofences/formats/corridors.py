"""Corridors in our own GeoJSON: a centreline with its properties, as in ``data/goto/corridors.geojson``."""

from shapely import LineString, Polygon

from geofences.formats.attributes import schedule_fields, schedule_from
from geofences.formats.records import Record
from geofences.formats.rings import line_from, polygon_from, rings_of
from geofences.values import AltitudeBand
from geofences.zones import Corridor

Json = dict[str, object]


def corridor_fields(corridor: Corridor) -> Json:
    """Return the properties of a corridor; what it does not have is left out, but for ``inbound``."""
    fields: Json = {
        "id": corridor.id,
        "name_ja": corridor.name_ja,
        "name_en": corridor.name_en,
        "width_m": corridor.width_m,
        "outbound": _band_fields(corridor.outbound),
        "inbound": None if corridor.inbound is None else _band_fields(corridor.inbound),
        "is_open": corridor.is_open,
        "speed_limit_m_s": corridor.speed_limit_m_s,
        "area": None if corridor.area is None else rings_of(corridor.area),
        **schedule_fields(corridor.schedule),
    }
    return {name: each for name, each in fields.items() if each is not None or name == "inbound"}


def corridor_from(properties: Record, coordinates: object) -> Corridor:
    """Return a corridor; what is missing or wrong is told at the record's place.

    Parameters
    ----------
    coordinates
        The positions of the centreline.
    """
    line = line_from(coordinates, properties.place.inside("centreline"))
    corridor = Corridor(
        id=properties.text("id"),
        name_ja=properties.text("name_ja"),
        name_en=properties.text("name_en"),
        centreline=LineString() if line is None else LineString(line),
        width_m=_positive(properties, "width_m", properties.number("width_m")),
        outbound=band_from(properties.record("outbound")),
        inbound=band_from(properties.record("inbound")) if properties.has("inbound") else None,
        is_open=properties.flag("is_open"),
        area=_area(properties),
        schedule=schedule_from(properties),
        speed_limit_m_s=_speed_limit(properties),
    )
    properties.skip("inbound")
    properties.note_rest()
    return corridor


def _band_fields(band: AltitudeBand) -> Json:
    return {"floor_amsl_m": band.floor_amsl_m, "ceiling_amsl_m": band.ceiling_amsl_m}


def band_from(record: Record) -> AltitudeBand:
    """Return an altitude band; what is missing or upside down is told at the record's place."""
    band = AltitudeBand(record.number("floor_amsl_m"), record.number("ceiling_amsl_m"))
    if band.ceiling_amsl_m < band.floor_amsl_m:
        record.place.problem(
            f"ceiling {band.ceiling_amsl_m:g} m lies under the floor {band.floor_amsl_m:g} m"
        )
    record.note_rest()
    return band


def _area(properties: Record) -> Polygon | None:
    if not properties.has("area"):
        return None
    return polygon_from(properties.value("area"), properties.place.inside("area"))


def _speed_limit(properties: Record) -> float | None:
    if not properties.has("speed_limit_m_s"):
        return None
    return _positive(properties, "speed_limit_m_s", properties.number("speed_limit_m_s"))


def _positive(properties: Record, name: str, value: float) -> float:
    if properties.has(name) and value <= 0.0:
        properties.place.problem(f"{name!r} must be more than 0, but is {value:g}")
    return value
