"""One frame at one place of some bytes: is there one, and what does it say.

Every frame of a fleet goes through `frame_at`, so it is written for speed: MAVLink 2 by our own prepared
layouts (`flight.protocol.lean`). What these do not know, MAVLink 1, is left to pymavlink.
Source: https://mavlink.io/en/guide/serialization.html
"""

import re
import struct
from dataclasses import fields
from enum import Enum
from functools import partial
from typing import Any, NamedTuple

from fastcrc.crc16 import mcrf4xx
from pymavlink.dialects.v20 import ardupilotmega as dialect

from flight.protocol.framing import (
    CHECKSUM_LENGTH,
    HEADER_LENGTH,
    HEADER_LENGTH_V1,
    SEEDS,
    SIGNATURE_LENGTH,
    SIGNED_FLAG,
    START_V1,
    START_V2,
    checksum,
)
from flight.protocol.lean import LAYOUTS
from flight.protocol.messages import MESSAGES, Message

_STARTS = bytes((START_V1, START_V2))
_NEXT_START = re.compile(b"[" + _STARTS + b"]")
_SHORTEST = HEADER_LENGTH + CHECKSUM_LENGTH
_read_header = struct.Struct("<xBBxBBBI").unpack_from
"""Its last value is the message id, three bytes, and the byte behind it, which a frame always has."""


class ReceivedFrame(NamedTuple):
    """A frame whose checksum is right. ``message`` is ``None`` if it is one that we have no use for."""

    system_id: int
    component_id: int
    sequence: int
    message: Message | None
    raw: bytes


_new_frame = partial(tuple.__new__, ReceivedFrame)
"""The same as calling the class, without the detour through ``__new__`` of a named tuple."""


class NoFrame(Enum):
    """Why there is no frame at a place."""

    BAD = "what is here is none"
    UNFINISHED = "one may begin here, but its end has not come"


_DECODERS = {layout.message_id: layout.decode for layout in LAYOUTS.values()}
_KINDS = {number: (seed, _DECODERS.get(number)) for number, seed in SEEDS.items()}
"""What has to be known of a message to check and read it: no decoder if it is one that we do not use."""


def start_behind(data: bytes, start: int) -> int:
    """Return the next place, behind this one, where a frame may begin, or the end of the data."""
    found = _NEXT_START.search(data, start + 1)
    return found.start() if found else len(data)


def frame_at(data: bytes, start: int, in_step: bool) -> ReceivedFrame | NoFrame:
    """Read the frame that begins at a place; ``in_step`` says that a good frame, or nothing, is before it.

    The checksum says nothing of a message of unknown seed, nor of a signature: there the frame has to end
    where the data does or another begins, or it would swallow the good one behind it.

    One long function, as each of a fleet's frames goes through here.
    """
    if data[start] != START_V2:
        return _frame_v1_at(data, start)
    if start + _SHORTEST > len(data):
        return NoFrame.UNFINISHED
    length, incompatible, sequence, system_id, component_id, word = _read_header(data, start)
    checksum_at = start + HEADER_LENGTH + length
    end = checksum_at + CHECKSUM_LENGTH
    if incompatible:
        if incompatible != SIGNED_FLAG:
            return NoFrame.BAD
        end += SIGNATURE_LENGTH
    kind = _KINDS.get(word & 0xFFFFFF)
    if kind is None and not in_step:
        return NoFrame.BAD
    if end > len(data):
        return NoFrame.UNFINISHED
    if (kind is None or incompatible) and end < len(data) and data[end] not in _STARTS:
        return NoFrame.BAD
    raw = data[start:end]
    if kind is None:
        return _new_frame((system_id, component_id, sequence, None, raw))
    seed, decode = kind
    if mcrf4xx(data[start + 1 : checksum_at] + seed) != data[checksum_at] | data[checksum_at + 1] << 8:
        return NoFrame.BAD
    message = None if decode is None else decode(data[start + HEADER_LENGTH : checksum_at])
    return _new_frame((system_id, component_id, sequence, message, raw))


def _frame_v1_at(data: bytes, start: int) -> ReceivedFrame | NoFrame:
    """Read a frame of MAVLink 1; all its ids are known, so any other is garbage."""
    if data[start] != START_V1:
        return NoFrame.BAD
    if start + HEADER_LENGTH_V1 > len(data):
        return NoFrame.UNFINISHED
    _, length, sequence, system_id, component_id, number = data[start : start + HEADER_LENGTH_V1]
    end = start + HEADER_LENGTH_V1 + length + CHECKSUM_LENGTH
    kind = _KINDS.get(number)
    if kind is None:
        return NoFrame.BAD
    if end > len(data):
        return NoFrame.UNFINISHED
    raw = data[start:end]
    stated = int.from_bytes(raw[-CHECKSUM_LENGTH:], "little")
    if checksum(raw[1:-CHECKSUM_LENGTH], kind[0]) != stated:
        return NoFrame.BAD
    message = None if kind[1] is None else _message_of_pymavlink(raw)
    return ReceivedFrame(system_id, component_id, sequence, message, raw)


def _message_of_pymavlink(raw: bytes) -> Message:
    decoded = dialect.MAVLink(None).decode(bytearray(raw))
    kind = MESSAGES[decoded.get_type()]
    return kind(**{field.name: _own(getattr(decoded, field.name, 0)) for field in fields(kind)})


def _own(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
