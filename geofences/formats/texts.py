"""The text of a file, or why it cannot be read."""

from pathlib import Path

from geofences.errors import DataError

ZIP = b"PK\x03\x04"
"""How an archive begins (PKWARE APPNOTE, 4.3.7)."""


def text_of(path: Path) -> str:
    """Return the text of a file; raise DataError where there is none to read."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(path.name, [f"cannot be read: {error.strerror or error}"]) from None
    return text_from(content, path.name)


def text_from(content: bytes, source: str) -> str:
    """Return bytes as text (UTF-8, with or without its mark); raise DataError where they are none."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        kind = f"is not UTF-8 text: {error.reason} at byte {error.start}"
        raise DataError(source, [f"{kind}; {_remedy(content)}"]) from None


def _remedy(content: bytes) -> str:
    if content.startswith(ZIP):
        return "it is an archive such as KMZ: unpack it and give the doc.kml inside"
    return "save it again as UTF-8"
