"""Several requests from one hub at once: drones share the air by time, and are never near one another."""

from dataclasses import replace

import numpy as np
import pytest

from dispatch.catalogue import load_fleet
from dispatch.reservations import PLANNED_IN_CALM
from dispatch.values import Sortie, Urgency
from flight.situations import Action
from geofences.deconflict import delayed
from geofences.volumes import Volume4D, volumes_of
from simulator.wind import Wind
from tests.simulation.judge import FlownTogether, flown, flown_together
from tests.simulation.world import CALM, Weather, World, goto

SEPARATION_M = 1000.0
"""How near two drones in the air may come to one another, at whatever heights: two corridors are at most 560
m wide together, and the rest is what waiting on the ground adds."""

HEARD_S = 30.0
TOGETHER_S = 600.0
"""At least so long the two of the test are in the air at once."""


def two_quadplanes(wind: Wind = CALM, shares_air: bool = True) -> World:
    first, copter, _ = load_fleet()
    second = replace(first, id="Q2", address=copter.address)
    world = World(1, Weather(wind=wind), drones=("Q1", "Q2"), fleet=(first, second), shares_air=shares_air)
    world.run_for(HEARD_S)
    world.ask(to_site_id="NRP", urgency=Urgency.EMERGENCY)
    world.ask()
    return world


def volumes(world: World, sortie: Sortie) -> tuple[Volume4D, ...]:
    """Return the volumes of a sortie from when it took off."""
    plan = world.dispatcher.plan(sortie.id)
    assert sortie.launched_at is not None
    delay_s = (sortie.launched_at - plan.way_out.departure).total_seconds()
    ways = (delayed(plan.way_out, delay_s), delayed(plan.way_home, delay_s))
    return volumes_of(goto(), *ways, uncertainty=PLANNED_IN_CALM)


def together(world: World) -> FlownTogether:
    return flown_together(world.nodes["Q1"].vehicle, world.nodes["Q2"].vehicle, goto())


@pytest.mark.parametrize("wind", [CALM, Wind(8.0, 250.0)], ids=["calm", "8 m/s"])
def test_two_drones_of_one_hub_are_in_the_air_at_once_and_far_apart(wind: Wind) -> None:
    world = two_quadplanes(wind)

    assert world.run_until(lambda: world.is_closed("R-0001") and world.is_closed("R-0002"))

    found = together(world)
    assert [world.dispatcher.request(each).state for each in ("R-0001", "R-0002")] == ["delivered"] * 2
    assert len(world.dispatcher.sorties()) == 2
    assert found.duration_s >= TOGETHER_S
    assert found.nearest_m >= SEPARATION_M
    for sortie, others in zip(world.dispatcher.sorties(), found.tracks[::-1], strict=True):
        assert not others.inside(volumes(world, sortie)).any()


def test_the_second_waits_with_its_reason_until_the_first_is_out_of_its_way() -> None:
    world = two_quadplanes()

    assert world.run_until(lambda: bool(flown(world.nodes["Q2"].vehicle)))

    first, second = world.dispatcher.sorties()
    told = [event.reason for event in world.dispatcher.history(second.id) if event.type == "sortie.waiting"]
    assert any(reason and f"waits for sortie {first.id}" in reason.en for reason in told)
    assert any(reason and f"先の飛行({first.id})" in reason.ja for reason in told)
    assert first.state == "enroute"


def test_nobody_starts_while_a_drone_that_turned_back_is_in_the_air() -> None:
    world = two_quadplanes()
    assert world.run_until(lambda: bool(flown(world.nodes["Q1"].vehicle)))
    world.run_for(240.0)

    world.dispatcher.order("S-0001", Action.RETURN, "operator", world.utc)
    assert world.run_until(lambda: bool(flown(world.nodes["Q2"].vehicle)))

    assert np.isinf(together(world).nearest_m)
    assert world.dispatcher.sortie("S-0001").state == "closed"


def test_usually_a_hub_has_one_drone_in_the_air() -> None:
    world = two_quadplanes(shares_air=False)

    assert world.run_until(lambda: bool(flown(world.nodes["Q2"].vehicle)))

    assert world.dispatcher.sortie("S-0001").state == "closed"
    assert np.isinf(together(world).nearest_m)
