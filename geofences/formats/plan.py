"""QGroundControl's ``.plan``: fence, mission and rally points.

Source: https://docs.qgroundcontrol.com/master/en/qgc-dev-guide/file_formats/plan.html. Positions are latitude
first. A fence has no names, heights, times or buffers and holds always and everywhere above its outline; all
that is kept in an object of our own beside each outline, which QGroundControl passes over.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from shapely import Polygon

from geofences.formats.attributes import attributes_of, zone_from_attributes
from geofences.formats.checks import UNLIMITED_AMSL_M, checked, refuse_faults, sound
from geofences.formats.extension import KEY
from geofences.formats.geozone import schedule_faults
from geofences.formats.log import Log, Place
from geofences.formats.model import Imported
from geofences.formats.parts import Geometry
from geofences.formats.plan_file import PlanFile
from geofences.formats.plan_mission import mission_of, plan_from, rally_of
from geofences.formats.records import Record, document_from
from geofences.formats.rings import (
    polygons_of,
    position_from,
    ring_from,
    rings_of,
    several,
    valid_polygon,
)
from geofences.values import Circle, Datum, Position, VerticalLimit, ZoneRule
from geofences.zones import Zone

FENCE_VERSION = 2
SHAPE_VERSION = 1
FENCE_FLOOR = VerticalLimit(0.0, Datum.AGL)
FENCE_CEILING = VerticalLimit(UNLIMITED_AMSL_M)

NUMBER = "number"
"""The place of a zone in the order of the export: a fence keeps polygons and circles apart."""

Json = dict[str, object]


@dataclass(frozen=True)
class Outline:
    """One polygon or circle of a fence; without a shape where that is wrong."""

    record: Record
    shape: Polygon | Circle | None

    @property
    def zone_number(self) -> int | None:
        """The place of its zone in our export, or None where another tool drew it."""
        own = self.record.fields.get(KEY)
        number = own.get(NUMBER) if isinstance(own, dict) else None
        return number if isinstance(number, int) else None


class Plan:
    """A plan of QGroundControl."""

    name = "plan"
    title = "QGroundControl plan"
    endings = (".plan",)

    def recognises(self, text: str, document: object) -> bool:
        """Say whether a text looks like this format."""
        return isinstance(document, dict) and document.get("fileType") == "Plan"

    def read(self, text: str, source: str) -> Imported:
        """Return what a text holds; raise DataError with all problems at once."""
        log = Log(source)
        document = document_from(text, log)
        log.raise_problems()
        top = Record(document, log.place("plan"))
        top.choice("fileType", ("Plan",))
        top.skip("groundStation", "version")
        found = tuple(_zones(top, source))
        plan = plan_from(top, found)
        top.note_rest()
        return Imported(checked(found, log), plan=plan, notes=tuple(log.notes))

    def write(self, zones: Sequence[Zone], plan: PlanFile | None = None) -> str:
        """Return the text; raise DataError naming zone and field of all that the format cannot say.

        Parameters
        ----------
        plan
            The mission, home and rally points to write beside the zones; its own zones are not looked at.
        """
        refuse_faults(zones, self.title, [each for zone in zones for each in _faults(zone)])
        whole = plan or PlanFile()
        document = {
            "fileType": "Plan",
            "version": 1,
            "groundStation": "Tsubaki",
            "mission": mission_of(whole, _somewhere(zones)),
            "geoFence": _fence(zones),
            "rallyPoints": rally_of(whole),
        }
        return json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _zones(top: Record, source: str) -> Iterator[Zone]:
    fence = top.optional_record("geoFence")
    if fence is None:
        return
    if fence.whole("version", FENCE_VERSION) != FENCE_VERSION:
        fence.place.problem(f"'version' must be {FENCE_VERSION}; save the plan with a newer QGroundControl")
    outlines = [Outline(each, _polygon(each)) for each in fence.records("polygons")]
    outlines += [Outline(each, _circle(each)) for each in fence.records("circles")]
    fence.skip("breachReturn")
    fence.note_rest()
    for group in _groups(outlines):
        yield from sound(partial(_zone, group, source), group[0].record.place)


def _groups(outlines: Sequence[Outline]) -> list[list[Outline]]:
    """Return the outlines zone by zone, in the order of the export; foreign ones come last."""
    groups: dict[object, list[Outline]] = {}
    for number, outline in enumerate(outlines):
        groups.setdefault(
            number if outline.zone_number is None else f"ours {outline.zone_number}", []
        ).append(outline)
    last = len(outlines)
    return sorted(groups.values(), key=lambda group: _or(group[0].zone_number, last))


def _or(number: int | None, otherwise: int) -> int:
    return otherwise if number is None else number


def _zone(group: Sequence[Outline], source: str) -> list[Zone]:
    record = group[0].record
    inclusions = {each.record.flag("inclusion") for each in group}
    own = group[0].record.optional_record(KEY)
    for each in group:
        each.record.skip(KEY)
        each.record.skip("version")
        each.record.note_rest()
    if len({json.dumps(each.record.fields.get(KEY), sort_keys=True) for each in group}) > 1:
        record.place.problem(f"the outlines of one zone must have the same {KEY!r}")
    shape = _together([each.shape for each in group], record.place)
    if shape is None:
        return []
    if own is None:
        return [_nameless(record, shape, inclusions == {True}, source)]
    own.skip(NUMBER)
    zone = zone_from_attributes(own, shape, source)
    if inclusions != {zone.rule is ZoneRule.KEEP_IN}:
        own.place.problem(f"'rule' is {zone.rule}, which 'inclusion' contradicts; correct one of them")
    return [zone]


def _together(shapes: Sequence[Polygon | Circle | None], place: Place) -> Geometry | None:
    whole = [shape for shape in shapes if shape is not None]
    polygons = [shape for shape in whole if isinstance(shape, Polygon)]
    if len(whole) < len(shapes):
        return None
    if len(polygons) == len(shapes):
        return several(polygons, place)
    if len(shapes) > 1:
        place.problem("a zone of several outlines cannot have circles")
        return None
    return whole[0]


def _nameless(record: Record, shape: Geometry, inclusion: bool, source: str) -> Zone:
    """Return the zone of an outline of another tool: a fence has nothing but a shape and a side."""
    name = record.place.name.rpartition(": ")[2].replace(" ", "-").upper()
    record.place.note(f"has no name, heights or times; it becomes {name}, at all heights, always in force")
    return Zone(
        id=name,
        name_ja=f"フェンス {name}",
        name_en=f"Fence {name}",
        rule=ZoneRule.KEEP_IN if inclusion else ZoneRule.KEEP_OUT,
        geometry=shape,
        floor=FENCE_FLOOR,
        ceiling=FENCE_CEILING,
        buffer_m=0.0,
        reason_ja="",
        reason_en="",
        source=f"{source}: QGroundControl fence",
    )


def _polygon(record: Record) -> Polygon | None:
    place = record.place.inside("polygon")
    line = ring_from(record.value("polygon"), place, latitude_first=True, closed=False)
    return None if line is None else valid_polygon([line], place)


def _circle(record: Record) -> Circle | None:
    circle = record.record("circle")
    radius_m = circle.number("radius")
    centre = position_from(circle.value("center"), circle.place.inside("center"), latitude_first=True)
    circle.note_rest()
    return None if centre is None else Circle(Position(centre[1], centre[0]), radius_m)


def _faults(zone: Zone) -> Iterator[str]:
    yield from schedule_faults(zone)
    if zone.rule is ZoneRule.CAUTION:
        yield f"zone {zone.id}: 'rule': a fence knows keep-out and keep-in only, not caution"
    if not isinstance(zone.geometry, Circle) and any(each.interiors for each in polygons_of(zone.geometry)):
        yield f"zone {zone.id}: 'geometry': an outline of a fence cannot have holes"


def _somewhere(zones: Sequence[Zone]) -> Position:
    """Return a corner of the first zone, for maps to open at."""
    if not zones:
        return Position(0.0, 0.0)
    shape = zones[0].geometry
    if isinstance(shape, Circle):
        return shape.centre
    longitude_deg, latitude_deg = rings_of(polygons_of(shape)[0])[0][0]
    return Position(latitude_deg, longitude_deg)


def _fence(zones: Sequence[Zone]) -> Json:
    polygons: list[Json] = []
    circles: list[Json] = []
    for number, zone in enumerate(zones):
        common: Json = {
            "inclusion": zone.rule is ZoneRule.KEEP_IN,
            "version": SHAPE_VERSION,
            KEY: {**attributes_of(zone), NUMBER: number},
        }
        if isinstance(zone.geometry, Circle):
            circles.append({"circle": _circle_of(zone.geometry), **common})
        else:
            polygons += [{"polygon": _open_ring(each), **common} for each in polygons_of(zone.geometry)]
    return {"version": FENCE_VERSION, "circles": circles, "polygons": polygons}


def _circle_of(circle: Circle) -> Json:
    return {"center": [circle.centre.latitude_deg, circle.centre.longitude_deg], "radius": circle.radius_m}


def _open_ring(polygon: Polygon) -> list[list[float]]:
    """Return the outline, latitude first, without the closing position, as QGroundControl writes it."""
    return [[latitude, longitude] for longitude, latitude in rings_of(polygon)[0][:-1]]
