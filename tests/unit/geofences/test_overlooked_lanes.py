"""A kilometre in a lane is flown as the lane asks, whether a route names it or not."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from geofences.airspace import Airspace
from geofences.along import open_lanes
from geofences.corridor import local_points
from geofences.errors import CertificateError
from geofences.policy import INBOUND, OUTBOUND
from geofences.schedule import during
from geofences.shapes import XY
from geofences.values import Interval
from geofences.verify import verify
from geofences.zones import Corridor
from tests.unit.geofences.pond import DEPARTURE, pond, round_trip
from tests.unit.geofences.pond_lanes import lane, with_lanes
from tests.unit.geofences.test_certificate import prove
from tests.unit.geofences.test_verify import proof_in, signed_again, violations

POND = pond()
WAY: list[XY] = local_points(round_trip(POND)[0], POND.projection)[1:-1]
"""From gate to gate, where there is no lane."""

AROUND = replace(lane("L", WAY, width_m=600.0), outbound=OUTBOUND)


@pytest.mark.parametrize(
    ("drawn", "remark"),
    [
        (lane("L", WAY[::-1], width_m=600.0), "in the band of those who come the other way"),
        (lane("L", WAY[::-1], width_m=600.0, inbound=None), "against a one-way lane"),
        (lane("L", WAY, width_m=600.0, speed_limit_m_s=5.0), "too fast"),
        (replace(AROUND, outbound=INBOUND, inbound=OUTBOUND), "in the other band of the lane"),
    ],
)
def test_a_flight_that_breaks_the_rules_of_a_lane_it_does_not_name_is_refused(
    drawn: Corridor, remark: str
) -> None:
    airspace = with_lanes(POND, drawn)

    with pytest.raises(CertificateError, match="follows the corridor L otherwise than it asks"):
        prove(airspace, round_trip(POND))
    found = violations(signed_again(proof_in(POND), airspace), airspace)

    assert any("follows the corridor L against its rules" in each for each in found), remark


@pytest.mark.parametrize(
    ("drawn", "remark"),
    [
        ([AROUND], "along the lane, in its band"),
        ([lane("L", WAY[::-1], width_m=600.0, is_open=False)], "the lane is closed"),
        ([lane("L", [(-3000.0, -6000.0), (-3000.0, 6000.0)], width_m=900.0)], "across the lane"),
        ([AROUND, lane("M", WAY[::-1], width_m=600.0)], "as one of two lanes asks"),
    ],
)
def test_a_flight_that_keeps_to_a_lane_or_crosses_it_needs_not_name_it(
    drawn: list[Corridor], remark: str
) -> None:
    airspace = with_lanes(POND, *drawn)

    assert prove(airspace, round_trip(POND)), remark
    verify(*signed_again(proof_in(POND), airspace), airspace, DEPARTURE)


@pytest.mark.parametrize("off_m", [-0.01, 0.0, 0.01])
def test_a_way_along_the_very_edge_of_a_lane_is_in_it(pond: Airspace, off_m: float) -> None:
    airspace = with_lanes(pond, lane("L", [(-5400.0, -3000.0), (5400.0, -3000.0)], width_m=400.0))
    opened = open_lanes(airspace, Interval(DEPARTURE, DEPARTURE + timedelta(hours=1)))

    found = list(opened.parts(np.array([(-4000.0, -2800.0 + off_m)]), np.array([(4000.0, -2800.0 + off_m)])))

    assert [each.along for each in found] == [True]


@pytest.mark.parametrize(
    ("closes_s", "binds", "remark"),
    [
        (600.0, False, "in mid-flight"),
        (20 * 60.0, False, "twenty minutes after the time of the proof"),
        (40 * 60.0, True, "forty minutes after it"),
    ],
)
def test_a_lane_that_closes_soon_binds_only_those_who_name_it(
    closes_s: float, binds: bool, remark: str
) -> None:
    ways = round_trip(POND)
    ends = prove(POND, ways).valid_until if closes_s != 600.0 else DEPARTURE
    opened = during(Interval(DEPARTURE - timedelta(hours=1), ends + timedelta(seconds=closes_s)))
    drawn = replace(lane("L", WAY[::-1], width_m=600.0, inbound=None), schedule=opened)
    airspace = with_lanes(POND, drawn)

    if binds:
        with pytest.raises(CertificateError, match="follows the corridor L"):
            prove(airspace, ways)
        found = violations(signed_again(proof_in(POND), airspace), airspace)
        assert any("follows the corridor L" in each for each in found), remark
    else:
        prove(airspace, ways)
        verify(*signed_again(proof_in(POND), airspace), airspace, DEPARTURE)
