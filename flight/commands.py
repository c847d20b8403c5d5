"""Commands to the flight gateway, in the imperative. Each is idempotent by (sortie id, attempt)."""

from dataclasses import dataclass

from flight.plan import FlightPlan


@dataclass(frozen=True)
class Launch:
    """Verified launch of a plan: upload, read back, compare, preflight, arm, start."""

    sortie_id: str
    attempt: int
    plan: FlightPlan


@dataclass(frozen=True)
class Adopt:
    """After a restart: match what is on board against the plan and go on supervising, without touching it."""

    sortie_id: str
    attempt: int
    plan: FlightPlan


@dataclass(frozen=True)
class ReturnHome:
    """Fly the proved return path now (``DO_RETURN_PATH_START``)."""

    sortie_id: str
    attempt: int


@dataclass(frozen=True)
class CancelLaunch:
    """Stop a launch that has not armed yet."""

    sortie_id: str
    attempt: int


FlightCommand = Launch | Adopt | ReturnHome | CancelLaunch
