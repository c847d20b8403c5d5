"""What a check looks at, and what it says."""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from flight.events import Severity
from flight.plan import FlightPlan
from flight.preflight.facts import Facts
from flight.telemetry import Telemetry
from flight.vehicle import Vehicle


@dataclass(frozen=True, slots=True)
class Sight:
    """The plan, the vehicle as it is now, and what it told when it was asked.

    ``since`` is when this look began, in Unix seconds: what has to be newer than the last change to the
    vehicle is compared with it.
    """

    plan: FlightPlan
    vehicle: Vehicle
    facts: Facts
    since: float
    now: float

    @property
    def telemetry(self) -> Telemetry:
        """The vehicle's newest telemetry."""
        return self.vehicle.telemetry


class Verdict(NamedTuple):
    """How bad it is, and why, in a sentence with its figures."""

    severity: Severity
    text: str


class Check(Protocol):
    """One thing that has to hold before a vehicle may be armed.

    ``name`` is how results and settings call it. ``patience_s`` is how long a failure may last before it
    counts: some things only need time.
    """

    @property
    def name(self) -> str:
        """How results and settings call it."""
        ...

    @property
    def patience_s(self) -> float:
        """How long a failure may last before it counts."""
        ...

    def look(self, sight: Sight) -> Verdict:
        """Judge what is to be seen now."""
        ...
