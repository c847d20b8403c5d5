"""Chance for a whole fleet."""

import numpy as np
import pytest

from simulator.physics.noise import BLOCK_STEPS, NoiseBank


def test_the_luck_of_an_aircraft_does_not_depend_on_the_others() -> None:
    alone, together = NoiseBank([5], 4), NoiseBank([3, 5, 9], 4)

    draws = [(alone.draw()[:, 0].copy(), together.draw()[:, 1].copy()) for _ in range(2 * BLOCK_STEPS + 3)]

    assert all(np.array_equal(one, other) for one, other in draws)


def test_two_seeds_give_two_series() -> None:
    numbers = NoiseBank([1, 2], 3).draw()

    assert not np.array_equal(numbers[:, 0], numbers[:, 1])


def test_the_numbers_are_standard_normal() -> None:
    bank = NoiseBank(range(50), 4)

    numbers = np.array([bank.draw().copy() for _ in range(3 * BLOCK_STEPS)])

    assert numbers.mean() == pytest.approx(0.0, abs=0.01)
    assert numbers.std() == pytest.approx(1.0, abs=0.01)
    assert len(np.unique(numbers)) == numbers.size
