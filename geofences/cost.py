"""What a straight leg costs: metres, or anything else that the router minimises."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
from shapely import MultiPolygon, Polygon

Floats = npt.NDArray[np.float64]


class LegCost(Protocol):
    """The cost of straight legs.

    Where the cost is a norm of the leg (also one that depends on the direction, as time in a uniform wind),
    a cheapest path bends only at obstacle corners and on tangents, and the search is exact. Where it also
    depends on the place or on ``elapsed`` (a wind grid), the best path *through the corners* is found: the
    cheapest curve can bow out between them. Legs of 30 km in a wind that changes by 1 m/s across them gain
    far less than 0.1 % by such a bow, since its gain is of second order in that change over the airspeed.
    For ``elapsed`` the search takes it that who leaves later never arrives earlier.

    A cost says by an attribute ``depends_on_elapsed = False`` that it ignores ``elapsed``; all legs are then
    weighed in one call, which is ten times faster. Without the attribute it is asked leg by leg.
    """

    def cost(self, starts: Floats, ends: Floats, elapsed: Floats) -> Floats:
        """Return the exact cost of each leg, shapes (n, 2), (n, 2) and (n,) to (n,); inf: cannot be flown.

        ``elapsed`` is the cost so far at the start; for a cost in seconds the time since departure.
        """
        ...

    def bound(self, starts: Floats, ends: Floats) -> Floats:
        """Return a cost that no path between the points can beat, shapes (n, 2) and (n, 2) to (n,).

        It must be consistent: bound(a, c) <= cost(a, b) + bound(b, c).
        """
        ...


class _Length:
    """Metres."""

    depends_on_elapsed = False

    def cost(self, starts: Floats, ends: Floats, elapsed: Floats) -> Floats:
        """Return the lengths."""
        return self.bound(starts, ends)

    def bound(self, starts: Floats, ends: Floats) -> Floats:
        """Return the lengths of the straight lines."""
        towards = ends - starts
        return np.asarray(np.hypot(towards[..., 0], towards[..., 1]))


LENGTH: LegCost = _Length()


@dataclass(frozen=True, eq=False)
class CostRegion:
    """Where a metre costs more (a caution zone) or less (a preferred corridor).

    Parameters
    ----------
    shape
        The region, local metres.
    factor
        What the cost of a leg is multiplied by inside; positive.
    """

    shape: Polygon | MultiPolygon
    factor: float

    def __post_init__(self) -> None:
        """Raise ValueError where the factor is not a positive number."""
        if not 0.0 < self.factor < float("inf"):
            raise ValueError(f"a region's cost factor must be a positive number, not {self.factor}")


def depends_on_elapsed(cost: LegCost) -> bool:
    """Say whether a cost must be asked leg by leg."""
    return bool(getattr(cost, "depends_on_elapsed", True))
