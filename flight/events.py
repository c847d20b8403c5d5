"""Events from the flight gateway, in the past tense.

``at`` is Unix time in seconds of the Clock handed in.
"""

from dataclasses import dataclass
from enum import StrEnum

from flight.link_state import LinkState
from flight.plan import VehicleAddress
from flight.situations import Action, Situation


class FlightPhase(StrEnum):
    """Where a flight is, as seen from the vehicle."""

    ON_GROUND = "on_ground"
    TAKING_OFF = "taking_off"
    ENROUTE = "enroute"
    DELIVERING = "delivering"
    RETURNING = "returning"
    LANDING = "landing"


@dataclass(frozen=True)
class VehicleSnapshot:
    """The newest state of a vehicle. Fields are ``None`` until the vehicle has told them.

    The last four are those of `flight.supervision.figures.FlightFigures`, in a flight of ours.
    """

    address: VehicleAddress
    link: LinkState
    at: float
    armed: bool
    mode: str | None
    latitude_deg: float | None
    longitude_deg: float | None
    altitude_amsl_m: float | None
    altitude_above_home_m: float | None
    heading_deg: float | None
    ground_speed_m_s: float | None
    battery_remaining: float | None
    energy_used_wh: float | None
    mission_seq: int | None
    phase: FlightPhase
    sortie_id: str | None
    progress: float | None
    distance_to_go_m: float | None
    eta_s: float | None
    cross_track_m: float | None = None
    delay_s: float | None = None
    energy_margin_wh: float | None = None
    wind_m_s: float | None = None


@dataclass(frozen=True)
class FlightEvent:
    """Common part of every event."""

    at: float
    vehicle: VehicleAddress


@dataclass(frozen=True)
class LinkChanged(FlightEvent):
    """The heartbeat became fresh, stale or lost."""

    link: LinkState


@dataclass(frozen=True)
class LinkSwitched(FlightEvent):
    """The vehicle is spoken with over another of its links from now on."""

    old_link: str
    new_link: str


@dataclass(frozen=True)
class LinkMoved(FlightEvent):
    """The vehicle is heard at another address, as mobile networks change it, and is answered there."""

    old_link: str
    new_link: str


@dataclass(frozen=True)
class TelemetryUpdated(FlightEvent):
    """At most once a second per vehicle: the newest snapshot."""

    snapshot: VehicleSnapshot


@dataclass(frozen=True)
class TextReceived(FlightEvent):
    """A STATUSTEXT of the vehicle, put together from its chunks."""

    severity: int
    text: str


@dataclass(frozen=True)
class UnknownFlightSeen(FlightEvent):
    """The vehicle flies without an order of ours: it is watched, and nothing is written to it.

    ``items`` and ``plan_hash`` are those of the plan on board, ``None`` if it could not be read.
    """

    items: int | None
    plan_hash: str | None
    reason: str


@dataclass(frozen=True)
class SortieEvent(FlightEvent):
    """Common part of every event about a sortie."""

    sortie_id: str
    attempt: int


@dataclass(frozen=True)
class LaunchStarted(SortieEvent):
    """The transaction of the verified launch has begun: uploading."""


@dataclass(frozen=True)
class PlanVerified(SortieEvent):
    """Mission, fence, rally and parameters were read back and equal the plan."""

    plan_hash: str


@dataclass(frozen=True)
class UploadFailed(SortieEvent):
    """The plan is not on board, or not as it should be; nothing was armed."""

    stage: str
    reason: str


@dataclass(frozen=True)
class LaunchFailed(SortieEvent):
    """The launch ended before take-off and the vehicle is disarmed, or was never seen armed."""

    stage: str
    reason: str


@dataclass(frozen=True)
class Launched(SortieEvent):
    """The vehicle is armed, in AUTO, and has begun the mission."""


@dataclass(frozen=True)
class PhaseChanged(SortieEvent):
    """The flight entered another phase."""

    phase: FlightPhase


@dataclass(frozen=True)
class PayloadReleased(SortieEvent):
    """The release item was carried out (the vehicle's own servo output says so)."""

    latitude_deg: float
    longitude_deg: float


@dataclass(frozen=True)
class ReturnStarted(SortieEvent):
    """The vehicle left the mission for its return path before the delivery; ``reason`` in its own words."""

    reason: str


@dataclass(frozen=True)
class AlertRaised(SortieEvent):
    """Supervision noticed something: a number beyond its limit. Told once, until it is cleared.

    ``value`` and ``limit`` are in ``unit``; ``text`` says it in a sentence.
    """

    situation: Situation
    phase: FlightPhase
    value: float
    limit: float
    unit: str
    text: str


@dataclass(frozen=True)
class AlertCleared(SortieEvent):
    """What `AlertRaised` told is over."""

    situation: Situation
    value: float
    unit: str


@dataclass(frozen=True)
class ActionTaken(SortieEvent):
    """The vehicle was seen to do what was asked of it.

    ``by`` is a person, or ``contingency:SITUATION``. ``site_id`` is the target of a divert.
    """

    action: Action
    by: str
    reason: str
    site_id: str | None = None


@dataclass(frozen=True)
class ActionRefused(SortieEvent):
    """The vehicle did not do what was asked of it, or it makes no sense now; it flies on as it was."""

    action: Action
    by: str
    reason: str


class Severity(StrEnum):
    """How bad the outcome of a preflight check is, from the best to the worst."""

    OFF = "off"
    PASSED = "pass"
    WARNING = "warning"
    SOFT_FAILURE = "soft_failure"
    HARD_FAILURE = "hard_failure"


@dataclass(frozen=True)
class CheckResult:
    """The outcome of one preflight check, in a sentence with its figures."""

    name: str
    severity: Severity
    text: str


@dataclass(frozen=True)
class PreflightReported(SortieEvent):
    """The outcome of every check. ``overridden_by`` has let soft failures pass, for ``override_reason``."""

    checks: tuple[CheckResult, ...]
    overridden_by: str | None = None
    override_reason: str | None = None


@dataclass(frozen=True)
class Landed(SortieEvent):
    """The vehicle is on the ground and disarmed.

    ``released`` tells whether the payload left the vehicle; ``distance_from_home_m`` how far from the planned
    landing place it stands. ``site_id`` is the divert site that it stands at, if it does.
    """

    latitude_deg: float
    longitude_deg: float
    distance_from_home_m: float
    released: bool
    energy_used_wh: float | None
    site_id: str | None = None


@dataclass(frozen=True)
class FlightAdopted(SortieEvent):
    """After a restart the plan on board matched and supervision goes on (or the vehicle has landed since)."""

    plan_hash: str


@dataclass(frozen=True)
class AdoptionFailed(SortieEvent):
    """After a restart the plan on board was not ours, or could not be read. Nothing was written."""

    reason: str
