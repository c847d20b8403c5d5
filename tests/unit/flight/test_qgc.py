"""Plans of QGroundControl, written and read."""

import contextlib
import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flight.errors import PlanError
from flight.plan import MissionItem, VehicleClass
from flight.vehicles.qgc import plan_document
from flight.vehicles.qgc_reading import plan_from_document
from tests.flight_plans import divert_plan

FROM_QGC: dict[str, Any] = {
    "fileType": "Plan",
    "groundStation": "QGroundControl",
    "version": 1,
    "geoFence": {
        "version": 2,
        "circles": [],
        "polygons": [
            {"version": 1, "inclusion": True, "polygon": [[32.6, 128.8], [32.8, 128.8], [32.7, 128.9]]}
        ],
    },
    "rallyPoints": {"version": 2, "points": [[32.7, 128.85, 50.0]]},
    "mission": {
        "version": 2,
        "firmwareType": 3,
        "vehicleType": 2,
        "cruiseSpeed": 15,
        "hoverSpeed": 5,
        "plannedHomePosition": [32.69676, 128.85228, 4.004],
        "items": [
            {
                "type": "SimpleItem",
                "autoContinue": True,
                "command": 22,
                "doJumpId": 1,
                "frame": 3,
                "params": [15, 0, 0, None, 0, 0, 50],
            },
            {
                "type": "SimpleItem",
                "autoContinue": True,
                "command": 178,
                "doJumpId": 2,
                "frame": 2,
                "params": [0, 12.5, -1, 0, 0, 0, 0],
            },
            {
                "type": "SimpleItem",
                "autoContinue": True,
                "command": 16,
                "doJumpId": 3,
                "frame": 3,
                "params": [0, 0, 0, None, 32.70000004, 128.86, 56.127],
                "Altitude": 56.127,
                "AltitudeMode": 1,
            },
        ],
    },
}
"""As QGroundControl writes it: ``null`` for a yaw that is left open, frame 2 where there is no place."""

Change = Callable[[dict[str, Any]], None]


@pytest.mark.parametrize("vehicle_class", list(VehicleClass))
def test_a_plan_that_is_written_is_read_as_it_was(vehicle_class: VehicleClass) -> None:
    plan = divert_plan(vehicle_class)

    read = plan_from_document(json.loads(json.dumps(plan_document(plan))))

    assert read.mission == plan.mission
    assert read.fence == plan.fence
    assert read.rally == plan.rally


def test_a_plan_of_qgroundcontrol_becomes_items_as_ardupilot_gives_them_back() -> None:
    read = plan_from_document(FROM_QGC)

    assert read.mission == (
        MissionItem(16, 0, x_e7=326967600, y_e7=1288522800, z_m=4.0),
        MissionItem(22, 3, param1=15.0, z_m=50.0),
        MissionItem(178, 0, param2=12.5, param3=-1.0),
        MissionItem(16, 3, x_e7=327000000, y_e7=1288600000, z_m=56.13),
    )
    assert [(item.command, item.param1) for item in read.fence] == [(5001, 3.0)] * 3
    assert read.rally == (MissionItem(5100, 3, x_e7=327000000, y_e7=1288500000, z_m=50.0),)


def test_the_height_of_a_rally_point_is_rounded_to_the_whole_metres_that_ardupilot_keeps() -> None:
    document = deepcopy(FROM_QGC)
    document["rallyPoints"]["points"] = [[32.7, 128.85, 30.48], [32.7, 128.85, 49.6]]

    read = plan_from_document(document)

    assert [point.z_m for point in read.rally] == [30.0, 50.0]


def changed(path: tuple[Any, ...], value: Any) -> Change:
    def change(document: dict[str, Any]) -> None:
        at: Any = document
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = value

    return change


FIRST = ("mission", "items", 0)
BAD = [
    pytest.param(changed(("fileType",), "Mission"), r"\$\.fileType is 'Mission'.*\.plan", id="other file"),
    pytest.param(changed(("mission", "version"), 1), r"\$\.mission\.version.*newer", id="old mission"),
    pytest.param(changed(("geoFence",), []), r"\$\.geoFence is not an object", id="no object"),
    pytest.param(
        changed((*FIRST, "type"), "ComplexItem"),
        r"\$\.mission\.items\[0\]\.type is 'ComplexItem'.*simple ones",
        id="survey",
    ),
    pytest.param(changed((*FIRST, "frame"), 10), r"items\[0\]\.frame is 10.*above home", id="terrain"),
    pytest.param(changed((*FIRST, "params"), [0]), r"items\[0\]\.params has 1 elements", id="few params"),
    pytest.param(
        changed((*FIRST, "params", 0), "x"), r"items\[0\]\.params\[0\] is not a number", id="text for number"
    ),
    pytest.param(changed((*FIRST, "params", 4), 95), r"params\[4\] is 95: give degrees", id="latitude"),
    pytest.param(changed((*FIRST, "params", 5), -181), r"params\[5\] is -181", id="longitude"),
    pytest.param(changed((*FIRST, "command"), 22.5), r"command is not a whole number", id="half command"),
    pytest.param(changed((*FIRST, "params", 6), float("inf")), r"params\[6\] is not finite", id="infinite"),
    pytest.param(changed((*FIRST, "command"), True), r"command is not a number", id="truth for number"),
    pytest.param(
        changed(("mission", "plannedHomePosition"), [1, 2]), r"plannedHomePosition has 2", id="flat home"
    ),
    pytest.param(
        changed(("geoFence", "circles"), [{}]), r"geoFence\.circles\[0\] is a circle.*polygon", id="circle"
    ),
    pytest.param(
        changed(("geoFence", "breachReturn"), [1, 2, 3]), r"breachReturn.*return path", id="breach return"
    ),
    pytest.param(
        changed(("geoFence", "polygons", 0, "polygon"), [[1, 2], [3, 4]]),
        r"polygons\[0\]\.polygon has 2 elements",
        id="line for fence",
    ),
    pytest.param(
        changed(("geoFence", "polygons", 0, "inclusion"), 1),
        r"inclusion is not true or false",
        id="inclusion",
    ),
    pytest.param(changed(("rallyPoints", "points"), {}), r"rallyPoints\.points is not a list", id="no list"),
]


@pytest.mark.parametrize(("change", "words"), BAD)
def test_what_cannot_be_read_is_refused_with_its_place_and_the_remedy(change: Change, words: str) -> None:
    document = deepcopy(FROM_QGC)
    change(document)

    with pytest.raises(PlanError, match=words):
        plan_from_document(document)


def test_a_part_that_is_missing_is_named() -> None:
    document = {name: part for name, part in FROM_QGC.items() if name != "rallyPoints"}

    with pytest.raises(PlanError, match=r'\$ has no "rallyPoints"'):
        plan_from_document(document)


NUMBERS = st.floats() | st.integers() | st.booleans() | st.none() | st.text(max_size=3)
ANYTHING = st.recursive(
    NUMBERS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
)
PLACES: list[tuple[Any, ...]] = [("mission", name) for name in FROM_QGC["mission"]]
PLACES += [("mission", "items", number) for number in range(3)]
PLACES += [(*FIRST, name) for name in FROM_QGC["mission"]["items"][0]]
PLACES += [("geoFence", "polygons"), ("geoFence", "polygons", 0), ("rallyPoints", "points"), ("fileType",)]


@given(st.sampled_from(PLACES), ANYTHING)
def test_anything_anywhere_in_a_document_is_read_or_refused_with_our_own_error(
    path: tuple[Any, ...], value: Any
) -> None:
    document = deepcopy(FROM_QGC)
    changed(path, value)(document)

    with contextlib.suppress(PlanError):
        assert plan_from_document(document).mission[0].command == 16
