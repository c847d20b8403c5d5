"""Reading telemetry logs: ours, and those of other ground stations."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from flight.protocol.codec import Decoder, ReceivedFrame
from flight.protocol.framing import (
    CHECKSUM_LENGTH,
    HEADER_LENGTH,
    HEADER_LENGTH_V1,
    SEEDS,
    SIGNATURE_LENGTH,
    SIGNED_FLAG,
    START_V1,
    START_V2,
    message_id,
)
from flight.records.tlog import TIME


class Record(NamedTuple):
    """A frame and when it came or went, in Unix seconds."""

    at: float
    frame: ReceivedFrame


def read_tlog(path: Path) -> Iterator[Record]:
    """Yield the good frames of a recording with their time, in order.

    Where something else stands (a record that was cut off, damage) the next record is searched for, byte by
    byte. The checksum of an unknown message cannot be judged: it is believed where another record follows it,
    or nothing. Raises OSError if the file cannot be read.
    """
    data, decoder = path.read_bytes(), Decoder()
    start = 0
    while start + TIME.size < len(data):
        raw = _frame_behind(data, start + TIME.size)
        end = start + TIME.size + len(raw)
        frames = decoder.frames(raw) if _is_known(raw) or _begins_record(data, end) else []
        if len(frames) == 1 and frames[0].raw == raw:
            (microseconds,) = TIME.unpack_from(data, start)
            yield Record(microseconds / 1e6, frames[0])
            start = end
        else:
            start += 1


def _frame_behind(data: bytes, start: int) -> bytes:
    """Return the stretch that is a frame by its length byte; nothing if none begins here."""
    if start + HEADER_LENGTH > len(data) or data[start] not in (START_V1, START_V2):
        return b""
    length = data[start + 1] + CHECKSUM_LENGTH
    if data[start] == START_V1:
        length += HEADER_LENGTH_V1
    else:
        length += HEADER_LENGTH + (SIGNATURE_LENGTH if data[start + 2] & SIGNED_FLAG else 0)
    return data[start : start + length]


def _begins_record(data: bytes, start: int) -> bool:
    behind_time = start + TIME.size
    return start == len(data) or data[behind_time : behind_time + 1] in (
        bytes((START_V1,)),
        bytes((START_V2,)),
    )


def _is_known(raw: bytes) -> bool:
    if not raw:
        return False
    return (raw[HEADER_LENGTH_V1 - 1] if raw[0] == START_V1 else message_id(raw)) in SEEDS
