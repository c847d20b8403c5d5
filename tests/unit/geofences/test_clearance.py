from collections.abc import Sequence

import pytest
from shapely import LineString, Point, box

from geofences.airspace import Airspace
from geofences.clearance import Strip, nearest_island, nearest_zone
from geofences.shapes import XY
from geofences.values import ZoneRule
from geofences.zones import Zone
from tests.unit.geofences.pond import zone

KEEP_IN = ZoneRule.KEEP_IN


def strip(*legs: Sequence[XY], half_widths_m: Sequence[float] = ()) -> Strip:
    return Strip(tuple(LineString(leg) for leg in legs), tuple(half_widths_m) or (100.0,) * len(legs))


EASTWARD = strip([(-5_000.0, 3_000.0), (0.0, 3_000.0)], [(0.0, 3_000.0), (5_000.0, 3_000.0)])


@pytest.mark.parametrize(
    ("bounding", "clearance_m", "x_m", "remark"),
    [
        (zone("Z", (2_000.0, 3_600.0, 2_500.0, 4_000.0)), 500.0, None, "600 m off, less half the corridor"),
        (
            zone("Z", (2_000.0, 3_600.0, 2_500.0, 4_000.0), buffer_m=150.0),
            350.0,
            None,
            "and less its buffer",
        ),
        (zone("Z", (5_500.0, 2_900.0, 6_000.0, 3_100.0)), 400.0, 5_000.0, "ahead of the end"),
        (zone("Z", (-6_000.0, 2_900.0, -5_400.0, 3_100.0)), 300.0, -5_000.0, "behind the start"),
        (zone("Z", (1_000.0, 2_000.0, 1_500.0, 4_000.0)), 0.0, None, "across it: no clearance, not less"),
        (
            zone("Z", (-6_000.0, 2_200.0, 6_000.0, 5_000.0), rule=KEEP_IN),
            700.0,
            None,
            "inside, from its edge",
        ),
        (
            zone("Z", (-6_000.0, 2_200.0, 6_000.0, 5_000.0), rule=KEEP_IN, buffer_m=300.0),
            700.0,
            None,
            "a keep-in zone has no buffer",
        ),
    ],
)
def test_the_clearance_is_measured_from_the_edge_of_the_corridor(
    pond: Airspace, bounding: Zone, clearance_m: float, x_m: float | None, remark: str
) -> None:
    nearest = nearest_zone(pond, [(EASTWARD, [bounding])])

    assert nearest is not None
    assert nearest.id == "Z"
    # An edge of 12 km that is straight in degrees is bent by 0.4 m on the map.
    assert nearest.clearance_m == pytest.approx(clearance_m, abs=0.5), remark
    at_x_m, at_y_m = pond.projection.local_from_position(nearest.at)
    assert at_y_m == pytest.approx(3_000.0, abs=0.1), "the place lies on the route"
    assert x_m is None or at_x_m == pytest.approx(x_m, abs=0.1), remark


def test_the_nearest_of_several_zones_is_named(pond: Airspace) -> None:
    near, far = zone("NEAR", (0.0, 3_500.0, 100.0, 3_600.0)), zone("FAR", (0.0, 2_000.0, 100.0, 2_400.0))
    widened = zone("FAR", (0.0, 2_000.0, 100.0, 2_400.0), buffer_m=200.0)

    for zones, name in (([near, far], "NEAR"), ([far, near], "NEAR"), ([near, widened], "FAR")):
        nearest = nearest_zone(pond, [(EASTWARD, zones)])
        assert nearest is not None
        assert nearest.id == name


def test_each_strip_has_the_zones_that_bind_it(pond: Airspace) -> None:
    south = strip([(-5_000.0, -3_000.0), (5_000.0, -3_000.0)])
    by_south = zone("SOUTH", (0.0, -2_800.0, 100.0, -2_600.0))

    bound = nearest_zone(pond, [(EASTWARD, []), (south, [by_south])])
    unbound = nearest_zone(pond, [(EASTWARD, [by_south]), (south, [])])

    assert bound is not None
    assert bound.clearance_m == pytest.approx(100.0, abs=0.1)
    assert unbound is not None
    assert unbound.clearance_m == pytest.approx(5_500.0, abs=0.1)


def test_caution_zones_and_no_zones_give_no_clearance(pond: Airspace) -> None:
    caution = zone("C", (0.0, 2_900.0, 100.0, 3_100.0), rule=ZoneRule.CAUTION)

    assert nearest_zone(pond, [(EASTWARD, [caution])]) is None
    assert nearest_zone(pond, [(EASTWARD, [])]) is None
    assert nearest_zone(pond, []) is None


def test_the_nearest_island_is_named_with_the_place(pond: Airspace) -> None:
    islands = {"EAST": box(4_000.0, 1_000.0, 5_000.0, 2_600.0), "WEST": box(-5_000.0, 0.0, -4_000.0, 2_500.0)}

    nearest = nearest_island(pond, EASTWARD, islands)

    assert nearest.id == "EAST"
    assert nearest.clearance_m == pytest.approx(300.0, abs=0.1)
    at_x_m, at_y_m = pond.projection.local_from_position(nearest.at)
    assert 4_000.0 - 0.1 <= at_x_m <= 5_000.0 + 0.1
    assert at_y_m == pytest.approx(3_000.0, abs=0.1)


def test_a_wider_leg_may_be_nearer_to_an_island_farther_from_its_middle(pond: Airspace) -> None:
    legs = strip(
        [(-5_000.0, 3_000.0), (0.0, 3_000.0)],
        [(0.0, 3_000.0), (5_000.0, 3_000.0)],
        half_widths_m=(300.0, 100.0),
    )
    islands = {
        "WEST": Point(-2_500.0, 3_500.0).buffer(50.0),
        "EAST": Point(2_500.0, 3_400.0).buffer(50.0),
    }

    nearest = nearest_island(pond, legs, islands)

    assert nearest.id == "WEST", "450 m less 300 m is nearer than 350 m less 100 m"
    assert nearest.clearance_m == pytest.approx(150.0, abs=0.2)


def test_over_land_there_is_no_clearance(pond: Airspace) -> None:
    assert nearest_island(pond, EASTWARD, {"UNDER": Point(0.0, 3_050.0).buffer(10.0)}).clearance_m == 0.0
