"""Polygons of KML: rings as ``lon,lat[,alt]`` separated by spaces."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

import numpy as np
from pyproj import Geod
from shapely import Polygon

from geofences.formats.kml_text import children, name_of, text_of
from geofences.formats.log import Place
from geofences.formats.records import shown
from geofences.formats.rings import Floats, ring_from, rings_of, valid_polygon
from geofences.values import Circle, Datum, VerticalLimit, ZoneRule

CORNERS = 64
"""Of a drawn circle: it differs from the true one by 0.12 % of the radius."""

OTHER_SHAPES = frozenset({"Point", "LineString", "LinearRing", "Model", "Track", "MultiTrack"})
ALTITUDE_MODES = {Datum.AMSL: "absolute", Datum.AGL: "relativeToGround"}

_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_POSITION = re.compile(rf"({_NUMBER}),({_NUMBER})(?:,({_NUMBER})?)?", re.ASCII)


@dataclass
class Outlines:
    """The polygons of a Placemark, and the altitudes of their positions."""

    polygons: list[Polygon] = field(default_factory=list)
    heights_m: set[float] = field(default_factory=set)
    is_broken: bool = False


def outlines_of(placemark: Element, place: Place) -> Outlines:
    """Return all polygons of a Placemark, at any depth of MultiGeometry."""
    found = Outlines()
    number = 0
    for each in placemark.iter():
        if name_of(each) == "Polygon":
            polygon = _polygon(each, place.inside(f"polygon {number}"), found)
            found.is_broken |= polygon is None
            found.polygons += [] if polygon is None else [polygon]
            number += 1
        elif name_of(each) in OTHER_SHAPES - {"LinearRing"}:
            place.note(f"its {name_of(each)} is left out; a zone has polygons")
    return found


def add_outlines(placemark: Element, polygons: Sequence[Polygon], ceiling: VerticalLimit) -> None:
    """Add polygons to a Placemark, drawn at the ceiling of the zone."""
    parent = placemark if len(polygons) == 1 else SubElement(placemark, "MultiGeometry")
    for polygon in polygons:
        element = SubElement(parent, "Polygon")
        SubElement(element, "extrude").text = "1"
        SubElement(element, "altitudeMode").text = ALTITUDE_MODES[ceiling.datum]
        for number, ring in enumerate(rings_of(polygon)):
            boundary = SubElement(element, "innerBoundaryIs" if number else "outerBoundaryIs")
            line = SubElement(SubElement(boundary, "LinearRing"), "coordinates")
            line.text = " ".join(f"{x!r},{y!r},{ceiling.height_m!r}" for x, y in ring)


def drawn(circle: Circle, rule: ZoneRule) -> Polygon:
    """Return a polygon around a circle, or inside it for keep-in: never the less safe of the two."""
    reach_m = circle.radius_m
    if rule is not ZoneRule.KEEP_IN:
        reach_m /= math.cos(math.pi / CORNERS)
    bearings = np.arange(CORNERS) * (360.0 / CORNERS)
    centre = circle.centre
    longitudes, latitudes, _ = Geod(ellps="WGS84").fwd(
        np.full(CORNERS, centre.longitude_deg),
        np.full(CORNERS, centre.latitude_deg),
        bearings,
        np.full(CORNERS, reach_m),
    )
    return Polygon(np.column_stack([longitudes, latitudes]))


def _polygon(element: Element, place: Place, found: Outlines) -> Polygon | None:
    shells = [
        _ring(each, place.inside("outer boundary"), found) for each in children(element, "outerBoundaryIs")
    ]
    holes = [
        _ring(each, place.inside(f"inner boundary {number}"), found)
        for number, each in enumerate(children(element, "innerBoundaryIs"))
    ]
    if len(shells) != 1:
        place.problem(f"must have one outerBoundaryIs, not {len(shells)}")
        return None
    whole = [line for line in (*shells, *holes) if line is not None]
    return valid_polygon(whole, place) if len(whole) == 1 + len(holes) else None


def _ring(boundary: Element, place: Place, found: Outlines) -> Floats | None:
    rings = list(children(boundary, "LinearRing"))
    text = text_of(rings[0], "coordinates") if len(rings) == 1 else ""
    positions: list[list[float]] = []
    for number, word in enumerate(text.split()):
        match = _POSITION.fullmatch(word)
        if match is None:
            place.problem(f"position {number} must be longitude,latitude[,altitude], not {shown(word)}")
            return None
        positions.append([float(match[1]), float(match[2])])
        if match[3]:
            found.heights_m.add(float(match[3]))
    return ring_from(positions, place)
