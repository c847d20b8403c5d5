"""``tsubaki plan-file``: a plan of QGroundControl, shown as what goes on board."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.unit.api.conftest import Run
from tests.unit.flight.test_qgc import FROM_QGC


def saved(document: Any) -> str:
    Path("a.plan").write_text(json.dumps(document), encoding="utf-8")
    return "a.plan"


def cells_of(out: str) -> list[list[str]]:
    rows = (line for line in out.splitlines() if line.startswith("│"))
    return [[cell.strip() for cell in row.strip("│").split("│")] for row in rows]


def test_the_three_lists_are_tables_with_names_places_heights_and_counts(run: Run) -> None:
    code, out, err = run("plan-file", saved(FROM_QGC))

    assert (code, err) == (0, "")
    assert cells_of(out) == [
        ["0", "NAV_WAYPOINT", "32.6967600, 128.8522800", "4 m above the sea", "0 0 0 0"],
        ["1", "NAV_TAKEOFF", "", "50 m above home", "15 0 0 0"],
        ["2", "DO_CHANGE_SPEED", "", "", "0 12.5 -1 0"],
        ["3", "NAV_WAYPOINT", "32.7000000, 128.8600000", "56.13 m above home", "0 0 0 0"],
        ["0", "NAV_FENCE_POLYGON_VERTEX_INCLUSION", "32.6000000, 128.8000000", "", "3 0 0 0"],
        ["1", "NAV_FENCE_POLYGON_VERTEX_INCLUSION", "32.8000000, 128.8000000", "", "3 0 0 0"],
        ["2", "NAV_FENCE_POLYGON_VERTEX_INCLUSION", "32.7000000, 128.9000000", "", "3 0 0 0"],
        ["0", "NAV_RALLY_POINT", "32.7000000, 128.8500000", "50 m above home", "0 0 0 0"],
    ]
    assert out.splitlines()[-1] == "mission 4, fence 3, rally 1"


def test_a_list_that_is_empty_is_counted_and_no_table(run: Run) -> None:
    document = deepcopy(FROM_QGC)
    document["rallyPoints"]["points"] = []

    _, out, _ = run("plan-file", saved(document))

    assert "rally: " not in out
    assert out.splitlines()[-1] == "mission 4, fence 3, rally 0"


def test_a_command_that_mavlink_does_not_know_is_shown_by_its_number(run: Run) -> None:
    document = deepcopy(FROM_QGC)
    document["mission"]["items"][0]["command"] = 65000

    code, out, _ = run("plan-file", saved(document))

    assert (code, cells_of(out)[1][1]) == (0, "65000")


def test_the_lists_as_json(run: Run) -> None:
    code, out, _ = run("plan-file", saved(FROM_QGC), "--json")

    document = json.loads(out)
    assert code == 0
    assert {kind: len(items) for kind, items in document.items()} == {"mission": 4, "fence": 3, "rally": 1}
    assert document["rally"] == [
        {
            "name": "NAV_RALLY_POINT",
            "command": 5100,
            "frame": 3,
            **{f"param{number}": 0.0 for number in (1, 2, 3, 4)},
            "x_e7": 327_000_000,
            "y_e7": 1_288_500_000,
            "z_m": 50.0,
        }
    ]


def test_what_is_wrong_in_a_plan_is_told_with_its_place_and_the_remedy(run: Run) -> None:
    document = deepcopy(FROM_QGC)
    document["mission"]["items"][2]["params"][4] = 98

    code, out, err = run("plan-file", saved(document))

    assert (code, out) == (2, "")
    assert "a.plan: $.mission.items[2].params[4] is 98: give degrees within ±90" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(None, "a.plan cannot be read: No such file or directory", id="missing"),
        pytest.param(b"{", "a.plan is no JSON", id="cut off"),
        pytest.param(b"\xff\xfe", "a.plan is no JSON", id="no text"),
        pytest.param(b"[" * 200_000, "a.plan is no JSON", id="too deep"),
        pytest.param(b"[]", "a.plan: $ is not an object", id="another document"),
    ],
)
def test_a_file_that_is_no_plan_is_told_in_one_line(run: Run, content: bytes | None, words: str) -> None:
    if content is not None:
        Path("a.plan").write_bytes(content)

    code, out, err = run("plan-file", "a.plan")

    assert (code, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1
