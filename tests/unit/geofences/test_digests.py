import subprocess
import sys
from datetime import UTC, datetime, time

import pytest

from geofences.digests import digest
from geofences.schedule import Applicability, DailyPeriod, Schedule, Weekday
from geofences.values import Circle, Position
from tests.unit.geofences.pond import zone

BOX = (0.0, 0.0, 100.0, 100.0)
PERIOD = DailyPeriod(frozenset(Weekday), time(8, tzinfo=UTC), time(17, tzinfo=UTC))


@pytest.mark.parametrize(
    ("one", "other", "remark"),
    [
        (zone("A", BOX), zone("B", BOX), "another id"),
        (zone("A", BOX), zone("A", (0.0, 0.0, 100.0, 101.0)), "another shape"),
        (Circle(Position(32.0, 128.0), 5.0), Circle(Position(32.0, 128.0), 6.0), "another radius"),
        (Schedule(), Schedule((Applicability(periods=(PERIOD,)),)), "another schedule"),
        (datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 4, 2, tzinfo=UTC), "another day"),
    ],
)
def test_another_content_has_another_digest(one: object, other: object, remark: str) -> None:
    assert digest(one) != digest(other), remark


def test_equal_content_has_one_digest_in_every_process() -> None:
    code = (
        "from geofences.digests import digest\n"
        "from geofences.schedule import DailyPeriod, Weekday\n"
        "from datetime import UTC, time\n"
        "print(digest(DailyPeriod(frozenset(Weekday), time(8, tzinfo=UTC), time(17, tzinfo=UTC))))"
    )

    printed = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    ]

    assert printed == [digest(PERIOD)] * 2
