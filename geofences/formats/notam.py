r"""The quick form: zones in a few words each, as an operator types them, after the manner of a NOTAM.

::

    KEEP-OUT 2026-12-01T09:00+09:00/2026-12-01T17:00+09:00 SFC-150M AGL
      CIRCLE 324200N1285100E R0.5NM "花火大会" "Fireworks"

    CAUTION COST 2.5 PERM DAILY 08:00-17:00+09:00 MON-FRI SFC-60M AMSL
      POLYGON 32.70,128.80 32.70,128.85 32.75,128.85 "漁場" "Fishing ground" ID FISHING

A zone begins with its rule, and its other words come in any order, on any number of lines::

    zone     = rule, time+, heights, shape, name, options
    rule     = KEEP-OUT | KEEP-IN | CAUTION
    time     = (PERM | from/to), {DAILY hours [days]}       several times may be given
    from, to = 2026-12-01T09:00+09:00 (Z for UTC) | ..      ".." is open; "from/PERM" has no end
    hours    = 09:00-17:00+09:00 | SR-SS | BMCT-EMCT        sunrise to sunset, dawn to dusk
    days     = MON,TUE | MON-FRI                            every day without
    heights  = floor-ceiling [AGL | AMSL]                   the datum of limits that name none
    limit    = SFC | UNL | number(M | FT)[AGL | AMSL]       SFC is 0 m AGL, UNL is FL 999
    shape    = CIRCLE point Rlength | (POLYGON point point point+ {HOLE point point point+})+
    point    = 324200N1285100E | 3242N12851E | 324200.50N1285100.50E | 32.7,128.85
    length   = number(M | KM | NM | FT)
    name     = "Japanese" ["English"]
    options  = ID word | BUFFER length | COST factor | REASON "Japanese" ["English"] | SOURCE "…"
             | CONTACT "name" | TEL "…" | MAIL "…" | URL "…"

Points are latitude first, as NOTAMs and charts have them. A polygon may repeat its first point at the end.
Texts stand in "…" (``\"`` for a quote), “…” or 「…」. Upper or lower case, full or half width are the same
outside texts. ``#`` begins a remark. A zone without REASON has its name as reason; without SOURCE, the file.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from functools import partial

from shapely import Polygon

from geofences.formats.checks import UNLIMITED_AMSL_M, checked, refuse_faults, sound
from geofences.formats.geozone import ALL_DAYS, schedule_faults
from geofences.formats.log import Log, Place
from geofences.formats.model import Imported
from geofences.formats.moments import text_from_clock, text_from_instant
from geofences.formats.notam_draft import zones_of
from geofences.formats.notam_reader import RULES, draft_from
from geofences.formats.notam_words import Word, plain, quoted, words_of
from geofences.formats.rings import polygons_of, rings_of
from geofences.schedule import Applicability, DailyPeriod, SunEvent, Weekday
from geofences.values import Circle, Datum, VerticalLimit
from geofences.zones import Zone

SURFACE = VerticalLimit(0.0, Datum.AGL)
UNLIMITED = VerticalLimit(UNLIMITED_AMSL_M)


class Notam:
    """The quick form."""

    name = "notam"
    title = "quick form"
    endings = (".notam", ".txt")

    def recognises(self, text: str, document: object) -> bool:
        """Say whether a text looks like this format."""
        first = next(words_of(text), None)
        return first is not None and not first.is_quoted and first.text in RULES

    def read(self, text: str, source: str) -> Imported:
        """Return what a text holds; raise DataError with all problems at once."""
        log = Log(source)
        zones: list[Zone] = []
        for number, words in enumerate(_zone_words(text, log), start=1):
            place = log.place(f"zone {number}")
            zones += sound(partial(_zones, words, place, source), place)
        return Imported(checked(zones, log), notes=tuple(log.notes))

    def write(self, zones: Sequence[Zone]) -> str:
        """Return the text; raise DataError naming zone and field of all that the format cannot say."""
        refuse_faults(zones, self.title, [each for zone in zones for each in schedule_faults(zone)])
        return "\n".join(_text_of(zone) for zone in zones)


def _zones(words: Sequence[Word], place: Place, source: str) -> list[Zone]:
    return zones_of(draft_from(words, place), place, source)


def _zone_words(text: str, log: Log) -> list[list[Word]]:
    """Return the words zone by zone."""
    zones: list[list[Word]] = []
    for word in words_of(text):
        if not word.is_quoted and word.text in RULES:
            zones.append([])
        if zones:
            zones[-1].append(word)
        elif not log.problems:
            rules = ", ".join(RULES)
            log.problems.append(f"line {word.line}: {word.raw!r}: a zone must begin with one of {rules}")
    if not zones and not log.problems:
        log.problems.append("holds no zone")
    return zones


def _text_of(zone: Zone) -> str:
    lines = [
        f"{zone.rule.value.upper()} ID {quoted(zone.id)}",
        *_times(zone),
        _heights(zone),
        *_shape(zone),
        *_options(zone),
        f"{quoted(zone.name_ja)} {quoted(zone.name_en)}",
        f"REASON {quoted(zone.reason_ja)} {quoted(zone.reason_en)}",
        f"SOURCE {quoted(zone.source)}",
        *_contact(zone),
    ]
    return "\n  ".join(lines) + "\n"


def _times(zone: Zone) -> Iterator[str]:
    if zone.schedule.is_always:
        yield "PERM"
    for span in zone.schedule.applicabilities:
        yield " ".join([_span(span), *(_daily(period) for period in span.periods)])


def _span(span: Applicability) -> str:
    if span.start is None and span.end is None:
        return "PERM"
    return f"{_instant(span.start)}/{_instant(span.end)}"


def _instant(moment: datetime | None) -> str:
    return ".." if moment is None else text_from_instant(moment)


def _daily(period: DailyPeriod) -> str:
    days = "" if period.days == ALL_DAYS else " " + ",".join(day for day in Weekday if day in period.days)
    return f"DAILY {_moment(period.start)}-{_moment(period.end)}{days}"


def _moment(moment: time | SunEvent) -> str:
    return moment.value if isinstance(moment, SunEvent) else text_from_clock(moment, seconds=False)


def _heights(zone: Zone) -> str:
    limits = (zone.floor, zone.ceiling)
    named = {limit.datum for limit in limits if limit not in (SURFACE, UNLIMITED)}
    if len(named) > 1:
        return "-".join(f"{_limit(limit)}{limit.datum.value}" for limit in limits)
    return " ".join(["-".join(map(_limit, limits)), *named])


def _limit(limit: VerticalLimit) -> str:
    if limit == UNLIMITED:
        return "UNL"
    return "SFC" if limit == SURFACE else f"{plain(limit.height_m)}M"


def _shape(zone: Zone) -> Iterator[str]:
    if isinstance(zone.geometry, Circle):
        at = zone.geometry.centre
        yield f"CIRCLE {_point(at.longitude_deg, at.latitude_deg)} R{plain(zone.geometry.radius_m)}M"
        return
    for polygon in polygons_of(zone.geometry):
        yield " ".join(_rings(polygon))


def _rings(polygon: Polygon) -> Iterator[str]:
    for number, ring in enumerate(rings_of(polygon)):
        yield "HOLE" if number else "POLYGON"
        yield from (_point(x, y) for x, y in ring)


def _point(longitude_deg: float, latitude_deg: float) -> str:
    return f"{plain(latitude_deg)},{plain(longitude_deg)}"


def _options(zone: Zone) -> Iterator[str]:
    if zone.buffer_m:
        yield f"BUFFER {plain(zone.buffer_m)}M"
    if zone.cost_factor != 1.0:
        yield f"COST {plain(zone.cost_factor)}"


def _contact(zone: Zone) -> Iterator[str]:
    contact = zone.contact
    fields = {"CONTACT": contact.name, "TEL": contact.phone, "MAIL": contact.email, "URL": contact.url}
    yield from (f"{name} {quoted(text)}" for name, text in fields.items() if text)
