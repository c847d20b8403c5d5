"""A fifth of all datagrams lost, repeated and reordered; `make soak` has a third of its worlds like that."""

import pytest

from tests.simulation.deliveries import finish, launch_over_a_bad_link

SEEDS = range(100)
FLOWN_HOME = 10
"""One seed in this many is flown to the end here; each takes some seconds."""


@pytest.mark.parametrize("seed", SEEDS)
def test_over_a_bad_link_the_right_plan_is_on_board_or_nothing_is_armed(seed: int) -> None:
    world = launch_over_a_bad_link(seed)

    if seed % FLOWN_HOME == 0:
        finish(world, seed)
