"""What a recording shows of a vehicle without any plan; events of their own, as no gateway announces them."""

from dataclasses import dataclass

from flight.events import FlightEvent


@dataclass(frozen=True)
class ModeSeen(FlightEvent):
    """The vehicle is in another flight mode."""

    mode: str


@dataclass(frozen=True)
class ArmedSeen(FlightEvent):
    """The vehicle is armed."""


@dataclass(frozen=True)
class DisarmedSeen(FlightEvent):
    """The vehicle is disarmed, where it stands now."""

    latitude_deg: float | None
    longitude_deg: float | None


@dataclass(frozen=True)
class PlanFound(FlightEvent):
    """The mission on board is known from the recording, and the flight is held against it."""

    items: int
    plan_hash: str


@dataclass(frozen=True)
class PlanMissing(FlightEvent):
    """The vehicle flies, and nothing is known to hold its flight against."""

    reason: str
