"""Chance for a whole fleet: each aircraft has its own source, and its luck does not depend on the others."""

from collections.abc import Sequence

import numpy as np

from simulator.physics.state import Floats

BLOCK_STEPS = 256
"""Steps drawn at once: a draw then costs one slice."""


_STREAM = 1
"""Keeps these numbers apart from other chance that comes from the same seed."""


class NoiseBank:
    """Standard normal numbers.

    Parameters
    ----------
    seeds
        The seed of each aircraft.
    rows
        How many numbers an aircraft needs in a step.
    """

    def __init__(self, seeds: Sequence[int], rows: int) -> None:
        self._sources = [np.random.default_rng([seed, _STREAM]) for seed in seeds]
        self._block: Floats = np.empty((BLOCK_STEPS, rows, len(seeds)))
        self._next = BLOCK_STEPS

    def draw(self) -> Floats:
        """Return the numbers of the next step, shape (rows, n); valid until the next draw."""
        if self._next == BLOCK_STEPS:
            for column, source in enumerate(self._sources):
                self._block[:, :, column] = source.standard_normal(self._block.shape[:2])
            self._next = 0
        numbers: Floats = self._block[self._next]
        self._next += 1
        return numbers
