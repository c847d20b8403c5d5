"""All formats, and which of them a file is in."""

import json
from pathlib import Path

from geofences.errors import DataError
from geofences.formats.ed269 import Ed269
from geofences.formats.ed318 import Ed318
from geofences.formats.geojson import GeoJson
from geofences.formats.kml import Kml
from geofences.formats.model import Format, Imported
from geofences.formats.notam import Notam
from geofences.formats.plan import Plan
from geofences.formats.texts import text_from, text_of

FORMATS: tuple[Format, ...] = (Plan(), Ed318(), Ed269(), GeoJson(), Kml(), Notam())
"""In the order in which a content is held against them: ED-318 is a GeoJSON with more rules."""


NO_JSON = object()
"""Stands for the document of a text that is no JSON; ``null`` is JSON."""


def format_named(name: str) -> Format:
    """Return the format of a name, such as ``ed269``; raise DataError naming those there are."""
    for each in FORMATS:
        if each.name == name:
            return each
    raise DataError(
        "format", [f"there is none named {name!r}; known are {', '.join(each.name for each in FORMATS)}"]
    )


def format_of(text: str, source: str) -> Format:
    """Return the format of a file, by its content, or by its ending where the content is of no format.

    Raises
    ------
    DataError
        Where neither says.
    """
    document = _document(text)
    for each in FORMATS:
        if each.recognises(text, document):
            return each
    named = _named_by_ending(Path(source).suffix.lower())
    if len(named) == 1 or (named and document is NO_JSON):
        return named[0]
    titles = ", ".join(f"{each.title} ({', '.join(each.endings)})" for each in FORMATS)
    raise DataError(source, [f"is in none of the known formats: {titles}"])


def import_text(text: str, source: str, format_name: str | None = None) -> Imported:
    """Return what a text holds; raise DataError with all its problems.

    Parameters
    ----------
    source
        The name of the file, for errors and for its ending.
    format_name
        The format, where it is not to be found out.
    """
    chosen = format_of(text, source) if format_name is None else format_named(format_name)
    return chosen.read(text, source)


def import_bytes(content: bytes, source: str, format_name: str | None = None) -> Imported:
    """Return what a file holds; raise DataError with all its problems."""
    return import_text(text_from(content, source), source, format_name)


def import_file(path: Path, format_name: str | None = None) -> Imported:
    """Return what a file holds; raise DataError with all its problems."""
    return import_text(text_of(path), path.name, format_name)


def _named_by_ending(ending: str) -> list[Format]:
    """Return the formats that an ending names: the one whose usual ending it is, else all that share it."""
    named = [each for each in FORMATS if ending in each.endings]
    usual = [each for each in named if each.endings[0] == ending]
    return usual if len(usual) == 1 else named


def _document(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return NO_JSON
