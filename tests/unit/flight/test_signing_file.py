"""Signing timestamps on disk: a frame that counted before a restart does not count after it."""

import json
import stat
from pathlib import Path

import pytest

from flight.errors import SigningKeyError
from flight.gateway import Gateway
from flight.plan import VehicleClass
from flight.protocol.codec import Encoder
from flight.protocol.messages import Heartbeat
from flight.protocol.signing import Signer, SigningKey, SigningMemory
from flight.signing_file import SigningFile, Timestamps
from tests.unit.flight.harness import START
from tests.unit.flight.plans import ADDRESS, OTHER

KEY = SigningKey(bytes(range(32)))
HEARTBEAT = Heartbeat(2, 3, 81, 0, 3)


class Station:
    """A gateway with one vehicle that signs, and the file of its timestamps."""

    def __init__(self, path: Path, now: float) -> None:
        self._file = SigningFile(path)
        self.gateway = Gateway()
        memory = self._file.restored(ADDRESS, now)
        self.gateway.add_vehicle(ADDRESS, VehicleClass.COPTER, key=KEY, memory=memory)

    def hear(self, frame: bytes, now: float) -> int:
        """Take a frame; return how many replayed ones came so far."""
        self.gateway.receive(frame, ADDRESS.link, now)
        return self.gateway.counters.rejected_frames["replayed"]

    def store(self) -> None:
        memory = self.gateway.signing_memory(ADDRESS)
        assert memory is not None
        self._file.write({ADDRESS: Timestamps.of(memory)})


def vehicle() -> Signer:
    return Signer(KEY, SigningMemory(START))


def test_a_frame_from_before_a_restart_is_a_replay_after_it(tmp_path: Path) -> None:
    signer, encoder, path = vehicle(), Encoder(1, 1), tmp_path / "stamps.json"
    frame = signer.sign(encoder.encode(HEARTBEAT), 0, START)
    before = Station(path, START)
    heard = before.hear(frame, START)
    before.store()

    after = Station(path, START + 5)

    assert heard == 0
    assert after.hear(frame, START + 5) == 1
    assert after.hear(signer.sign(encoder.encode(HEARTBEAT), 0, START + 6), START + 6) == 1
    assert len(after.gateway.snapshots()) == 1
    assert after.gateway.link_qualities()[ADDRESS].heard_at == START + 6


def test_only_the_owner_may_read_the_file_and_no_other_one_stays_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "stamps.json"

    SigningFile(path).write({ADDRESS: Timestamps(5, {})})
    SigningFile(path).write({ADDRESS: Timestamps(6, {})})

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["stamps.json"]


def test_a_vehicle_that_is_not_there_this_time_is_not_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "stamps.json"
    SigningFile(path).write({ADDRESS: Timestamps(10**15, {})})

    SigningFile(path).write({OTHER: Timestamps(7, {})})

    restored = SigningFile(path).restored(ADDRESS, START)
    assert restored is not None
    assert restored.newest > 10**15
    assert set(json.loads(path.read_text(encoding="utf-8"))) == {str(ADDRESS), str(OTHER)}


def test_a_vehicle_of_which_nothing_is_stored_has_no_memory(tmp_path: Path) -> None:
    assert SigningFile(tmp_path / "none.json").restored(ADDRESS, START) is None


@pytest.mark.parametrize(
    "content",
    ["", "[]", '{"a": 3}', '{"a": {"newest": 1}}', '{"a": {"newest": "x", "streams": []}}', "\xff{"],
    ids=["empty", "a list", "a number", "a part", "a text", "no JSON"],
)
def test_a_damaged_file_is_refused_with_what_to_do(tmp_path: Path, content: str) -> None:
    path = tmp_path / "stamps.json"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(SigningKeyError, match=r"stamps\.json cannot be read; restore it, or delete it"):
        SigningFile(path)
