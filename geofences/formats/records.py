"""Reading JSON objects field by field; stand-in values let the reading go on after a problem."""

import json
import math
import reprlib
from collections.abc import Iterable

from geofences.formats.log import Log, Place

LETTERS_OF_A_COUNTRY = 3

_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = 60


def shown(value: object) -> str:
    """Return a value as an error shows it: never long, never deep."""
    return _SHORT.repr(value)


def document_from(text: str, log: Log) -> object:
    """Return the document of a JSON text; tell what is no JSON, and keys that stand twice in one object."""
    twice: list[str] = []

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        table = dict(pairs)
        if len(table) < len(pairs):
            names = [name for name, _ in pairs]
            twice.extend(sorted({name for name in names if names.count(name) > 1}))
        return table

    try:
        document = json.loads(text, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        log.problems.append(f"is not readable JSON: {error}")
        return None
    except ValueError:
        log.problems.append("is not readable JSON: a number has thousands of digits; correct it")
        return None
    except RecursionError:
        log.problems.append("is not readable JSON: brackets stand too deep in one another; export it again")
        return None
    log.problems += [f"is not clear JSON: the key {name!r} stands twice in one object" for name in twice]
    return document


def finite(value: object) -> float | None:
    """Return a JSON number as a float, or None where it is none (true and false are none)."""
    if type(value) is not float and type(value) is not int:
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


class Record:
    """A JSON object of a file. A field that is null counts as absent, as in geozone files.

    Parameters
    ----------
    value
        As parsed; a problem where it is no object.
    place
        Where it stands.
    """

    def __init__(self, value: object, place: Place) -> None:
        self.place = place
        self.fields: dict[str, object] = {}
        self._read: set[str] = set()
        if isinstance(value, dict):
            self.fields = {str(name): each for name, each in value.items()}
        else:
            place.problem(f"must be an object, not {shown(value)}")

    def has(self, name: str) -> bool:
        """Say whether a field is there."""
        return self.fields.get(name) is not None

    def value(self, name: str) -> object:
        """Return a field as it is; tell where it is missing."""
        self._read.add(name)
        if not self.has(name):
            self.place.problem(f"{name!r} is missing")
        return self.fields.get(name)

    def skip(self, *names: str) -> None:
        """Let fields pass that say nothing about a zone."""
        self._read.update(names)

    def text(self, name: str, longest: int | None = None) -> str:
        """Return a text; tell where it is longer than the standard allows."""
        value = self.value(name)
        if isinstance(value, str):
            if longest is not None and len(value) > longest:
                self.place.problem(f"{name!r} has {len(value)} characters, at most {longest} are allowed")
            return value
        self._wrong(name, "text")
        return ""

    def optional_text(self, name: str, longest: int | None = None) -> str:
        """Return a text, empty where there is none."""
        self._read.add(name)
        return self.text(name, longest) if self.has(name) else ""

    def number(self, name: str) -> float:
        """Return a finite number."""
        number = finite(self.value(name))
        if number is None:
            self._wrong(name, "a finite number")
            return 0.0
        return number

    def optional_number(self, name: str, otherwise: float) -> float:
        """Return a finite number, or another where there is none."""
        self._read.add(name)
        return self.number(name) if self.has(name) else otherwise

    def length(self, name: str) -> float:
        """Return a number of metres, not negative."""
        length_m = self.number(name)
        if length_m < 0.0:
            self.place.problem(f"{name!r} must not be negative, but is {length_m:g}")
        return length_m

    def whole(self, name: str, otherwise: int) -> int:
        """Return a whole number, or another where there is none."""
        number = self.optional_number(name, float(otherwise))
        if not number.is_integer():
            self._wrong(name, "a whole number")
        return int(number)

    def flag(self, name: str, otherwise: bool | None = None) -> bool:
        """Return true or false."""
        if otherwise is not None and not self.has(name):
            self._read.add(name)
            return otherwise
        value = self.value(name)
        if not isinstance(value, bool):
            self._wrong(name, "true or false")
        return value is True

    def choice(self, name: str, choices: Iterable[str], otherwise: str | None = None) -> str:
        """Return a text that is one of some; the first where it is none of them."""
        names = [str(each) for each in choices]
        if otherwise is not None and not self.has(name):
            self._read.add(name)
            return otherwise
        value = self.value(name)
        if value not in names:
            self._wrong(name, f"one of {', '.join(names)}")
            return names[0]
        return str(value)

    def country(self, name: str) -> str:
        """Return a country's code (ISO 3166-1 alpha-3)."""
        code = self.text(name)
        if code and not (len(code) == LETTERS_OF_A_COUNTRY and code.isalpha()):
            self._wrong(name, "a country's code of three letters")
        return code

    def values(self, name: str, required: bool = False) -> list[object]:
        """Return a list, empty where there is none."""
        self._read.add(name)
        if not self.has(name) and not required:
            return []
        value = self.value(name)
        if not isinstance(value, list):
            self._wrong(name, "a list")
            return []
        if required and not value:
            self.place.problem(f"{name!r} must not be empty")
        return value

    def records(self, name: str, required: bool = False) -> list["Record"]:
        """Return a list of objects, empty where there is none."""
        return [
            Record(each, self.place.inside(f"{name} {number}"))
            for number, each in enumerate(self.values(name, required))
        ]

    def record(self, name: str) -> "Record":
        """Return an object."""
        value = self.value(name)
        return Record(value if value is not None else {}, self.place.inside(name))

    def optional_record(self, name: str) -> "Record | None":
        """Return an object, or None where there is none."""
        self._read.add(name)
        return self.record(name) if self.has(name) else None

    def note_rest(self) -> None:
        """Tell of every field that nothing has read: it is lost."""
        for name in self.fields:
            if name not in self._read and self.fields[name] not in (None, [], {}, ""):
                self.place.note(f"{name!r} is not kept: {shown(self.fields[name])}")

    def _wrong(self, name: str, expected: str) -> None:
        if self.has(name):
            self.place.problem(f"{name!r} must be {expected}, not {shown(self.fields[name])}")
