"""Bytes of TCP and serial lines: cut anywhere, nothing is lost, and little is kept."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from flight.protocol.codec import Decoder, Encoder, StreamDecoder
from flight.protocol.framing import LONGEST_FRAME
from flight.protocol.messages import MissionSetCurrent, ParamSet, StatusText
from tests.unit.flight.test_codec import frame_of, no_start

ENCODER = Encoder(1, 1)
FRAMES = [
    ENCODER.encode(message)
    for message in (
        ParamSet(1, 1, "FENCE_ENABLE", 1.0, 9),
        StatusText(2, "PreArm: Compass not healthy", 0, 0),
        MissionSetCurrent(1, 1, 7),
    )
]
PIECES = st.one_of(st.sampled_from(FRAMES), st.binary(max_size=20).filter(no_start))


@given(st.lists(PIECES, max_size=12), st.data())
def test_it_does_not_matter_where_a_stream_is_cut(pieces: list[bytes], data: st.DataObject) -> None:
    stream = b"".join(pieces)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    decoder = StreamDecoder()

    found = [
        frame.raw
        for start, end in pairwise([0, *cuts, len(stream)])
        for frame in decoder.frames(stream[start:end])
    ]

    assert found == [piece for piece in pieces if piece in FRAMES]
    assert decoder.bad_bytes + decoder.waiting_bytes + sum(map(len, found)) == len(stream)


def test_a_frame_that_comes_byte_by_byte_is_read_with_its_last() -> None:
    decoder = StreamDecoder()

    counts = [len(decoder.frames(FRAMES[0][at : at + 1])) for at in range(len(FRAMES[0]))]

    assert counts == [0] * (len(FRAMES[0]) - 1) + [1]


def test_a_damaged_length_delays_good_frames_but_loses_none() -> None:
    damaged = bytearray(FRAMES[0])
    damaged[1] = 255
    decoder = StreamDecoder()

    found = decoder.frames(bytes(damaged) + FRAMES[1] + FRAMES[2])
    later = decoder.frames(FRAMES[0] * 10)

    assert not found
    assert [frame.raw for frame in later] == [*FRAMES[1:], *[FRAMES[0]] * 10]


def test_an_unknown_message_is_passed_once_the_stream_is_in_step() -> None:
    unknown = frame_of(0xABCDEF, b"12345678")
    decoder = StreamDecoder()

    found = decoder.frames(unknown + FRAMES[0] + unknown + FRAMES[1])

    assert [frame.raw for frame in found] == [FRAMES[0], unknown, FRAMES[1]]


@given(st.lists(st.binary(max_size=600), max_size=8))
def test_what_is_kept_is_less_than_the_longest_frame(reads: list[bytes]) -> None:
    decoder = StreamDecoder()

    for read in reads:
        decoder.frames(b"\xfd\xff\x00" + read)

        assert decoder.waiting_bytes < LONGEST_FRAME


def test_one_datagram_with_half_a_frame_spoils_nothing_for_the_next() -> None:
    decoder = Decoder()

    found = [*decoder.frames(FRAMES[0][:20]), *decoder.frames(FRAMES[1])]

    assert [frame.raw for frame in found] == [FRAMES[1]]
