"""The words of the quick form: points, lengths, heights, times; ValueError says what to write instead."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal

from geofences.formats.checks import FOOT_M, NAUTICAL_MILE_M, UNLIMITED_AMSL_M
from geofences.formats.moments import clock_from, instant_from
from geofences.schedule import SunEvent, Weekday
from geofences.values import Datum, VerticalLimit

METRES = {"M": 1.0, "KM": 1000.0, "NM": NAUTICAL_MILE_M, "FT": FOOT_M}
SUN = {**{event.value: event for event in SunEvent}, "EECT": SunEvent.CIVIL_DUSK}
OPEN = ("..", "PERM")
WEEK = list(Weekday)
MINUTES = SECONDS = 60

_WORD = re.compile(
    r'#[^\n]*|"((?:[^"\\]|\\.)*)"|「([^」]*)」|[“”＂]([^“”＂]*)[“”＂]|[^\s"「“”＂]+|["「“”＂]', re.DOTALL
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_NUMBER = r"-?\d+(?:\.\d+)?"
_DEGREES = re.compile(rf"({_NUMBER}),({_NUMBER})", re.ASCII)
_SEXAGESIMAL = re.compile(
    r"(\d{2})(\d{2})(\d{2}(?:\.\d+)?)?([NS])(\d{3})(\d{2})(\d{2}(?:\.\d+)?)?([EW])", re.ASCII
)
_LENGTH = re.compile(rf"({_NUMBER})(NM|KM|M|FT)", re.ASCII)
_LIMIT = rf"(SFC|UNL|({_NUMBER})(M|FT)(AMSL|AGL)?)"
_HEIGHTS = re.compile(rf"{_LIMIT}-{_LIMIT}", re.ASCII)
_CLOCK = r"\d\d:\d\d(?::\d\d(?:\.\d+)?)?"
_OFFSET = r"Z|[+-]\d\d:?\d\d"
_SUN = "|".join(SUN)
_PERIOD = re.compile(rf"(?:({_SUN})|({_CLOCK})({_OFFSET})?)-(?:({_SUN})|({_CLOCK})({_OFFSET}))", re.ASCII)


@dataclass(frozen=True)
class Word:
    """A word or a quoted text; words are upper case and half width, whatever was typed (``raw``)."""

    text: str
    raw: str
    line: int
    is_quoted: bool = False


def words_of(text: str) -> Iterator[Word]:
    """Yield the words of a text; a word that begins with ``#`` is a remark, to the end of its line."""
    line, read = 1, 0
    for found in _WORD.finditer(text):
        line += text.count("\n", read, found.start())
        read = found.start()
        in_quotes = (each for each in (found[2], found[3]) if each is not None)
        inside = _ESCAPED.sub(r"\1", found[1]) if found[1] is not None else next(in_quotes, None)
        if inside is not None:
            yield Word(inside, inside, line, is_quoted=True)
        elif not found[0].startswith("#"):
            yield Word(unicodedata.normalize("NFKC", found[0]).upper(), found[0], line)


def quoted(text: str) -> str:
    """Return a text in quotes, such that reading gives it back."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def plain(number: float) -> str:
    """Return a number exactly, without an exponent."""
    return f"{Decimal(repr(number)):f}".removesuffix(".0")


def is_point(word: str) -> bool:
    """Say whether a word is meant as a point."""
    return "," in word or _SEXAGESIMAL.fullmatch(word) is not None


def point_from(word: str) -> list[float]:
    """Return latitude and longitude of ``324200N1285100E`` or ``32.7,128.85``."""
    if found := _DEGREES.fullmatch(word):
        return [float(found[1]), float(found[2])]
    found = _SEXAGESIMAL.fullmatch(word)
    if found is None:
        raise ValueError("must be a point like 324200N1285100E or 32.7,128.85 (latitude first)")
    latitude_deg = _degrees(found[1], found[2], found[3]) * (1 if found[4] == "N" else -1)
    longitude_deg = _degrees(found[5], found[6], found[7]) * (1 if found[8] == "E" else -1)
    return [latitude_deg, longitude_deg]


def length_m_from(word: str) -> float:
    """Return metres of ``500M``, ``0.5NM``, ``1.2KM`` or ``1000FT``."""
    found = _LENGTH.fullmatch(word)
    if found is None:
        raise ValueError("must be a length like 500M, 0.5NM, 1.2KM or 1000FT")
    return float(found[1]) * METRES[found[2]]


def radius_m_from(word: str) -> float:
    """Return metres of ``R0.5NM``."""
    if not word.startswith("R"):
        raise ValueError("must be a radius like R0.5NM, R500M or R1.2KM")
    return length_m_from(word.removeprefix("R"))


def factor_from(word: str) -> float:
    """Return a cost factor."""
    if re.fullmatch(_NUMBER, word, re.ASCII) is None:
        raise ValueError("must be a factor like 2.5")
    return float(word)


def is_heights(word: str) -> bool:
    """Say whether a word is meant as floor and ceiling."""
    return word.startswith(("SFC", "UNL")) or re.match(rf"{_NUMBER}(M|FT)", word, re.ASCII) is not None


def heights_from(word: str, datum: Datum | None) -> tuple[VerticalLimit, VerticalLimit]:
    """Return floor and ceiling of ``SFC-150M``, ``30M-UNL`` or ``30MAMSL-150MAGL``.

    Parameters
    ----------
    datum
        The word AGL or AMSL that follows; it holds for limits that name none.
    """
    found = _HEIGHTS.fullmatch(word)
    if found is None:
        raise ValueError("must be floor-ceiling like SFC-150M AGL, 100FT-400FT AMSL or SFC-UNL")
    floor, ceiling = (_limit(found.group(first, first + 1, first + 2, first + 3), datum) for first in (1, 5))
    return floor, ceiling


def is_span(word: str) -> bool:
    """Say whether a word is meant as from/to."""
    return "/" in word


def span_from(word: str) -> tuple[datetime | None, datetime | None]:
    """Return start and end of ``2026-12-01T09:00+09:00/2026-12-01T17:00+09:00``; ``..`` is an open end."""
    ends = word.split("/")
    if len(ends) != len(("start", "end")):
        raise ValueError("must be from/to like 2026-12-01T09:00+09:00/2026-12-01T17:00+09:00")
    start, end = (None if each in OPEN else instant_from(each) for each in ends)
    return start, end


def moments_from(word: str) -> tuple[time | SunEvent, time | SunEvent]:
    """Return start and end of ``09:00-17:00+09:00`` or ``SR-SS``."""
    found = _PERIOD.fullmatch(word)
    if found is None:
        raise ValueError("must be hours like 09:00-17:00+09:00, 00:00-08:00Z or SR-SS (sunrise to sunset)")
    if found[2] and not (found[3] or found[6]):
        raise ValueError(f"needs the offset of its start, such as {found[2]}+09:00-{found[4]}")
    start = SUN[found[1]] if found[1] else clock_from(found[2] + (found[3] or found[6]))
    end = SUN[found[4]] if found[4] else clock_from(found[5] + found[6])
    return start, end


def is_days(word: str) -> bool:
    """Say whether a word is meant as days of the week."""
    return word[:3] in set(Weekday) and (len(word) == len("MON") or word[3] in ",-")


def days_from(word: str) -> frozenset[Weekday]:
    """Return the days of ``MON,TUE`` or ``MON-FRI``."""
    days: set[Weekday] = set()
    for part in word.split(","):
        ends = part.split("-")
        if not set(ends) <= set(Weekday) or len(ends) > len(("first", "last")):
            raise ValueError("must be days like MON,TUE or MON-FRI")
        first, last = WEEK.index(Weekday(ends[0])), WEEK.index(Weekday(ends[-1]))
        days.update(WEEK[(first + step) % len(WEEK)] for step in range((last - first) % len(WEEK) + 1))
    return frozenset(days)


def _degrees(degrees: str, minutes: str, seconds: str | None) -> float:
    if int(minutes) >= MINUTES or float(seconds or 0) >= SECONDS:
        raise ValueError("has 60 or more minutes or seconds; for decimal degrees write 32.7,128.85")
    return int(degrees) + (int(minutes) * SECONDS + float(seconds or 0)) / (MINUTES * SECONDS)


def _limit(parts: tuple[str | None, ...], datum: Datum | None) -> VerticalLimit:
    whole, number, unit, own = parts
    if whole == "SFC":
        return VerticalLimit(0.0, Datum.AGL)
    if whole == "UNL":
        return VerticalLimit(UNLIMITED_AMSL_M)
    named = Datum(own) if own else datum
    if named is None:
        raise ValueError("needs AGL (above ground or sea) or AMSL (above mean sea level) after it")
    return VerticalLimit(float(number or 0) * METRES[unit or "M"], named)
