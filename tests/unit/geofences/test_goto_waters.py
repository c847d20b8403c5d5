import math
from dataclasses import replace

import pytest
from shapely import LineString, Point, box

from geofences.airspace import Airspace
from geofences.data.goto_waters import HARBOUR_OFFSET_M, LANE_OFFSET_M, LANE_WIDTH_M, LaneWaters
from geofences.shapes import XY
from geofences.values import AltitudeBand, ApproachSector, ZoneRule
from geofences.zones import Zone
from tests.unit.geofences.pond import MAP, pond, site, zone

GATE_A, GATE_B = (-5_400.0, 0.0), (5_400.0, 0.0)
ISLAND = box(-1_000.0, -1_000.0, 1_000.0, 1_000.0)


def calm(*zones: Zone) -> Airspace:
    """Return the pond with its pads on beaches, not in ports, and with some zones."""
    airspace = pond()
    for each in zones:
        airspace = airspace.with_zone(each)
    beaches = {name: replace(each, kind="drop") for name, each in airspace.sites.items()}
    return replace(airspace, sites=beaches)


def with_port(airspace: Airspace, at: XY) -> Airspace:
    port = replace(site("PORT", at[0], None, pad_site_id="B"), position=MAP.position_from_local(*at))
    return replace(airspace, sites={**airspace.sites, "PORT": port})


def lane(airspace: Airspace, start: XY = GATE_A, end: XY = GATE_B) -> LineString:
    return LineString(LaneWaters(airspace).lane(start, end))


def test_a_lane_goes_round_an_island_500_m_off() -> None:
    line = lane(calm())

    # Two tangents to circles of 500 m around two corners, the arcs there, and two kilometres between.
    away_m = math.hypot(4_400.0, 1_000.0)
    turn = math.atan2(1_000.0, 4_400.0) + math.asin(500.0 / away_m)
    shortest_m = 2.0 * math.sqrt(away_m**2 - 500.0**2) + 2.0 * turn * 500.0 + 2_000.0
    assert shortest_m <= line.length <= shortest_m + 60.0, "the coast may be kept up to 40 m further off"
    assert line.distance(ISLAND) >= LANE_OFFSET_M


@pytest.mark.parametrize("north", [1.0, -1.0])
def test_a_lane_keeps_away_from_ports_that_are_not_its_own(north: float) -> None:
    port = (0.0, 1_700.0 * north)

    line = lane(with_port(calm(), port))

    assert line.distance(Point(port)) >= HARBOUR_OFFSET_M - 2.0
    assert all(y_m * north < 1.0 for _, y_m in line.coords), "it passes on the other side of the island"


def test_a_lane_begins_at_its_gate_even_in_a_port() -> None:
    line = lane(pond())

    assert line.coords[0] == pytest.approx(GATE_A)
    assert line.coords[-1] == pytest.approx(GATE_B)
    assert line.distance(ISLAND) >= LANE_OFFSET_M


@pytest.mark.parametrize(
    ("rule", "band", "buffer_m", "kept_m", "remark"),
    [
        (ZoneRule.KEEP_OUT, AltitudeBand(0.0, 120.0), 0.0, 200.0, "half the lane"),
        (ZoneRule.KEEP_OUT, AltitudeBand(0.0, 120.0), 300.0, 500.0, "and the buffer"),
        (ZoneRule.KEEP_OUT, AltitudeBand(90.0, 200.0), 0.0, 200.0, "it touches one band"),
        (ZoneRule.KEEP_OUT, AltitudeBand(120.0, 200.0), 0.0, 0.0, "it lies over both"),
        (ZoneRule.CAUTION, AltitudeBand(0.0, 40.0), 0.0, 200.0, "a caution zone, at any height"),
    ],
)
def test_a_lane_is_clear_of_zones(
    rule: ZoneRule, band: AltitudeBand, buffer_m: float, kept_m: float, remark: str
) -> None:
    bounds = (-3_500.0, -3_000.0, -2_500.0, 3_000.0)
    line = lane(calm(zone("Z", bounds, rule=rule, band=band, buffer_m=buffer_m)))

    kept = line.distance(box(*bounds))
    assert kept == pytest.approx(kept_m, abs=60.0), remark
    assert kept >= kept_m


def test_a_lane_may_come_nearer_to_a_coast_around_its_gate() -> None:
    airspace = calm()
    near = (-1_450.0, 0.0)
    at_island = replace(site("C", -1_050.0, ApproachSector(270.0, 400.0, 110.0)), kind="drop")

    line = lane(replace(airspace, sites={**airspace.sites, "C": at_island}), GATE_A, near)

    assert line.coords[-1] == pytest.approx(near)
    assert 300.0 < line.distance(ISLAND) < LANE_OFFSET_M


def test_a_gate_that_is_shut_in_is_named() -> None:
    wall = zone("WALL", (-4_000.0, -6_000.0, -3_500.0, 6_000.0))

    with pytest.raises(ValueError, match="no way from the gate at -5400, 0 to open water"):
        lane(calm(wall))


def test_between_places_off_the_waters_there_is_no_lane() -> None:
    with pytest.raises(ValueError, match="no lane joins"):
        lane(calm(), GATE_A, (0.0, 0.0))


def test_the_lanes_of_goto_keep_off_coasts_and_the_ports_of_others(goto: Airspace) -> None:
    sites = [each for each in goto.sites.values() if each.kind == "port"]
    ports = {each.id: Point(MAP.local_from_position(each.position)) for each in sites}

    for corridor in goto.corridors:
        line = MAP.geometry_to_local(corridor.centreline)
        ends = [Point(line.coords[0]), Point(line.coords[-1])]
        offshore = line.difference(ends[0].buffer(4_800.0)).difference(ends[1].buffer(4_800.0))
        assert corridor.width_m == LANE_WIDTH_M
        assert offshore.is_empty or offshore.distance(goto.terrain.land) >= LANE_OFFSET_M - 0.2, corridor.id
        for port, at in ports.items():
            if min(at.distance(end) for end in ends) > HARBOUR_OFFSET_M + 4_800.0:
                assert line.distance(at) >= HARBOUR_OFFSET_M - 5.0, (corridor.id, port)
