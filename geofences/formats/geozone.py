"""What ED-269 and ED-318 share: identifiers, rules, reasons, authorities, times of applicability.

Sources: EUROCAE ED-269 (2020), chapter 8; EUROCAE ED-318 (2024) and its JSON schemas. Lengths and lists of
values are those of the schemas and of the package uas-standards.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, time

from geofences.formats.extension import KEY, extended, extension_of, settled
from geofences.formats.log import Place
from geofences.formats.moments import clock_from, instant_from, text_from_clock
from geofences.formats.records import Record, shown
from geofences.schedule import Applicability, DailyPeriod, SunEvent, Weekday
from geofences.values import Contact, ZoneRule
from geofences.zones import Zone

LONGEST_IDENTIFIER = 7
LONGEST_TEXT = 200
COUNTRY = "JPN"
"""ISO 3166-1 alpha-3."""

VARIANT = "COMMON"
PURPOSE = "INFORMATION"
PURPOSES = ("INFORMATION", "AUTHORIZATION", "NOTIFICATION")
NO_REASON = ["OTHER"]
"""A code that says nothing; our reasons are sentences, in the message."""

ANY_DAY = "ANY"
ALL_DAYS = frozenset(Weekday)

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")

Json = dict[str, object]


def identifier_of(zone_id: str) -> str:
    """Return an identifier of at most seven characters: the id itself, or one that stands for it always."""
    if len(zone_id) <= LONGEST_IDENTIFIER:
        return zone_id
    digest = base64.b32encode(hashlib.sha256(zone_id.encode()).digest()).decode()
    return f"T{digest[: LONGEST_IDENTIFIER - 1]}"


def cut(text: str, longest: int = LONGEST_TEXT) -> str:
    """Return a text that is not too long; a cut is marked."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def rule_from(restriction: str) -> ZoneRule:
    """Return what a restriction asks of a flight that has no authorisation and meets no condition."""
    return ZoneRule.CAUTION if restriction == "NO_RESTRICTION" else ZoneRule.KEEP_OUT


def note_rule(restriction: str, zone: Zone, place: Place) -> None:
    """Tell where the rule of a zone is not just what the file says."""
    if restriction == "NO_RESTRICTION":
        place.note("NO_RESTRICTION is read as caution without extra cost")
    elif restriction != restriction_of(zone):
        place.note(f"{restriction} is read as keep-out: no authorisation or condition is known to be met")


def restriction_of(zone: Zone) -> str:
    """Return the restriction of a keep-out or caution zone."""
    return "PROHIBITED" if zone.rule is ZoneRule.KEEP_OUT else "CONDITIONAL"


def with_extension(
    spoken: Zone,
    feature: Record,
    file: Mapping[str, object],
    render: Callable[[Zone], Mapping[str, object]],
    says: Mapping[str, tuple[str, ...]],
) -> Zone:
    """Return the zone of a feature with what our own export kept in its extended properties."""
    properties = feature.optional_record("extendedProperties")
    if properties is None:
        return spoken
    own = properties.optional_record(KEY)
    properties.note_rest()
    if own is None:
        return spoken
    return settled(extended(spoken, own), spoken, file, render, says, own)


def extended_properties(zone: Zone) -> Json:
    """Return the extended properties of a zone."""
    return {KEY: extension_of(zone)}


def twin_identifiers(zones: Sequence[Zone]) -> Iterator[str]:
    """Yield the zones whose short identifiers are the same."""
    first: dict[str, str] = {}
    for zone in zones:
        other = first.setdefault(identifier_of(zone.id), zone.id)
        if other != zone.id:
            yield f"zone {zone.id}: 'id': has the same short identifier as {other}; use at most 7 characters"


def faults(zone: Zone) -> Iterator[str]:
    """Yield what neither standard can say of a zone."""
    if zone.rule is ZoneRule.KEEP_IN:
        yield f"zone {zone.id}: 'rule': keep-in has no restriction in this standard"
    for field, value in (("name", zone.contact.name), ("phone", zone.contact.phone)):
        if len(value) > LONGEST_TEXT:
            yield f"zone {zone.id}: 'contact.{field}' has {len(value)} characters, at most {LONGEST_TEXT}"
    yield from (f"zone {zone.id}: 'contact.{each}'" for each in _contact_faults(zone.contact))
    yield from schedule_faults(zone)


def schedule_faults(zone: Zone) -> Iterator[str]:
    """Yield what no text can say of a schedule."""
    for applicability in zone.schedule.applicabilities:
        if applicability == Applicability():
            yield f"zone {zone.id}: 'schedule' has a span without start, end or hours"
        for period in applicability.periods:
            for moment in (period.start, period.end):
                yield from _moment_faults(zone, moment)


def contact_from(authorities: list[Record], text: Callable[[Record, str], str]) -> Contact:
    """Return the first authority as contact; further ones are told as lost.

    Parameters
    ----------
    text
        Reads a text of an authority: the two standards write texts in different ways.
    """
    contacts = [_contact(each, text) for each in authorities]
    for further in authorities[1:]:
        further.place.note("is not kept: a zone has one contact")
    return contacts[0] if contacts else Contact()


def days_from(record: Record) -> frozenset[Weekday]:
    """Return the days of a daily period."""
    days: set[Weekday] = set()
    for value in record.values("day", required=True):
        if value == ANY_DAY:
            days |= ALL_DAYS
        elif isinstance(value, str) and value in set(Weekday):
            days.add(Weekday(value))
        else:
            record.place.problem(f"'day' must be {', '.join(Weekday)} or ANY, not {shown(value)}")
    return frozenset(days) or ALL_DAYS


def days_of(period: DailyPeriod) -> list[str]:
    """Return the days of a period, in the order of the week."""
    return [ANY_DAY] if period.days == ALL_DAYS else [day.value for day in Weekday if day in period.days]


def moment_from(record: Record, name: str) -> datetime | None:
    """Return an instant, or None where there is none."""
    text = record.optional_text(name)
    try:
        return instant_from(text) if text else None
    except ValueError as error:
        record.place.problem(f"{name!r}: {error}")
        return None


def moment_of_day(record: Record, side: str, events: Mapping[str, SunEvent]) -> time | SunEvent | None:
    """Return when a daily period starts or ends: by the clock, or by the sun."""
    event, clock = f"{side}Event", f"{side}Time"
    if record.has(event) and record.has(clock):
        record.place.problem(f"has both {clock!r} and {event!r}")
    record.skip(event, clock)
    return events[record.choice(event, events)] if record.has(event) else clock_at(record, clock)


def clock_at(record: Record, name: str) -> time | None:
    """Return a time of day with its offset, or None where it cannot be read."""
    text = record.text(name)
    try:
        return clock_from(text) if text else None
    except ValueError as error:
        record.place.problem(f"{name!r}: {error}")
        return None


def applicability_from(
    record: Record,
    periods: tuple[DailyPeriod, ...],
    start_name: str = "startDateTime",
    end_name: str = "endDateTime",
) -> Applicability:
    """Return a span of time with its daily periods."""
    start, end = moment_from(record, start_name), moment_from(record, end_name)
    try:
        return Applicability(start, end, periods)
    except ValueError as error:
        record.place.problem(str(error))
        return Applicability()


def _contact(authority: Record, text: Callable[[Record, str], str]) -> Contact:
    contact = Contact(*(text(authority, name) for name in ("name", "phone", "email", "siteURL")))
    for fault in _contact_faults(contact):
        authority.place.problem(fault)
    purpose = authority.choice("purpose", PURPOSES, PURPOSE)
    if purpose != PURPOSE:
        authority.place.note(f"'purpose' {purpose} is not kept")
    authority.note_rest()
    return contact


def _contact_faults(contact: Contact) -> Iterator[str]:
    if contact.email and not _EMAIL.fullmatch(contact.email):
        yield f"email must be an address like desk@example.org, not {contact.email!r}"
    if contact.url and not _URI.fullmatch(contact.url):
        yield f"url must be an address with its scheme, such as https:, not {contact.url!r}"


def _moment_faults(zone: Zone, moment: time | SunEvent) -> Iterator[str]:
    if isinstance(moment, SunEvent):
        return
    try:
        text_from_clock(moment)
    except ValueError as error:
        yield f"zone {zone.id}: 'schedule': {error}"
