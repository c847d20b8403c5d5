from pathlib import Path

import pytest

from geofences.errors import DataError
from geofences.loading import GOTO
from geofences.policy import AirspacePolicy
from geofences.policy_file import read_policy
from geofences.values import AltitudeBand


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_the_policy_of_goto_is_the_usual_one() -> None:
    assert read_policy(GOTO / "policy.toml") == AirspacePolicy()


def test_an_airspace_without_a_file_has_the_usual_policy(tmp_path: Path) -> None:
    assert read_policy(tmp_path / "policy.toml") == AirspacePolicy()


def test_what_a_file_says_holds_and_the_rest_is_usual(tmp_path: Path) -> None:
    text = (
        'open_sea_cost_factor = "forbidden"\naltitude_limit_above_ground_m = 120\n'
        "outbound = { floor_amsl_m = 40, ceiling_amsl_m = 60 }\n"
    )

    policy = read_policy(written(tmp_path / "policy.toml", text))

    assert policy == AirspacePolicy(
        open_sea_cost_factor=None,
        altitude_limit_above_ground_m=120.0,
        outbound=AltitudeBand(40.0, 60.0),
    )


@pytest.mark.parametrize(
    ("text", "problem", "remark"),
    [
        ("coast_clearance_m =", "not readable TOML", "no TOML"),
        ("coast_clearance_m = 'far'", "'coast_clearance_m' must be a finite number", "text for a length"),
        ("cruise_half_width_m = 0", "'cruise_half_width_m' must be more than 0", "no width"),
        ("open_sea_cost_factor = 0.5", "must be 1 or more", "cheaper than a lane"),
        ("open_sea_cost_factor = 'never'", "must be a finite number", "another word"),
        ("altitude_limit_above_ground_m = 80", "the bands reach up to 95 m", "bands over the limit"),
        (
            "inbound = { floor_amsl_m = 60, ceiling_amsl_m = 90 }",
            "must not share an altitude",
            "bands that overlap",
        ),
        ("inbound = { floor_amsl_m = 95, ceiling_amsl_m = 75 }", "lies under the floor", "upside down"),
        ("coast_clearence_m = 300", "'coast_clearence_m' is not kept", "a misspelt name"),
    ],
)
def test_a_bad_policy_is_refused_with_its_problem(
    tmp_path: Path, text: str, problem: str, remark: str
) -> None:
    with pytest.raises(DataError, match=problem) as caught:
        read_policy(written(tmp_path / "policy.toml", text))

    assert caught.value.source == "policy.toml", remark


def test_all_problems_of_a_policy_are_told_at_once(tmp_path: Path) -> None:
    text = "coast_clearance_m = -1\ncruise_half_width_m = 0\n"

    with pytest.raises(DataError) as caught:
        read_policy(written(tmp_path / "policy.toml", text))

    assert len(caught.value.problems) == 2
