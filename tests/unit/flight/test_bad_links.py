"""Everything at once over links that lose, repeat and reorder a fifth of all datagrams."""

import numpy as np
import pytest

from flight.commands import Adopt
from flight.events import FlightAdopted, Landed, Launched, LaunchFailed
from flight.plan import VehicleClass
from tests.unit.flight.fake_vehicle import FakeVehicle
from tests.unit.flight.harness import World
from tests.unit.flight.plans import ADDRESS, OTHER, small_plan

TROUBLE = 0.2
CLASSES = list(VehicleClass)


@pytest.mark.parametrize("seed", range(12))
def test_a_launch_over_a_bad_link_flies_the_right_plan_or_ends_unarmed(seed: int) -> None:
    vehicle = FakeVehicle(CLASSES[seed % 2])
    world = World(vehicle, seed=1000 * seed, trouble=TROUBLE)
    plan = small_plan(vehicle.vehicle_class)

    world.launch()
    world.run(1500, lambda: bool(world.all(Landed)) or bool(world.all(LaunchFailed)))

    if world.all(LaunchFailed):
        assert not vehicle.armed
    else:
        assert world.one(Landed).released
        assert vehicle.lists.stored == {0: plan.mission, 1: plan.fence, 2: plan.rally}
        assert world.story.count("Launched") == world.story.count("PayloadReleased") == 1


@pytest.mark.parametrize("seed", range(6))
def test_an_adoption_over_a_bad_link_ends_once(seed: int) -> None:
    vehicle = FakeVehicle()
    world = World(vehicle, seed=1000 * seed, trouble=TROUBLE)
    world.launch()
    world.run_until(Launched, 1500)
    world.restart()

    world.command(Adopt("S1", 1, small_plan()))
    world.run_until(Landed, 1500)

    assert world.story.count("PayloadReleased") == world.story.count("FlightAdopted") == 1
    assert "ReturnStarted" not in world.story


def test_half_of_all_datagrams_lost_is_an_error_or_a_delivery_but_no_hang() -> None:
    vehicle = FakeVehicle()
    world = World(vehicle, trouble=0.5)

    world.launch()
    world.run(6000, lambda: bool(world.all(Landed)) or bool(world.all(LaunchFailed)))

    assert world.story[-1] in {"Landed", "LaunchFailed"}


def test_one_vehicles_silence_does_not_delay_another() -> None:
    silent = FakeVehicle(silent=True, address=OTHER)
    world = World(FakeVehicle(address=ADDRESS), silent)

    world.launch()
    landed = world.run_until(Landed)

    assert landed.vehicle == ADDRESS
    assert [failed.vehicle for failed in world.all(LaunchFailed)] == [OTHER]


def test_garbage_between_the_frames_changes_nothing() -> None:
    world = World()
    random = np.random.default_rng(7)
    world.launch()

    for _ in range(3000):
        world.gateway.receive(random.bytes(60), ADDRESS.link, world.now)
        world.run(0.1)

    assert "Landed" in world.story
    assert world.gateway.counters.bad_bytes > 100_000


def test_frames_of_unknown_systems_are_counted_and_ignored() -> None:
    world = World()
    stranger = World(FakeVehicle(address=OTHER))
    stranger.run(3)

    for datagram, _ in stranger.gateway.send(stranger.now + 10):
        world.gateway.receive(datagram, "udp:127.0.0.1:9", world.now)

    assert world.gateway.counters.unknown_frames > 0
    assert not world.all(FlightAdopted)
