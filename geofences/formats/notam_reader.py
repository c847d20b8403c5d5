"""Reads the words of one zone of the quick form; every wrong word is told, with what would be right."""

import difflib
import hashlib
from collections import deque
from collections.abc import Callable, Sequence
from typing import TypeVar

from geofences.formats import notam_words as words
from geofences.formats.log import Place
from geofences.formats.notam_draft import FROM_TO, Draft, Ring, Span
from geofences.formats.notam_words import Word
from geofences.schedule import DailyPeriod, Weekday
from geofences.values import Datum, ZoneRule

ValueT = TypeVar("ValueT")

RULES = {rule.value.upper(): rule for rule in ZoneRule}
ALL_DAYS = frozenset(Weekday)
TWO_LANGUAGES = 2


def draft_from(of_zone: Sequence[Word], place: Place) -> Draft:
    """Return what the words of one zone say; the first is its rule."""
    reader = Reader(of_zone, place)
    while reader.rest:
        reader.read(reader.rest.popleft())
    return reader.draft


class Reader:
    """Reads word by word; each method takes the words that belong to one keyword."""

    def __init__(self, of_zone: Sequence[Word], place: Place) -> None:
        rule = RULES[of_zone[0].text]
        text = " ".join(each.text for each in of_zone)
        digest = hashlib.sha256(text.encode(errors="replace")).hexdigest()
        self.draft = Draft(rule, f"{rule.value.upper()}-{digest[:6].upper()}")
        self.rest = deque(of_zone[1:])
        self._place = place
        self._at = of_zone[0]

    def read(self, word: Word) -> None:
        """Take a word, and those that belong to it."""
        self._at = word
        try:
            if word.is_quoted:
                self._name(word.text)
            elif word.text in KEYWORDS:
                KEYWORDS[word.text](self)
            elif words.is_span(word.text):
                self.draft.given.add("time")
                self.draft.spans.append(Span(*words.span_from(word.text)))
            elif words.is_heights(word.text):
                self._heights(word.text)
            else:
                raise ValueError(_advice(word.text))
        except ValueError as error:
            self._place.problem(f"line {self._at.line}: {self._at.raw!r}: {error}")

    def perm(self) -> None:
        """Take PERM: no start and no end."""
        self.draft.given.add("time")
        self.draft.spans.append(Span(None, None))

    def daily(self) -> None:
        """Take the hours and days after DAILY."""
        keyword = self._at
        moments = self._parsed(words.moments_from, "hours after it, like 09:00-17:00+09:00")
        days = ALL_DAYS
        if self.rest and not self.rest[0].is_quoted and words.is_days(self.rest[0].text):
            days = self._parsed(words.days_from, "days") or ALL_DAYS
        if not self.draft.spans and "time" not in self.draft.given:
            self._at = keyword
            raise ValueError(f"needs PERM or {FROM_TO} before it")
        if moments is not None and self.draft.spans:
            self.draft.spans[-1].periods.append(DailyPeriod(days, *moments))

    def circle(self) -> None:
        """Take the centre and the radius after CIRCLE."""
        self.draft.given.add("shape")
        at = self._parsed(words.point_from, "a point and a radius after it, like 324200N1285100E R0.5NM")
        radius_m = self._parsed(words.radius_m_from, "a radius after the point, like R0.5NM")
        if at is not None and radius_m is not None:
            self.draft.circles.append((at, radius_m))

    def polygon(self) -> None:
        """Take the points after POLYGON."""
        self.draft.given.add("shape")
        self.draft.polygons.append([self._ring()])

    def hole(self) -> None:
        """Take the points after HOLE."""
        keyword = self._at
        ring = self._ring()
        if not self.draft.polygons:
            self._at = keyword
            raise ValueError("needs a POLYGON before it")
        self.draft.polygons[-1].append(ring)

    def id(self) -> None:
        """Take the word or text after ID, as it was typed."""
        if not self.rest:
            raise ValueError("needs an id after it, like ID FIREWORKS-1")
        self._keep("ID", [self.rest.popleft().raw])

    def buffer(self) -> None:
        """Take the length after BUFFER."""
        buffer_m = self._parsed(words.length_m_from, "a length after it, like 50M")
        if buffer_m is not None:
            self.draft.numbers["BUFFER"] = buffer_m

    def cost(self) -> None:
        """Take the factor after COST."""
        factor = self._parsed(words.factor_from, "a factor after it, like 2.5")
        if factor is not None:
            self.draft.numbers["COST"] = factor

    def texts(self, keyword: str, most: int) -> None:
        """Take the quoted texts after a keyword."""
        found: list[str] = []
        while len(found) < most and self.rest and self.rest[0].is_quoted:
            found.append(self.rest.popleft().text)
        if not found:
            raise ValueError(f'needs a text in quotes after it, like {keyword} "…"')
        self._keep(keyword, found)

    def _name(self, text: str) -> None:
        self.draft.given.add("name")
        if len(self.draft.names) == TWO_LANGUAGES:
            raise ValueError("is a third name; write REASON, SOURCE or CONTACT before other texts")
        self.draft.names.append(text)

    def _heights(self, word: str) -> None:
        datum = self._next(lambda each: each in set(Datum))
        self.draft.given.add("heights")
        if self.draft.heights is not None:
            raise ValueError("gives the heights a second time")
        self.draft.heights = words.heights_from(word, Datum(datum) if datum else None)

    def _ring(self) -> Ring:
        points = []
        while self.rest and not self.rest[0].is_quoted and words.is_point(self.rest[0].text):
            point = self._parsed(words.point_from, "a point")
            points += [] if point is None else [point]
        return points

    def _keep(self, keyword: str, texts: list[str]) -> None:
        if keyword in self.draft.texts:
            raise ValueError("is given a second time")
        self.draft.texts[keyword] = texts

    def _parsed(self, parse: Callable[[str], ValueT], what: str) -> ValueT | None:
        """Return what the next word means; tell, in its own name, where it means nothing."""
        if not self.rest or self.rest[0].is_quoted:
            raise ValueError(f"needs {what}")
        self._at = self.rest.popleft()
        try:
            return parse(self._at.text)
        except ValueError as error:
            self._place.problem(f"line {self._at.line}: {self._at.raw!r}: {error}")
            return None

    def _next(self, fits: Callable[[str], bool]) -> str | None:
        """Return and pass the next word where it fits."""
        if self.rest and not self.rest[0].is_quoted and fits(self.rest[0].text):
            return self.rest.popleft().text
        return None


KEYWORDS: dict[str, Callable[[Reader], None]] = {
    "PERM": Reader.perm,
    "DAILY": Reader.daily,
    "CIRCLE": Reader.circle,
    "POLYGON": Reader.polygon,
    "HOLE": Reader.hole,
    "ID": Reader.id,
    "BUFFER": Reader.buffer,
    "COST": Reader.cost,
    "REASON": lambda reader: reader.texts("REASON", TWO_LANGUAGES),
    "SOURCE": lambda reader: reader.texts("SOURCE", 1),
    "CONTACT": lambda reader: reader.texts("CONTACT", 1),
    "TEL": lambda reader: reader.texts("TEL", 1),
    "MAIL": lambda reader: reader.texts("MAIL", 1),
    "URL": lambda reader: reader.texts("URL", 1),
}


def _advice(word: str) -> str:
    if word in ('"', "「"):
        return "opens a text that is never closed"
    if words.is_point(word):
        return "is a point; CIRCLE or POLYGON must stand before it"
    if word in set(Datum):
        return f"must follow the heights, like SFC-150M {word}"
    near = difflib.get_close_matches(word, [*KEYWORDS, *RULES], n=1)
    if near:
        return f"is no word of the quick form; did you mean {near[0]}?"
    return (
        f"is no word of the quick form; it knows {', '.join(KEYWORDS)}, heights, from/to and names in quotes"
    )
