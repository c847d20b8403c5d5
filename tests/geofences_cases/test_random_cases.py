"""Some hundred of the cases of ``make soak-geofences``, which also repeats a seed that fails."""

from collections import Counter

import pytest

from tests.geofences_cases.cases import run
from tests.geofences_cases.worlds import GROUP, PONDS_IN_FIVE

GROUPS = [group for group in range(40) if group < 20 or group % 5 < PONDS_IN_FIVE]
"""A few groups over Goto, whose graph takes seconds, and many ponds."""

ENDINGS = {"round trip", "one way", "closed", "undecided", "too windy", "too tight", "one-way lanes"}


@pytest.mark.parametrize("group", GROUPS)
def test_every_answer_to_a_random_flight_is_true(group: int) -> None:
    seeds = range(group * GROUP, (group + 1) * GROUP)

    endings = Counter(run(seed).flight for seed in seeds)

    assert endings.keys() <= ENDINGS
    assert endings.total() == GROUP
