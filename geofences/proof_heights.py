"""How high and how fast a flight goes: each leg in the band of its way, or in that of the lane it names."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from geofences.airspace import Airspace
from geofences.along import open_lanes
from geofences.legs import FlownLeg
from geofences.proof_lanes import overlooked_lanes
from geofences.route import RouteWaypoint, Way
from geofences.values import AltitudeBand, Interval
from geofences.zones import CLOSES_SOON, Corridor

IN_LANE_M = 0.5
"""How far a leg may lie outside the lane that it names: its ends are cut from the way at the lane's edge."""

RUN_UP_PER_M = 40.0
"""How much before a lane its height may be taken up, per metre of it: 1 m/s down at 40 m/s over ground."""

SPEED_TOLERANCE_M_S = 1e-6


@dataclass(frozen=True)
class HeightProof:
    """Legs of a flight, held against bands, lanes and limits during an interval."""

    airspace: Airspace
    interval: Interval
    legs: Sequence[FlownLeg]

    def violations(self) -> Iterator[str]:
        """Yield every leg at a wrong height, in a lane that it may not fly in, or too fast."""
        opened = open_lanes(self.airspace, self.interval)
        lanes = {lane.id: lane for lane in opened.corridors}
        for (way, lane_id), group in itertools.groupby(
            self.legs, key=lambda leg: (leg.way, leg.to.corridor_id)
        ):
            legs = list(group)
            if lane_id is None:
                yield from self._outside(legs, self._band_of(way))
            elif lane_id not in lanes:
                yield f"{legs[0]}: the corridor {lane_id} is not open for all of the flight"
            else:
                yield from self._lane_violations(legs, lanes[lane_id])
            yield from self._limit_violations(legs)
        lasting = Interval(self.interval.start, self.interval.end + CLOSES_SOON)
        binding = open_lanes(self.airspace, lasting)
        for way in Way:
            at_sea = [leg for leg in self.legs if leg.way is way and not leg.at_pad]
            yield from overlooked_lanes(at_sea, binding)

    def _band_of(self, way: Way) -> AltitudeBand:
        policy = self.airspace.policy
        return policy.outbound if way is Way.OUT else policy.inbound

    def _outside(self, legs: Sequence[FlownLeg], band: AltitudeBand) -> Iterator[str]:
        for leg, number, waypoint in _ends(legs):
            if not band.floor_amsl_m <= waypoint.altitude_amsl_m <= band.ceiling_amsl_m:
                yield (
                    f"way {leg.way}, waypoint {number}: {waypoint.altitude_amsl_m:g} m AMSL is outside "
                    f"{band.floor_amsl_m:g}-{band.ceiling_amsl_m:g} m"
                )

    def _lane_violations(self, legs: Sequence[FlownLeg], lane: Corridor) -> Iterator[str]:
        """Check legs that name one lane; what of them lies outside it must also be in the band of the way.

        Free of that is a run-up, which takes up the height of the lane before it begins.
        """
        chain = LineString([legs[0].start, *(leg.end for leg in legs)])
        inside = shapely.intersection(chain, shapely.buffer(self.airspace.corridor_shape(lane), IN_LANE_M))
        if inside.length == 0.0:
            yield f"{legs[0]}: never comes into the corridor {lane.id}"
            return
        band = lane.outbound if self._is_along(lane, chain, inside) else lane.inbound
        if band is None:
            yield f"{legs[0]}: goes against the one-way corridor {lane.id}"
        else:
            yield from self._outside(legs, band)
        change_m = abs(legs[0].to.altitude_amsl_m - legs[0].before.altitude_amsl_m)
        if chain.length - inside.length > RUN_UP_PER_M * change_m + IN_LANE_M:
            yield from self._outside(legs, self._band_of(legs[0].way))
        yield from _speed_violations(legs, lane)

    def _is_along(self, lane: Corridor, chain: LineString, inside: BaseGeometry) -> bool:
        """Say whether a chain gains along the centreline between its first and its last point inside."""
        line = self.airspace.projection.geometry_to_local(lane.centreline)
        at_m = shapely.line_locate_point(chain, shapely.points(shapely.get_coordinates(inside)))
        ends = shapely.line_interpolate_point(chain, [at_m.min(), at_m.max()])
        start_m, end_m = shapely.line_locate_point(line, ends)
        return bool(end_m > start_m)

    def _limit_violations(self, legs: Sequence[FlownLeg]) -> Iterator[str]:
        """Check what holds everywhere: over the sea the law's height above ground is that above the sea."""
        envelope, limit_m = self.airspace.envelope, self.airspace.policy.altitude_limit_above_ground_m
        ceiling_m = min(envelope.ceiling_amsl_m, limit_m)
        for leg, number, waypoint in _ends(legs):
            if not envelope.floor_amsl_m <= waypoint.altitude_amsl_m <= ceiling_m:
                yield (
                    f"way {leg.way}, waypoint {number}: {waypoint.altitude_amsl_m:g} m AMSL is outside all "
                    f"that is allowed here, {envelope.floor_amsl_m:g}-{ceiling_m:g} m"
                )


def _ends(legs: Sequence[FlownLeg]) -> Iterator[tuple[FlownLeg, int, RouteWaypoint]]:
    """Yield the waypoint at the end of each leg with its number, and the very first of a way."""
    for leg in legs:
        if leg.number == 1:
            yield leg, 0, leg.before
        yield leg, leg.number, leg.to


def _speed_violations(legs: Sequence[FlownLeg], lane: Corridor) -> Iterator[str]:
    for leg in legs:
        limit_m_s = lane.speed_limit_m_s
        if limit_m_s is not None and leg.to.airspeed_m_s > limit_m_s + SPEED_TOLERANCE_M_S:
            yield f"{leg}: {leg.to.airspeed_m_s:g} m/s is over the limit of {lane.id}, {limit_m_s:g} m/s"
