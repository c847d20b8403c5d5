import csv

import pytest
import shapely
from shapely import LineString, Point

from geofences.airspace import Airspace
from geofences.loading import GOTO
from geofences.values import Interval, Site
from tests.unit.geofences.pond import DEPARTURE

QUAY_M = 120.0
ALWAYS = Interval(DEPARTURE, DEPARTURE)


def drone_sites(airspace: Airspace) -> list[Site]:
    return [site for site in airspace.sites.values() if site.is_drone_site]


def test_the_hub_is_fukue_port(goto: Airspace) -> None:
    assert [site.id for site in goto.sites.values() if site.is_hub] == ["FKP"]


def test_the_hospital_on_the_hill_is_joined_to_the_hub_by_road(goto: Airspace) -> None:
    hospital = goto.site("GCH")

    assert not hospital.is_drone_site
    assert goto.pad_of("GCH").id == "FKP"
    assert hospital.road_km == pytest.approx(4.4)
    assert "inhabited land" in hospital.note_en


def test_every_place_that_asks_for_supplies_has_a_pad_on_its_island(goto: Airspace) -> None:
    for site in goto.sites.values():
        if site.kind in {"hospital", "clinic", "drop"}:
            assert goto.pad_of(site.id).is_drone_site, site.id
            assert goto.pad_of(site.id).island == site.island


def test_pads_stand_at_the_shore(goto: Airspace) -> None:
    shore = shapely.boundary(goto.terrain.land)

    for site in drone_sites(goto):
        assert Point(goto.projection.local_from_position(site.position)).distance(shore) < 70.0, site.id


def test_approaches_cross_no_land_but_the_quay(goto: Airspace) -> None:
    land = goto.terrain.land

    for site in drone_sites(goto):
        pad, gate = goto.terrain.approaches[site.id]
        beyond = shapely.difference(LineString([pad, gate]), Point(pad).buffer(QUAY_M))
        assert shapely.intersection(beyond, land).length <= 60.0, site.id


def test_gates_lie_where_a_whole_cruise_corridor_is_flyable(goto: Airspace) -> None:
    flyable = goto.flyable(goto.policy.envelope, ALWAYS)

    for site in drone_sites(goto):
        assert flyable.covers(Point(goto.terrain.gate(site.id)).buffer(goto.policy.cruise_half_width_m)), (
            site.id
        )


def test_places_without_a_pad_say_why_in_both_languages(goto: Airspace) -> None:
    for site in goto.sites.values():
        assert site.note_ja
        assert site.note_en
        assert site.source


def test_lanes_join_the_hub_to_every_pad_over_the_sea(goto: Airspace) -> None:
    ends = {lane.id for lane in goto.corridors}

    assert ends == {f"FKP-{site.id}" for site in drone_sites(goto) if not site.is_hub}
    for lane in goto.corridors:
        assert not goto.projection.geometry_to_local(lane.centreline).intersects(goto.terrain.land), lane.id


def test_low_airport_surfaces_and_the_wind_farm_close_our_bands(goto: Airspace) -> None:
    closing = {zone.id for zone in goto.zones_for([goto.policy.envelope], ALWAYS)}

    assert {"RJDO-horizontal-1", "RJFE-strip-1", "WIND-FARM"} <= closing
    assert "RJFE-horizontal-1" not in closing


def test_every_zone_says_why_and_whence(goto: Airspace) -> None:
    assert all(zone.reason_ja and zone.reason_en and zone.source for zone in goto.zones)


def test_the_policy_knows_the_highest_ground(goto: Airspace) -> None:
    with (GOTO / "source" / "peaks.csv").open(encoding="utf-8", newline="") as file:
        heights_m = [float(row["height_m"]) for row in csv.DictReader(file) if row["height_m"]]

    assert goto.policy.highest_ground_amsl_m == max(heights_m)
