"""Import, export, import: the same values, in every format."""

from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geofences.formats import FORMATS, Format, format_named, import_file, import_text
from geofences.formats.geojson import GeoJson
from geofences.loading import GOTO, read_zones
from geofences.schedule import Schedule
from geofences.values import ZoneRule
from geofences.zones import Zone
from tests.unit.geofences.formats.strategies import CARRIED

GOTO_ZONES = read_zones(GOTO / "zones.geojson")
NAMES = [each.name for each in FORMATS]


def clocks_of(schedule: Schedule) -> list[str]:
    """Return times of day as texts: to Python those that name the same instant are equal."""
    periods = chain.from_iterable(span.periods for span in schedule.applicabilities)
    return [str(moment) for period in periods for moment in (period.start, period.end)]


def assert_comes_back(zones: tuple[Zone, ...], chosen: Format) -> None:
    imported = chosen.read(chosen.write(zones), "file")

    assert imported.zones == zones
    assert imported.notes == ()
    assert [clocks_of(each.schedule) for each in imported.zones] == [
        clocks_of(each.schedule) for each in zones
    ]


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, derandomize=True, deadline=None)
@given(data=st.data())
def test_generated_zones_come_back_the_same(name: str, data: st.DataObject) -> None:
    zones = data.draw(CARRIED[name])

    assert_comes_back(tuple(zones), format_named(name))


@pytest.mark.parametrize("name", NAMES)
def test_the_zones_of_goto_come_back_the_same(name: str) -> None:
    rules = {ZoneRule.KEEP_OUT} if name == "plan" else set(ZoneRule)
    zones = tuple(zone for zone in GOTO_ZONES if zone.rule in rules)

    assert_comes_back(zones, format_named(name))


@pytest.mark.parametrize(
    ("file_name", "count", "remark"),
    [
        ("airport_surfaces.geojson", 12, "surfaces with properties that we do not know"),
        ("coast_goto_osm.geojson", 106, "islands, which are no zones at all"),
    ],
)
@pytest.mark.parametrize("name", NAMES)
def test_files_of_others_become_the_same_zones_again_in_every_format(
    name: str, file_name: str, count: int, remark: str
) -> None:
    imported = import_file(GOTO / "source" / file_name)

    assert len(imported.zones) == count, remark
    assert {zone.rule for zone in imported.zones} == {ZoneRule.KEEP_OUT}
    assert all("it becomes FEATURE-" in note or "is not kept" in note for note in imported.notes)
    assert_comes_back(imported.zones, format_named(name))


def test_the_lanes_of_goto_come_back_the_same_as_geojson() -> None:
    imported = import_file(GOTO / "corridors.geojson")

    again = import_text(GeoJson().write(imported.zones, imported.corridors), "lanes")

    assert len(imported.corridors) == 19
    assert again == imported


@pytest.mark.parametrize("name", NAMES)
def test_the_content_of_an_export_says_its_format(name: str) -> None:
    zones = tuple(zone for zone in GOTO_ZONES if zone.rule is ZoneRule.KEEP_OUT)

    imported = import_text(format_named(name).write(zones), "no-ending")

    assert imported.zones == zones


@pytest.mark.parametrize("name", NAMES)
def test_every_format_refuses_twins_and_broken_zones(name: str) -> None:
    zone = GOTO_ZONES[0]
    upside_down = replace(zone, id="DOWN", ceiling=replace(zone.floor, height_m=-1.0))

    with pytest.raises(Exception, match="lies under the floor") as caught:
        format_named(name).write([zone, zone, upside_down])

    assert f"the id '{zone.id}' is used more than once" in str(caught.value)
    assert "zone DOWN" in str(caught.value)
