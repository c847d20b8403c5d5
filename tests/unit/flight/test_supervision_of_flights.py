"""Supervision: phases, release, return, landing, progress, and what a person sees of them."""

from itertools import pairwise

import pytest

from flight.commands import ReturnHome
from flight.events import (
    ActionRefused,
    FlightPhase,
    Landed,
    Launched,
    LinkChanged,
    PayloadReleased,
    PhaseChanged,
    ReturnStarted,
    TelemetryUpdated,
)
from flight.link_state import LinkState
from flight.plan import VehicleClass
from flight.snapshot import snapshot_of
from flight.supervision.track import Track
from tests.unit.flight import fake_vehicle
from tests.unit.flight.fake_vehicle import FakeVehicle
from tests.unit.flight.harness import World
from tests.unit.flight.plans import small_plan
from tests.unit.flight.watched import HALF_M, Watched

AUTO, LAND, AUTO_RTL = 3, 9, 27


def test_the_phases_of_a_delivery_come_in_order_and_once() -> None:
    world = World()

    world.launch()
    world.run_until(Landed)

    assert [event.phase for event in world.all(PhaseChanged)] == [
        FlightPhase.TAKING_OFF,
        FlightPhase.ENROUTE,
        FlightPhase.DELIVERING,
        FlightPhase.RETURNING,
        FlightPhase.LANDING,
        FlightPhase.ON_GROUND,
    ]


@pytest.mark.parametrize("vehicle_class", list(VehicleClass))
def test_a_flight_that_is_sent_home_lands_with_its_parcel(vehicle_class: VehicleClass) -> None:
    vehicle = FakeVehicle(vehicle_class)
    world = World(vehicle)
    world.launch()
    world.run_until(Launched)
    world.run(300, lambda: vehicle.seq == 2)

    world.command(ReturnHome("S1", 1))
    landed = world.run_until(Landed)

    assert len(world.all(ReturnStarted)) == 1
    assert not landed.released


def test_a_second_order_to_return_changes_nothing() -> None:
    world = World()
    world.launch()
    world.run_until(Launched)
    world.command(ReturnHome("S1", 1))
    world.run_until(ReturnStarted)

    world.command(ReturnHome("S1", 1))
    world.command(ReturnHome("S1", 7))
    world.command(ReturnHome("S9", 1))
    world.run_until(Landed)

    assert len(world.all(ReturnStarted)) == 1
    assert not world.all(ActionRefused)


def test_a_vehicle_that_does_not_turn_back_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fake_vehicle, "ITEM_S", 120.0)  # else it is on its way home before we give up
    world = World(FakeVehicle(ignored_commands={188}))
    world.launch()
    world.run_until(Launched)

    world.command(ReturnHome("S1", 1))

    assert "DO_RETURN_PATH_START" in world.run_until(ActionRefused).reason


def test_a_return_after_the_release_is_no_return_before_the_delivery() -> None:
    world = World()
    world.launch()
    world.run_until(PayloadReleased)

    world.command(ReturnHome("S1", 1))
    landed = world.run_until(Landed)

    assert landed.released
    assert not world.all(ReturnStarted)


def test_progress_grows_from_start_to_end_and_the_way_shrinks() -> None:
    world = World()
    world.launch()
    world.run_until(Landed)

    flown = [event.snapshot for event in world.all(TelemetryUpdated) if event.snapshot.progress is not None]
    progress = [snapshot.progress for snapshot in flown if snapshot.progress is not None]

    assert progress[0] == pytest.approx(0.0, abs=0.01)
    assert progress[-1] == pytest.approx(1.0)
    assert all(one <= other + 1e-9 for one, other in pairwise(progress))
    assert flown[0].eta_s == pytest.approx(small_plan().planned_duration_s, rel=0.01)


def test_telemetry_is_told_once_a_second_at_most() -> None:
    world = World()
    world.run(30)

    times = [event.at for event in world.all(TelemetryUpdated)]

    assert len(times) >= 25
    assert all(later - earlier >= 0.99 for earlier, later in pairwise(times))


def test_a_link_becomes_stale_then_lost_and_fresh_again() -> None:
    world = World()
    world.run(5)

    world.vehicles[0].silent = True
    world.run(30)
    world.vehicles[0].silent = False
    world.run(5)

    states = [event.link for event in world.all(LinkChanged)]
    assert states == [LinkState.FRESH, LinkState.STALE, LinkState.LOST, LinkState.FRESH]


def test_a_flight_goes_on_while_its_link_is_lost() -> None:
    vehicle = FakeVehicle()
    world = World(vehicle)
    world.launch()
    world.run_until(Launched)

    vehicle.silent = True
    world.run(40)
    vehicle.silent = False
    landed = world.run_until(Landed)

    assert landed.released


def test_a_snapshot_of_an_idle_vehicle_says_what_it_told() -> None:
    world = World()
    world.run(5)

    (snapshot,) = world.gateway.snapshots().values()

    assert snapshot.link is LinkState.FRESH
    assert snapshot.mode == "STABILIZE"
    assert snapshot.phase is FlightPhase.ON_GROUND
    assert snapshot.battery_remaining == 1.0
    assert snapshot.latitude_deg == pytest.approx(32.69676)
    assert snapshot.sortie_id is None
    assert snapshot.progress is None


def test_the_stop_begins_with_the_first_item_above_the_pad() -> None:
    track = Track(small_plan())

    assert track.stop_seq == 3
    assert track.release_point == pytest.approx((32.70676, 128.85228))
    assert track.length_m == pytest.approx(2224, abs=2)


def phases_in(*states: tuple[int, int, int]) -> list[FlightPhase]:
    """Return the phases of a flight that shows one mode, item and landed state after another."""
    flight = Watched()
    for mode, seq, landed_state in states:
        flight.mode(mode)
        flight.say(mission_seq=seq, landed_state=landed_state)
        flight.watch(2.0)
    return [each.phase for each in flight.events if isinstance(each, PhaseChanged)]


def test_a_landing_where_it_was_that_is_given_up_for_a_return_is_no_landing_any_more() -> None:
    assert phases_in((AUTO, 2, 2), (LAND, 2, 4), (AUTO_RTL, 8, 2), (AUTO_RTL, 9, 4)) == [
        FlightPhase.ENROUTE,
        FlightPhase.LANDING,
        FlightPhase.RETURNING,
        FlightPhase.LANDING,
    ]


def test_a_landing_at_home_is_not_over_while_the_landing_detector_hesitates() -> None:
    assert phases_in((AUTO, 8, 2), (AUTO, 9, 4), (AUTO, 8, 2), (AUTO, 9, 4)) == [
        FlightPhase.RETURNING,
        FlightPhase.LANDING,
    ]


def test_the_time_until_the_landing_is_that_of_the_timetable_with_its_stop() -> None:
    flight = Watched()
    flight.fly_to(HALF_M)
    flight.watch(2.0)

    shown = snapshot_of(
        flight.vehicle, LinkState.FRESH, flight.supervision, flight.plan.sortie_id, flight.now
    )

    assert shown.eta_s == pytest.approx(220.0, abs=0.1)
    assert shown.distance_to_go_m == pytest.approx(3 * HALF_M, rel=0.01)


def test_nothing_is_left_of_a_flight_that_has_landed() -> None:
    flight = Watched()
    flight.watch(2.0)
    flight.mode(AUTO, armed=False)
    flight.say(disarmed_since=flight.now, disarmed_heartbeats=2)
    flight.watch(25.0)

    shown = snapshot_of(
        flight.vehicle, LinkState.FRESH, flight.supervision, flight.plan.sortie_id, flight.now
    )

    assert (shown.eta_s, shown.distance_to_go_m) == (0.0, 0.0)
