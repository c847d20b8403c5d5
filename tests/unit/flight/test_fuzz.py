"""Ten million random bytes and a hundred thousand damaged frames: no error at all, and no memory kept."""

import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

import numpy as np
import pytest
from pymavlink.dialects.v20 import ardupilotmega as dialect

from flight.protocol.codec import Decoder, Encoder, ReceivedFrame, StreamDecoder
from flight.protocol.framing import LONGEST_FRAME, is_signed
from flight.protocol.lean import LAYOUTS
from flight.protocol.messages import MESSAGES, Heartbeat
from flight.protocol.signing import Signer, SigningKey, SigningMemory, Verdict, Verifier
from tests.unit.flight.test_codec import frame_of

RANDOM_BYTES = 10_000_000
PIECE = 1_000
DAMAGED_FRAMES = 100_000
MOST_MEMORY = 64 * 1024
"""Bytes that the decoding of all may hold at any time: a few frames and their messages."""

CHANCE_FRAMES = 5
"""Of a hundred thousand damaged frames, so many may pass: a checksum of 16 bits lets 1 of 65,536 through."""

KEY = SigningKey(b"k" * 32)
GOOD = Encoder(9, 1).encode(Heartbeat(2, 3, 81, 5, 4))

T = TypeVar("T")
Chance = np.random.Generator
Damage = Callable[[bytearray, Chance], None]


def flip_bits(frame: bytearray, chance: Chance) -> None:
    for _ in range(int(chance.integers(1, 5))):
        frame[chance.integers(len(frame))] ^= 1 << int(chance.integers(8))


def replace_byte(frame: bytearray, chance: Chance) -> None:
    frame[chance.integers(len(frame))] = chance.integers(256)


def change_length(frame: bytearray, chance: Chance) -> None:
    frame[1] = int(chance.integers(256))


def drop_bytes(frame: bytearray, chance: Chance) -> None:
    at = chance.integers(len(frame))
    del frame[at : at + chance.integers(1, 6)]


def add_bytes(frame: bytearray, chance: Chance) -> None:
    at = chance.integers(len(frame))
    frame[at:at] = chance.bytes(int(chance.integers(1, 6)))


def add_start(frame: bytearray, chance: Chance) -> None:
    frame.insert(int(chance.integers(len(frame))), 0xFD)


DAMAGES: tuple[Damage, ...] = (flip_bits, replace_byte, change_length, drop_bytes, add_bytes, add_start)


def samples(chance: Chance) -> list[bytes]:
    """Return one frame with random values of every message of ours, unsigned and signed."""
    sizes = {table.msgname: table.unpacker.size for table in dialect.mavlink_map.values()}
    signer = Signer(KEY, SigningMemory(0.0))
    plain = [frame_of(LAYOUTS[name].message_id, chance.bytes(sizes[name])) for name in sorted(MESSAGES)]
    return [*plain, *(signer.sign(frame, 0, 0.0) for frame in plain)]


def damaged_frames(count: int, seed: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield frames as they were and as they are after the damage, all kinds in turn."""
    chance = np.random.default_rng(seed)
    originals = samples(chance)
    for number in range(count):
        original = originals[chance.integers(len(originals))]
        frame = bytearray(original)
        DAMAGES[number % len(DAMAGES)](frame, chance)
        yield original, bytes(frame)


def random_pieces(total: int, seed: int) -> Iterator[bytes]:
    chance = np.random.default_rng(seed)
    return (chance.bytes(PIECE) for _ in range(total // PIECE))


def peak_memory(decode: Callable[[T], object], pieces: Iterable[T], watched_from: int) -> int:
    """Decode all; return the most bytes that were held at any time beyond what was held at the start.

    Watching is slow, so it begins late: whatever keeps memory does so to the end.
    """
    remaining = iter(pieces)
    for piece in islice(remaining, watched_from):
        decode(piece)
    tracemalloc.start()
    try:
        held, _ = tracemalloc.get_traced_memory()
        for piece in remaining:
            decode(piece)
        return tracemalloc.get_traced_memory()[1] - held
    finally:
        tracemalloc.stop()


def is_believed(frame: ReceivedFrame, original: bytes) -> bool:
    """Say whether a frame, that is not the original, would change what we know of a vehicle."""
    if frame.raw == original or frame.message is None:
        return False
    if not is_signed(original):
        return True
    return Verifier(KEY, SigningMemory(0.0)).verify(frame.raw) is Verdict.ACCEPTED


@pytest.mark.parametrize("kind", [Decoder, StreamDecoder])
def test_random_bytes_give_no_error_and_keep_no_memory(kind: type[Decoder | StreamDecoder]) -> None:
    decoder = kind()
    passed = 0

    def decode(piece: bytes) -> None:
        nonlocal passed
        passed += sum(len(frame.raw) for frame in decoder.frames(piece))

    peak = peak_memory(decode, random_pieces(RANDOM_BYTES, seed=1), watched_from=0)

    waiting = decoder.waiting_bytes if isinstance(decoder, StreamDecoder) else 0
    assert peak < MOST_MEMORY
    assert passed + decoder.bad_bytes + waiting == RANDOM_BYTES
    assert decoder.bad_bytes > 0.99 * RANDOM_BYTES


def test_damaged_frames_in_datagrams_cost_no_good_frame_and_are_not_believed() -> None:
    decoder, lost, believed = Decoder(), 0, 0

    def decode(pair: tuple[bytes, bytes]) -> None:
        nonlocal lost, believed
        original, damaged = pair
        frames = decoder.frames(damaged + GOOD)
        lost += not frames or frames[-1].raw != GOOD
        believed += sum(is_believed(frame, original) for frame in frames if frame.raw != GOOD)

    peak = peak_memory(decode, damaged_frames(DAMAGED_FRAMES, seed=2), DAMAGED_FRAMES - 20_000)

    assert peak < MOST_MEMORY
    assert lost <= CHANCE_FRAMES
    assert believed <= CHANCE_FRAMES


def test_damaged_frames_in_a_stream_cost_no_good_frame() -> None:
    decoder, found = StreamDecoder(), 0

    def decode(pair: tuple[bytes, bytes]) -> None:
        nonlocal found
        found += sum(frame.raw == GOOD for frame in decoder.frames(pair[1] + GOOD))

    peak = peak_memory(decode, damaged_frames(DAMAGED_FRAMES, seed=3), DAMAGED_FRAMES - 20_000)
    found += sum(frame.raw == GOOD for frame in decoder.frames(bytes(LONGEST_FRAME)))

    assert peak < MOST_MEMORY
    assert DAMAGED_FRAMES - found <= CHANCE_FRAMES
