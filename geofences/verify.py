"""Checking a certificate again, by other means than those that made it.

Nothing here uses the cached flyable area, the buffers, the capsules or the visibility graph: distances are
measured from segments and from dense samples of the corridor (``geofences.judge``) to the zones and islands
themselves.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from geofences.airspace import Airspace
from geofences.errors import CertificateError
from geofences.judge import Judge
from geofences.route import Certificate, Route, route_digest
from geofences.values import AltitudeBand, Interval

CLEARANCE_TOLERANCE_M = 0.5
"""The certificate measures from circumscribed capsules, so it may say 0.12 m less than is true, not more."""

ENERGY_TOLERANCE_WH = 0.01


def verify(
    certificate: Certificate, way_out: Route, way_home: Route, airspace: Airspace, at: datetime
) -> None:
    """Check that a certificate holds for two routes in an airspace, for a launch at a time.

    Raises
    ------
    CertificateError
        With every violation: another airspace version, other routes, a launch outside the validity, a
        corridor that comes too near to land or a zone or leaves the boundary, a band, energy or clearance
        that is wrong.
    """
    interval = Interval(certificate.valid_from, certificate.valid_until)
    judge = Judge(airspace, interval, way_out, way_home)
    violations = [
        *_binding(certificate, way_out, way_home, airspace),
        *_time(certificate, way_out, way_home, at),
        *_energy(certificate, way_out, way_home),
        *_altitudes(way_out, airspace.policy.outbound),
        *_altitudes(way_home, airspace.policy.inbound),
        *judge.violations(),
        *_clearances(certificate, judge),
    ]
    if violations:
        raise CertificateError(violations)


def _binding(certificate: Certificate, way_out: Route, way_home: Route, airspace: Airspace) -> Iterator[str]:
    if certificate.airspace_version != airspace.version:
        yield (
            f"made for airspace {certificate.airspace_version[:12]}, but {airspace.version[:12]} is in force"
        )
    if certificate.route_digest != route_digest(way_out, way_home):
        yield "made for other routes (the digest differs)"
    if (way_home.origin_site_id, way_home.destination_site_id) != (
        way_out.destination_site_id,
        way_out.origin_site_id,
    ):
        yield "the way home does not lead from the destination back to the origin"


def _time(certificate: Certificate, way_out: Route, way_home: Route, at: datetime) -> Iterator[str]:
    arrival = way_out.departure + timedelta(seconds=way_out.duration_s)
    home = way_home.departure + timedelta(seconds=way_home.duration_s)
    latest = certificate.valid_until - (home - way_out.departure)
    if not certificate.valid_from <= at <= latest:
        yield (
            f"a launch at {at.isoformat()} lies outside {certificate.valid_from.isoformat()} "
            f"to {latest.isoformat()}"
        )
    if certificate.valid_from > way_out.departure:
        yield "its validity begins after the departure"
    if way_home.departure < arrival:
        yield "the way home departs before the way out arrives"
    for route in (way_out, way_home):
        offsets_s = [waypoint.offset_s for waypoint in route.waypoints]
        if offsets_s != sorted(offsets_s):
            yield f"the times of the way to {route.destination_site_id} do not grow"


def _energy(certificate: Certificate, way_out: Route, way_home: Route) -> Iterator[str]:
    needed_wh = way_out.waypoints[-1].energy_wh + way_home.waypoints[-1].energy_wh
    if certificate.energy_wh < needed_wh - ENERGY_TOLERANCE_WH:
        yield f"says {certificate.energy_wh:.1f} Wh, but the routes alone need {needed_wh:.1f} Wh"
    left_wh = certificate.energy_available_wh - max(needed_wh, certificate.energy_wh)
    reserve_wh = certificate.reserve_fraction * certificate.energy_available_wh
    if left_wh < reserve_wh - ENERGY_TOLERANCE_WH:
        yield f"leaves {left_wh:.0f} Wh, less than the reserve of {reserve_wh:.0f} Wh"


def _altitudes(route: Route, band: AltitudeBand) -> Iterator[str]:
    altitudes = {waypoint.altitude_amsl_m for waypoint in route.waypoints}
    for altitude_amsl_m in sorted(altitudes):
        if altitude_amsl_m < band.floor_amsl_m or altitude_amsl_m > band.ceiling_amsl_m:
            yield (
                f"the way to {route.destination_site_id} flies at {altitude_amsl_m:g} m AMSL, outside its "
                f"band of {band.floor_amsl_m:g} to {band.ceiling_amsl_m:g} m"
            )


def _clearances(certificate: Certificate, judge: Judge) -> Iterator[str]:
    coast_m = judge.coast_clearance_m()
    if coast_m < certificate.coast_clearance_m - CLEARANCE_TOLERANCE_M:
        yield f"says {certificate.coast_clearance_m:.1f} m to the coast, but {coast_m:.1f} m were measured"
    zone_m, stated_m = judge.zone_clearance_m(), certificate.zone_clearance_m
    if zone_m is not None and (stated_m is None or zone_m < stated_m - CLEARANCE_TOLERANCE_M):
        yield f"says {stated_m} m to the nearest zone, but {zone_m:.1f} m were measured"
