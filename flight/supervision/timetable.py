"""What a plan expects at a place along it: time, energy, and how late a flight may be there."""

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

from flight.plan import Expected
from flight.supervision.legs import Leg
from geofences.volumes import START_S, WIND_ERROR_M_S

ABOVE_PAD_M = 5.0
"""So near to its pad a vehicle that lands has arrived, and goes down."""


class Planned(NamedTuple):
    """What is planned at one place: since take-off, and the lateness that the reserved air allows there."""

    time_s: float
    energy_wh: float
    late_limit_s: float


class Timetable:
    """Time and energy between the items of a plan.

    Parameters
    ----------
    expected
        At the end of each item, from home to the landing; at least two.
    legs
        For each item the leg that ends there.
    landings
        Which of the items are landings.
    """

    def __init__(self, expected: Sequence[Expected], legs: Sequence[Leg], landings: Collection[int]) -> None:
        self._legs = legs[: len(expected)]
        late_limit_s = START_S
        self._ends = [Planned(expected[0].time_s, expected[0].energy_wh, late_limit_s)]
        for (before, after), leg in zip(pairwise(expected), self._legs[1:], strict=True):
            late_limit_s += _late_s(after.time_s - before.time_s, leg.length_m)
            self._ends.append(Planned(after.time_s, after.energy_wh, late_limit_s))
        self._flown_parts = {seq: self._landing_part(seq) for seq in landings}

    @property
    def end(self) -> Planned:
        """At the landing."""
        return self._ends[-1]

    def at_end_of(self, seq: int) -> Planned:
        """Return what is planned where an item ends."""
        return self._ends[seq]

    def at(self, seq: int, part: float, since_s: float, descended: float = 0.0) -> Planned:
        """Return what is planned at a place.

        Parameters
        ----------
        seq, part
            The item under way, and which part of its leg is flown.
        since_s
            For how long the item is under way; it counts for items without a leg.
        descended
            Which part of its height a vehicle has lost that lands.
        """
        before, after = self._ends[seq - 1], self._ends[seq]
        done = self._done(seq, part, since_s, descended)
        return Planned(
            before.time_s + done * (after.time_s - before.time_s),
            before.energy_wh + done * (after.energy_wh - before.energy_wh),
            before.late_limit_s + done * (after.late_limit_s - before.late_limit_s),
        )

    def _done(self, seq: int, part: float, since_s: float, descended: float) -> float:
        """Return which part of an item's time has been used, were it flown as planned up to here."""
        length_m = self._legs[seq].length_m
        if length_m == 0.0:
            planned_s = self._ends[seq].time_s - self._ends[seq - 1].time_s
            return min(1.0, since_s / planned_s) if planned_s > 0.0 else 1.0
        flown_part = self._flown_parts.get(seq, 1.0)
        if (1.0 - part) * length_m > ABOVE_PAD_M:
            return part * flown_part
        return part * flown_part + descended * (1.0 - flown_part)

    def _landing_part(self, landing_seq: int) -> float:
        """Return which part of a landing's time is flown forward, at the speed of the leg before."""
        numbered = zip(self._legs[1 : landing_seq + 1], pairwise(self._ends), strict=False)
        flown = [(leg.length_m, after.time_s - before.time_s) for leg, (before, after) in numbered]
        speeds_m_s = [length_m / time_s for length_m, time_s in flown[:-1] if length_m > 0.0 and time_s > 0.0]
        length_m, time_s = flown[-1]
        if not speeds_m_s or time_s <= 0.0:
            return 1.0
        return min(1.0, length_m / speeds_m_s[-1] / time_s)


def _late_s(planned_s: float, length_m: float) -> float:
    """Return by how much a flight may become later on a leg, as the air reserved for it counts."""
    if planned_s <= 0.0 or length_m <= 0.0:
        return 0.0
    return planned_s * min(1.0, WIND_ERROR_M_S * planned_s / length_m)
