import math

import pytest

from geofences.airspace import Airspace
from geofences.ends import End, end_at
from geofences.errors import NoRoute, OutsideOperationArea, UnknownSite
from geofences.values import Position
from tests.unit.geofences.pond import MAP


def test_a_site_has_its_pad_behind_its_gate(pond: Airspace) -> None:
    end = end_at(pond, "A")

    assert (end.id, end.is_site, end.elevation_amsl_m) == ("A", True, 4.0)
    assert end.pad == pytest.approx((-6_000.0, 0.0), abs=0.01)
    assert end.gate == pytest.approx((-5_400.0, 0.0), abs=0.01)


def test_from_a_pad_one_climbs_from_its_height(pond: Airspace) -> None:
    end = end_at(pond, "A")

    assert end.climb_m(60.0) == 56.0
    assert end.climb_m(1.0) == 3.0, "a pad may lie above the altitude flown"


def test_a_point_is_its_own_gate_and_has_no_climb(pond: Airspace) -> None:
    end = end_at(pond, MAP.position_from_local(1_000.0, 3_000.0))

    assert end.gate == pytest.approx((1_000.0, 3_000.0), abs=0.01)
    assert (end.is_site, end.pad, end.climb_m(60.0)) == (False, None, 0.0)


@pytest.mark.parametrize(
    ("position", "name"),
    [
        (Position(32.95, 128.95), "32.9500000,128.9500000"),
        (Position(32.94999996, 128.95000004), "32.9500000,128.9500000"),
        (Position(32.9500001, 128.9999999), "32.9500001,128.9999999"),
    ],
)
def test_a_point_is_named_by_its_degrees_as_mavlink_carries_them(
    pond: Airspace, position: Position, name: str
) -> None:
    assert end_at(pond, position).id == name


def test_the_name_of_a_point_leads_back_to_it(pond: Airspace) -> None:
    end = end_at(pond, Position(32.9612345, 128.9387654))

    again = end_at(pond, end.id)

    assert again.id == end.id
    assert math.dist(again.gate, end.gate) < 0.02


@pytest.mark.parametrize(
    ("place", "error", "rule", "remark"),
    [
        ("C", UnknownSite, "no site has the id 'C'", "an id that nobody has"),
        ("", UnknownSite, "no site has the id ''", "no id"),
        ("32.95,128.95", UnknownSite, "no site has", "too few decimals for a point"),
        ("nan,nan", UnknownSite, "no site has", "no numbers"),
        ("VILLAGE", NoRoute, "served by road from B", "a site without a pad"),
        (Position(40.0, 128.95), OutsideOperationArea, "covers latitude", "a point far away"),
        (Position(128.95, 32.95), OutsideOperationArea, "swapped", "axes swapped"),
        ("40.0000000,128.9500000", OutsideOperationArea, "covers latitude", "the name of a point far away"),
        (Position(math.nan, 128.95), OutsideOperationArea, "covers latitude", "not a number"),
    ],
)
def test_a_place_that_is_none_is_refused(
    pond: Airspace, place: str | Position, error: type[Exception], rule: str, remark: str
) -> None:
    with pytest.raises(error, match=rule) as caught:
        end_at(pond, place)

    assert str(caught.value), remark


def test_an_end_without_pad_is_no_site() -> None:
    assert not End("P", (0.0, 0.0)).is_site
