"""Reports of the flight gateway, taken in.

Telemetry goes to the fleet view, in memory. Reports about a sortie go to their handler, in one transaction.
`HANDLERS` says who handles what.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from dispatch import reasons, sortie_events, sortie_reports
from dispatch.intake import Sites
from dispatch.recovery import adopt_again
from dispatch.services import FLIGHT, Services
from dispatch.store.unit_of_work import UnitOfWork
from dispatch.values import EventData, Sortie
from flight.events import (
    ActionRefused,
    ActionTaken,
    AdoptionFailed,
    AlertCleared,
    AlertRaised,
    FlightAdopted,
    FlightEvent,
    Landed,
    Launched,
    LaunchFailed,
    LaunchStarted,
    LinkChanged,
    PayloadReleased,
    PhaseChanged,
    PlanVerified,
    PreflightReported,
    ReturnStarted,
    SortieEvent,
    TelemetryUpdated,
    UnknownFlightSeen,
    UploadFailed,
)
from flight.link_state import LinkState

Handler = Callable[[Sites, UnitOfWork, Sortie, Any, datetime], None]
"""Takes the sites, the sortie, the report, and the time of the report."""

HANDLERS: Mapping[type[SortieEvent], Handler] = {
    LaunchStarted: sortie_events.launch_started,
    PlanVerified: sortie_events.plan_verified,
    UploadFailed: sortie_reports.upload_failed,
    LaunchFailed: sortie_events.launch_failed,
    Launched: sortie_events.launched,
    PhaseChanged: sortie_events.phase_changed,
    PayloadReleased: sortie_events.payload_released,
    ReturnStarted: sortie_events.return_started,
    ActionRefused: sortie_reports.action_refused,
    ActionTaken: sortie_reports.action_taken,
    AlertRaised: sortie_reports.alert_raised,
    AlertCleared: sortie_reports.alert_cleared,
    PreflightReported: sortie_reports.preflight_reported,
    Landed: sortie_events.landed,
    FlightAdopted: sortie_events.flight_adopted,
    AdoptionFailed: sortie_events.adoption_failed,
}


def handle_flight_event(services: Services, event: FlightEvent) -> None:
    """Take one report in.

    Raises
    ------
    NotFound
        The report is about a sortie that this database does not know.
    """
    if isinstance(event, TelemetryUpdated):
        services.fleet.update(event.snapshot)
    elif isinstance(event, LinkChanged):
        services.fleet.change_link(event.vehicle, event.link, event.at)
        _record_link(services, event)
    elif isinstance(event, UnknownFlightSeen):
        _record_unknown_flight(services, event)
    elif isinstance(event, SortieEvent):
        _handle(services, event)


def _handle(services: Services, event: SortieEvent) -> None:
    with services.store.writing() as uow:
        sortie = uow.sorties.get(event.sortie_id)
        # A report on an older attempt is void, and so is one from a vehicle that the plan is not bound to.
        if event.attempt == sortie.attempt and event.vehicle == uow.drones.get(sortie.drone_id).address:
            HANDLERS[type(event)](services.sites, uow, sortie, event, _time(event))


def _record_link(services: Services, event: LinkChanged) -> None:
    """Record the link of a drone that is on a sortie. The flight itself goes on: its plan is on board."""
    with services.store.writing() as uow:
        drone = uow.drones.at(event.vehicle)
        for sortie in uow.sorties.active():
            if drone is not None and sortie.drone_id == drone.id:
                data = {"sortie_id": sortie.id, "link": str(event.link)}
                uow.journal.record(f"drone.link_{event.link}", drone.id, _time(event), FLIGHT, data=data)
                if event.link is LinkState.FRESH:
                    adopt_again(uow, sortie, _time(event))


def _record_unknown_flight(services: Services, event: UnknownFlightSeen) -> None:
    """Record what a drone flies without an order of ours. Nothing is done about it but to show it."""
    with services.store.writing() as uow:
        drone = uow.drones.at(event.vehicle)
        if drone is not None:
            data: EventData = {"items": event.items, "plan_hash": event.plan_hash}
            words = reasons.unknown_flight(event.items)
            uow.journal.record("drone.unknown_flight", drone.id, _time(event), FLIGHT, words, data)


def _time(event: FlightEvent) -> datetime:
    return datetime.fromtimestamp(event.at, UTC)
