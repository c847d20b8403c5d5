"""The steps that the vehicles of one flight model take together."""

import math
from collections.abc import Sequence
from typing import Protocol

from simulator.autopilot.craft import Craft
from simulator.physics import STEP_S
from simulator.physics.model import FlightModel

ROUNDING_S = 1e-6
"""Unix times in float64 are exact to a quarter of a microsecond."""


class Stepper(Protocol):
    """A vehicle as the clockwork drives it."""

    @property
    def craft(self) -> Craft:
        """The aircraft."""
        ...

    @property
    def wanted_boot_at(self) -> float | None:
        """Unix time at which it is to be switched on; None for the start of the clock."""
        ...

    def switch_on(self, now: float) -> None:
        """Begin to boot."""
        ...

    def decide(self, now: float) -> None:
        """Let the autopilot ask for its next motion."""
        ...

    def report(self, now: float) -> None:
        """Say what there is to say after the motion."""
        ...


class Clockwork:
    """Moves vehicles in steps of ``STEP_S`` from a common start on.

    Parameters
    ----------
    model
        Their flight.
    vehicles
        In the order of the model.
    """

    def __init__(self, model: FlightModel, vehicles: Sequence[Stepper]) -> None:
        self._model = model
        self._sleeping = list(vehicles)
        self._awake: list[Stepper] = []
        self._crafts = [vehicle.craft for vehicle in vehicles]
        self._start: float | None = None
        self._steps = 0

    def advance(self, now: float) -> None:
        """Make all steps up to ``now`` (Unix seconds)."""
        if self._start is None:
            wanted = [each.wanted_boot_at for each in self._sleeping]
            self._start = min([now, *(boot_at for boot_at in wanted if boot_at is not None)])
            self._wake(self._start)
        last = math.floor((now - self._start + ROUNDING_S) / STEP_S)
        while self._steps < last:
            self._steps += 1
            self._step(self._start + self._steps * STEP_S)

    def _wake(self, now: float) -> None:
        """Switch on whose time has come; all that boot at once stay in the order of the model."""
        for vehicle in list(self._sleeping):
            if vehicle.wanted_boot_at is None or vehicle.wanted_boot_at <= now + ROUNDING_S:
                vehicle.switch_on(now)
                self._sleeping.remove(vehicle)
                self._awake.append(vehicle)

    def _step(self, now: float) -> None:
        for vehicle in self._awake:
            vehicle.decide(now)
        self._model.step(self._crafts, now)
        for vehicle in self._awake:
            vehicle.report(now)
        if self._sleeping:
            self._wake(now)
