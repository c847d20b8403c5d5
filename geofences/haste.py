"""The same airspace where nothing costs more than time: for flights that care makes too long.

Which zones count follows from how long a flight takes. A way that keeps to the lanes and around caution zones
may take so long that a zone begins meanwhile and closes it, where the fastest way would be over in time.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar
from weakref import WeakKeyDictionary

from geofences.airspace import Airspace
from geofences.errors import NoRoute
from geofences.free_areas import FreeAreas
from geofences.values import ZoneRule

PlanT = TypeVar("PlanT")

_IN_HASTE: WeakKeyDictionary[FreeAreas, FreeAreas] = WeakKeyDictionary()


def or_in_haste(airspace: Airspace, plan: Callable[[Airspace], PlanT]) -> PlanT:
    """Return a plan, or the one without detours for lanes and caution where only that is over in time.

    Raises
    ------
    NoRoute
        That of the careful plan, where haste does not help.
    """
    try:
        return plan(airspace)
    except NoRoute as refusal:
        hasty = in_haste(airspace)
        if hasty is None:
            raise
        try:
            return plan(hasty)
        except NoRoute:
            raise refusal from None


def in_haste(airspace: Airspace) -> Airspace | None:
    """Return the airspace without caution zones and with an open sea as cheap as lanes.

    None where a faster way would help nobody: nothing costs more, or nothing begins or ends.
    """
    zones = tuple(zone for zone in airspace.zones if zone.rule is not ZoneRule.CAUTION)
    sea_is_dear = airspace.areas.outside_factor > 1.0
    if (len(zones) == len(airspace.zones) and not sea_is_dear) or not _changes(airspace):
        return None
    if not sea_is_dear:
        return replace(airspace, zones=zones, shared=airspace.areas)
    if airspace.areas not in _IN_HASTE:
        policy = replace(airspace.policy, open_sea_cost_factor=1.0)
        _IN_HASTE[airspace.areas] = replace(airspace, zones=(), policy=policy, shared=None).areas
    areas = _IN_HASTE[airspace.areas]
    return replace(airspace, zones=zones, policy=areas.terrain.policy, shared=areas)


def _changes(airspace: Airspace) -> bool:
    schedules = [*(each.schedule for each in airspace.zones), *(each.schedule for each in airspace.corridors)]
    return not all(each.is_always for each in schedules)
