import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon

from geofences.airspace import Airspace
from geofences.corridor import corridor_area
from geofences.errors import DataError
from geofences.loading import load_airspace
from geofences.onboard import FENCE_MARGIN_M, fence_polygon
from geofences.values import Position
from tests.unit.geofences.pond import round_trip

GOTO = load_airspace()
PADS = sorted(site.id for site in GOTO.sites.values() if site.is_drone_site)


def polygon_of(airspace: Airspace, corners: tuple[Position, ...]) -> Polygon:
    return Polygon([airspace.projection.local_from_position(each) for each in corners])


@settings(deadline=None, max_examples=15)
@given(st.sampled_from(PADS), st.sampled_from(PADS), st.integers(40, 84))
def test_the_fence_holds_the_corridor_with_a_margin(origin: str, destination: str, budget: int) -> None:
    if origin == destination:
        return
    ways = round_trip(GOTO, origin, destination)

    corners = fence_polygon(GOTO, *ways, budget)

    fence = polygon_of(GOTO, corners)
    assert len(corners) <= budget
    assert fence.is_valid
    assert fence.covers(corridor_area(ways, GOTO.projection))
    assert fence.exterior.distance(corridor_area(ways, GOTO.projection)) >= FENCE_MARGIN_M - 0.1


def test_a_larger_budget_gives_a_tighter_fence(pond: Airspace) -> None:
    ways = round_trip(pond)

    areas = [polygon_of(pond, fence_polygon(pond, *ways, budget)).area for budget in (12, 20, 60)]

    assert areas[0] > areas[1] > areas[2]


def test_a_budget_that_is_too_small_is_refused(pond: Airspace) -> None:
    with pytest.raises(DataError, match="3 corners are too few"):
        fence_polygon(pond, *round_trip(pond), 3)
