"""Values that depend on a set of zones, each made from that of the largest set known that has fewer."""

from collections.abc import Callable
from typing import Generic, TypeVar

from geofences.zones import Zone

ValueT = TypeVar("ValueT")
Zones = frozenset[Zone]

MOST_KEPT = 24
"""Sets remembered unless told otherwise."""


class UnderZones(Generic[ValueT]):
    """A value under sets of zones.

    Parameters
    ----------
    make
        Makes the value under a set from nothing.
    cut
        Makes the value under one zone more; without it every value is made from nothing.
    can_cut
        Says for which zones ``cut`` can do so.
    most_kept
        How many sets are remembered: the one asked for longest ago is forgotten.
    """

    def __init__(
        self,
        make: Callable[[Zones], ValueT],
        cut: Callable[[ValueT, Zone], ValueT] | None = None,
        can_cut: Callable[[Zone], bool] = lambda zone: True,
        most_kept: int = MOST_KEPT,
    ) -> None:
        self._make, self._cut, self._can_cut, self._most_kept = make, cut, can_cut, most_kept
        self._known: dict[Zones, ValueT] = {}

    def under(self, zones: Zones) -> ValueT:
        """Return the value under a set of zones."""
        if zones not in self._known:
            value = self._made(zones)
            if len(self._known) >= self._most_kept:
                del self._known[next(iter(self._known))]
            self._known[zones] = value
        self._known[zones] = self._known.pop(zones)
        return self._known[zones]

    def _made(self, zones: Zones) -> ValueT:
        bases = [each for each in self._known if each <= zones and all(map(self._can_cut, zones - each))]
        if self._cut is None or not bases:
            return self._make(zones)
        base = max(bases, key=len)
        value = self._known[base]
        for zone in sorted(zones - base, key=lambda each: each.id):
            value = self._cut(value, zone)
        return value
