"""The way home from every leg of the way out, with energy for it.

An early return turns about, takes up the height of the way home, joins its nearest leg in a straight line
and follows it. Along a leg the energy used grows, and so does the way back; so the worst point
of each leg is its end.
"""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from geofences.flight_cost import MINIMUM_GROUND_SPEED_M_S
from geofences.performance import FlightPhase, Performance
from geofences.proof import Proof
from geofences.route import CheckedReturn, FlightFigures, Route, RouteWaypoint, Way

ABOUT_TURN_RADII = 7.0 * math.pi / 3.0
"""Length, in radii, of the shortest way to fly back over the same point (L. E. Dubins, "On curves of minimal
length with a constraint on average curvature", 1957: three arcs of 60°, 300° and 60°)."""

PLACE_M = 0.25
"""Two tracks follow each other to within 0.1 m, and the judge looks for a place to within as much."""


def figures_of(performance: Performance) -> FlightFigures:
    """Return the figures of an aircraft that a certificate counts with."""
    power = performance.power
    return FlightFigures(
        cruise_speed_m_s=performance.cruise_speed_m_s,
        turn_radius_m=performance.turn_radius_m,
        climb_rate_m_s=performance.climb_rate_m_s,
        descent_rate_m_s=performance.descent_rate_m_s,
        cruise_w=power.power_w(FlightPhase.CRUISE, performance.payload_kg),
        climb_w=power.power_w(FlightPhase.CLIMB, performance.payload_kg),
        descent_w=power.power_w(FlightPhase.DESCENT, performance.payload_kg),
        strongest_wind_m_s=performance.wind.strongest_m_s,
    )


def checked_returns(proof: Proof, figures: FlightFigures) -> tuple[CheckedReturn, ...]:
    """Return the way home from each leg of the way out, by its worst point.

    Where the way home follows another track, it is counted in full, whichever leg of it is joined.
    """
    way_out, way_home = proof.way_out, proof.way_home
    returns = []
    for leg, (join_m, passed_wh) in enumerate(
        zip(proof.longest_joins_m(), _passed_wh(proof), strict=True), 1
    ):
        join_wh = _join_wh(way_out.waypoints[leg], way_home, join_m, figures)
        needed_wh = way_out.waypoints[leg].energy_wh + join_wh + way_home.energy_wh - passed_wh
        returns.append(CheckedReturn(leg, join_wh, needed_wh))
    return tuple(returns)


def return_violations(returns: Sequence[CheckedReturn], usable_wh: float) -> Iterator[str]:
    """Yield the legs from which the energy is not enough to come home."""
    for each in returns:
        if each.needed_wh > usable_wh:
            yield (
                f"way out, leg {each.leg}: turning home needs {each.needed_wh:.0f} Wh in all, "
                f"but only {usable_wh:.0f} Wh may be used"
            )


def _passed_wh(proof: Proof) -> list[float]:
    """Return for each leg what of the way home's energy an early return from it leaves out.

    Climbs come at the beginning of a leg, so in the middle of one the energy used is not less than in
    proportion; the last leg, with its descent, is never left out. From the pad, all must be flown.
    """
    places_m, home = proof.mirrored_m, proof.way_home
    if places_m is None:
        return [0.0] * (len(proof.way_out.waypoints) - 1)
    legs_m = [leg.length_m for leg in proof.legs if leg.way is Way.HOME]
    at_m = np.concatenate([[0.0], np.cumsum(legs_m)])
    used_wh = np.array([each.energy_wh for each in home.waypoints])
    used_wh[-1] = used_wh[-2]
    # The climb into a lane may be a leg of centimetres: a place is known less exactly than that.
    return [*(float(np.interp(place_m - PLACE_M, at_m, used_wh)) for place_m in places_m[1:-1]), 0.0]


def _join_wh(at: RouteWaypoint, way_home: Route, join_m: float, figures: FlightFigures) -> float:
    """Return what turning about, the straight join and the climb to the highest leg of the way home use."""
    about_s = ABOUT_TURN_RADII * figures.turn_radius_m / figures.cruise_speed_m_s
    slowest_m_s = max(figures.cruise_speed_m_s - figures.strongest_wind_m_s, MINIMUM_GROUND_SPEED_M_S)
    highest_m = max(each.altitude_amsl_m for each in way_home.waypoints)
    climb_s = max(0.0, highest_m - at.altitude_amsl_m) / figures.climb_rate_m_s
    return (figures.cruise_w * (about_s + join_m / slowest_m_s) + figures.climb_w * climb_s) / 3600.0
