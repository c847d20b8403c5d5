"""Commands to the flight gateway, in the imperative. Each is idempotent by (sortie id, attempt)."""

from dataclasses import dataclass
from typing import ClassVar

from flight.errors import LocalFlightError
from flight.plan import FlightPlan
from flight.situations import Action


@dataclass(frozen=True)
class Launch:
    """Verified launch of a plan: upload, read back, compare, preflight, arm, start.

    ``airspace_version`` is that of the airspace in force when the launch was ordered.
    """

    sortie_id: str
    attempt: int
    plan: FlightPlan
    airspace_version: str | None = None


@dataclass(frozen=True)
class Upload:
    """Put a plan on board, read it back and compare; arm nothing."""

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
class InFlight:
    """Common part of the commands to a flight under way.

    ``by`` is the person who gives it, ``action`` what it asks of the vehicle.
    """

    action: ClassVar[Action] = Action.CONTINUE
    sortie_id: str
    attempt: int
    by: str = "dispatch"


@dataclass(frozen=True)
class ReturnHome(InFlight):
    """Fly the proved return path now (``DO_RETURN_PATH_START``)."""

    action = Action.RETURN


@dataclass(frozen=True)
class Hold(InFlight):
    """Stay in the air where it is, until Resume or the time limit."""

    action = Action.HOLD


@dataclass(frozen=True)
class Resume(InFlight):
    """End a hold; fly on as planned."""

    action = Action.RESUME


@dataclass(frozen=True)
class Divert(InFlight):
    """Fly to the certified divert site of the leg under way."""

    action = Action.DIVERT


@dataclass(frozen=True)
class LandNow(InFlight):
    """Land here, whatever is below."""

    action = Action.LAND


@dataclass(frozen=True)
class RequestTermination(InFlight):
    """First step to stop the motors in flight; nothing happens without the second."""

    action = Action.TERMINATE


@dataclass(frozen=True)
class ConfirmTermination(InFlight):
    """Second step: stop the motors; by another person where the policy asks for two."""

    action = Action.TERMINATE


@dataclass(frozen=True)
class ClearPad(InFlight):
    """The receiver says that the pad is clear (or, with ``clear`` false, that it is not)."""

    clear: bool = True


@dataclass(frozen=True)
class OverridePreflight(InFlight):
    """Let a launch go on in spite of the soft failures of its preflight, for a reason that is recorded.

    Raises
    ------
    LocalFlightError
        If there is no reason.
    """

    reason: str = ""

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise LocalFlightError("an override of the preflight needs a reason, which is recorded")


@dataclass(frozen=True)
class CancelLaunch:
    """Stop a launch that has not armed yet, or an upload."""

    sortie_id: str
    attempt: int


FlightCommand = Launch | Upload | Adopt | CancelLaunch | InFlight
"""What the gateway takes."""
