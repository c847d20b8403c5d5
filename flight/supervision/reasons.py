"""Why a vehicle did something by itself, in its own words."""

from flight.vehicle import Vehicle

WINDOW_S = 15.0
"""The vehicle gives its reason just before it turns back."""

PREFIXES = (
    "GCS Failsafe",
    "Battery",
    "Radio Failsafe",
    "Fence",
    "Return path",
    "Polygon",
    "EKF",
    "Payload place",
)
"""How ArduPilot's texts of the failsafes begin that change its mode (recorded, and
``ArduCopter/events.cpp``)."""


def reasons_of(vehicle: Vehicle, now: float) -> list[str]:
    """Return the vehicle's latest words about its failsafes."""
    return vehicle.telemetry.texts_since(now - WINDOW_S, *PREFIXES)
