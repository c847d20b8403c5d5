"""Keeping a route clear of reserved volumes: a later start, a higher layer, or another way.

Each remedy is given the least delay with which it is free, and the one that arrives first is taken: its cost
is the number of seconds by which it arrives later than the route as planned. Equal costs go to the simpler
remedy (waiting, then a layer, then another way). What a remedy uses in energy is proved afterwards by the
certificate, not weighed here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from geofences.conflicts import Conflict, conflicts, neighbours
from geofences.errors import GeofencesError, NoRoute
from geofences.remedies import Alternative, Impossible, Remedy, Sentence, explained
from geofences.route import Route
from geofences.volumes import Volume4D

LONGEST_DELAY_S = 1_800.0
"""A later start than this is a new plan: so long a certificate lets a flight wait (its start window)."""

SHORTEST_STEP_S = 1.0
"""Left between two volumes, since touching counts: clocks and plans have whole seconds."""

MOST_DETOURS = 6
"""How often another way may run into another reservation before the search for one ends."""

Reservations = Mapping[str, Sequence[Volume4D]]
"""The volumes that are taken, by the name of who took them."""


class Planning(Protocol):
    """What may be done to a route. Tests need no map for it."""

    @property
    def rises_m(self) -> Sequence[float]:
        """How much higher the free layers for the same direction are; none for no layers."""
        ...

    def volumes(self, route: Route) -> Sequence[Volume4D]:
        """Return the volumes of a route."""
        ...

    def raised(self, route: Route, rise_m: float) -> Route:
        """Return the same way in a higher layer; raise NoRoute where that is not flyable."""
        ...

    def around(self, route: Route, avoid: Sequence[Volume4D]) -> Route:
        """Return another way between the same ends that keeps out of some volumes; raise NoRoute."""
        ...


@dataclass(frozen=True)
class Deconfliction:
    """A route that is free, what was changed for it, why, and what was not taken."""

    route: Route
    delay_s: float
    rise_m: float
    is_other_way: bool
    cost_s: float
    explanation: tuple[Sentence, ...]
    rejected: tuple[Alternative | Impossible, ...]


class StillInConflict(GeofencesError):
    """Neither waiting nor another layer or way keeps a route clear of what is reserved.

    Parameters
    ----------
    reservations
        Names of those in the way of the route as planned.
    free_from
        The earliest departure at which the route as planned would be free.
    rejected
        Every remedy that was tried.
    """

    def __init__(
        self,
        reservations: Sequence[str],
        free_from: datetime,
        rejected: Sequence[Alternative | Impossible],
    ) -> None:
        self.reservations = tuple(reservations)
        self.free_from = free_from
        self.rejected = tuple(rejected)
        names = ", ".join(self.reservations)
        super().__init__(f"in conflict with {names}; free from {free_from.isoformat(timespec='seconds')}")


def deconflict(
    route: Route,
    reservations: Reservations,
    planning: Planning,
    *,
    longest_delay_s: float = LONGEST_DELAY_S,
) -> Deconfliction:
    """Return the route, changed as little as needed to keep clear of reserved volumes.

    Parameters
    ----------
    reservations
        What is taken. A flight's own reservation must not be among them.
    longest_delay_s
        The latest start after the planned departure.

    Raises
    ------
    StillInConflict
        Where no remedy within the longest delay is free.
    """
    search = _Search(route, reservations, planning)
    planned = search.judged(Remedy.WAIT, route, 0.0)
    tried = [planned, *(search.others(planned) if planned.conflicts else ())]
    found = [each for each in tried if isinstance(each, Alternative)]
    possible = sorted((each for each in found if each.delay_s <= longest_delay_s), key=_rank)
    if not possible:
        free_from = route.departure + timedelta(seconds=planned.delay_s)
        raise StillInConflict(tuple(planned.conflicts), free_from, tried)
    best = possible[0]
    rejected = tuple(each for each in tried if each is not best)
    return Deconfliction(
        route=delayed(best.route, best.delay_s),
        delay_s=best.delay_s,
        rise_m=best.rise_m,
        is_other_way=best.remedy is Remedy.OTHER_WAY,
        cost_s=best.cost_s,
        explanation=tuple(explained(planned, best, rejected)),
        rejected=rejected,
    )


def delayed(route: Route, delay_s: float) -> Route:
    """Return the same route with a later departure."""
    return replace(route, departure=route.departure + timedelta(seconds=delay_s))


def least_delay_s(volumes: Sequence[Volume4D], reserved: Sequence[Volume4D]) -> float:
    """Return by how much volumes must be later, all alike, to be free of reserved ones.

    A pair that shares place and height forbids the delays at which their times overlap: from the start of the
    reserved one minus the end of ours, to its end minus our start. The answer is the end of the forbidden
    delays that begin with the one now.
    """
    forbidden = sorted(
        (
            (other.interval.start - volume.interval.end).total_seconds(),
            (other.interval.end - volume.interval.start).total_seconds(),
        )
        for volume, other in neighbours(volumes, reserved)
    )
    delay_s = 0.0
    for first_s, last_s in forbidden:
        if first_s > delay_s:
            break
        if last_s >= delay_s:
            delay_s = last_s + SHORTEST_STEP_S
    return delay_s


@dataclass(frozen=True)
class _Search:
    route: Route
    reservations: Reservations
    planning: Planning

    def others(self, planned: Alternative) -> Iterator[Alternative | Impossible]:
        """Yield what else may be done than wait."""
        for rise_m in self.planning.rises_m:
            try:
                yield self.judged(Remedy.LAYER, self.planning.raised(self.route, rise_m), rise_m)
            except NoRoute as error:
                yield Impossible(Remedy.LAYER, rise_m, str(error))
        try:
            yield self.judged(Remedy.OTHER_WAY, self._way_around(planned), 0.0)
        except NoRoute as error:
            yield Impossible(Remedy.OTHER_WAY, 0.0, str(error))

    def judged(self, remedy: Remedy, route: Route, rise_m: float) -> Alternative:
        """Return a remedy with its conflicts and the least delay that solves them."""
        reserved = [volume for volumes in self.reservations.values() for volume in volumes]
        delay_s = least_delay_s(self.planning.volumes(route), reserved)
        cost_s = delay_s + route.duration_s - self.route.duration_s
        return Alternative(remedy, route, rise_m, delay_s, cost_s, self._conflicts(route))

    def _way_around(self, planned: Alternative) -> Route:
        """Return another way; after ``MOST_DETOURS`` it may still run into reservations."""
        avoid: list[Volume4D] = []
        route, found = planned.route, planned.conflicts
        for _ in range(MOST_DETOURS):
            others = (each.other for pairs in found.values() for each in pairs)
            new = list(dict.fromkeys(each for each in others if each not in avoid))
            if not new:
                break
            avoid += new
            route = self.planning.around(self.route, avoid)
            found = self._conflicts(route)
        return route

    def _conflicts(self, route: Route) -> dict[str, tuple[Conflict, ...]]:
        volumes = self.planning.volumes(route)
        found = {name: conflicts(volumes, taken) for name, taken in self.reservations.items()}
        return {name: pairs for name, pairs in found.items() if pairs}


def _rank(alternative: Alternative) -> tuple[float, int]:
    return alternative.cost_s, list(Remedy).index(alternative.remedy)
