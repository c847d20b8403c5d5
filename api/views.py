"""The values of the other packages as answers of the API."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from api.flight_schemas import FlightOut
from api.flight_views import words_out
from api.schemas import (
    CertificateOut,
    DroneOut,
    EventOut,
    RequestOut,
    SiteOut,
    SortieDetailOut,
    SortieOut,
)
from dispatch.states import ENDED, SortieState
from dispatch.store.records import ProvedPlan
from dispatch.values import Drone, DroneType, Event, Request, Sortie
from flight.events import FlightPhase, VehicleSnapshot
from flight.link_state import LinkState
from geofences.values import Site

BEFORE_LAUNCH = frozenset(
    {SortieState.PLANNED, SortieState.APPROVED, SortieState.UPLOADING, SortieState.VERIFIED}
)

_OFF_ITS_WAY = frozenset({SortieState.RETURNING, SortieState.DIVERTED, SortieState.LOST})
"""With the parcel on board, these do not end in a delivery."""


def request_out(request: Request, eta: datetime | None) -> RequestOut:
    """Return a request; ``eta`` is that of its sortie's delivery."""
    return RequestOut(
        id=request.id,
        items=request.items,
        mass_kg=request.mass_kg,
        temperature=request.temperature,
        urgency=request.urgency,
        deadline=request.deadline,
        from_site_id=request.from_site_id,
        to_site_id=request.to_site_id,
        requested_by=request.requested_by,
        state=request.state,
        reason=words_out(request.reason),
        sortie_id=request.sortie_id,
        created_at=request.submitted_at,
        updated_at=max(_moments(request)),
        eta=eta,
        accepted_at=request.accepted_at,
        planned_at=request.planned_at,
        loaded_at=request.loaded_at,
        launched_at=request.launched_at,
        delivered_at=request.delivered_at,
        received_at=request.received_at,
    )


def _moments(request: Request) -> list[datetime]:
    moments = (
        request.submitted_at,
        request.accepted_at,
        request.planned_at,
        request.loaded_at,
        request.launched_at,
        request.delivered_at,
        request.received_at,
        request.ended_at,
    )
    return [moment for moment in moments if moment is not None]


def certificate_out(plan: ProvedPlan) -> CertificateOut:
    """Return the proof of a plan."""
    return CertificateOut(**{name: getattr(plan.certificate, name) for name in CertificateOut.model_fields})


def sortie_out(
    sortie: Sortie, plan: ProvedPlan, snapshot: VehicleSnapshot | None, flight: FlightOut
) -> SortieOut:
    """Return a sortie with the figures of its plan and, in flight, the times expected from telemetry."""
    eta_delivery, eta_home = expected_times(sortie, plan, snapshot)
    certificate = plan.certificate
    return SortieOut(
        id=sortie.id,
        state=sortie.state,
        drone_id=sortie.drone_id,
        request_ids=[sortie.request_id],
        attempt=sortie.attempt,
        reason=words_out(sortie.reason),
        created_at=sortie.created_at,
        distance_m=plan.way_out.length_m + plan.way_home.length_m,
        duration_s=sortie.planned_duration_s,
        energy_wh=sortie.planned_energy_wh,
        energy_used_wh=sortie.energy_used_wh,
        energy_reserve_fraction=certificate.reserve_fraction,
        smallest_clearance_m=certificate.zone_clearance_m,
        airspace_version=certificate.airspace_version,
        certificate=certificate_out(plan),
        plan_hash=sortie.plan_hash,
        verified_hash=sortie.verified_hash,
        approved_by=sortie.approved_by,
        launched_at=sortie.launched_at,
        released_at=sortie.released_at,
        landed_at=sortie.landed_at,
        closed_at=sortie.closed_at,
        eta_delivery=eta_delivery,
        eta_home=eta_home,
        flight=flight,
    )


def sortie_detail_out(overview: SortieOut, events: Sequence[Event]) -> SortieDetailOut:
    """Return a sortie with its history."""
    return SortieDetailOut(**overview.model_dump(), events=[event_out(event) for event in events])


def expected_times(
    sortie: Sortie, plan: ProvedPlan, snapshot: VehicleSnapshot | None
) -> tuple[datetime | None, datetime | None]:
    """Return when the goods and the drone are expected: ``None`` once they are there or will not come.

    In flight the vehicle's own estimate of the landing counts, less the planned way home.
    """
    if sortie.state in ENDED or sortie.landed_at is not None:
        return None, None
    way_home = timedelta(seconds=plan.way_home.duration_s)
    is_coming = sortie.released_at is None and sortie.state not in _OFF_ITS_WAY
    home = sortie.arrives_at + way_home
    if snapshot is not None and snapshot.sortie_id == sortie.id and snapshot.eta_s is not None:
        home = datetime.fromtimestamp(snapshot.at + snapshot.eta_s, UTC)
    return (home - way_home if is_coming else None), home


def drone_out(
    drone: Drone, drone_type: DroneType, snapshot: VehicleSnapshot | None, sortie: Sortie | None
) -> DroneOut:
    """Return a drone, its newest telemetry and the sortie that it is on."""
    seen = snapshot or unseen(drone)
    return DroneOut(
        id=drone.id,
        name=drone.id,
        drone_type=drone_type.name,
        vehicle_class=drone_type.vehicle_class,
        address=str(drone.address),
        base_site_id=drone.base_site_id,
        state=_drone_state(sortie),
        link=seen.link,
        sortie_id=None if sortie is None else sortie.id,
        mode=seen.mode,
        armed=seen.armed,
        phase=seen.phase,
        latitude_deg=seen.latitude_deg,
        longitude_deg=seen.longitude_deg,
        altitude_amsl_m=seen.altitude_amsl_m,
        heading_deg=seen.heading_deg,
        ground_speed_m_s=seen.ground_speed_m_s,
        battery_remaining=seen.battery_remaining,
        energy_used_wh=seen.energy_used_wh,
        progress=seen.progress,
        distance_to_go_m=seen.distance_to_go_m,
        eta_s=seen.eta_s,
        cross_track_m=seen.cross_track_m,
        delay_s=seen.delay_s,
        energy_margin_wh=seen.energy_margin_wh,
        wind_m_s=seen.wind_m_s,
    )


def _drone_state(sortie: Sortie | None) -> str:
    if sortie is None:
        return "idle"
    return "assigned" if sortie.state in BEFORE_LAUNCH else "flying"


def unseen(drone: Drone) -> VehicleSnapshot:
    """Return the snapshot of a vehicle that has said nothing yet."""
    nothing = dict.fromkeys(
        (
            "mode",
            "latitude_deg",
            "longitude_deg",
            "altitude_amsl_m",
            "altitude_above_home_m",
            "heading_deg",
            "ground_speed_m_s",
            "battery_remaining",
            "energy_used_wh",
            "mission_seq",
            "sortie_id",
            "progress",
            "distance_to_go_m",
            "eta_s",
        )
    )
    return VehicleSnapshot(
        address=drone.address,
        link=LinkState.UNKNOWN,
        at=0.0,
        armed=False,
        phase=FlightPhase.ON_GROUND,
        **nothing,
    )


def site_out(site: Site) -> SiteOut:
    """Return a site."""
    return SiteOut(
        id=site.id,
        kind=site.kind,
        name_ja=site.name_ja,
        name_en=site.name_en,
        island=site.island,
        latitude_deg=site.position.latitude_deg,
        longitude_deg=site.position.longitude_deg,
        elevation_amsl_m=site.elevation_amsl_m,
        is_hub=site.is_hub,
        is_drone_site=site.is_drone_site,
        pad_site_id=site.pad_site_id,
        road_km=site.road_km,
        note_ja=site.note_ja,
        note_en=site.note_en,
    )


def event_out(event: Event) -> EventOut:
    """Return a stored event."""
    return EventOut(
        id=event.id,
        type=event.type,
        at=event.at,
        subject_id=event.subject_id,
        actor=event.actor,
        reason=words_out(event.reason),
        data=dict(event.data),
    )
