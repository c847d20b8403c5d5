"""Checking a certificate again, by other means than those that made it.

Nothing here uses the cached flyable area, the buffers, the capsules, the visibility graph, the schedules' or
the zones' own arithmetic, or the rounding of the router: distances are measured from segments and from dense
samples of the corridor to the zones and islands themselves (``geofences.judge``), schedules are looked at
instant by instant (``judge_times``), turns, times and energies are worked out anew (``judge_track``,
``judge_flight``, ``judge_rescues``).
"""

import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta

from geofences.airspace import Airspace
from geofences.errors import CertificateError
from geofences.judge import Judge
from geofences.judge_flight import FlightJudge
from geofences.judge_numbers import impossible_numbers
from geofences.judge_rescues import RescueJudge
from geofences.judge_track import track_violations
from geofences.route import Certificate, Route, Way, route_digest
from geofences.values import Interval, Position

CLEARANCE_TOLERANCE_M = 0.5

CIRCLE_TOLERANCE = 0.002
"""The certificate measures to polygons around circles, which are too large by 0.12 % of the radius."""

ENERGY_TOLERANCE_WH = 0.01


def verify(
    certificate: Certificate, way_out: Route, way_home: Route, airspace: Airspace, at: datetime
) -> None:
    """Check that a certificate holds for two routes in an airspace, for a launch at a time.

    Raises
    ------
    CertificateError
        With every violation: another airspace version, other routes, a change since it was sealed, a launch
        outside the validity, a corridor that comes too near to land or a zone or leaves the boundary, a turn
        that leaves the corridor, a wrong height, lane, speed, time or energy, a leg without a return or a
        divert, or a clearance that is not true.
    """
    if impossible := list(impossible_numbers(certificate, way_out, way_home)):
        raise CertificateError(impossible)
    interval = Interval(certificate.valid_from, certificate.valid_until)
    binding = [
        *_binding(certificate, way_out, way_home, airspace),
        *_time(certificate, way_out, way_home, at),
    ]
    if interval.end < interval.start or min(len(way_out.waypoints), len(way_home.waypoints)) < 2:
        raise CertificateError([*binding, "there is no flight to check"])
    judge = Judge(airspace, interval, way_out, way_home, certificate.diverts)
    violations = [
        *binding,
        *_energy(certificate, way_out, way_home),
        *judge.violations(),
        *_clearances(certificate, judge),
        *_flight(certificate, way_out, way_home, airspace, judge),
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
    if not certificate.is_sealed:
        yield "changed since it was made (the seal differs)"
    if (way_home.origin_site_id, way_home.destination_site_id) != (
        way_out.destination_site_id,
        way_out.origin_site_id,
    ):
        yield "the way home does not lead from the destination back to the origin"
    named = (each.corridor_id for each in (*way_out.waypoints, *way_home.waypoints))
    if tuple(dict.fromkeys(each for each in named if each is not None)) != certificate.corridor_ids:
        yield "names other corridors than the routes"


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
        if not all(early <= late for early, late in itertools.pairwise([0.0, *offsets_s])):
            yield f"the times of the way to {route.destination_site_id} do not grow"


def _energy(certificate: Certificate, way_out: Route, way_home: Route) -> Iterator[str]:
    needed_wh = way_out.waypoints[-1].energy_wh + way_home.waypoints[-1].energy_wh
    if not certificate.energy_wh >= needed_wh - ENERGY_TOLERANCE_WH:
        yield f"says {certificate.energy_wh:.1f} Wh, but the routes alone need {needed_wh:.1f} Wh"
    left_wh = certificate.energy_available_wh - max(needed_wh, certificate.energy_wh)
    reserve_wh = certificate.reserve_fraction * certificate.energy_available_wh
    if not left_wh >= reserve_wh - ENERGY_TOLERANCE_WH:
        yield f"leaves {left_wh:.0f} Wh, less than the reserve of {reserve_wh:.0f} Wh"
    for route in (way_out, way_home):
        used_wh = [waypoint.energy_wh for waypoint in route.waypoints]
        if not all(early <= late for early, late in itertools.pairwise([0.0, *used_wh])):
            yield f"the energy used on the way to {route.destination_site_id} does not grow"


def _flight(
    certificate: Certificate, way_out: Route, way_home: Route, airspace: Airspace, judge: Judge
) -> Iterator[str]:
    interval, figures = Interval(certificate.valid_from, certificate.valid_until), certificate.figures
    for way, route, segments in zip(Way, (way_out, way_home), judge.ways, strict=True):
        yield from track_violations(segments, route.turn_radius_m)
        yield from FlightJudge(airspace, interval, way, route, segments).violations(figures)
    if figures is None:
        yield "has no figures of the aircraft, so it proves no returns and diverts"
    else:
        rescues = RescueJudge(certificate, figures, way_out, way_home, airspace, judge.ways)
        yield from rescues.violations()


def _clearances(certificate: Certificate, judge: Judge) -> Iterator[str]:
    """Compare the stated clearances with what is measured, over all and where they are said to be."""
    coast_m, stated_m = judge.coast_clearance_m(), certificate.coast_clearance_m
    at = certificate.coast_clearance_at
    there_m = None if at is None else judge.off_island_m(certificate.nearest_island_id, at)
    if not _agree(stated_m, coast_m, there_m, judge, at, 0.0):
        yield f"says {stated_m:.1f} m to the coast, but {coast_m:.1f} m were measured"
    zone_m, stated_zone_m = judge.zone_clearance_m(), certificate.zone_clearance_m
    zone_id, at = certificate.nearest_zone_id, certificate.zone_clearance_at
    if zone_m is None and (stated_zone_m, zone_id, at) == (None, None, None):
        return
    there_m = None if at is None or zone_id is None else judge.off_zone_m(zone_id, at)
    slack_m = CIRCLE_TOLERANCE * judge.radius_m(zone_id)
    if (
        zone_m is None
        or stated_zone_m is None
        or not _agree(stated_zone_m, zone_m, there_m, judge, at, slack_m)
    ):
        yield f"says {stated_zone_m} m to the nearest zone {zone_id}, but {zone_m} m were measured"


def _agree(
    stated_m: float,
    measured_m: float,
    there_m: float | None,
    judge: Judge,
    at: Position | None,
    slack_m: float,
) -> bool:
    """Say whether a stated clearance is the measured one, and is that at the place given for it.

    Parameters
    ----------
    there_m
        Distance from that place to the obstacle: half a corridor more than the clearance.
    slack_m
        How much less than is true it may say.
    """
    if at is None or there_m is None or judge.off_route_m(at) > CLEARANCE_TOLERANCE_M:
        return False
    widths_m = [segment.half_width_m for segments in judge.ways for segment in segments]
    low_m, high_m = slack_m + CLEARANCE_TOLERANCE_M, CLEARANCE_TOLERANCE_M
    return (
        measured_m - low_m <= stated_m <= measured_m + high_m
        and min(widths_m) - high_m <= there_m - stated_m <= max(widths_m) + low_m
    )
