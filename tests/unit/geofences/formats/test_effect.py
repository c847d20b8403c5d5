import math
from dataclasses import replace

import pytest
import shapely
from shapely import Polygon

from geofences.airspace import Airspace
from geofences.formats.effect import area_km2, lanes_blocked
from geofences.values import AltitudeBand, Circle, Position, VerticalLimit, ZoneRule
from geofences.zones import Corridor, Zone

HIGH = VerticalLimit(1000.0)


def lane_of(airspace: Airspace) -> Corridor:
    return next(lane for lane in airspace.corridors if lane.is_open)


def zone_on(lane: Corridor) -> Zone:
    """Return a keep-out zone in the middle of a lane, from the sea to 1,000 m."""
    middle = lane.centreline.interpolate(0.5, normalized=True)
    return Zone(
        id="HERE",
        name_ja="",
        name_en="",
        rule=ZoneRule.KEEP_OUT,
        geometry=Circle(Position(middle.y, middle.x), 10.0),
        floor=VerticalLimit(0.0),
        ceiling=HIGH,
        buffer_m=0.0,
        reason_ja="",
        reason_en="",
        source="",
    )


def test_a_zone_on_a_lane_blocks_it_at_the_heights_that_are_flown(goto: Airspace) -> None:
    lane = lane_of(goto)
    zone = zone_on(lane)
    bands = [band for band in (lane.outbound, lane.inbound) if band is not None]
    above = VerticalLimit(max(band.ceiling_amsl_m for band in bands) + 1.0)

    assert lane in lanes_blocked(goto, zone)
    assert lane not in lanes_blocked(goto, replace(zone, floor=above))
    assert lanes_blocked(goto, replace(zone, rule=ZoneRule.CAUTION)) == ()


def test_a_buffer_reaches_a_lane(goto: Airspace) -> None:
    lane = lane_of(goto)
    beside = zone_on(lane)
    assert isinstance(beside.geometry, Circle)
    centre = goto.projection.geometry_to_local(lane.centreline)
    offset = shapely.offset_curve(centre, lane.width_m / 2 + 100.0)
    x_m, y_m = offset.interpolate(0.5, normalized=True).coords[0]
    beside = replace(
        beside, geometry=replace(beside.geometry, centre=goto.projection.position_from_local(x_m, y_m))
    )

    assert lane not in lanes_blocked(goto, beside)
    assert lane in lanes_blocked(goto, replace(beside, buffer_m=200.0))


def test_a_keep_in_zone_blocks_what_is_not_inside(goto: Airspace) -> None:
    everything = replace(
        zone_on(lane_of(goto)), rule=ZoneRule.KEEP_IN, geometry=Circle(Position(33.0, 129.0), 2e5)
    )

    assert lanes_blocked(goto, everything) == ()
    low = replace(everything, ceiling=VerticalLimit(AltitudeBand(0.0, 60.0).ceiling_amsl_m))
    assert len(lanes_blocked(goto, low)) == sum(lane.is_open for lane in goto.corridors)


def test_a_zone_on_the_other_side_of_the_earth_touches_no_lane(goto: Airspace) -> None:
    zone = replace(zone_on(lane_of(goto)), geometry=Circle(Position(-33.0, -51.0), 5000.0))

    assert lanes_blocked(goto, zone) == ()
    assert lanes_blocked(goto, replace(zone, rule=ZoneRule.KEEP_IN))


def test_areas(goto: Airspace) -> None:
    zone = zone_on(lane_of(goto))
    # A square of 0.01 degrees on the equator: 1,113.19 m by 1,105.74 m.
    square = Polygon([(0.0, 0.0), (0.0, 0.01), (0.01, 0.01), (0.01, 0.0)])

    assert area_km2(zone) == pytest.approx(math.pi * 1e-4)
    assert area_km2(replace(zone, geometry=square)) == pytest.approx(1.11319 * 1.10574, rel=1e-4)
