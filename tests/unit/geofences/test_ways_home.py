"""Ways home that the random cases (tests/geofences_cases) found to be wrong once, made small."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import numpy as np

from geofences.airspace import Airspace
from geofences.along import open_lanes, route_along
from geofences.certificate import certify
from geofences.corridor import local_points
from geofences.ends import end_at
from geofences.judge_parts import Segment
from geofences.judge_track import track_violations
from geofences.round_trip import reverse_route
from geofences.route import Certificate, Route
from geofences.schedule import during
from geofences.shapes import XY
from geofences.values import Interval
from geofences.verify import verify
from tests.unit.geofences.pond import DEPARTURE, PERFORMANCE, round_trip
from tests.unit.geofences.pond_lanes import SOUTHERN_LANE, lane, with_lanes

PADS_AND_GATES = [-6000.0, -5400.0, 5400.0, 6000.0]


def without_island(pond: Airspace) -> Airspace:
    return replace(pond, islands=pond.islands[1:])


def prove(airspace: Airspace, ways: tuple[Route, Route]) -> Certificate:
    certificate = certify(
        airspace, *ways, energy_available_wh=3000.0, reserve_fraction=0.3, performance=PERFORMANCE
    )
    verify(certificate, *ways, airspace, DEPARTURE)
    return certificate


def test_a_straight_way_home_keeps_its_gates(pond: Airspace) -> None:
    airspace = without_island(pond)

    out, home = round_trip(airspace)

    along_m = [round(x_m) for x_m, _ in local_points(home, airspace.projection)]
    assert along_m == PADS_AND_GATES[::-1]
    assert len(prove(airspace, (out, home)).diverts) == 6


def test_a_way_home_does_not_name_a_lane_that_closes_before_the_start_may_be_late(pond: Airspace) -> None:
    closes = DEPARTURE + timedelta(minutes=35)
    southern = lane("S", SOUTHERN_LANE, schedule=during(Interval(DEPARTURE, closes)))
    airspace = with_lanes(pond, southern)

    out, home = round_trip(airspace)

    assert home.departure + timedelta(seconds=home.duration_s) < closes
    assert prove(airspace, (out, home)).corridor_ids == ()


def test_a_climb_within_centimetres_of_a_gate_is_counted_in_the_return_from_there(pond: Airspace) -> None:
    against = lane("L", [(5400.0, 0.0), (-5400.0, 0.0)])
    airspace = with_lanes(without_island(pond), against)
    points: list[XY] = [(-6000.0, 0.0), (-5400.0, 0.0), (-5399.96, 0.0), (5400.0, 0.0), (6000.0, 0.0)]
    out = route_along(
        airspace,
        end_at(airspace, "A"),
        end_at(airspace, "B"),
        points,
        performance=PERFORMANCE,
        departure=DEPARTURE,
        band=airspace.policy.outbound,
        lanes=open_lanes(airspace, Interval(DEPARTURE, DEPARTURE)),
    )
    leaves = DEPARTURE + timedelta(seconds=out.duration_s)
    home = reverse_route(
        airspace, out, performance=PERFORMANCE, departure=leaves, band=airspace.policy.inbound
    )

    certificate = prove(airspace, (out, home))

    assert len(certificate.returns) == len(out.waypoints) - 1


def test_a_bend_of_a_centimetre_beside_a_corner_is_no_turn_of_its_own() -> None:
    points = np.array([(0.0, 0.0), (1000.0, 0.0), (1000.3, 0.015), (1900.0, 240.0)])
    segments = [
        Segment(f"segment {number}", start, end, 100.0, None)
        for number, (start, end) in enumerate(pairwise(points))
    ]

    found = list(track_violations(segments, 110.0))

    assert found == []
