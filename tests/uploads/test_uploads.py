"""Some of the uploads of `make soak-uploads`, and the worst links one by one."""

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from flight.errors import FlightError, PlanDiffers
from flight.launching.transfer import longest_transfer_s
from flight.plan import FlightPlan, MissionItem
from flight.procedure import Procedure
from tests.uploads.link import Quality
from tests.uploads.plans import drawn_plan
from tests.uploads.transfer import RIGHT, WRONG, Ending, Transfer, run

GOOD = Quality(loss=0.0, delay_s=0.05, jitter_s=0.0, doubled=0.0, damaged=0.0)
MODERATE = Quality(loss=0.3, delay_s=0.75, jitter_s=0.75, doubled=0.1, damaged=0.1)
WORST = Quality(loss=0.4, delay_s=1.5, jitter_s=1.5, doubled=0.2, damaged=0.2)
DECEITFUL = Quality(loss=0.1, delay_s=0.1, jitter_s=0.1, doubled=0.1, damaged=0.3, slip=0.2)
"""One damaged frame in five has a checksum that is right."""

SOME = range(10_000, 10_160)
FEW = range(20)


def counts(endings: list[Ending]) -> Counter[str]:
    return Counter(ending.verdict for ending in endings)


@pytest.mark.parametrize("group", range(4))
def test_every_upload_over_a_bad_link_ends_right_or_in_a_named_error(group: int) -> None:
    endings = [run(seed) for seed in SOME[group::4]]

    assert not [ending for ending in endings if ending.is_broken]
    assert counts(endings)[RIGHT] >= 0.95 * len(endings)


def test_every_upload_over_a_good_link_is_right_and_quick() -> None:
    endings = [run(seed, GOOD) for seed in FEW]

    assert counts(endings) == {RIGHT: len(FEW)}
    assert max(ending.duration_s for ending in endings) < 15.0


def test_over_a_link_that_loses_a_third_and_takes_a_second_uploads_are_right() -> None:
    endings = [run(seed, MODERATE) for seed in FEW]

    assert counts(endings)[RIGHT] >= len(FEW) - 1
    assert not [ending for ending in endings if ending.is_broken]


def test_over_the_worst_link_no_plan_is_wrong_and_no_upload_hangs() -> None:
    endings = [run(seed, WORST) for seed in FEW]

    assert not [ending for ending in endings if ending.is_broken]


def test_nothing_gets_through_a_dead_link_and_that_is_told() -> None:
    ending = run(1, replace(GOOD, loss=1.0))

    assert ending.verdict == "VehicleSilent"
    assert "no answer to" in ending.text


def test_what_passes_the_checksum_is_caught_by_the_read_back() -> None:
    endings = [run(seed, DECEITFUL) for seed in FEW]

    assert not [ending for ending in endings if ending.is_broken]
    assert sum(ending.slipped for ending in endings) > len(FEW)
    assert len(counts(endings)) > 1


def test_without_the_read_back_a_wrong_plan_is_noticed_by_this_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    def trusting(*_: object) -> Procedure[tuple[str, ...]]:
        yield from ()
        return ()

    monkeypatch.setattr("flight.launching.transfer._differences", trusting)

    assert WRONG in counts([run(seed, DECEITFUL) for seed in FEW])


class Once(dict[tuple[int, int], MissionItem]):
    """Damage that is done to an item the first time only."""

    def get(self, key: Any, default: Any = None) -> Any:
        return self.pop(key, default)


def transferred(
    damage: dict[tuple[int, int], MissionItem],
) -> tuple[FlightError | None, FlightPlan, Transfer]:
    random = np.random.default_rng(1)
    plan, old = drawn_plan(random), drawn_plan(random)
    transfer = Transfer(plan, old, GOOD, random)
    transfer.lists.damage = damage
    transfer.run(longest_transfer_s(plan))
    return transfer.error, plan, transfer


def test_a_list_that_was_damaged_once_is_sent_once_more() -> None:
    error, plan, transfer = transferred(Once({(0, 3): MissionItem(16, 3)}))

    assert error is None
    assert transfer.lists.stored[0][1:] == plan.mission[1:]


def test_a_vehicle_that_keeps_something_else_is_reported_item_by_item() -> None:
    error, _, _ = transferred({(0, 3): MissionItem(16, 3, z_m=1.0)})

    assert isinstance(error, PlanDiffers)
    assert all(text.startswith("mission item 3") for text in error.differences)
