from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest

from geofences.airspace import Airspace
from geofences.errors import NoRoute
from geofences.round_trip import plan_round_trip
from geofences.route import Route
from geofences.router import plan_route
from geofences.schedule import Applicability, DailyPeriod, Schedule, Weekday
from geofences.values import Interval
from geofences.zones import Zone
from tests.unit.geofences.pond import (
    ACROSS_EVERYTHING,
    DEPARTURE,
    NORTH_OF_ISLAND,
    PERFORMANCE,
    SOUTH_OF_ISLAND,
    zone,
)

ONE_SECOND = timedelta(seconds=1)


def after(minutes: float) -> datetime:
    return DEPARTURE + timedelta(minutes=minutes)


def wall(start_min: float, end_min: float, zone_id: str = "WALL") -> Zone:
    """Return a zone across everything from some minutes after the departure to some others."""
    return zone(zone_id, ACROSS_EVERYTHING, active=(Interval(after(start_min), after(end_min)),))


def closed(pond: Airspace, *zones: Zone) -> Airspace:
    for each in zones:
        pond = pond.with_zone(each)
    return pond


def plan(airspace: Airspace, wait_min: float = 0.0) -> Route:
    return plan_route(
        airspace, "A", "B", performance=PERFORMANCE, departure=DEPARTURE, wait_up_to_s=wait_min * 60.0
    )


def test_nobody_waits_where_there_is_a_way(pond: Airspace) -> None:
    assert plan(closed(pond, wall(60.0, 90.0)), 120.0).departure == DEPARTURE


def test_a_flight_departs_as_soon_as_the_zone_has_ended(pond: Airspace) -> None:
    route = plan(closed(pond, wall(-10.0, 30.0)), 60.0)

    assert route.departure == after(30.0) + ONE_SECOND


def test_without_waiting_the_error_says_when_it_would_work(pond: Airspace) -> None:
    with pytest.raises(NoRoute, match="would work from 2026-04-01T01:30:01") as caught:
        plan(closed(pond, wall(-10.0, 30.0)))

    assert caught.value.works_from == after(30.0) + ONE_SECOND
    assert caught.value.blocking_zones == ("WALL",)


def test_a_wait_that_is_too_short_is_no_route(pond: Airspace) -> None:
    with pytest.raises(NoRoute) as caught:
        plan(closed(pond, wall(-10.0, 30.0)), 29.0)

    assert caught.value.works_from == after(30.0) + ONE_SECOND


@pytest.mark.parametrize(
    ("zones", "minutes", "remark"),
    [
        (lambda: [wall(-10.0, 30.0), wall(35.0, 50.0, "NEXT")], 50.0, "the gap is shorter than the flight"),
        (lambda: [wall(-10.0, 30.0), wall(60.0, 90.0, "NEXT")], 30.0, "the gap is long enough"),
        (lambda: [wall(5.0, 20.0)], 20.0, "it begins in mid-flight"),
        (
            lambda: [
                zone("N", NORTH_OF_ISLAND, active=(Interval(after(-5.0), after(40.0)),)),
                zone("S", SOUTH_OF_ISLAND, active=(Interval(after(-5.0), after(25.0)),)),
            ],
            25.0,
            "one of two ways opens earlier",
        ),
        (
            lambda: [zone("N", NORTH_OF_ISLAND), wall(-10.0, 30.0)],
            30.0,
            "another zone that always holds does not block",
        ),
        (
            lambda: [
                zone("PAD", (5800.0, -20.0, 5900.0, 20.0), active=(Interval(after(-5.0), after(10.0)),)),
            ],
            10.0,
            "a zone in the approach ends",
        ),
    ],
)
def test_the_first_time_that_works_is_found(
    pond: Airspace, zones: Callable[[], list[Zone]], minutes: float, remark: str
) -> None:
    assert plan(closed(pond, *zones()), 180.0).departure == after(minutes) + ONE_SECOND, remark


@pytest.mark.parametrize(
    ("make", "remark"),
    [
        (lambda: [zone("WALL", ACROSS_EVERYTHING)], "it never ends"),
        (lambda: [wall(-10.0, 8 * 24 * 60.0)], "it ends after more than a week"),
        (lambda: [wall(-10.0, 30.0), zone("WALL-2", ACROSS_EVERYTHING)], "another one never ends"),
    ],
)
def test_what_does_not_work_within_a_week_has_no_time(
    pond: Airspace, make: Callable[[], list[Zone]], remark: str
) -> None:
    with pytest.raises(NoRoute) as caught:
        plan(closed(pond, *make()), 60.0)

    assert caught.value.works_from is None, remark


def test_a_daily_zone_opens_every_evening(pond: Airspace) -> None:
    daily = DailyPeriod(frozenset(Weekday), time(8, tzinfo=UTC), time(17, tzinfo=UTC))
    base = zone("DAILY", ACROSS_EVERYTHING)
    schedule = Schedule((Applicability(periods=(daily,)),))
    airspace = pond.with_zone(
        Zone(**{**{name: getattr(base, name) for name in base.__dataclass_fields__}, "schedule": schedule})
    )

    with pytest.raises(NoRoute) as caught:
        plan_route(
            airspace, "A", "B", performance=PERFORMANCE, departure=datetime(2026, 4, 1, 7, 55, tzinfo=UTC)
        )

    assert caught.value.works_from == datetime(2026, 4, 1, 17, tzinfo=UTC) + ONE_SECOND


def test_a_round_trip_waits_until_both_ways_are_free(pond: Airspace) -> None:
    airspace = closed(pond, wall(-10.0, 30.0), wall(50.0, 70.0, "NEXT"))

    way_out, way_home = plan_round_trip(
        airspace,
        "A",
        "B",
        performance=PERFORMANCE,
        departure=DEPARTURE,
        stop_s=40.0,
        start_window_s=60.0,
        wait_up_to_s=7200.0,
    )

    assert way_out.departure == after(70.0) + ONE_SECOND
    assert way_home.departure == way_out.departure + timedelta(seconds=way_out.duration_s + 40.0)
