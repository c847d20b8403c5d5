import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon

from geofences.errors import DataError
from geofences.formats.plan import Plan
from geofences.formats.plan_file import PlanFile, PlanItem, PlanPoint
from geofences.loading import GOTO, read_zones
from geofences.values import Circle, Position, ZoneRule
from tests.unit.geofences.formats.samples import SQUARE, Change, Json, plan

FORMAT = Plan()
GOTO_ZONES = read_zones(GOTO / "zones.geojson")
STRIP = GOTO_ZONES[0]
POINTS = st.builds(
    PlanPoint,
    st.builds(Position, st.floats(-80.0, 80.0), st.floats(-170.0, 170.0)),
    st.floats(-100.0, 5000.0),
)
ITEMS = st.builds(
    PlanItem,
    st.integers(0, 60_000),
    st.integers(0, 20),
    st.lists(st.none() | st.floats(-1e6, 1e6), min_size=7, max_size=7).map(tuple),
    st.booleans(),
)
PLANS = st.builds(
    PlanFile,
    zones=st.just(()),
    items=st.lists(ITEMS, max_size=4).map(tuple),
    rally_points=st.lists(POINTS, max_size=3).map(tuple),
    home=st.none() | POINTS,
    firmware_type=st.sampled_from([3, 12]),
    vehicle_type=st.sampled_from([2, 20]),
    cruise_speed_m_s=st.floats(1.0, 40.0),
    hover_speed_m_s=st.floats(1.0, 10.0),
)


def fence(**fields: object) -> Change:
    return lambda document: document["geoFence"].update(fields)


def polygon(**fields: object) -> Change:
    return lambda document: document["geoFence"]["polygons"][0].update(fields)


def circle(**fields: object) -> Change:
    return lambda document: document["geoFence"]["circles"][0]["circle"].update(fields)


def mission(**fields: object) -> Change:
    return lambda document: document["mission"].update(fields)


def item(**fields: object) -> Change:
    return lambda document: document["mission"]["items"][0].update(fields)


def test_a_plan_of_qgroundcontrol_is_read_with_fence_mission_and_rally_points() -> None:
    imported = FORMAT.read(plan(), "goto.plan")

    inside, outside = imported.zones
    assert (inside.rule, outside.rule) == (ZoneRule.KEEP_IN, ZoneRule.KEEP_OUT)
    assert inside.geometry == Polygon(SQUARE)
    assert outside.geometry == Circle(Position(32.75, 128.85), 100.5)
    assert imported.plan == PlanFile(
        zones=imported.zones,
        items=(PlanItem(22, 3, (15.0, 0.0, 0.0, None, 32.7, 128.8, 50.0)),),
        rally_points=(PlanPoint(Position(32.71, 128.81), 30.0),),
        home=PlanPoint(Position(32.7, 128.8), 4.0),
        firmware_type=12,
        vehicle_type=2,
        cruise_speed_m_s=15.0,
        hover_speed_m_s=5.0,
    )


def test_outlines_of_other_tools_get_names_and_all_heights_and_the_notes_say_so() -> None:
    imported = FORMAT.read(plan(), "goto.plan")

    assert [zone.id for zone in imported.zones] == ["POLYGONS-0", "CIRCLES-0"]
    assert all("has no name, heights or times" in note for note in imported.notes)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(PLANS)
def test_missions_come_back_the_same(whole: PlanFile) -> None:
    imported = FORMAT.read(FORMAT.write([], whole), "file.plan")

    assert imported.plan == whole
    assert imported.notes == ()


def test_zones_keep_their_order_among_polygons_and_circles() -> None:
    round_zone = replace(STRIP, id="ROUND", geometry=Circle(Position(32.7, 128.8), 50.0))
    zones = (round_zone, STRIP, replace(round_zone, id="OTHER"))

    assert FORMAT.read(FORMAT.write(zones), "x").zones == zones


def test_what_qgroundcontrol_needs_is_there() -> None:
    document = json.loads(FORMAT.write([STRIP]))

    (outline,) = document["geoFence"]["polygons"]
    assert outline["inclusion"] is False
    # Latitude first, and not closed.
    assert outline["polygon"][0] == [32.657018, 128.82917]
    assert len(outline["polygon"]) == 4
    assert document["mission"]["plannedHomePosition"] == [32.657018, 128.82917, 0.0]


@pytest.mark.parametrize(
    ("change", "problem", "remark"),
    [
        (
            lambda document: document.update(fileType="Mission"),
            "'fileType' must be one of Plan",
            "other file",
        ),
        (lambda document: document.pop("mission"), "'mission' is missing", "no mission"),
        (fence(version=1), "'version' must be 2", "old fence"),
        (fence(polygons={}), "'polygons' must be a list", "no list"),
        (polygon(inclusion="yes"), "'inclusion' must be true or false", "yes"),
        (
            polygon(polygon=[[128.8, 32.7], [128.9, 32.7], [128.9, 32.8]]),
            "format has latitude first",
            "GeoJSON's order",
        ),
        (polygon(polygon="square"), "must be a list of positions", "words"),
        (circle(radius=0), "radius must be more than 0", "no radius"),
        (circle(radius=None), "'radius' is missing", "radius missing"),
        (circle(center=[128.8, 32.7]), "format has latitude first", "GeoJSON's order"),
        (mission(version=1), "'version' must be 2", "old mission"),
        (mission(plannedHomePosition=[32.7]), "latitude, longitude and altitude", "half a home"),
        (item(params=[1, 2]), "'params' must be 7 numbers", "two parameters"),
        (item(params=[1, 2, 3, 4, 5, 6, "high"]), "'params' must be 7 numbers", "words"),
        (item(command="takeoff"), "'command' must be a finite number", "command in words"),
        (item(command=1.5), "'command' must be a whole number", "half a command"),
        (item(type="Thing"), "'type' must be one of SimpleItem", "unknown item"),
        (lambda document: document["rallyPoints"].update(points=[[1, 2]]), "altitude", "two numbers"),
    ],
)
def test_a_bad_plan_is_refused_with_its_problem(change: Change, problem: str, remark: str) -> None:
    with pytest.raises(DataError, match=problem) as caught:
        FORMAT.read(plan(change), "goto.plan")

    assert caught.value.problems[0].startswith("plan: "), remark


def test_problems_of_fence_and_mission_are_told_at_once() -> None:
    def change(document: Json) -> None:
        circle(radius=-1)(document)
        item(params=[])(document)

    with pytest.raises(DataError) as caught:
        FORMAT.read(plan(change), "goto.plan")

    assert len(caught.value.problems) >= 2


def test_a_pattern_is_left_out_and_the_note_says_so() -> None:
    imported = FORMAT.read(plan(item(type="ComplexItem", complexItemType="survey")), "x")

    assert imported.plan is not None
    assert imported.plan.items == ()
    assert any("items 0: is a pattern ('survey'), which is left out" in note for note in imported.notes)


def test_an_outline_that_contradicts_its_zone_is_refused() -> None:
    document = json.loads(FORMAT.write([STRIP]))
    document["geoFence"]["polygons"][0]["inclusion"] = True

    with pytest.raises(DataError, match="'rule' is keep-out, which 'inclusion' contradicts"):
        FORMAT.read(json.dumps(document), "x")


def test_what_a_fence_cannot_say_is_refused_naming_zone_and_field() -> None:
    assert isinstance(STRIP.geometry, Polygon)
    hole = [[128.828, 32.663], [128.829, 32.664], [128.829, 32.663], [128.828, 32.663]]
    with_hole = replace(STRIP, id="HOLE", geometry=Polygon(STRIP.geometry.exterior, [hole]))
    caution = replace(STRIP, id="CARE", rule=ZoneRule.CAUTION)

    with pytest.raises(DataError) as caught:
        FORMAT.write([with_hole, caution])

    assert "zone HOLE: 'geometry': an outline of a fence cannot have holes" in str(caught.value)
    assert "zone CARE: 'rule': a fence knows keep-out and keep-in only" in str(caught.value)
