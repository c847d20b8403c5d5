"""Zones as national files have them: larger than the map, far from it, above uneven ground."""

import gc
import weakref
from dataclasses import replace
from datetime import timedelta

import pytest
import shapely
from shapely import Polygon

from geofences.airspace import Airspace
from geofences.errors import CertificateError, NoRoute
from geofences.projection import LocalProjection
from geofences.schedule import during
from geofences.values import Circle, Datum, Interval, Position, VerticalLimit, ZoneRule
from geofences.verify import verify
from geofences.zones import Zone
from tests.unit.geofences.pond import DEPARTURE, NORTH_OF_ISLAND, SOUTH_OF_ISLAND, pond, round_trip, way, zone
from tests.unit.geofences.pond_lanes import SOUTHERN_LANE, lane, with_lanes
from tests.unit.geofences.test_certificate import home_of, prove
from tests.unit.geofences.test_verify import proof_in, signed_again, violations

WEST_HALF = (-9000.0, -6000.0, 0.0, 6000.0)
FAR_AWAY = [Polygon(shapely.box(-75.0, 40.0, -74.0, 41.0)), Circle(Position(40.0, 0.0), 5000.0)]


def over(geometry: Polygon | Circle, rule: ZoneRule = ZoneRule.KEEP_OUT) -> Zone:
    return replace(zone("ODD", WEST_HALF, rule=rule), geometry=geometry)


@pytest.mark.parametrize("floor_m", [0.0, 30.0])
def test_a_keep_in_zone_above_ground_that_touches_land_keeps_in(pond: Airspace, floor_m: float) -> None:
    flat = zone("IN", WEST_HALF, rule=ZoneRule.KEEP_IN)
    uneven = replace(flat, floor=VerticalLimit(floor_m, Datum.AGL), ceiling=VerticalLimit(120.0, Datum.AGL))
    airspace = pond.with_zone(uneven)

    with pytest.raises(CertificateError, match="zone IN"):
        prove(airspace, round_trip(pond))
    found = violations(signed_again(proof_in(pond), airspace), airspace)

    assert any("keep-in zone IN" in each for each in found)


@pytest.mark.parametrize("box", [(-180.0, -85.0, 180.0, 85.0), (100.0, 0.0, 160.0, 60.0)])
def test_a_keep_out_zone_larger_than_the_map_leaves_no_way(
    pond: Airspace, box: tuple[float, float, float, float]
) -> None:
    airspace = pond.with_zone(over(shapely.box(*box)))

    with pytest.raises(NoRoute, match="ODD"):
        way(airspace)
    found = violations(signed_again(proof_in(pond), airspace), airspace)

    assert any("keep-out zone ODD" in each for each in found)


@pytest.mark.parametrize("geometry", FAR_AWAY)
@pytest.mark.parametrize("rule", [ZoneRule.KEEP_OUT, ZoneRule.CAUTION])
def test_a_zone_on_another_continent_changes_nothing(geometry: Polygon | Circle, rule: ZoneRule) -> None:
    airspace = pond().with_zone(over(geometry, rule))

    verify(*proof_in(airspace), airspace, DEPARTURE)


@pytest.mark.parametrize("geometry", FAR_AWAY)
def test_a_keep_in_zone_on_another_continent_leaves_no_way(
    pond: Airspace, geometry: Polygon | Circle
) -> None:
    airspace = pond.with_zone(over(geometry, ZoneRule.KEEP_IN))

    with pytest.raises(NoRoute, match="ODD"):
        way(airspace)
    found = violations(signed_again(proof_in(pond), airspace), airspace)

    assert any("leaves the keep-in zone ODD" in each for each in found)


def test_a_long_edge_is_where_its_degrees_say(pond: Airspace) -> None:
    latitude_deg = 33.0
    airspace = pond.with_zone(over(shapely.box(126.0, 32.0, 132.0, latitude_deg)))
    (wide,) = airspace.zones

    on_the_edge = shapely.Point(pond.projection.local_from_position(Position(latitude_deg, 128.95)))

    assert airspace.shape_of(wide).boundary.distance(on_the_edge) == pytest.approx(0.0, abs=0.5)


def test_a_join_through_a_zone_without_a_buffer_fails(pond: Airspace) -> None:
    sea = replace(pond, islands=tuple(each for each in pond.islands if each.id != "MIDDLE"))
    airspace = sea.with_zone(zone("BLOCK", (-1000.0, -1000.0, 1000.0, 1000.0)))
    north = way(airspace.with_zone(zone("S", SOUTH_OF_ISLAND)))
    south = way(airspace.with_zone(zone("N", NORTH_OF_ISLAND)))
    certificate, *_ = proof_in(airspace)

    corrupt = certificate, north, home_of(airspace, north, south)

    found = violations(signed_again(corrupt, airspace), airspace)
    assert "join of the way home: a sample breaks the keep-out zone BLOCK" in found


def test_another_map_is_another_version(pond: Airspace) -> None:
    elsewhere = replace(pond, projection=LocalProjection(33.5, 129.5))

    assert elsewhere.version != pond.version


def test_a_snapshot_that_nobody_needs_is_forgotten() -> None:
    past = Interval(DEPARTURE - timedelta(days=2), DEPARTURE - timedelta(days=1))
    airspace = with_lanes(pond(), lane("L", SOUTHERN_LANE, schedule=during(past)))
    airspace = airspace.with_zone(zone("Z", (7000.0, 3000.0, 7500.0, 3500.0)))
    way(airspace)
    areas = weakref.ref(airspace.areas)

    del airspace
    gc.collect()

    assert areas() is None
