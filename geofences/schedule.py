"""When a zone or corridor is in force: always, in spans of time, on weekdays, between sunrise and sunset.

The model is that of the "applicability" of geozones (EUROCAE ED-269, ED-318), so both import without loss.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from astral import Depression, Observer, sun

from geofences.values import Interval, Position

ONE_DAY = timedelta(days=1)

LONGEST_PERIOD = timedelta(days=1.5)
"""The sun sets again after about a day; where it takes longer, it did not set (polar day and night)."""


class Weekday(StrEnum):
    """A day of the week, as geozone files write it."""

    MONDAY = "MON"
    TUESDAY = "TUE"
    WEDNESDAY = "WED"
    THURSDAY = "THU"
    FRIDAY = "FRI"
    SATURDAY = "SAT"
    SUNDAY = "SUN"


class SunEvent(StrEnum):
    """A moment that the sun sets; the values are those of ED-318."""

    CIVIL_DAWN = "BMCT"
    SUNRISE = "SR"
    SUNSET = "SS"
    CIVIL_DUSK = "EMCT"


@dataclass(frozen=True, slots=True)
class DailyPeriod:
    """A part of each of some days, such as 08:00 to 17:00 or sunrise to sunset.

    ``days`` are those on which it starts, as counted where a clock time starts (``start``'s offset), or at
    mean solar time for the sun. Clock times carry their offset from UTC. A period lasts until its end comes
    next, also after midnight; from 06:00 to 06:00 it is a whole day.
    """

    days: frozenset[Weekday]
    start: time | SunEvent
    end: time | SunEvent

    def __post_init__(self) -> None:
        """Raise ValueError where there is no day, or a clock time without its offset."""
        if not self.days:
            raise ValueError("days must name at least one weekday")
        for name, moment in (("start", self.start), ("end", self.end)):
            if isinstance(moment, time) and moment.utcoffset() is None:
                raise ValueError(f"{name} must carry its offset from UTC, such as 08:00+09:00")

    def on(self, day: date, where: Position) -> Interval | None:
        """Return the period that starts on a day, or None where it does not start then."""
        if list(Weekday)[day.weekday()] not in self.days:
            return None
        start = _moment(self.start, day, where)
        if start is None:
            return None
        # Day by day, because the clock or the sun of the end may count another date than that of the start.
        ends = (_moment(self.end, day + number * ONE_DAY, where) for number in range(-1, 3))
        end = next((each for each in ends if each is not None and each > start), None)
        return None if end is None or end - start > LONGEST_PERIOD else Interval(start, end)


@dataclass(frozen=True, slots=True)
class Applicability:
    """A span of time, open at the end that is None; with ``periods``, only these parts of it."""

    start: datetime | None = None
    end: datetime | None = None
    periods: tuple[DailyPeriod, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError where a time has no offset or the span ends before it begins."""
        for name, moment in (("start", self.start), ("end", self.end)):
            if moment is not None and moment.utcoffset() is None:
                raise ValueError(f"{name} must carry its offset from UTC")
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError(f"ends at {self.end.isoformat()}, before it starts at {self.start.isoformat()}")

    def within(self, window: Interval, where: Position) -> Iterator[Interval]:
        """Yield the parts of a window that are covered."""
        start = window.start if self.start is None else max(window.start, self.start)
        end = window.end if self.end is None else min(window.end, self.end)
        if start > end:
            return
        span = Interval(start, end)
        if not self.periods:
            yield span
            return
        day = (start - 2 * ONE_DAY).date()
        while day <= (end + ONE_DAY).date():
            for period in self.periods:
                part = period.on(day, where)
                if part is not None and part.overlaps(span):
                    yield Interval(max(part.start, start), min(part.end, end))
            day += ONE_DAY


@dataclass(frozen=True, slots=True)
class Schedule:
    """All the times in force; without any applicability it is always in force."""

    applicabilities: tuple[Applicability, ...] = ()

    @property
    def is_always(self) -> bool:
        """Say whether it never ends."""
        return not self.applicabilities

    def within(self, window: Interval, where: Position) -> tuple[Interval, ...]:
        """Return the parts of a window in which it is in force, joined and in order.

        Parameters
        ----------
        where
            Where the sun rises and sets.
        """
        if self.is_always:
            return (window,)
        parts = sorted(
            (part for each in self.applicabilities for part in each.within(window, where)),
            key=lambda part: (part.start, part.end),
        )
        joined: list[Interval] = []
        for part in parts:
            if joined and part.start <= joined[-1].end:
                joined[-1] = Interval(joined[-1].start, max(joined[-1].end, part.end))
            else:
                joined.append(part)
        return tuple(joined)

    def overlaps(self, window: Interval, where: Position) -> bool:
        """Say whether it is in force at any instant of a window. Overlap counts."""
        return bool(self.within(window, where))


ALWAYS = Schedule()


def during(*intervals: Interval) -> Schedule:
    """Return the schedule that is in force in some intervals."""
    return Schedule(tuple(Applicability(each.start, each.end) for each in intervals))


def _moment(moment: time | SunEvent, day: date, where: Position) -> datetime | None:
    """Return when a moment comes on a day, or None where the sun does not do so (polar day and night)."""
    if isinstance(moment, time):
        return datetime.combine(day, moment).astimezone(UTC)
    return _sun(moment, day, where)


def _sun(event: SunEvent, day: date, where: Position) -> datetime | None:
    observer = Observer(where.latitude_deg, where.longitude_deg)
    local_noon = datetime.combine(day, time(12), UTC) - timedelta(hours=where.longitude_deg / 15.0)
    found = []
    for near in (day - ONE_DAY, day, day + ONE_DAY):
        try:
            found.append(_FUNCTIONS[event](observer, near))
        except ValueError:
            continue
    half = timedelta(hours=12)
    return next((each for each in found if local_noon - half <= each < local_noon + half), None)


def _dawn(observer: Observer, day: date) -> datetime:
    return sun.dawn(observer, day, Depression.CIVIL)


def _dusk(observer: Observer, day: date) -> datetime:
    return sun.dusk(observer, day, Depression.CIVIL)


_FUNCTIONS: dict[SunEvent, Callable[[Observer, date], datetime]] = {
    SunEvent.CIVIL_DAWN: _dawn,
    SunEvent.SUNRISE: sun.sunrise,
    SunEvent.SUNSET: sun.sunset,
    SunEvent.CIVIL_DUSK: _dusk,
}
