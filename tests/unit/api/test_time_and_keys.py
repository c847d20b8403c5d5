"""Clock, stored time, keys, settings: hand-computable cases without a network."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from api.auth import KeyRing
from api.clock import ScaledClock, SteadyTime
from api.roles import Role
from api.settings import Settings
from api.timebase import stored_clock
from dispatch.errors import InvalidInput
from dispatch.store.store import Store
from tests.unit.api.harness import CHEAP_HASHER

NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(f"sqlite:///{tmp_path / 'test.sqlite3'}")


def test_an_accelerated_clock_runs_ahead_from_its_epoch() -> None:
    clock = ScaledClock(epoch=1000.0, speedup=60.0, wall=lambda: 1010.0)

    assert clock.now() == 1600.0
    assert clock.utc() == datetime.fromtimestamp(1600.0, UTC)
    assert clock.wall_s(30.0) == 0.5


def test_a_clock_without_speedup_is_the_wall_clock() -> None:
    assert ScaledClock(epoch=5.0, wall=lambda: 1234.5).now() == 1234.5


def test_time_runs_on_where_the_wall_clock_is_set_back_and_follows_it_forward() -> None:
    wall, steady = [5000.0], [10.0]
    now = SteadyTime(lambda: wall[0], lambda: steady[0])

    told = []
    for set_to, passes_s in ((5001.0, 1.0), (1402.0, 1.0), (1403.0, 1.0), (9000.0, 1.0)):
        wall[0], steady[0] = set_to, steady[0] + passes_s
        told.append(now())

    assert told == [5001.0, 5002.0, 5003.0, 9000.0]


def test_the_first_start_stores_the_time_and_a_restart_goes_on_in_it(store: Store) -> None:
    first = stored_clock(store, epoch=1000.0, speedup=60.0)

    again = stored_clock(store, epoch=None, speedup=None)

    assert (again.epoch, again.speedup) == (first.epoch, first.speedup) == (1000.0, 60.0)


@pytest.mark.parametrize(("epoch", "speedup", "field"), [(None, 2.0, "speedup"), (7.0, None, "epoch")])
def test_another_time_than_the_stored_one_is_refused(
    store: Store, epoch: float | None, speedup: float | None, field: str
) -> None:
    stored_clock(store, epoch=1000.0, speedup=60.0)

    with pytest.raises(InvalidInput, match="data-dir") as refused:
        stored_clock(store, epoch, speedup)

    assert refused.value.field == field


def test_a_key_is_recognised_and_only_its_hash_is_stored(store: Store) -> None:
    ring = KeyRing(store, CHEAP_HASHER)

    key = ring.issue("診療所", Role.CLINIC, "SGC", NOON)
    holder = ring.recognise(key)

    assert holder is not None
    assert (holder.name, holder.role, holder.site_id) == ("診療所", Role.CLINIC, "SGC")
    assert ring.holders() == [holder]
    with store.reading() as work:
        assert key.split("_", 2)[2] not in work.api_keys.all()[0].hash


def test_a_key_outlives_the_process_that_made_it(store: Store) -> None:
    key = KeyRing(store, CHEAP_HASHER).issue("運航者", Role.OPERATOR, None, NOON)

    assert KeyRing(store, CHEAP_HASHER).recognise(key) is not None


@pytest.mark.parametrize("change", ["x", "_"])
def test_a_changed_key_is_not_recognised(store: Store, change: str) -> None:
    ring = KeyRing(store, CHEAP_HASHER)
    key = ring.issue("運航者", Role.OPERATOR, None, NOON)

    assert ring.recognise(key + change) is None
    assert ring.recognise("other" + key) is None


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TSUBAKI_PORT", "8123")
    monkeypatch.setenv("TSUBAKI_POLICY", "demo")

    settings = Settings()

    assert (settings.port, settings.policy.value) == (8123, "demo")
    assert settings.database == "sqlite:///var/tsubaki.sqlite3"


def test_a_speedup_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValidationError):
        Settings(speedup=0)
