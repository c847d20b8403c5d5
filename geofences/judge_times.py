"""Whether a schedule is in force during a flight: found by looking at one instant after another.

It shares nothing with ``geofences.schedule`` but the values: days are tried one by one, and the sun's place
is computed here.
"""

import math
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from geofences.schedule import Applicability, DailyPeriod, Schedule, SunEvent, Weekday
from geofences.values import Interval, Position

STEP = timedelta(seconds=60)
"""Time between the instants looked at; a daily period that is shorter may be missed."""

J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)

SUN_DEG = {
    SunEvent.CIVIL_DAWN: -6.0,
    SunEvent.SUNRISE: -0.833,
    SunEvent.SUNSET: -0.833,
    SunEvent.CIVIL_DUSK: -6.0,
}
"""Height of the sun's centre at each event: refraction and half its disc below the horizon, or civil twilight
(Astronomical Almanac, "Risings, settings and twilights")."""

MORNING = (SunEvent.CIVIL_DAWN, SunEvent.SUNRISE)


def ever_in_force(schedule: Schedule, interval: Interval, where: Position) -> bool:
    """Say whether a schedule is in force at any instant looked at."""
    if not schedule.applicabilities:
        return True
    return any(_ever(each, interval, where) for each in schedule.applicabilities)


def always_in_force(schedule: Schedule, interval: Interval, where: Position) -> bool:
    """Say whether a schedule is in force at every instant looked at."""
    if not schedule.applicabilities:
        return True
    return all(
        any(_at(each, instant, where) for each in schedule.applicabilities)
        for instant in _instants(interval.start, interval.end)
    )


def sun_elevation_deg(when: datetime, where: Position) -> float:
    """Return the height of the sun's centre above the horizon, to 0.01° (Astronomical Almanac, section C)."""
    days = (when - J2000).total_seconds() / 86_400.0
    anomaly = math.radians(357.528 + 0.9856003 * days)
    longitude = math.radians(
        280.460 + 0.9856474 * days + 1.915 * math.sin(anomaly) + 0.020 * math.sin(2 * anomaly)
    )
    tilt = math.radians(23.439 - 4e-7 * days)
    right_ascension = math.atan2(math.cos(tilt) * math.sin(longitude), math.cos(longitude))
    declination = math.asin(math.sin(tilt) * math.sin(longitude))
    sidereal = math.radians(15.0 * (18.697374558 + 24.06570982441908 * days) + where.longitude_deg)
    latitude = math.radians(where.latitude_deg)
    sine = math.sin(latitude) * math.sin(declination) + math.cos(latitude) * math.cos(declination) * math.cos(
        sidereal - right_ascension
    )
    return math.degrees(math.asin(sine))


def _ever(each: Applicability, interval: Interval, where: Position) -> bool:
    start = interval.start if each.start is None else max(interval.start, each.start)
    end = interval.end if each.end is None else min(interval.end, each.end)
    if start > end or not each.periods:
        return start <= end
    return any(_at(each, instant, where) for instant in _instants(start, end))


def _at(each: Applicability, instant: datetime, where: Position) -> bool:
    too_early = each.start is not None and instant < each.start
    if too_early or (each.end is not None and instant > each.end):
        return False
    return not each.periods or any(_runs(period, instant, where) for period in each.periods)


def _instants(start: datetime, end: datetime) -> Iterator[datetime]:
    for step in range(math.ceil((end - start) / STEP)):
        yield start + step * STEP
    yield end


def _runs(period: DailyPeriod, instant: datetime, where: Position) -> bool:
    """Say whether a period that began on one of the days around an instant goes on then."""
    for shift in (-2, -1, 0, 1):
        day = instant.date() + timedelta(days=shift)
        if list(Weekday)[day.weekday()] not in period.days:
            continue
        start, end = _moment(period.start, day, where), _moment(period.end, day, where)
        if start is not None and end is not None and end <= start:
            end = _moment(period.end, day + timedelta(days=1), where)
        if start is not None and end is not None and start <= instant <= end:
            return True
    return False


@lru_cache(maxsize=256)
def _moment(moment: time | SunEvent, day: date, where: Position) -> datetime | None:
    """Return when a moment comes on a day, or None where the sun does not rise or set so far."""
    if isinstance(moment, time):
        return datetime.combine(day, moment)
    noon = datetime.combine(day, time(12), UTC) - timedelta(hours=where.longitude_deg / 15.0)
    low, high = noon + timedelta(hours=-12 if moment in MORNING else 12), noon
    if not _is_up(moment, high, where) or _is_up(moment, low, where):
        return None
    while abs(high - low) > timedelta(seconds=1):
        middle = low + (high - low) / 2
        low, high = (low, middle) if _is_up(moment, middle, where) else (middle, high)
    return high


def _is_up(event: SunEvent, when: datetime, where: Position) -> bool:
    return sun_elevation_deg(when, where) >= SUN_DEG[event]
