"""Texts with their languages, as ED-318 writes them: ``[{"text": …, "lang": "ja-JP"}]``."""

from dataclasses import dataclass

from geofences.formats.records import Record

LONGEST = 200
JAPANESE = "ja-JP"
ENGLISH = "en-GB"
LONGEST_LANGUAGE = 5


@dataclass(frozen=True)
class Texts:
    """The same in two languages; a language that a file lacks has the words of the other."""

    japanese: str
    english: str


def texts_of(japanese: str, english: str) -> list[dict[str, str]]:
    """Return both texts, each no longer than the schema allows; a cut is marked."""
    return [
        {"text": text if len(text) <= LONGEST else text[: LONGEST - 1] + "…", "lang": language}
        for text, language in ((japanese, JAPANESE), (english, ENGLISH))
    ]


def texts_from(record: Record, name: str, longest: int = LONGEST) -> Texts:
    """Return the Japanese and the English text of a field, empty where there is none.

    Another language stands in where one of the two is missing; what is left out is told.
    """
    found: dict[str, str] = {}
    for each in record.records(name):
        language = each.text("lang", LONGEST_LANGUAGE)
        text = each.optional_text("text", longest)
        each.note_rest()
        if language[:2] in found:
            each.place.note(f"a second text in {language!r} is not kept")
        found.setdefault(language[:2], text)
    japanese, english = found.pop("ja", None), found.pop("en", None)
    other = next(iter(found.values()), "")
    used = other if japanese is None and english is None else None
    for language, text in found.items():
        if text != used:
            record.place.note(f"{name!r} in {language!r} is not kept")
    first = japanese if japanese is not None else english if english is not None else other
    return Texts(first if japanese is None else japanese, first if english is None else english)
