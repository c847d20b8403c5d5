from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dispatch.store.codec import (
    certificate_from_json,
    certificate_to_json,
    plan_from_json,
    plan_to_json,
    route_from_json,
    route_to_json,
)
from flight.plan import MissionItem
from geofences.route import route_digest
from tests.unit.dispatch.world import ERRAND, NOW, Q1, TYPES, FakePlanner

TRIP = FakePlanner().propose(TYPES["quadplane"], ERRAND, NOW)
PLAN = FakePlanner().prepare("S-0001", Q1, TYPES["quadplane"], TRIP, 900.0, ERRAND.mass_kg)

numbers = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-1000, 1000)
items = st.builds(
    MissionItem,
    command=st.integers(0, 65535),
    frame=st.integers(0, 255),
    param1=numbers,
    x_e7=st.integers(-900_000_000, 900_000_000),
    z_m=numbers,
)


@given(mission=st.lists(items, min_size=1, max_size=5))
def test_a_plan_keeps_its_hash_to_the_last_bit(mission: list[MissionItem]) -> None:
    plan = replace(PLAN.flight_plan, mission=tuple(mission))

    again = plan_from_json(plan_to_json(plan))

    assert again == plan
    assert again.hash == plan.hash


def test_routes_keep_their_digest_so_that_their_certificate_still_fits() -> None:
    ways = [route_from_json(route_to_json(way)) for way in (PLAN.way_out, PLAN.way_home)]

    assert route_digest(*ways) == PLAN.certificate.route_digest
    assert certificate_from_json(certificate_to_json(PLAN.certificate)) == PLAN.certificate
