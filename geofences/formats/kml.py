"""KML 2.2 (OGC 07-147r2): zones as Placemarks with polygons, for Google Earth and other map programs.

All fields of a zone stand in ``ExtendedData``, one ``Data`` each; the altitudes of the outline show the
ceiling. A polygon of another tool, without such fields, becomes a keep-out zone at all heights, with a note.
KML has no circles: one is drawn as a polygon (around it, or inside it for keep-in), and its centre
and radius are kept beside.
"""

import json
import re
from collections.abc import Iterator, Sequence
from functools import partial
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from geofences.formats.attributes import PLAIN, attributes_of, zone_from_attributes
from geofences.formats.checks import checked, refuse_faults, sound
from geofences.formats.foreign import zone_without_rule
from geofences.formats.geozone import schedule_faults
from geofences.formats.kml_shapes import Outlines, add_outlines, drawn, outlines_of
from geofences.formats.kml_text import document_from, name_of, text_of
from geofences.formats.log import Log, Place
from geofences.formats.model import Imported
from geofences.formats.parts import Geometry
from geofences.formats.records import Record
from geofences.formats.rings import polygons_of, several
from geofences.values import Circle, Position
from geofences.zones import Zone

NAMESPACE = "http://www.opengis.net/kml/2.2"
CIRCLE = ("circle_latitude_deg", "circle_longitude_deg", "circle_radius_m")
OURS = frozenset({"rule", "floor_m", "floor_datum", "ceiling_m", "ceiling_datum"})
"""A placemark with one of these is meant as a zone of ours, and must have them all."""

SAME_OUTLINE_DEG = 1e-7
"""An outline so near to the drawn one is still the circle's (1 cm; another PROJ may round otherwise)."""

_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot carry, and the carriage return, which a reader turns into a line feed."""


class Kml:
    """KML, as Google Earth reads and writes it."""

    name = "kml"
    title = "KML"
    endings = (".kml",)

    def recognises(self, text: str, document: object) -> bool:
        """Say whether a text looks like this format."""
        return text.lstrip().startswith("<")

    def read(self, text: str, source: str) -> Imported:
        """Return what a text holds; raise DataError with all problems at once."""
        log = Log(source)
        root = document_from(text, log)
        placemarks = [] if root is None else [each for each in root.iter() if name_of(each) == "Placemark"]
        if root is not None and name_of(root) != "kml":
            log.problems.append(f"is not KML: the root is {name_of(root)!r}")
        zones: list[Zone] = []
        for number, placemark in enumerate(placemarks):
            name = text_of(placemark, "name")
            place = log.place(f"placemark {number} ({name})" if name else f"placemark {number}")
            zones += sound(partial(_zones, placemark, number, place, source), place)
        return Imported(checked(zones, log), notes=tuple(log.notes))

    def write(self, zones: Sequence[Zone]) -> str:
        """Return the text; raise DataError naming zone and field of all that the format cannot say."""
        refuse_faults(zones, self.title, [each for zone in zones for each in _faults(zone)])
        root = Element("kml", xmlns=NAMESPACE)
        document = SubElement(root, "Document")
        SubElement(document, "name").text = "Tsubaki"
        for zone in zones:
            _add(document, zone)
        indent(root, " ")
        return tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _zones(placemark: Element, number: int, place: Place, source: str) -> list[Zone]:
    outlines = outlines_of(placemark, place)
    if not outlines.polygons:
        if not outlines.is_broken:
            place.note("has no polygon, so it is no zone and is left out")
        return []
    geometry = several(outlines.polygons, place)
    record = Record({**_fallbacks(placemark), **_data(placemark)}, place)
    circle = _circle(record)
    if geometry is None:
        return []
    if not OURS & record.fields.keys():
        bare = Record({**record.fields, **_untold(placemark, outlines)}, place)
        return [zone_without_rule(bare, geometry, f"PLACEMARK-{number}", source)]
    zone = zone_from_attributes(record, geometry, source)
    _note_heights(outlines, zone, place)
    return [zone if circle is None else _as_circle(zone, circle, place)]


def _fallbacks(placemark: Element) -> dict[str, object]:
    """Return what the elements of KML itself say, for files of other tools."""
    name = text_of(placemark, "name")
    return {"id": name, "name_ja": name, "name_en": name} if name else {}


def _untold(placemark: Element, outlines: Outlines) -> dict[str, object]:
    """Return what a placemark of another tool says that a bare zone has no place for."""
    described = text_of(placemark, "description").strip()
    return {"description": described, "altitude": max(outlines.heights_m - {0.0}, default=None)}


def _data(placemark: Element) -> dict[str, object]:
    """Return the fields of ``ExtendedData``: texts as they are, anything else as JSON."""
    fields: dict[str, object] = {}
    for each in placemark.iter():
        if name_of(each) in ("Data", "SimpleData"):
            field = each.get("name", "")
            text = text_of(each, "value") if name_of(each) == "Data" else each.text or ""
            fields[field] = text if field in PLAIN else _value(text)
    return fields


def _value(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _note_heights(outlines: Outlines, zone: Zone, place: Place) -> None:
    other = outlines.heights_m - {0.0, zone.ceiling.height_m}
    if other:
        place.note(f"the altitudes of its outline (such as {max(other):g} m) are not kept; its Data count")


def _circle(record: Record) -> Circle | None:
    if not all(record.has(name) for name in CIRCLE):
        return None
    latitude_deg, longitude_deg, radius_m = (record.number(name) for name in CIRCLE)
    return Circle(Position(latitude_deg, longitude_deg), radius_m)


def _as_circle(zone: Zone, circle: Circle, place: Place) -> Zone:
    """Return the zone with its circle, where the outline is still the one that was drawn for it."""
    whole = Zone(**{**vars(zone), "geometry": circle})
    near = abs(circle.centre.latitude_deg) < 90.0 and circle.radius_m > 0.0
    if near and drawn(circle, zone.rule).equals_exact(zone.geometry, SAME_OUTLINE_DEG):
        return whole
    place.note("its outline was changed after the export and counts, not the circle that it was drawn for")
    return zone


def _faults(zone: Zone) -> Iterator[str]:
    yield from schedule_faults(zone)
    for name, value in attributes_of(zone).items():
        if isinstance(value, str) and _NOT_XML.search(value):
            yield f"zone {zone.id}: {name!r} holds a character that XML cannot carry"


def _add(document: Element, zone: Zone) -> None:
    placemark = SubElement(document, "Placemark")
    SubElement(placemark, "name").text = zone.name_ja
    SubElement(placemark, "description").text = f"{zone.name_en}\n{zone.reason_ja}\n{zone.reason_en}".strip()
    extended = SubElement(placemark, "ExtendedData")
    for name, value in {**attributes_of(zone), **_circle_data(zone.geometry)}.items():
        data = SubElement(extended, "Data", name=name)
        SubElement(data, "value").text = value if isinstance(value, str) else json.dumps(value)
    shape = zone.geometry
    polygons = [drawn(shape, zone.rule)] if isinstance(shape, Circle) else polygons_of(shape)
    add_outlines(placemark, polygons, zone.ceiling)


def _circle_data(shape: Geometry) -> dict[str, object]:
    if not isinstance(shape, Circle):
        return {}
    figures = (shape.centre.latitude_deg, shape.centre.longitude_deg, shape.radius_m)
    return dict(zip(CIRCLE, figures, strict=True))
