"""What a vehicle is seen to do, and in which modes it does what was asked."""

from flight.actions.airborne import Airborne
from flight.plan import VehicleClass
from flight.situations import Action
from flight.vehicles.modes import FOLLOWING, HOLDING, LANDING


def seen(flight: Airborne) -> Action:
    """Return what the vehicle is doing, by its mode and its item."""
    if flight.held:
        return Action.HOLD
    if flight.lands_here:
        return Action.LAND
    if flight.divert_under_way is not None:
        return Action.DIVERT
    return Action.RETURN if flight.homeward else Action.CONTINUE


def modes_of(kind: Action, vehicle_class: VehicleClass) -> frozenset[int]:
    """Return the modes in which a vehicle does what was asked."""
    if kind is Action.HOLD:
        return frozenset({HOLDING[vehicle_class]})
    return frozenset({LANDING[vehicle_class]}) if kind is Action.LAND else FOLLOWING[vehicle_class]
