"""Times as ISO 8601 texts, always with an offset from UTC."""

import re
from datetime import UTC, datetime, time, timedelta, timezone

_CLOCK = re.compile(
    r"T?(?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.(?P<part>\d{1,6})\d*)?)?"
    r"(?P<offset>Z|[+-]\d{2}:?\d{2})"
)
MIDNIGHT_AT_THE_END = 24
"""ISO 8601 writes the end of a day as 24:00; a period that ends then ends at 00:00 of the next day."""


def instant_from(text: str) -> datetime:
    """Return an instant in UTC; raise ValueError saying what is wrong."""
    try:
        moment = datetime.fromisoformat(text)
        offset = moment.utcoffset()
        if offset is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is not a time like 2026-12-01T09:00:00+09:00") from None
    raise ValueError(f"{text!r} needs its offset from UTC, such as {text}+09:00")


def text_from_instant(moment: datetime) -> str:
    """Return an instant in UTC, exactly."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def clock_from(text: str) -> time:
    """Return a time of day with its offset; raise ValueError saying what is wrong."""
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not a time of day with its offset from UTC, such as 09:00+09:00")
    hour = int(found["hour"])
    try:
        return time(
            0 if hour == MIDNIGHT_AT_THE_END and int(found["minute"]) == 0 else hour,
            int(found["minute"]),
            int(found["second"] or 0),
            int((found["part"] or "0").ljust(6, "0")),
            _offset_from(found["offset"]),
        )
    except ValueError:
        raise ValueError(f"{text!r} is not a time of day") from None


def text_from_clock(moment: time, seconds: bool = True) -> str:
    """Return a time of day, exactly; raise ValueError where its offset is no whole number of minutes."""
    offset = moment.utcoffset()
    if offset is None or offset % timedelta(minutes=1):
        raise ValueError(f"{moment.isoformat()} has no offset from UTC in whole minutes")
    if not seconds and not moment.second and not moment.microsecond:
        return moment.isoformat("minutes").replace("+00:00", "Z")
    return moment.isoformat().replace("+00:00", "Z")


def _offset_from(text: str) -> timezone:
    if text == "Z":
        return UTC
    digits = text.replace(":", "")
    size = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5]))
    return timezone(-size if text[0] == "-" else size)
