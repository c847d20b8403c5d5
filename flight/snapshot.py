"""The newest state of a vehicle as one frozen value, for dispatch and the map."""

from flight.events import FlightPhase, VehicleSnapshot
from flight.link_state import LinkState
from flight.protocol.names import LandedState
from flight.supervision.figures import FlightFigures
from flight.supervision.flight import Supervision
from flight.vehicle import Vehicle

PHASES_WITHOUT_PLAN = {
    LandedState.TAKEOFF: FlightPhase.TAKING_OFF,
    LandedState.LANDING: FlightPhase.LANDING,
    LandedState.IN_AIR: FlightPhase.ENROUTE,
}
"""What can be said of a vehicle that flies something that is not ours."""


def snapshot_of(
    vehicle: Vehicle, link: LinkState, supervision: Supervision | None, sortie_id: str | None, now: float
) -> VehicleSnapshot:
    """Return the snapshot; what the vehicle has not told is ``None``."""
    telemetry = vehicle.telemetry
    figures = (None if supervision is None else supervision.figures) or FlightFigures()
    to_go_m = None if supervision is None else supervision.distance_to_go_m
    track = None if supervision is None or to_go_m is None else supervision.track
    return VehicleSnapshot(
        address=vehicle.address,
        link=link,
        at=now,
        armed=telemetry.armed,
        mode=vehicle.mode_name,
        latitude_deg=telemetry.latitude_deg,
        longitude_deg=telemetry.longitude_deg,
        altitude_amsl_m=telemetry.altitude_amsl_m,
        altitude_above_home_m=telemetry.altitude_above_home_m,
        heading_deg=telemetry.heading_deg,
        ground_speed_m_s=telemetry.ground_speed_m_s,
        battery_remaining=telemetry.battery_remaining,
        energy_used_wh=None if supervision is None else supervision.energy_used_wh,
        mission_seq=telemetry.mission_seq,
        phase=_phase(vehicle, supervision),
        sortie_id=sortie_id,
        progress=None if track is None or to_go_m is None else track.progress(to_go_m),
        distance_to_go_m=to_go_m,
        eta_s=0.0 if supervision is not None and supervision.landed else figures.eta_s,
        cross_track_m=figures.cross_track_m,
        delay_s=figures.delay_s,
        energy_margin_wh=figures.energy_margin_wh,
        wind_m_s=figures.wind_m_s,
    )


def _phase(vehicle: Vehicle, supervision: Supervision | None) -> FlightPhase:
    if supervision is not None and supervision.phase is not None:
        return supervision.phase
    if not vehicle.telemetry.armed:
        return FlightPhase.ON_GROUND
    known = {int(state): phase for state, phase in PHASES_WITHOUT_PLAN.items()}
    return known.get(vehicle.telemetry.landed_state, FlightPhase.ON_GROUND)
