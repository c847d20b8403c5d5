"""The receiver says that the pad is clear, or the vehicle goes home with its payload."""

import pytest

from flight.errors import PlanError
from flight.plan import FlightPlan, VehicleClass
from tests.flight_plans import proved_trip

JUMP = 177


@pytest.fixture(params=list(VehicleClass))
def vehicle_class(request: pytest.FixtureRequest) -> VehicleClass:
    chosen: VehicleClass = request.param
    return chosen


@pytest.fixture
def plan(vehicle_class: VehicleClass) -> FlightPlan:
    return proved_trip(vehicle_class).compiled(handshake_s=120.0)


def heights(plan: FlightPlan, first: int, last: int) -> list[float]:
    return [item.z_m for item in plan.mission[first:last] if item.x_e7]


def test_it_waits_at_the_height_of_the_approach_for_the_time_given(plan: FlightPlan) -> None:
    assert plan.hold_seq is not None
    before, hold = plan.mission[plan.hold_seq - 1 : plan.hold_seq + 1]

    assert hold.command in {19, 93}
    assert hold.param1 == 120.0
    assert before.z_m == 56.0


def test_unheard_it_climbs_and_jumps_to_the_return_path_without_any_release(plan: FlightPlan) -> None:
    assert plan.hold_seq is not None
    assert plan.descend_seq is not None
    jump = plan.mission[plan.descend_seq - 1]

    assert (jump.command, jump.param1, jump.param2) == (JUMP, plan.return_seq, -1.0)
    assert set(heights(plan, plan.hold_seq + 1, plan.descend_seq)) == {81.0}
    assert plan.hold_seq < plan.descend_seq <= plan.release_seq < plan.return_seq


def test_a_clear_pad_is_descended_to_as_without_a_wait(vehicle_class: VehicleClass, plan: FlightPlan) -> None:
    plain = proved_trip(vehicle_class).compiled()
    assert plan.descend_seq is not None

    length = plain.return_seq - plain.release_seq
    waited = plan.mission[plan.descend_seq : plan.return_seq]
    begins = plain.release_seq - (plan.release_seq - plan.descend_seq)
    assert waited == plain.mission[begins : begins + len(waited)]
    assert plan.return_seq - plan.release_seq == length


def test_the_longest_wait_is_in_duration_and_energy(vehicle_class: VehicleClass, plan: FlightPlan) -> None:
    plain = proved_trip(vehicle_class).compiled()
    hover_w = {VehicleClass.COPTER: 900.0, VehicleClass.QUADPLANE: 1900.0}[vehicle_class]

    assert plan.planned_duration_s - plain.planned_duration_s == pytest.approx(120.0)
    assert plan.planned_energy_wh - plain.planned_energy_wh == pytest.approx(hover_w * 120.0 / 3600.0)
    assert plan.expected[-1].energy_wh == plan.planned_energy_wh


def test_without_a_wait_nothing_holds_or_jumps(vehicle_class: VehicleClass) -> None:
    plain = proved_trip(vehicle_class).compiled()

    assert (plain.hold_seq, plain.descend_seq) == (None, None)
    assert not [item for item in plain.mission if item.command == JUMP]


def test_a_wait_that_the_battery_does_not_bear_is_refused(vehicle_class: VehicleClass) -> None:
    with pytest.raises(PlanError, match="shorten handshake_s"):
        proved_trip(vehicle_class).compiled(handshake_s=7200.0)


@pytest.mark.parametrize("handshake_s", [0.0, -5.0])
def test_a_wait_of_no_time_is_refused(handshake_s: float) -> None:
    with pytest.raises(PlanError, match="handshake_s"):
        proved_trip(VehicleClass.COPTER).compiled(handshake_s=handshake_s)
