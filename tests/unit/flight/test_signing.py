"""Signatures: pymavlink accepts ours and we accept its, and nothing else passes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymavlink.dialects.v20 import ardupilotmega as dialect

from flight.errors import SigningKeyError
from flight.protocol.codec import Decoder, Encoder
from flight.protocol.framing import is_signed
from flight.protocol.messages import Heartbeat, ParamSet
from flight.protocol.signing import (
    EPOCH_S,
    RESTART_MARGIN,
    TICKS_PER_S,
    Signer,
    SigningKey,
    SigningMemory,
    Stream,
    Verdict,
    Verifier,
)

SECRET = bytes(range(32))
KEY = SigningKey(SECRET)
NOW = 1_795_000_000.0
NOW_TICKS = int(NOW - EPOCH_S) * TICKS_PER_S
MESSAGE = ParamSet(1, 1, "FENCE_ENABLE", 1.0, 9)
FRAME = Encoder(1, 1).encode(MESSAGE)
KNOWN = "fd1701000001011700000000803f010146454e43455f454e41424c4500000000090cb70705040302010008188e8b1cec"
"""The frame that pymavlink 2.4.50 made of the message, the key, link 7 and timestamp 0x0102030405."""

MINUTE = 60 * TICKS_PER_S


def signed(timestamp: int, link_id: int = 0, key: SigningKey = KEY) -> bytes:
    """Return a frame of the vehicle with this timestamp."""
    memory = SigningMemory(0.0)
    memory.newest = timestamp - 1
    return Signer(key, memory).sign(FRAME, link_id, 0.0)


def timestamp_of(frame: bytes) -> int:
    return int.from_bytes(frame[-12:-6], "little")


def peer(**signing: Any) -> dialect.MAVLink:
    """Return a pymavlink that knows the key."""
    mavlink = dialect.MAVLink(None, 1, 1)
    mavlink.signing.secret_key = SECRET
    vars(mavlink.signing).update(signing)
    return mavlink


@given(st.floats(NOW, NOW + 1e9), st.integers(0, 255), st.text(st.characters(max_codepoint=127), max_size=16))
def test_pymavlink_accepts_what_we_sign(now: float, link_id: int, name: str) -> None:
    raw = Encoder(1, 1).encode(ParamSet(1, 1, name, 1.0, 9))

    (theirs,) = peer().parse_buffer(Signer(KEY, SigningMemory(now)).sign(raw, link_id, now))

    assert (theirs.get_signed(), theirs.get_link_id()) == (True, link_id)


@given(st.integers(NOW_TICKS, 2**48 - 2), st.integers(0, 255), st.integers(0, 2**32 - 1))
def test_we_accept_what_pymavlink_signs(timestamp: int, link_id: int, mode: int) -> None:
    sender = peer(sign_outgoing=True, timestamp=timestamp, link_id=link_id)
    raw = dialect.MAVLink_heartbeat_message(1, 3, 0, mode, 4, 3).pack(sender)
    memory = SigningMemory(NOW)

    (frame,) = Decoder().frames(raw)

    assert Verifier(KEY, memory).verify(frame.raw) is Verdict.ACCEPTED
    assert frame.message == Heartbeat(1, 3, 0, mode, 4)
    assert memory.streams == {Stream(1, 1, link_id): timestamp}


def test_a_signed_frame_is_the_known_one() -> None:
    frame = signed(0x0102030405, link_id=7)

    assert frame.hex() == KNOWN


def test_an_untouched_frame_has_no_signature() -> None:
    assert not is_signed(FRAME)
    assert is_signed(signed(1))


@pytest.mark.parametrize("clock", [[NOW, NOW, NOW], [NOW, NOW - 3600, NOW - 7200], [0.0, 0.0, 0.0]])
def test_timestamps_grow_also_when_the_clock_stands_or_goes_back(clock: list[float]) -> None:
    signer = Signer(KEY, SigningMemory(clock[0]))

    stamps = [timestamp_of(signer.sign(FRAME, 0, now)) for now in clock]

    assert stamps[0] < stamps[1] < stamps[2]


def test_a_timestamp_is_the_time_in_units_of_ten_microseconds_since_2015() -> None:
    frame = Signer(KEY, SigningMemory(NOW)).sign(FRAME, 0, NOW + 1)

    assert timestamp_of(frame) == NOW_TICKS + TICKS_PER_S


def test_we_follow_a_vehicle_whose_clock_is_ahead() -> None:
    memory = SigningMemory(NOW)

    Verifier(KEY, memory).verify(signed(NOW_TICKS + 10 * MINUTE))

    assert timestamp_of(Signer(KEY, memory).sign(FRAME, 0, NOW)) == NOW_TICKS + 10 * MINUTE + 1


def test_an_unsigned_frame_is_counted_as_such() -> None:
    verifier = Verifier(KEY, SigningMemory(NOW))

    assert verifier.verify(FRAME) is Verdict.UNSIGNED
    assert verifier.counts[Verdict.UNSIGNED] == 1


def test_a_frame_of_mavlink_1_is_unsigned_whatever_it_holds() -> None:
    raw = dialect.MAVLink_heartbeat_message(1, 3, 0, 0, 4, 3).pack(dialect.MAVLink(None, 1), True)

    assert Verifier(KEY, SigningMemory(NOW)).verify(raw) is Verdict.UNSIGNED


def test_a_frame_of_another_key_is_wrong() -> None:
    verifier = Verifier(KEY, SigningMemory(NOW))

    assert verifier.verify(signed(NOW_TICKS, key=SigningKey(b"x" * 32))) is Verdict.WRONG


@pytest.mark.parametrize("position", range(1, len(signed(NOW_TICKS))))
def test_a_frame_with_any_byte_changed_is_not_accepted(position: int) -> None:
    frame = bytearray(signed(NOW_TICKS))
    frame[position] ^= 0x40

    assert Verifier(KEY, SigningMemory(NOW)).verify(bytes(frame)) is not Verdict.ACCEPTED


def test_a_forged_frame_moves_no_timestamp() -> None:
    memory = SigningMemory(NOW)
    verifier = Verifier(KEY, memory)

    verifier.verify(signed(NOW_TICKS + 60 * MINUTE, key=SigningKey(b"x" * 32)))

    assert (memory.newest, memory.streams) == (NOW_TICKS, {})
    assert verifier.verify(signed(NOW_TICKS)) is Verdict.ACCEPTED


def test_a_frame_that_comes_again_is_a_replay() -> None:
    verifier = Verifier(KEY, SigningMemory(NOW))

    verdicts = [verifier.verify(signed(NOW_TICKS)) for _ in range(2)]

    assert verdicts == [Verdict.ACCEPTED, Verdict.REPLAYED]
    assert verifier.counts == {
        Verdict.ACCEPTED: 1,
        Verdict.UNSIGNED: 0,
        Verdict.WRONG: 0,
        Verdict.REPLAYED: 1,
    }


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 20)), max_size=20))
def test_each_link_accepts_growing_timestamps_only(arrivals: list[tuple[int, int]]) -> None:
    verifier = Verifier(KEY, SigningMemory(NOW))

    accepted = [
        (link_id, tick)
        for link_id, tick in arrivals
        if verifier.verify(signed(NOW_TICKS + tick, link_id)) is Verdict.ACCEPTED
    ]

    for link_id in range(3):
        ticks = [tick for link, tick in accepted if link == link_id]
        assert ticks == sorted(set(ticks))


@pytest.mark.parametrize(("behind", "verdict"), [(MINUTE, Verdict.ACCEPTED), (MINUTE + 1, Verdict.REPLAYED)])
def test_a_new_stream_may_be_one_minute_behind(behind: int, verdict: Verdict) -> None:
    verifier = Verifier(KEY, SigningMemory(NOW))
    verifier.verify(signed(NOW_TICKS + 5 * MINUTE, link_id=0))

    assert verifier.verify(signed(NOW_TICKS + 5 * MINUTE - behind, link_id=1)) is verdict


def test_a_replay_is_refused_after_a_restart_too() -> None:
    memory = SigningMemory(NOW)
    recorded = signed(NOW_TICKS)
    Verifier(KEY, memory).verify(recorded)

    restored = SigningMemory.restored(NOW, memory.newest, memory.streams)

    assert Verifier(KEY, restored).verify(recorded) is Verdict.REPLAYED
    assert Verifier(KEY, restored).verify(signed(NOW_TICKS + 1)) is Verdict.ACCEPTED


def test_without_anything_stored_only_the_last_minute_can_be_believed() -> None:
    verifier = Verifier(KEY, SigningMemory(NOW))

    assert verifier.verify(signed(NOW_TICKS - MINUTE - 1)) is Verdict.REPLAYED


def test_no_timestamp_is_used_again_after_a_restart_with_a_wrong_clock() -> None:
    stored = NOW_TICKS

    memory = SigningMemory.restored(0.0, stored, {})

    assert memory.next_timestamp(0.0) == stored + RESTART_MARGIN + 1


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_key_has_thirty_two_bytes(length: int) -> None:
    with pytest.raises(SigningKeyError, match=f"32 bytes, not {length}"):
        SigningKey(b"k" * length)


def test_a_key_shows_itself_nowhere() -> None:
    shown = [repr(KEY), str(KEY), f"{KEY}", repr([KEY]), repr(Signer(KEY, SigningMemory(NOW)))]

    assert not [text for text in shown if SECRET.hex() in text or repr(SECRET)[2:-1] in text]
    assert repr(KEY) == "SigningKey(hidden)"


def test_keys_are_equal_if_their_secrets_are() -> None:
    assert SigningKey(SECRET) == KEY
    assert hash(SigningKey(SECRET)) == hash(KEY)
    assert SigningKey(b"x" * 32) != KEY
    assert KEY != SECRET
