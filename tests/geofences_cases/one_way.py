"""Judging a route that has no way home, so no certificate: the same judge, zones of its own heights."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from geofences.airspace import Airspace
from geofences.judge import Judge
from geofences.judge_flight import FlightJudge
from geofences.judge_track import track_violations
from geofences.route import Route, Way
from geofences.values import Interval, ZoneRule


def one_way_violations(airspace: Airspace, route: Route) -> list[str]:
    """Return everything that is wrong with a route.

    Only keep-outs and keep-ins that concern the bands that are flown count; the judge takes all altitudes
    between the lowest and the highest, as an early return may use them, so zones between bands are left out.
    """
    end = route.departure + timedelta(seconds=route.duration_s)
    interval = Interval(route.departure, end)
    return list(_violations(_without_zones_between(airspace), route, interval))


def _violations(airspace: Airspace, route: Route, interval: Interval) -> Iterator[str]:
    # The judge looks at a pair of ways; this route is both, so that no join is left to judge.
    judge = Judge(airspace, interval, route, route)
    yield from judge.violations()
    segments = judge.ways[0]
    yield from track_violations(segments, route.turn_radius_m)
    yield from FlightJudge(airspace, interval, Way.OUT, route, segments).violations(None)


def _without_zones_between(airspace: Airspace) -> Airspace:
    bands = [airspace.policy.outbound, *(lane.outbound for lane in airspace.corridors)]
    bands += [lane.inbound for lane in airspace.corridors if lane.inbound is not None]
    kept = tuple(
        zone
        for zone in airspace.zones
        if zone.rule is ZoneRule.CAUTION or any(airspace.band_of(zone).overlaps(band) for band in bands)
    )
    return replace(airspace, zones=kept, shared=airspace.areas)
