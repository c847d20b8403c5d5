"""Adoption after a restart: the truth is on the vehicle."""

import pytest

from flight.commands import Adopt, CancelLaunch, Launch, ReturnHome
from flight.events import (
    AdoptionFailed,
    FlightAdopted,
    FlightPhase,
    Landed,
    Launched,
    LaunchFailed,
    PayloadReleased,
    PhaseChanged,
    ReturnStarted,
)
from flight.plan import MissionItem, VehicleClass
from tests.unit.flight.fake_vehicle import FakeVehicle
from tests.unit.flight.harness import World
from tests.unit.flight.plans import OTHER, small_plan


def flying_world(vehicle: FakeVehicle, seq: int) -> World:
    """A vehicle that was launched and is at an item, and a gateway that knows nothing of it."""
    world = World(vehicle)
    world.launch()
    world.run(300, lambda: vehicle.flying and vehicle.seq >= seq)
    world.restart()
    return world


def adopt(world: World, vehicle_class: VehicleClass = VehicleClass.COPTER) -> None:
    world.command(Adopt("S1", 1, small_plan(vehicle_class)))


@pytest.mark.parametrize("vehicle_class", list(VehicleClass))
@pytest.mark.parametrize("seq", [1, 2, 5, 8])
def test_a_flight_is_adopted_wherever_it_is_and_ends_once(vehicle_class: VehicleClass, seq: int) -> None:
    world = flying_world(FakeVehicle(vehicle_class), seq)

    adopt(world, vehicle_class)
    landed = world.run_until(Landed)

    assert world.story[0] == "FlightAdopted"
    assert world.story.count("PayloadReleased") == 1
    assert not world.all(ReturnStarted)
    assert landed.released
    assert landed.energy_used_wh is None


def test_a_flight_that_landed_meanwhile_is_adopted_and_its_landing_told() -> None:
    vehicle = FakeVehicle()
    world = flying_world(vehicle, 2)
    world.run(200, lambda: not vehicle.armed)
    world.restart()

    adopt(world)
    landed = world.run_until(Landed)

    assert world.story == ["FlightAdopted", "PayloadReleased", "PhaseChanged", "Landed"]
    assert landed.released


def test_a_vehicle_that_stands_at_home_with_its_latch_closed_was_not_started() -> None:
    vehicle = FakeVehicle()
    plan = small_plan()
    vehicle.lists.stored = {0: plan.mission, 1: plan.fence, 2: ()}
    world = World(vehicle)

    adopt(world)
    failed = world.run_until(LaunchFailed)

    assert failed.stage == "adoption"
    assert failed.reason == "vehicle on ground, not started"


def test_a_launch_that_died_during_the_upload_was_not_started() -> None:
    world = World()

    adopt(world)
    failed = world.run_until(LaunchFailed)

    assert "not started" in failed.reason
    assert "mission item 1: missing" in failed.reason


def test_an_unknown_plan_in_flight_is_not_adopted_and_not_touched() -> None:
    vehicle = FakeVehicle()
    world = flying_world(vehicle, 2)
    foreign = (*small_plan().mission[:3], MissionItem(16, 3, x_e7=1, y_e7=1), *small_plan().mission[4:])
    vehicle.lists.stored[0] = foreign

    adopt(world)
    failed = world.run_until(AdoptionFailed)

    assert "not ours" in failed.reason
    assert "mission item 3" in failed.reason
    assert vehicle.lists.stored[0] == foreign
    assert vehicle.armed


def test_a_vehicle_that_stays_silent_cannot_be_adopted() -> None:
    world = World(FakeVehicle(silent=True))

    adopt(world)

    assert "no heartbeat" in world.run_until(AdoptionFailed).reason


def test_a_plan_of_another_vehicle_is_not_adopted() -> None:
    world = World()

    world.command(Adopt("S1", 1, small_plan(vehicle=OTHER)))

    assert "no vehicle" in world.run_until(AdoptionFailed).reason


def test_an_adopted_attempt_cannot_be_launched_again() -> None:
    world = flying_world(FakeVehicle(), 2)
    adopt(world)
    world.run_until(FlightAdopted)

    world.command(Launch("S1", 1, small_plan()))
    world.run_until(Landed)

    assert not world.all(Launched)
    assert not world.all(LaunchFailed)


def test_adopting_the_flight_that_is_supervised_already_is_answered_again() -> None:
    world = World()
    world.launch()
    world.run_until(Launched)

    adopt(world)

    assert world.run_until(FlightAdopted).plan_hash == small_plan().hash
    world.run_until(Landed)


def test_an_adopted_flight_can_be_sent_home() -> None:
    world = flying_world(FakeVehicle(), 2)
    adopt(world)
    world.run_until(FlightAdopted)

    world.command(ReturnHome("S1", 1))
    landed = world.run_until(Landed)

    assert not landed.released
    assert not world.all(PayloadReleased)
    assert world.one(ReturnStarted).reason == "Return path started"
    assert FlightPhase.RETURNING in [event.phase for event in world.all(PhaseChanged)]


def test_an_adoption_cannot_be_cancelled_like_a_launch() -> None:
    world = flying_world(FakeVehicle(), 2)
    adopt(world)

    world.command(CancelLaunch("S1", 1))

    world.run_until(Landed)
    assert not world.all(AdoptionFailed)
