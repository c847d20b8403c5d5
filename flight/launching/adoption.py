"""Adoption after a restart: the truth is on the vehicle.

Nothing is written to it here, ever.
"""

from enum import Enum

from flight.errors import FlightError, RemoteFlightError, summary_of
from flight.events import AdoptionFailed, FlightAdopted, LaunchFailed
from flight.geodesy import distance_m, home_of
from flight.launching.arming import heard_after_settling
from flight.launching.compare import differences, planned_lists
from flight.launching.identity import await_heartbeat
from flight.order import Order
from flight.plan import FlightPlan, MissionItem
from flight.preflight.checks.home import HOME_TOLERANCE_M
from flight.procedure import Procedure, WaitUntil, perform
from flight.protocol.download import DownloadList
from flight.protocol.names import UNKNOWN_ID, MissionType
from flight.vehicle import Vehicle

HEARTBEAT_TIMEOUT_S = 600.0
"""A drone behind an island may be out of reach for minutes; it needs nobody meanwhile."""

DOWNLOAD_ATTEMPTS = 5
"""Each is patient in itself; between them the link has time to come back."""

EVIDENCE_TIMEOUT_S = 15.0
"""Position and servo output are asked for on every contact and come within seconds."""

DISARMED_HEARTBEATS = 2
"""One may be a leftover of the link from before take-off."""

NOT_STARTED = "vehicle on ground, not started"


class _Found(Enum):
    FLYING = "flying"
    LANDED = "landed"
    NOT_STARTED = "not started"


def adopt(order: Order, vehicle: Vehicle) -> Procedure[bool]:
    """Match what is on board against the plan; say whether supervision has to go on.

    Armed with our plan: the flight is adopted as it is. Armed with another plan: somebody else's flight,
    watched and not touched. Disarmed: either the flight is over or it never began, and no message says
    which. An open latch says that it is over (it is closed before each launch and opened by the mission
    only), and so does a place away from home. A disarmed vehicle at home with the latch closed has either
    not started, or came back with its parcel: for the parcel and for the pad these are the same, and "not
    started" is what is reported. An arm command of the gateway that had the vehicle before may still be on
    its way, so what was heard at first says nothing of that.
    """
    vehicle.uploaded_ids = [UNKNOWN_ID] * len(MissionType)  # whoever put this plan on board
    try:
        yield from await_heartbeat(vehicle, HEARTBEAT_TIMEOUT_S)
        differing = yield from differences_on_board(order.plan, vehicle)
        found = yield from _look(order.plan, vehicle)
    except FlightError as error:
        yield order.announce(AdoptionFailed, reason=str(error))
        return False
    if found is _Found.NOT_STARTED:
        reason = "; ".join([NOT_STARTED, *differing[:1]])
        yield order.announce(LaunchFailed, stage="adoption", reason=reason)
        return False
    if differing:
        reason = f"the plan on board of the {found.value} vehicle is not ours: {summary_of(differing)}"
        yield order.announce(AdoptionFailed, reason=reason)
        return False
    yield order.announce(FlightAdopted, plan_hash=order.plan.hash)
    return True


def differences_on_board(plan: FlightPlan, vehicle: Vehicle) -> Procedure[tuple[str, ...]]:
    """Read the three lists on board; return one sentence for each difference from a plan."""
    found: tuple[str, ...] = ()
    for kind, planned in planned_lists(plan).items():
        items = yield from _download(vehicle, kind)
        found += differences(kind, planned, items)
    return found


def _download(vehicle: Vehicle, kind: MissionType) -> Procedure[tuple[MissionItem, ...]]:
    for _ in range(DOWNLOAD_ATTEMPTS - 1):
        try:
            return (yield from perform(DownloadList(vehicle.target, kind)))
        except RemoteFlightError:
            continue
    return (yield from perform(DownloadList(vehicle.target, kind)))


def _look(plan: FlightPlan, vehicle: Vehicle) -> Procedure[_Found]:
    telemetry = vehicle.telemetry

    settled = heard_after_settling(vehicle)

    def certain(now: float) -> bool:
        is_disarmed = settled(now) and telemetry.disarmed_heartbeats >= DISARMED_HEARTBEATS
        return telemetry.armed or is_disarmed

    yield from perform(WaitUntil(certain))
    if telemetry.armed:
        return _Found.FLYING
    yield from _gather_evidence(vehicle)
    return _Found.LANDED if telemetry.latch_open or _away(plan, vehicle) else _Found.NOT_STARTED


def _gather_evidence(vehicle: Vehicle) -> Procedure[None]:
    telemetry = vehicle.telemetry

    def told(_: float) -> bool:
        return telemetry.latch_open is not None and telemetry.place is not None

    unknown = RemoteFlightError("adoption", "the vehicle tells neither its latch nor its position")
    yield from perform(WaitUntil(told, EVIDENCE_TIMEOUT_S, lambda: unknown))


def _away(plan: FlightPlan, vehicle: Vehicle) -> bool:
    place = vehicle.telemetry.place
    return place is not None and distance_m(home_of(plan), place) > HOME_TOLERANCE_M
