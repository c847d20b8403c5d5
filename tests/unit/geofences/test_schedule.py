import math
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geofences.schedule import ALWAYS, Applicability, DailyPeriod, Schedule, SunEvent, Weekday, during
from geofences.values import Interval, Position

JST = timezone(timedelta(hours=9))
FUKUE = Position(32.6959, 128.8417)
TROMSO = Position(69.65, 18.96)
WEEKDAYS = frozenset(Weekday) - {Weekday.SATURDAY, Weekday.SUNDAY}
SECOND = timedelta(seconds=1)


def utc(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return a time of April 2026; the 1st is a Wednesday."""
    return datetime(2026, 4, day, hour, minute, tzinfo=UTC)


def jst(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 4, day, hour, minute, tzinfo=JST)


def daily(
    start: time | SunEvent, end: time | SunEvent, days: frozenset[Weekday] = frozenset(Weekday)
) -> Schedule:
    return Schedule((Applicability(periods=(DailyPeriod(days, start, end),)),))


def minutes_of_overlap(schedule: Schedule, window: Interval, where: Position = FUKUE) -> float:
    return sum((each.end - each.start).total_seconds() for each in schedule.within(window, where)) / 60.0


def test_without_times_it_is_always_in_force() -> None:
    window = Interval(utc(1), utc(2))

    assert ALWAYS.is_always
    assert ALWAYS.within(window, FUKUE) == (window,)
    assert ALWAYS.overlaps(Interval(utc(1), utc(1)), FUKUE)


@pytest.mark.parametrize(
    ("start", "end", "counts", "remark"),
    [
        (utc(1, 8), utc(1, 9), False, "before"),
        (utc(1, 8), utc(1, 10), True, "ends as it begins: touching counts"),
        (utc(1, 9), utc(1, 11), True, "it begins in mid-flight"),
        (utc(1, 10, 30), utc(1, 11), True, "inside"),
        (utc(1, 9), utc(1, 13), True, "around it"),
        (utc(1, 11), utc(1, 13), True, "it ends in mid-flight"),
        (utc(1, 12), utc(1, 13), True, "begins as it ends: touching counts"),
        (utc(1, 12, 1), utc(1, 13), False, "after"),
    ],
)
def test_overlap_counts_and_not_containment(
    start: datetime, end: datetime, counts: bool, remark: str
) -> None:
    schedule = during(Interval(utc(1, 10), utc(1, 12)))

    assert schedule.overlaps(Interval(start, end), FUKUE) == counts, remark
    assert not schedule.is_always


def test_only_the_part_inside_a_window_is_returned() -> None:
    schedule = during(Interval(utc(1, 10), utc(1, 12)))

    assert schedule.within(Interval(utc(1, 11), utc(1, 13)), FUKUE) == (Interval(utc(1, 11), utc(1, 12)),)


def test_intervals_that_touch_or_overlap_are_joined_in_order() -> None:
    late, early = Interval(utc(1, 15), utc(1, 16)), Interval(utc(1, 8), utc(1, 12))
    inner, touching = Interval(utc(1, 9), utc(1, 10)), Interval(utc(1, 12), utc(1, 13))

    parts = during(late, touching, inner, early).within(Interval(utc(1), utc(2)), FUKUE)

    assert parts == (Interval(utc(1, 8), utc(1, 13)), late)


@pytest.mark.parametrize(
    ("start", "end", "moment", "counts", "remark"),
    [
        (None, utc(2), utc(1), True, "from the beginning of time"),
        (None, utc(2), utc(3), False, "but not after its end"),
        (utc(2), None, utc(3), True, "without end"),
        (utc(2), None, utc(1), False, "but not before its start"),
        (None, None, utc(1), True, "open at both ends"),
    ],
)
def test_a_span_may_be_open(
    start: datetime | None, end: datetime | None, moment: datetime, counts: bool, remark: str
) -> None:
    schedule = Schedule((Applicability(start, end),))

    assert schedule.overlaps(Interval(moment, moment), FUKUE) == counts, remark


@pytest.mark.parametrize(
    ("moment", "counts", "remark"),
    [
        (jst(3, 7, 59), False, "Friday, before"),
        (jst(3, 8), True, "as it begins"),
        (jst(3, 12), True, "in the middle"),
        (jst(3, 17), True, "as it ends"),
        (jst(3, 17, 1), False, "after"),
        (jst(4, 12), False, "Saturday"),
        (jst(6, 8), True, "Monday in Japan, still Sunday in UTC"),
        (jst(6, 8) - SECOND, False, "a second earlier"),
    ],
)
def test_days_are_counted_where_the_clock_is(moment: datetime, counts: bool, remark: str) -> None:
    schedule = daily(time(8, tzinfo=JST), time(17, tzinfo=JST), WEEKDAYS)

    assert schedule.overlaps(Interval(moment, moment), FUKUE) == counts, remark


@pytest.mark.parametrize(
    ("moment", "counts", "remark"),
    [
        (jst(3, 21, 59), False, "Friday, before it begins"),
        (jst(3, 23), True, "Friday night"),
        (jst(4, 0), True, "at midnight"),
        (jst(4, 5, 59), True, "on into Saturday morning"),
        (jst(4, 6, 1), False, "and no longer"),
        (jst(4, 23), False, "Saturday night: it did not start"),
        (jst(3, 3), False, "Friday morning: Thursday is none of its days"),
    ],
)
def test_a_night_goes_on_into_the_next_day(moment: datetime, counts: bool, remark: str) -> None:
    schedule = daily(time(22, tzinfo=JST), time(6, tzinfo=JST), frozenset({Weekday.FRIDAY}))

    assert schedule.overlaps(Interval(moment, moment), FUKUE) == counts, remark


def test_a_period_that_ends_as_it_starts_lasts_a_day() -> None:
    schedule = daily(time(6, tzinfo=JST), time(6, tzinfo=JST), frozenset({Weekday.FRIDAY}))

    assert schedule.within(Interval(utc(1), utc(8)), FUKUE) == (Interval(jst(3, 6), jst(4, 6)),)


@pytest.mark.parametrize("hours", [-12, -5, 0, 9, 14])
def test_each_clock_has_its_own_offset(hours: int) -> None:
    zone = timezone(timedelta(hours=hours))
    schedule = daily(time(12, tzinfo=zone), time(13, tzinfo=zone), frozenset({Weekday.WEDNESDAY}))

    (part,) = schedule.within(Interval(utc(1) - timedelta(days=2), utc(4)), FUKUE)

    assert part == Interval(datetime(2026, 4, 1, 12, tzinfo=zone), datetime(2026, 4, 1, 13, tzinfo=zone))


@pytest.mark.parametrize(
    ("start", "end", "hours", "remark"),
    [
        (time(8, tzinfo=JST), time(1, tzinfo=UTC), 2.0, "01:00 UTC comes two hours after 23:00 UTC"),
        (time(20, tzinfo=UTC), time(6, tzinfo=JST), 1.0, "06:00 in Japan is 21:00 UTC of the day before"),
        (time(20, tzinfo=UTC), time(20, tzinfo=JST), 15.0, "and 20:00 is 11:00 UTC"),
        (
            time(20, tzinfo=timezone(timedelta(hours=-12))),
            time(10, tzinfo=timezone(timedelta(hours=14))),
            12.0,
            "two dates apart",
        ),
    ],
)
def test_a_period_lasts_until_its_end_comes_next_on_any_clock(
    start: time, end: time, hours: float, remark: str
) -> None:
    period = DailyPeriod(frozenset(Weekday), start, end).on(date(2026, 4, 3), FUKUE)

    assert period is not None
    assert period.end - period.start == timedelta(hours=hours), remark


@pytest.mark.parametrize(
    ("start", "end", "least_h", "most_h", "remark"),
    [
        (SunEvent.SUNRISE, time(22, tzinfo=UTC), 0.5, 1.5, "22:00 UTC is 07:00 in Japan"),
        (time(20, tzinfo=UTC), SunEvent.SUNRISE, 0.5, 1.5, "the sun rises at 21:10 UTC"),
        (SunEvent.SUNSET, SunEvent.SUNRISE, 11.0, 12.0, "one night"),
        (SunEvent.SUNSET, SunEvent.SUNSET, 24.0, 24.1, "a day and a minute"),
    ],
)
def test_the_sun_and_a_clock_in_utc_may_be_mixed(
    start: time | SunEvent, end: time | SunEvent, least_h: float, most_h: float, remark: str
) -> None:
    period = DailyPeriod(frozenset(Weekday), start, end).on(date(2026, 4, 3), FUKUE)

    assert period is not None
    assert least_h <= (period.end - period.start) / timedelta(hours=1) <= most_h, remark


def test_a_daily_period_holds_on_every_day_of_a_long_window() -> None:
    schedule = daily(time(8, tzinfo=JST), time(17, tzinfo=JST), WEEKDAYS)

    parts = schedule.within(Interval(jst(1), jst(15)), FUKUE)

    assert len(parts) == 10
    assert minutes_of_overlap(schedule, Interval(jst(1), jst(15))) == 10 * 9 * 60.0


def test_several_periods_and_spans_are_all_in_force() -> None:
    periods = tuple(
        DailyPeriod(frozenset(Weekday), time(begin, tzinfo=JST), time(end, tzinfo=JST))
        for begin, end in ((8, 10), (14, 16))
    )
    schedule = Schedule(
        (
            Applicability(jst(1), jst(2), periods),
            Applicability(jst(10), jst(10, 1)),
            Applicability(end=utc(1)),
        )
    )

    assert schedule.within(Interval(utc(1, 0), jst(12)), FUKUE) == (
        Interval(jst(1, 9), jst(1, 10)),
        Interval(jst(1, 14), jst(1, 16)),
        Interval(jst(10), jst(10, 1)),
    )


def test_periods_hold_only_within_their_span() -> None:
    period = DailyPeriod(frozenset(Weekday), time(8, tzinfo=JST), time(17, tzinfo=JST))
    schedule = Schedule((Applicability(jst(1, 12), jst(2, 10), (period,)),))

    assert schedule.within(Interval(jst(1), jst(4)), FUKUE) == (
        Interval(jst(1, 12), jst(1, 17)),
        Interval(jst(2, 8), jst(2, 10)),
    )


def noaa_event(day: date, where: Position, zenith_deg: float, sign: int) -> datetime:
    """Return a sunrise (sign -1) or sunset (1) by the equations of NOAA's solar calculator (J. Meeus)."""
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) - timedelta(
        hours=where.longitude_deg / 15
    )
    noon = moment
    for _ in range(3):
        century = ((moment - datetime(2000, 1, 1, 12, tzinfo=UTC)).total_seconds() / 86_400.0) / 36_525.0
        longitude = math.radians((280.46646 + century * (36_000.76983 + century * 0.0003032)) % 360.0)
        anomaly = math.radians(357.52911 + century * (35_999.05029 - 0.0001537 * century))
        eccentricity = 0.016708634 - century * 0.000042037
        centre = (
            math.sin(anomaly) * (1.914602 - century * 0.004817)
            + math.sin(2 * anomaly) * 0.019993
            + math.sin(3 * anomaly) * 0.000289
        )
        node = math.radians(125.04 - 1_934.136 * century)
        apparent = longitude + math.radians(centre - 0.00569 - 0.00478 * math.sin(node))
        obliquity = math.radians(23.439291 - 0.0130042 * century + 0.00256 * math.cos(node))
        declination = math.asin(math.sin(obliquity) * math.sin(apparent))
        y = math.tan(obliquity / 2.0) ** 2
        equation_min = 4.0 * math.degrees(
            y * math.sin(2 * longitude)
            - 2 * eccentricity * math.sin(anomaly)
            + 4 * eccentricity * y * math.sin(anomaly) * math.cos(2 * longitude)
            - 0.5 * y * y * math.sin(4 * longitude)
            - 1.25 * eccentricity**2 * math.sin(2 * anomaly)
        )
        latitude = math.radians(where.latitude_deg)
        cosine = math.cos(math.radians(zenith_deg)) / (math.cos(latitude) * math.cos(declination))
        angle_deg = math.degrees(math.acos(cosine - math.tan(latitude) * math.tan(declination)))
        moment = noon + timedelta(minutes=4.0 * sign * angle_deg - equation_min)
    return moment


@pytest.mark.parametrize(
    "day", [date(2026, 1, 1), date(2026, 3, 20), date(2026, 6, 21), date(2026, 9, 23), date(2026, 12, 22)]
)
@pytest.mark.parametrize(
    ("start", "end", "zenith_deg"),
    [
        (SunEvent.SUNRISE, SunEvent.SUNSET, 90.833),
        (SunEvent.CIVIL_DAWN, SunEvent.CIVIL_DUSK, 96.0),
    ],
)
@pytest.mark.parametrize(
    "where", [FUKUE, Position(51.48, 0.0), Position(-33.9, 151.2), Position(21.3, -157.8)]
)
def test_the_sun_rises_and_sets_as_the_equations_of_noaa_say(
    day: date, start: SunEvent, end: SunEvent, zenith_deg: float, where: Position
) -> None:
    period = DailyPeriod(frozenset(Weekday), start, end).on(day, where)

    assert period is not None
    for found, sign in ((period.start, -1), (period.end, 1)):
        expected = noaa_event(day, where, zenith_deg, sign)
        assert abs(found - expected) < timedelta(minutes=2), (found, expected)


@pytest.mark.parametrize(
    ("where", "day", "event", "published"),
    [
        (Position(34.69, 135.50), date(2013, 12, 22), SunEvent.SUNRISE, time(7, 2)),
        (Position(34.69, 135.50), date(2013, 12, 22), SunEvent.SUNSET, time(16, 52)),
        (Position(34.69, 135.50), date(2014, 1, 22), SunEvent.SUNRISE, time(7, 2)),
        (Position(34.69, 135.50), date(2014, 1, 22), SunEvent.SUNSET, time(17, 17)),
        (Position(33.58, 130.40), date(2026, 1, 1), SunEvent.SUNRISE, time(7, 22)),
    ],
    ids=str,
)
def test_the_sun_over_japan_agrees_with_published_times(
    where: Position, day: date, event: SunEvent, published: time
) -> None:
    """Of NAOJ for Osaka, and New Year in Fukuoka, as public pages quote them; for Fukue none was found."""
    period = DailyPeriod(frozenset(Weekday), event, time(0, tzinfo=JST)).on(day, where)

    assert period is not None
    assert abs(period.start - datetime.combine(day, published, JST)) <= timedelta(minutes=2)


def test_from_sunset_to_sunrise_is_one_night() -> None:
    schedule = daily(SunEvent.SUNSET, SunEvent.SUNRISE)

    (night,) = schedule.within(Interval(jst(1, 12), jst(2, 12)), FUKUE)

    assert jst(1, 18, 30) < night.start < jst(1, 18, 55)
    assert jst(2, 5, 55) < night.end < jst(2, 6, 20)


def test_a_clock_and_the_sun_may_be_mixed() -> None:
    schedule = daily(time(8, tzinfo=JST), SunEvent.SUNSET)

    (part,) = schedule.within(Interval(jst(1), jst(2)), FUKUE)

    assert part.start == jst(1, 8)
    assert jst(1, 18, 30) < part.end < jst(1, 18, 55)


@pytest.mark.parametrize(("month", "remark"), [(6, "the sun does not set"), (12, "the sun does not rise")])
def test_where_the_sun_does_not_rise_or_set_nothing_begins(month: int, remark: str) -> None:
    window = Interval(datetime(2026, month, 20, tzinfo=UTC), datetime(2026, month, 22, tzinfo=UTC))

    assert daily(SunEvent.SUNRISE, SunEvent.SUNSET).within(window, TROMSO) == (), remark


def test_a_period_does_not_wait_for_days_until_the_sun_sets_again() -> None:
    period = DailyPeriod(frozenset(Weekday), time(8, tzinfo=UTC), SunEvent.SUNSET)
    days = [date(2026, 7, day) for day in range(20, 31)]

    found = [period.on(day, TROMSO) for day in days]

    first = next(number for number, each in enumerate(found) if each is not None)
    assert 3 <= first <= 8, "the midnight sun ends about the 26th"
    assert None not in found[first:]
    lasted = [each.end - each.start for each in found if each is not None]
    assert max(lasted) < timedelta(days=1.5)


def test_a_night_that_has_no_end_is_none() -> None:
    last_sunset = daily(SunEvent.SUNSET, SunEvent.SUNRISE)
    november = Interval(datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 12, 5, tzinfo=UTC))

    nights = last_sunset.within(november, TROMSO)

    assert 5 <= len(nights) <= 9, "until the sun stays down, about the 27th"


@pytest.mark.parametrize(
    ("days", "start", "end", "rule"),
    [
        (frozenset(), time(8, tzinfo=JST), time(9, tzinfo=JST), "at least one weekday"),
        (WEEKDAYS, time(8), time(9, tzinfo=JST), "start must carry its offset"),
        (WEEKDAYS, time(8, tzinfo=JST), time(9), "end must carry its offset"),
    ],
)
def test_a_period_without_days_or_offset_is_refused(
    days: frozenset[Weekday], start: time, end: time, rule: str
) -> None:
    with pytest.raises(ValueError, match=rule):
        DailyPeriod(days, start, end)


@pytest.mark.parametrize(
    ("start", "end", "rule"),
    [
        (datetime.fromisoformat("2026-04-01T08:00"), None, "start must carry its offset"),
        (None, datetime.fromisoformat("2026-04-01T08:00"), "end must carry its offset"),
        (utc(2), utc(1), "before it starts"),
    ],
)
def test_a_span_without_offset_or_the_wrong_way_round_is_refused(
    start: datetime | None, end: datetime | None, rule: str
) -> None:
    with pytest.raises(ValueError, match=rule):
        Applicability(start, end)


minutes_of_week = st.integers(0, 7 * 24 * 60)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(
    st.frozensets(st.sampled_from(list(Weekday)), min_size=1),
    st.integers(0, 1439),
    st.integers(0, 1439),
    minutes_of_week,
    minutes_of_week,
)
def test_a_weekly_schedule_equals_a_calendar_kept_by_hand(
    days: frozenset[Weekday], start_min: int, end_min: int, one: int, other: int
) -> None:
    start, end = (time(*divmod(each, 60), tzinfo=JST) for each in (start_min, end_min))
    window = Interval(*sorted(jst(6) + timedelta(minutes=each) for each in (one, other)))

    lasts_min = (end_min - start_min) % 1440 or 1440
    begins = [
        jst(5) + timedelta(days=day, minutes=start_min)
        for day in range(9)
        if list(Weekday)[(6 + day) % 7] in days
    ]
    expected = any(
        begin <= window.end and window.start <= begin + timedelta(minutes=lasts_min) for begin in begins
    )
    assert daily(start, end, days).overlaps(window, FUKUE) == expected
