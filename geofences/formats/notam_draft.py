"""One zone of the quick form while it is read, and the zone that comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from shapely import Polygon

from geofences.formats.log import Place
from geofences.formats.parts import Geometry
from geofences.formats.rings import position_from, ring_from, several, valid_polygon
from geofences.schedule import ALWAYS, Applicability, DailyPeriod, Schedule
from geofences.values import Circle, Contact, Position, VerticalLimit, ZoneRule
from geofences.zones import Zone

FROM_TO = "from/to like 2026-12-01T09:00+09:00/2026-12-01T17:00+09:00"

NEEDED = {
    "name": 'a name in quotes, like "花火大会" "Fireworks"',
    "time": f"a time: PERM, or {FROM_TO}",
    "heights": "heights, like SFC-150M AGL",
    "shape": "CIRCLE or POLYGON",
}

Ring = list[list[float]]
"""Positions, latitude first."""


@dataclass
class Span:
    """A from/to with its daily periods."""

    start: datetime | None
    end: datetime | None
    periods: list[DailyPeriod] = field(default_factory=list)


@dataclass
class Draft:
    """What the words of one zone have said so far.

    ``texts`` and ``numbers`` are by keyword; ``made_id`` names a zone that has no ID; ``given`` tells what
    words have spoken of, right or wrong.
    """

    rule: ZoneRule
    made_id: str
    names: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    heights: tuple[VerticalLimit, VerticalLimit] | None = None
    circles: list[tuple[list[float], float]] = field(default_factory=list)
    polygons: list[list[Ring]] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)

    def text(self, name: str) -> str:
        """Return the first text after a keyword, empty where there is none."""
        return self.texts.get(name, [""])[0]


def zones_of(draft: Draft, place: Place, source: str) -> list[Zone]:
    """Return the zone, or none where its shape is missing or wrong; tell all that is missing."""
    _tell_missing(draft, place)
    shape, schedule = _shape(draft, place), _schedule(draft, place)
    if shape is None or draft.heights is None or not draft.names:
        return []
    if "ID" not in draft.texts:
        place.note(f"has no ID; it becomes {draft.made_id}")
    names = draft.names
    reasons = draft.texts.get("REASON", names)
    floor, ceiling = draft.heights
    zone = Zone(
        id=draft.texts.get("ID", [draft.made_id])[0],
        name_ja=names[0],
        name_en=names[-1],
        rule=draft.rule,
        geometry=shape,
        floor=floor,
        ceiling=ceiling,
        buffer_m=draft.numbers.get("BUFFER", 0.0),
        reason_ja=reasons[0],
        reason_en=reasons[-1],
        source=draft.texts.get("SOURCE", [source])[0],
        schedule=schedule,
        cost_factor=draft.numbers.get("COST", 1.0),
        contact=Contact(*(draft.text(name) for name in ("CONTACT", "TEL", "MAIL", "URL"))),
    )
    return [zone]


def _tell_missing(draft: Draft, place: Place) -> None:
    for what, remedy in NEEDED.items():
        if what not in draft.given:
            place.problem(f"needs {remedy}")


def _shape(draft: Draft, place: Place) -> Geometry | None:
    if len(draft.circles) > 1 or (draft.circles and draft.polygons):
        place.problem("has more than one CIRCLE, or CIRCLE and POLYGON; write a zone for each")
        return None
    if draft.circles:
        at, radius_m = draft.circles[0]
        centre = position_from(at, place.inside("CIRCLE"), latitude_first=True)
        return None if centre is None else Circle(Position(centre[1], centre[0]), radius_m)
    parts = [
        _polygon(rings, place.inside(f"POLYGON {number}"))
        for number, rings in enumerate(draft.polygons, start=1)
    ]
    whole = [part for part in parts if part is not None]
    return several(whole, place) if whole and len(whole) == len(parts) else None


def _polygon(rings: Sequence[Ring], place: Place) -> Polygon | None:
    lines = [ring_from(ring, place, latitude_first=True, closed=False) for ring in rings]
    whole = [line for line in lines if line is not None]
    return valid_polygon(whole, place) if len(whole) == len(lines) else None


def _schedule(draft: Draft, place: Place) -> Schedule:
    spans = []
    for span in draft.spans:
        try:
            spans.append(Applicability(span.start, span.end, tuple(span.periods)))
        except ValueError as error:
            place.problem(str(error))
    return ALWAYS if Applicability() in spans else Schedule(tuple(spans))
