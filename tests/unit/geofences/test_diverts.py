from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from geofences.airspace import Airspace
from geofences.certificate import certify
from geofences.diverts import SEARCH_STEP_M, DivertSearch, divert_violations
from geofences.errors import CertificateError
from geofences.performance import Performance
from geofences.proof import Proof
from geofences.round_trip import plan_round_trip
from geofences.route import CheckedDivert, Route, Way
from geofences.shapes import XY
from geofences.values import ApproachSector, Interval, Island
from geofences.wind import Wind
from tests.unit.geofences.pond import DEPARTURE, MAP, PERFORMANCE, box_in_degrees, site, zone

CRUISE_WH_PER_S = 430.0 / 3600.0
DESCENT_OUT_S = 56.0 / 1.5
"""From 60 m to a quay at 4 m."""

DESCENT_HOME_S = 81.0 / 1.5
DESCENT_WH_PER_S = 1900.0 / 3600.0
OVER_A = (-6_050.0, -60.0, -5_700.0, 60.0)
OVER_B = (5_700.0, -60.0, 6_050.0, 60.0)


def trip(
    airspace: Airspace, origin: str = "A", destination: str = "B", performance: Performance = PERFORMANCE
) -> tuple[Route, Route]:
    return plan_round_trip(
        airspace,
        origin,
        destination,
        performance=performance,
        departure=DEPARTURE,
        stop_s=0.0,
        start_window_s=0.0,
    )


def proof_of(airspace: Airspace, ways: tuple[Route, Route]) -> Proof:
    return Proof(airspace, *ways, Interval(DEPARTURE, DEPARTURE + timedelta(hours=1)))


def diverts_of(
    airspace: Airspace,
    ways: tuple[Route, Route],
    performance: Performance = PERFORMANCE,
    stop_wh: float = 0.0,
) -> list[CheckedDivert]:
    return list(DivertSearch(proof_of(airspace, ways), performance, stop_wh).diverts())


def with_islet(pond: Airspace) -> Airspace:
    """Return the pond with a third pad C, north of the middle of the way along the northern shore."""
    islet = Island("ISLET", "ISLET", "ISLET", False, box_in_degrees((-50.0, 3_000.0, 50.0, 3_100.0)))
    pad = replace(
        site("C", 0.0, ApproachSector(180.0, 600.0, 110.0)), position=MAP.position_from_local(0.0, 3_000.0)
    )
    return replace(pond, islands=(*pond.islands, islet), sites={**pond.sites, "C": pad})


def northern(pond: Airspace) -> Airspace:
    """Return an airspace in which the way past the island leads along its northern shore."""
    return pond.with_zone(zone("SOUTH", (-500.0, -5_900.0, 500.0, -900.0)))


def test_every_leg_of_both_ways_has_a_divert(pond: Airspace) -> None:
    ways = trip(pond)

    found = [(each.way, each.leg) for each in diverts_of(pond, ways)]

    assert found == [
        *((Way.OUT, leg) for leg in range(1, len(ways[0].waypoints))),
        *((Way.HOME, leg) for leg in range(1, len(ways[1].waypoints))),
    ]


def test_the_first_leg_turns_back_and_the_last_one_arrives(pond: Airspace) -> None:
    ways = trip(pond)
    gate_wh = ways[0].waypoints[1].energy_wh

    first, *_, last = [each for each in diverts_of(pond, ways) if each.way is Way.OUT]

    back_s = 600.0 / 25.0
    back_wh = back_s * CRUISE_WH_PER_S + DESCENT_OUT_S * DESCENT_WH_PER_S
    assert first.site_id == "A"
    assert first.length_m == pytest.approx(600.0, abs=0.1)
    assert first.duration_s == pytest.approx(back_s + DESCENT_OUT_S, abs=0.01)
    assert first.energy_wh == pytest.approx(back_wh, abs=0.01)
    assert first.needed_wh == pytest.approx(gate_wh + back_wh, abs=0.01)
    assert (last.site_id, last.length_m, last.duration_s, last.energy_wh) == ("B", 0.0, 0.0, 0.0)
    assert last.needed_wh == pytest.approx(ways[0].energy_wh)


def test_the_nearer_of_two_pads_is_taken(pond: Airspace) -> None:
    ways = trip(pond)
    points = [pond.projection.local_from_position(each.position) for each in ways[0].waypoints]

    diverts = [each for each in diverts_of(pond, ways) if each.way is Way.OUT]

    assert [each.site_id for each in diverts] == ["A" if x_m < 0.0 else "B" for x_m, _ in points[1:]]


def test_on_the_way_home_the_way_out_and_the_stop_have_been_flown(pond: Airspace) -> None:
    ways = trip(pond)
    home_wh = DESCENT_HOME_S * DESCENT_WH_PER_S + 24.0 * CRUISE_WH_PER_S

    diverts = [each for each in diverts_of(pond, ways, stop_wh=50.0) if each.way is Way.HOME]

    used_wh = ways[0].energy_wh + 50.0 + ways[1].waypoints[-2].energy_wh
    assert diverts[-2].energy_wh == pytest.approx(home_wh, abs=0.01)
    assert diverts[-2].needed_wh == pytest.approx(used_wh + home_wh, abs=0.01)


def test_a_pad_beside_the_way_is_nearer_than_both_ends(pond: Airspace) -> None:
    airspace = northern(with_islet(pond))

    diverts = [each for each in diverts_of(airspace, trip(airspace)) if each.way is Way.OUT]

    beside = [each for each in diverts if each.site_id == "C"]
    longer_m = []
    for each in beside:
        x_m, y_m = pond.projection.local_from_position(each.path[0])
        to_gate_m = ((x_m**2) + (2_400.0 - y_m) ** 2) ** 0.5
        longer_m.append(each.length_m - to_gate_m - 600.0)
        assert each.path[-1].latitude_deg == pytest.approx(airspace.site("C").position.latitude_deg, abs=1e-7)
    assert min(longer_m) == pytest.approx(0.0, abs=1.0), "straight to the gate of C"
    assert max(longer_m) < SEARCH_STEP_M, "or from a waypoint not far ahead"


def test_a_pad_whose_approach_is_closed_is_no_divert(pond: Airspace) -> None:
    airspace = northern(with_islet(pond))
    closed = airspace.with_zone(zone("CLOSED", (-60.0, 2_700.0, 60.0, 3_050.0)))

    diverts = diverts_of(closed, trip(closed))

    assert {each.site_id for each in diverts} == {"A", "B"}


def test_the_wind_decides_which_pad_is_nearer(pond: Airspace) -> None:
    blown = replace(PERFORMANCE, wind=Wind(10.0, 270.0))
    ways = trip(pond, performance=blown)

    first = diverts_of(pond, ways, blown)[0]

    against_s = 600.0 / 15.0
    assert first.site_id == "A"
    assert first.duration_s == pytest.approx(against_s + DESCENT_OUT_S, abs=0.01)
    assert first.ground_speeds_m_s[-1] == pytest.approx(15.0, abs=0.001)
    assert first.energy_wh == pytest.approx(
        against_s * CRUISE_WH_PER_S + DESCENT_OUT_S * DESCENT_WH_PER_S, abs=0.01
    )


def test_with_a_strong_tail_wind_one_goes_on_rather_than_back(pond: Airspace) -> None:
    points = [(-2_000.0, 1_500.0), (-1_000.0, 1_500.0)]
    calm, blown = PERFORMANCE, replace(PERFORMANCE, wind=Wind(15.0, 270.0))

    sites = [end_of_first_leg(pond, points, each).site_id for each in (calm, blown)]

    assert sites == ["A", "B"]


def end_of_first_leg(pond: Airspace, points: Sequence[XY], performance: Performance) -> CheckedDivert:
    """Return the divert at the end of the first leg between two points in the open."""
    origin, destination = map(point_id, points)
    return diverts_of(pond, trip(pond, origin, destination, performance), performance)[0]


def point_id(at: XY) -> str:
    """Return the name of a point in the open."""
    position = MAP.position_from_local(*at)
    return f"{position.latitude_deg:.7f},{position.longitude_deg:.7f}"


def test_an_end_in_the_open_is_no_place_to_land(pond: Airspace) -> None:
    divert = end_of_first_leg(pond, [(-4_000.0, 3_000.0), (-3_000.0, 3_000.0)], PERFORMANCE)

    to_gate_m = (2_400.0**2 + 3_000.0**2) ** 0.5
    assert divert.site_id == "A"
    assert divert.length_m == pytest.approx(to_gate_m + 600.0, abs=0.1)


def test_a_leg_without_a_pad_in_reach_is_refused_by_name(pond: Airspace) -> None:
    closed = pond.with_zone(zone("OVER-A", OVER_A)).with_zone(zone("OVER-B", OVER_B))
    ways = trip(closed, point_id((-3_000.0, 3_000.0)), point_id((3_000.0, 3_000.0)))

    with pytest.raises(CertificateError) as caught:
        certify(closed, *ways, energy_available_wh=900.0, reserve_fraction=0.3, performance=PERFORMANCE)

    legs = [(Way.OUT, number) for number in range(1, len(ways[0].waypoints))]
    legs += [(Way.HOME, number) for number in range(1, len(ways[1].waypoints))]
    assert list(caught.value.violations) == [
        f"way {way}, leg {number}: no drone site can be reached" for way, number in legs
    ]


def test_legs_whose_divert_needs_too_much_are_named_with_the_site(pond: Airspace) -> None:
    ways = trip(pond)
    diverts = diverts_of(pond, ways)
    most_wh = max(each.needed_wh for each in diverts)
    worst = [each for each in diverts if each.needed_wh > most_wh - 0.5]

    problems = list(divert_violations(diverts, proof_of(pond, ways).legs, most_wh - 0.5))

    assert list(divert_violations(diverts, proof_of(pond, ways).legs, most_wh)) == []
    assert len(problems) == len(worst)
    assert problems[0].startswith(f"way home, leg {worst[0].leg}: the nearest drone site A needs")
    assert f"only {most_wh - 0.5:.0f} Wh may be used" in problems[0]


def test_what_cannot_be_flown_in_the_wind_is_no_escape(pond: Airspace) -> None:
    ways = trip(pond)
    storm = replace(PERFORMANCE, wind=Wind(24.5, 270.0))

    diverts = diverts_of(pond, ways, storm)

    out = {each.leg: each.site_id for each in diverts if each.way is Way.OUT}
    assert set(out.values()) == {"B"}, "nobody comes back to A against it"
    home = [each.site_id for each in diverts if each.way is Way.HOME]
    assert home == ["B"] * (len(home) - 1) + ["A"], "with it one comes back to B from everywhere"
    assert len(home) == len(ways[1].waypoints) - 1
