"""Values under sets of zones are built upon each other, and are those that a fresh start would give."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geofences.airspace import Airspace
from geofences.under_zones import MOST_KEPT, UnderZones
from geofences.values import Interval, ZoneRule
from geofences.zones import Zone
from tests.unit.geofences.pond import DEPARTURE, pond, way, zone

NOW = Interval(DEPARTURE, DEPARTURE)
ZONES = [
    zone("N", (-500.0, 900.0, 500.0, 3000.0)),
    zone("S", (-700.0, -2500.0, 300.0, -900.0), buffer_m=50.0),
    zone("E", (3000.0, -1000.0, 3500.0, 1500.0)),
    zone("IN", (-8000.0, -5000.0, 8000.0, 5000.0), rule=ZoneRule.KEEP_IN),
]


class Made:
    """Notes what was made from nothing and what was cut."""

    def __init__(self) -> None:
        self.log: list[str] = []

    def make(self, zones: frozenset[Zone]) -> frozenset[str]:
        self.log.append("make " + " ".join(sorted(each.id for each in zones)))
        return frozenset(each.id for each in zones)

    def cut(self, value: frozenset[str], zone: Zone) -> frozenset[str]:
        self.log.append(f"cut {zone.id}")
        return value | {zone.id}


def test_a_value_is_made_once_and_then_cut_by_what_is_new() -> None:
    made = Made()
    values = UnderZones(made.make, made.cut)

    values.under(frozenset(ZONES[:1]))
    both = values.under(frozenset(ZONES[:2]))
    again = values.under(frozenset(ZONES[:2]))

    assert both == again == {"N", "S"}
    assert made.log == ["make N", "cut S"]


def test_what_cannot_be_cut_is_made_anew() -> None:
    made = Made()
    values = UnderZones(made.make, made.cut, can_cut=lambda zone: zone.rule is ZoneRule.KEEP_OUT)

    values.under(frozenset(ZONES[:1]))
    values.under(frozenset([ZONES[0], ZONES[3]]))

    assert made.log == ["make N", "make IN N"]


def test_what_was_not_asked_for_lately_is_forgotten() -> None:
    made = Made()
    values = UnderZones(made.make, made.cut, can_cut=lambda zone: False)
    many = [frozenset([zone(f"Z{number}", (0.0, 0.0, 1.0, 1.0))]) for number in range(MOST_KEPT + 1)]

    for each in many[:-1]:
        values.under(each)
    values.under(many[0])
    values.under(many[-1])
    made.log.clear()
    values.under(many[0])
    values.under(many[1])

    assert made.log == ["make Z1"]


@settings(deadline=None, max_examples=25)
@given(st.permutations(ZONES), st.integers(0, 4))
def test_zones_added_one_by_one_give_the_way_of_a_fresh_start(order: list[Zone], count: int) -> None:
    grown = pond()
    for each in order[:count]:
        way(grown)
        grown = grown.with_zone(each)

    fresh = Airspace(
        grown.islands, grown.zones, grown.corridors, grown.sites, grown.boundary, projection=grown.projection
    )

    assert way(grown).length_m == pytest.approx(way(fresh).length_m, abs=1e-3)
    areas = [each.flyable(each.envelope, NOW) for each in (grown, fresh)]
    assert areas[0].symmetric_difference(areas[1]).area < 1.0
    assert grown.version == fresh.version


def test_a_new_zone_shares_the_terrain_and_other_lanes_do_not(pond: Airspace) -> None:
    laned = Airspace(
        pond.islands, (), (), pond.sites, pond.boundary, projection=pond.projection, shared=pond.areas
    )

    assert pond.with_zone(ZONES[0]).areas is pond.areas
    assert laned.areas is not pond.areas
