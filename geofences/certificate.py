"""Proving a way out and its way home.

The certificate is made here, and checked again by other means in ``geofences.verify``.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from geofences.airspace import Airspace
from geofences.diverts import DivertSearch, divert_violations
from geofences.errors import CertificateError
from geofences.performance import Performance
from geofences.proof import Proof
from geofences.proof_heights import HeightProof
from geofences.returns import checked_returns, figures_of, return_violations
from geofences.route import Certificate, CheckedDivert, Route, route_digest
from geofences.values import Interval

START_WINDOW_S = 1_800.0
"""How late a flight may start on its certificate: loading and approval take minutes."""


def certify(
    airspace: Airspace,
    way_out: Route,
    way_home: Route,
    *,
    energy_available_wh: float,
    reserve_fraction: float,
    stop_energy_wh: float = 0.0,
    start_window_s: float = START_WINDOW_S,
    performance: Performance | None = None,
) -> Certificate:
    """Return the certificate of a way out and its way home; raise CertificateError with every violation.

    The certificate holds from the departure until ``start_window_s`` after the planned end of the way home;
    every zone that is active at any moment of this time counts. Zones count for all altitudes of the flight:
    those of all bands on the sea (an early return climbs anywhere on the way), and from the ground up at the
    pads. ArduPilot joins the nearest leg of the way home in a straight line, so where the way home is not the
    way out reversed, these joins are checked too. Every leg has a drone site in reach, and
    every leg of the way out a way home, from its worst point and within the energy that may be used.

    Parameters
    ----------
    energy_available_wh
        What the battery holds at departure.
    reserve_fraction
        The share of it that must be left after the way home, 0 to 1.
    stop_energy_wh
        What the stop uses beside both routes: hovering, release, transitions.
    performance
        The aircraft, with the wind that the routes were planned in. Without it returns and diverts cannot be
        counted: the certificate lacks them, and ``verify`` refuses it.
    """
    proof = Proof(airspace, way_out, way_home, _interval(way_out, way_home, start_window_s))
    energy_wh = way_out.energy_wh + stop_energy_wh + way_home.energy_wh
    usable_wh = (1.0 - reserve_fraction) * energy_available_wh
    violations = [
        *_sequence_violations(way_out, way_home),
        *HeightProof(airspace, proof.interval, proof.legs).violations(),
        *proof.violations(),
        *_energy_violations(energy_wh, usable_wh, energy_available_wh),
    ]
    if violations:
        raise CertificateError(violations)
    zone, island = proof.nearest_zone(), proof.nearest_island()
    certificate = Certificate(
        airspace_version=airspace.version,
        route_digest=route_digest(way_out, way_home),
        valid_from=proof.interval.start,
        valid_until=proof.interval.end,
        zone_clearance_m=None if zone is None else zone.clearance_m,
        nearest_zone_id=None if zone is None else zone.id,
        coast_clearance_m=island.clearance_m,
        nearest_island_id=island.id,
        energy_wh=energy_wh,
        energy_available_wh=energy_available_wh,
        reserve_fraction=reserve_fraction,
        zone_clearance_at=None if zone is None else zone.at,
        coast_clearance_at=island.at,
        corridor_ids=corridor_ids(way_out, way_home),
    )
    if performance is not None:
        certificate = _with_rescues(certificate, proof, performance, stop_energy_wh)
    return certificate.sealed()


def ends_at(route: Route) -> datetime:
    """Return when a route is flown to its end."""
    return route.departure + timedelta(seconds=route.duration_s)


def corridor_ids(*routes: Route) -> tuple[str, ...]:
    """Return the corridors that routes follow, in the order first met."""
    met = (each.corridor_id for route in routes for each in route.waypoints if each.corridor_id is not None)
    return tuple(dict.fromkeys(met))


def _interval(way_out: Route, way_home: Route, start_window_s: float) -> Interval:
    end = max(ends_at(way_out), ends_at(way_home))
    return Interval(way_out.departure, end + timedelta(seconds=start_window_s))


def _sequence_violations(way_out: Route, way_home: Route) -> Iterator[str]:
    if way_home.origin_site_id != way_out.destination_site_id:
        yield f"the way home starts at {way_home.origin_site_id}, not at {way_out.destination_site_id}"
    if way_home.departure < ends_at(way_out):
        yield "the way home departs before the way out arrives"


def _energy_violations(energy_wh: float, usable_wh: float, available_wh: float) -> Iterator[str]:
    if energy_wh > usable_wh:
        yield f"needs {energy_wh:.0f} Wh, but may use only {usable_wh:.0f} Wh of {available_wh:.0f} Wh"


def _with_rescues(
    certificate: Certificate, proof: Proof, performance: Performance, stop_energy_wh: float
) -> Certificate:
    """Return the certificate with the returns and diverts of every leg; raise CertificateError."""
    figures = figures_of(performance)
    returns = checked_returns(proof, figures)
    diverts: tuple[CheckedDivert, ...] = tuple(DivertSearch(proof, performance, stop_energy_wh).diverts())
    violations = [
        *return_violations(returns, certificate.usable_wh),
        *divert_violations(diverts, proof.legs, certificate.usable_wh),
    ]
    if violations:
        raise CertificateError(violations)
    return replace(certificate, figures=figures, returns=returns, diverts=diverts)
