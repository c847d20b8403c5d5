"""Framing: our messages are pymavlink's, and garbage costs nothing but itself."""

import math
from dataclasses import fields

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pymavlink.dialects.v20 import ardupilotmega as dialect

from flight.protocol.codec import Decoder, Encoder
from flight.protocol.framing import SEEDS, sealed
from flight.protocol.lean import NEWER_EXTENSIONS
from flight.protocol.messages import (
    MESSAGES,
    CommandLong,
    GlobalPositionInt,
    Message,
    MissionItemInt,
    ParamSet,
    ServoOutputRaw,
    StatusText,
    Unsigned,
)

MESSAGE = MissionItemInt(1, 1, 7, 3, 16, 0, 1, 0.0, 0.5, 0.0, 0.0, 326967601, 1288522799, 56.5, 1)
FRAME = Encoder(255, 190).encode(MESSAGE)
HEARTBEAT_V1 = sealed(bytes.fromhex("fe 09 05 01 01 00 0a000000 01 03 51 04 03"), SEEDS[0])


def no_start(data: bytes) -> bool:
    """Say that no frame can begin within these bytes."""
    return b"\xfd" not in data and b"\xfe" not in data


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_every_field_of_ours_is_a_field_of_mavlink(name: str) -> None:
    theirs = getattr(dialect, f"MAVLink_{name.lower()}_message").fieldnames
    newer = [field for field, _ in NEWER_EXTENSIONS.get(name, ())]

    assert {field.name for field in fields(MESSAGES[name])} <= {*theirs, *newer}


@pytest.mark.parametrize(
    "message",
    [
        MESSAGE,
        CommandLong(1, 1, 400, 3, 1.0, 21196.0),
        ParamSet(1, 1, "FENCE_ENABLE", 1.0, 9),
        ServoOutputRaw(5, 0, 1, 2, 3, 4, 5, 6, 7, 8, 1900),
        GlobalPositionInt(1, -326967601, 1288522799, 1, -5, 2, 3, 4, 65535),
        StatusText(2, "PreArm: Compass not healthy", 0, 0),
    ],
)
def test_a_message_comes_out_as_it_went_in(message: Message) -> None:
    (frame,) = Decoder().frames(Encoder(7, 1).encode(message))

    assert frame.message == message
    assert (frame.system_id, frame.component_id) == (7, 1)


def test_pymavlink_reads_our_frames() -> None:
    (theirs,) = dialect.MAVLink(None).parse_buffer(FRAME)

    assert theirs.get_type() == "MISSION_ITEM_INT"
    assert (theirs.x, theirs.y, theirs.seq, theirs.mission_type) == (326967601, 1288522799, 7, 1)


def test_frames_are_numbered_and_the_number_wraps() -> None:
    encoder = Encoder(255, 190)

    numbers = [Decoder().frames(encoder.encode(MESSAGE))[0].sequence for _ in range(258)]

    assert numbers == [*range(256), 0, 1]


def test_several_frames_in_one_datagram_are_all_read() -> None:
    assert len(Decoder().frames(FRAME * 3)) == 3


def test_a_message_that_we_have_no_use_for_is_passed_without_content() -> None:
    raw = dialect.MAVLink_attitude_message(1, 0, 0, 0, 0, 0, 0).pack(dialect.MAVLink(None, 1, 1))

    (frame,) = Decoder().frames(raw)

    assert frame.message is None


def test_a_frame_that_demands_unknown_features_is_skipped() -> None:
    assert not Decoder().frames(FRAME[:2] + b"\x02" + FRAME[3:])


def test_values_that_are_no_numbers_pass() -> None:
    raw = Encoder(1, 1).encode(ParamSet(1, 1, "X", math.nan, 9))

    (frame,) = Decoder().frames(raw)

    assert isinstance(frame.message, ParamSet)
    assert math.isnan(frame.message.param_value)


@given(st.binary(max_size=400))
def test_any_bytes_give_no_exception(data: bytes) -> None:
    Decoder().frames(data)


@given(st.binary(max_size=60).filter(no_start), st.binary(max_size=60))
def test_a_good_frame_is_found_after_garbage(before: bytes, after: bytes) -> None:
    frames = Decoder().frames(before + FRAME + after)

    assert frames[0].message == MESSAGE


@given(st.integers(0, len(FRAME) - 1), st.integers(1, 255))
@example(37, 191)
def test_a_frame_with_a_flipped_byte_is_dropped_and_the_next_is_read(position: int, flip: int) -> None:
    damaged = bytearray(FRAME)
    damaged[position] ^= flip

    frames = Decoder().frames(bytes(damaged) + FRAME)

    assert frames
    assert all(frame.message == MESSAGE or frame.message is None for frame in frames)
    assert frames[-1].message == MESSAGE


def frame_of(message_id: int, payload: bytes) -> bytes:
    """Return a frame of any message, known or not, whose checksum is right."""
    head = bytes([0xFD, len(payload), 0, 0, 0, 1, 1]) + message_id.to_bytes(3, "little")
    return sealed(head + payload, SEEDS.get(message_id, b"\0"))


@given(st.binary(max_size=255), st.integers(0, 0xFFFFFF))
def test_any_well_formed_frame_of_any_id_is_passed(payload: bytes, message_id: int) -> None:
    raw = frame_of(message_id, payload)

    (frame,) = Decoder().frames(raw)

    assert frame.raw == raw


@pytest.mark.parametrize("message_id", sorted(number for number in SEEDS if number < 256))
def test_any_well_formed_frame_of_mavlink_1_is_passed(message_id: int) -> None:
    raw = sealed(bytes([0xFE, 4, 9, 1, 1, message_id]) + b"abcd", SEEDS[message_id])

    (frame,) = Decoder().frames(raw)

    assert (frame.sequence, frame.raw) == (9, raw)


@pytest.mark.parametrize("position", range(len(HEARTBEAT_V1)))
def test_a_damaged_frame_of_mavlink_1_costs_no_frame_behind_it(position: int) -> None:
    damaged = bytearray(HEARTBEAT_V1)
    damaged[position] ^= 0x10

    frames = Decoder().frames(bytes(damaged) + HEARTBEAT_V1 + FRAME)

    assert [frame.raw for frame in frames] == [HEARTBEAT_V1, FRAME]


def test_an_unknown_message_that_runs_into_another_frame_is_not_believed() -> None:
    unknown = bytearray(frame_of(0xABCDEF, b"12345678"))
    unknown[1] += 5

    frames = Decoder().frames(bytes(unknown) + FRAME)

    assert [frame.raw for frame in frames] == [FRAME]


def test_a_stray_start_before_an_unknown_message_hides_no_known_one() -> None:
    frames = Decoder().frames(b"\xfd" + frame_of(0xABCDEF, b"12345678") + FRAME)

    assert [frame.raw for frame in frames] == [FRAME]


def test_every_byte_that_is_no_part_of_a_frame_is_counted() -> None:
    decoder = Decoder()

    decoder.frames(b"abc" + FRAME + b"\xfd\xfe" + FRAME + b"\xfd")

    assert decoder.bad_bytes == 6


def test_a_checksum_is_looked_at_whatever_pymavlink_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialect, "MAVLINK_IGNORE_CRC", 1)
    damaged = bytes([*HEARTBEAT_V1[:-1], HEARTBEAT_V1[-1] ^ 1])

    assert not Decoder().frames(damaged + FRAME[:-1])


def test_a_message_that_is_to_leave_unsigned_is_encoded_like_any_other() -> None:
    assert Encoder(255, 190).encode(Unsigned(MESSAGE)) == FRAME
