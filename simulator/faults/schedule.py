"""Which faults of a vehicle are at work now."""

import math
from collections.abc import Sequence

import numpy as np

from simulator.faults.base import Fault, Victim
from simulator.hazards import Hazards

_STREAM = 2
"""Keeps these numbers apart from other chance that comes from the same seed."""


class _Course:
    """One fault and its times, seconds since power-on."""

    def __init__(self, fault: Fault, chance: np.random.Generator) -> None:
        self.fault = fault
        self._chance = chance
        self.begins_s = self._after(fault.window.start_s)
        self.begun_s: float | None = None

    def _after(self, time_s: float) -> float:
        rate_per_h = self.fault.window.rate_per_h
        return time_s if rate_per_h is None else time_s + float(self._chance.exponential(3600.0 / rate_per_h))

    def step(self, time_s: float) -> bool:
        """Go on to a time; say whether the fault has just begun."""
        lasts_s = 0.0 if self.fault.is_instant else self.fault.window.duration_s
        if self.begun_s is not None and time_s - self.begun_s >= lasts_s:
            self.begun_s = None
            self.begins_s = math.inf if self.fault.window.rate_per_h is None else self._after(time_s)
        if self.begun_s is None and time_s >= self.begins_s:
            self.begun_s, self.begins_s = time_s, math.inf
            return True
        return False


class FaultSchedule:
    """Begins and ends the faults of one vehicle.

    Parameters
    ----------
    faults
        What goes wrong.
    seed
        Seed of the times of those that come by chance.
    """

    def __init__(self, faults: Sequence[Fault], seed: int) -> None:
        self._courses = [
            _Course(fault, np.random.default_rng([seed, _STREAM, number]))
            for number, fault in enumerate(faults)
        ]
        self._before: tuple[Fault, ...] = ()

    def __bool__(self) -> bool:
        """Say whether there is anything that may go wrong."""
        return bool(self._courses)

    @property
    def active(self) -> tuple[Fault, ...]:
        """The faults at work."""
        return tuple(course.fault for course in self._courses if course.begun_s is not None)

    def step(self, victim: Victim, time_s: float) -> bool:
        """Let begin what begins, and act what acts, up to ``time_s`` after power-on.

        Say whether the harm is another one than a step before.
        """
        for course in self._courses:
            if course.step(time_s):
                course.fault.strike(victim)
            if course.begun_s is not None:
                course.fault.act(victim, time_s - course.begun_s)
        before, self._before = self._before, self.active
        return self._before != before or any(fault.varies for fault in self._before)

    def harm(self, hazards: Hazards, time_s: float) -> None:
        """Add to what is broken at a time."""
        for course in self._courses:
            if course.begun_s is not None:
                course.fault.harm(hazards, time_s - course.begun_s)
