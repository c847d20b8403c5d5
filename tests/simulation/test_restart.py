"""The service dies and comes back at any moment: the drone goes on, and nothing is lost or doubled."""

from itertools import pairwise

import numpy as np
import pytest

from flight.events import Launched
from tests.simulation.world import World

WHOLE_DELIVERY_S = 3300.0


def count(world: World, event_type: str, subject_id: str) -> int:
    return sum(event.type == event_type for event in world.dispatcher.history(subject_id))


@pytest.mark.parametrize("seed", range(12))
def test_a_service_that_is_killed_at_any_moment_finishes_the_delivery_exactly_once(seed: int) -> None:
    chance = np.random.default_rng(seed)
    world = World(seed)
    request = world.ask()
    world.run_for(float(chance.uniform(0.0, WHOLE_DELIVERY_S)))

    world.kill_service()
    world.run_for(float(chance.uniform(1.0, 1800.0)))
    world.start_service()

    assert world.run_until(lambda: world.is_closed(request.id))
    assert world.dispatcher.request(request.id).state == "delivered"
    assert [sortie.state for sortie in world.dispatcher.sorties()] == ["closed"]
    assert count(world, "request.delivered", request.id) == 1
    assert count(world, "sortie.closed", "S-0001") == 1
    assert world.nodes["Q1"].vehicle.truth.released
    assert sum(isinstance(event, Launched) for event in world.events) <= 1
    track = world.nodes["Q1"].vehicle.track
    assert sum(now.armed and not before.armed for before, now in pairwise(track)) == 1
