from datetime import UTC, datetime, timedelta

import pytest

from geofences.airspace import Airspace
from geofences.errors import NoRoute
from geofences.schedule import during
from geofences.values import Interval
from geofences.zones import Zone
from tests.unit.geofences.pond import (
    ACROSS_EVERYTHING,
    DEPARTURE,
    NORTH_OF_ISLAND,
    SOUTH_OF_ISLAND,
    way,
    zone,
)
from tests.unit.geofences.pond_lanes import lane, with_lanes

OUT_OF_BOUNDS = [(-5400.0, 0.0), (-5000.0, 7000.0), (5000.0, 7000.0), (5400.0, 0.0)]
"""A way round everything inside the boundary, which ends at y = 6000 m."""


def reason(airspace: Airspace) -> NoRoute:
    with pytest.raises(NoRoute) as caught:
        way(airspace)
    return caught.value


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (NoRoute("no way"), "no way"),
        (NoRoute("no way", ("Z1", "Z2")), "no way (blocked by Z1, Z2)"),
        (NoRoute("no way", (), ("L1",)), "no way (closed: L1)"),
        (
            NoRoute("no way", ("Z1",), (), datetime(2026, 4, 1, 3, tzinfo=UTC)),
            "no way (blocked by Z1); it would work from 2026-04-01T03:00:00+00:00",
        ),
    ],
)
def test_the_error_says_all_that_it_knows(error: NoRoute, text: str) -> None:
    assert str(error) == text


def test_of_many_zones_that_block_together_only_those_that_must_go_are_named(pond: Airspace) -> None:
    zones = [
        zone("WALL", ACROSS_EVERYTHING),
        zone("WALL-2", (3000.0, -7000.0, 3500.0, 7000.0)),
        zone("FAR", (-8000.0, 4000.0, -7000.0, 5000.0)),
        zone("N", NORTH_OF_ISLAND),
    ]
    for each in zones:
        pond = pond.with_zone(each)

    assert reason(pond).blocking_zones == ("WALL", "WALL-2")


@pytest.mark.parametrize(
    ("is_open", "hours", "blocking", "remark"),
    [
        (False, None, ("ROUND",), "it is closed"),
        (True, (2.0, 3.0), ("ROUND",), "it opens in two hours"),
    ],
)
def test_a_closed_corridor_that_would_open_the_way_is_named(
    pond: Airspace, is_open: bool, hours: tuple[float, float] | None, blocking: tuple[str, ...], remark: str
) -> None:
    times = [Interval(*(DEPARTURE + timedelta(hours=each) for each in hours))] if hours else []
    walls = [_inside_bounds(each) for each in (NORTH_OF_ISLAND, SOUTH_OF_ISLAND)]
    round_ = lane("ROUND", OUT_OF_BOUNDS, is_open=is_open, schedule=during(*times), width_m=800.0)
    useless = lane("USELESS", [(-5000.0, 0.0), (-2000.0, 0.0)], is_open=False)
    airspace = with_lanes(pond, round_, useless)
    for each in walls:
        airspace = airspace.with_zone(each)

    error = reason(airspace)

    assert error.blocking_corridors == blocking, remark
    if hours:
        assert error.works_from == DEPARTURE + timedelta(hours=hours[0])


def _inside_bounds(box: tuple[float, float, float, float]) -> Zone:
    west, south, east, north = box
    return zone(f"WALL-{north:g}", (west, max(south, -6500.0), east, min(north, 6500.0)))
