"""Which vehicles are which class, by what their heartbeats say."""

from flight.plan import VehicleClass

MAV_TYPES = {
    VehicleClass.COPTER: frozenset({2, 3, 4, 13, 14, 15, 29, 35}),
    VehicleClass.QUADPLANE: frozenset({1, 19, 20, 21, 22, 23, 24, 25}),
}
"""``MAV_TYPE``: multicopters and helicopters; fixed wing (what a quadplane calls itself, recorded) and
VTOL."""


def class_of(mav_type: int) -> VehicleClass | None:
    """Return the class that a ``HEARTBEAT.type`` belongs to; ``None`` if we fly no such vehicle."""
    return next((each for each, types in MAV_TYPES.items() if mav_type in types), None)
