"""Framing: our messages are pymavlink's, and garbage costs nothing but itself."""

import math
from dataclasses import fields

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pymavlink.dialects.v20 import ardupilotmega as dialect

from flight.protocol.codec import Decoder, Encoder
from flight.protocol.messages import (
    MESSAGES,
    CommandLong,
    GlobalPositionInt,
    Message,
    MissionItemInt,
    ParamSet,
    ServoOutputRaw,
    StatusText,
)

MESSAGE = MissionItemInt(1, 1, 7, 3, 16, 0, 1, 0.0, 0.5, 0.0, 0.0, 326967601, 1288522799, 56.5, 1)
FRAME = Encoder(255, 190).encode(MESSAGE)


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_every_field_of_ours_is_a_field_of_mavlink(name: str) -> None:
    theirs = getattr(dialect, f"MAVLink_{name.lower()}_message").fieldnames

    assert {field.name for field in fields(MESSAGES[name])} <= set(theirs)


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

    numbers = [next(Decoder().frames(encoder.encode(MESSAGE))).sequence for _ in range(258)]

    assert numbers == [*range(256), 0, 1]


def test_several_frames_in_one_datagram_are_all_read() -> None:
    assert len(list(Decoder().frames(FRAME * 3))) == 3


def test_a_message_that_we_have_no_use_for_is_passed_without_content() -> None:
    raw = dialect.MAVLink_attitude_message(1, 0, 0, 0, 0, 0, 0).pack(dialect.MAVLink(None, 1, 1))

    (frame,) = Decoder().frames(raw)

    assert frame.message is None


def test_a_frame_that_demands_unknown_features_is_skipped() -> None:
    assert not list(Decoder().frames(FRAME[:2] + b"\x02" + FRAME[3:]))


def test_values_that_are_no_numbers_pass() -> None:
    raw = Encoder(1, 1).encode(ParamSet(1, 1, "X", math.nan, 9))

    (frame,) = Decoder().frames(raw)

    assert isinstance(frame.message, ParamSet)
    assert math.isnan(frame.message.param_value)


@given(st.binary(max_size=400))
def test_any_bytes_give_no_exception(data: bytes) -> None:
    list(Decoder().frames(data))


@given(st.binary(max_size=60).filter(lambda data: b"\xfd" not in data), st.binary(max_size=60))
def test_a_good_frame_is_found_after_garbage(before: bytes, after: bytes) -> None:
    frames = list(Decoder().frames(before + FRAME + after))

    assert frames[0].message == MESSAGE


@given(st.integers(0, len(FRAME) - 1), st.integers(1, 255))
@example(37, 191)
def test_a_frame_with_a_flipped_byte_is_dropped_and_the_next_is_read(position: int, flip: int) -> None:
    damaged = bytearray(FRAME)
    damaged[position] ^= flip

    frames = list(Decoder().frames(bytes(damaged) + FRAME))

    assert frames
    assert all(frame.message == MESSAGE or frame.message is None for frame in frames)
    assert frames[-1].message == MESSAGE


@given(st.binary(min_size=0, max_size=255), st.integers(0, 0xFFFFFF))
def test_any_well_formed_frame_of_any_id_gives_no_exception(payload: bytes, message_id: int) -> None:
    head = bytes([len(payload), 0, 0, 0, 1, 1]) + message_id.to_bytes(3, "little")
    kind = dialect.mavlink_map.get(message_id)
    checksum = dialect.x25crc(head + payload + bytes([kind.crc_extra if kind else 0])).crc

    list(Decoder().frames(b"\xfd" + head + payload + checksum.to_bytes(2, "little")))
