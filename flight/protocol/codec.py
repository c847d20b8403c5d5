"""Bytes to messages and back, on pymavlink's message table (dialect ``ardupilotmega``, MAVLink 2).

The framing is our own, for one reason: pymavlink drops the whole stretch that a damaged length byte
announces, and with it the good frames inside. Here a bad frame costs one byte, and the search for the next
start goes on. Source: https://mavlink.io/en/guide/serialization.html
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from pymavlink.dialects.v20 import ardupilotmega as dialect

from flight.protocol.messages import MESSAGES, Message

START_V2 = 0xFD
HEADER_LENGTH = 10
CHECKSUM_LENGTH = 2
SIGNATURE_LENGTH = 13
SIGNED_FLAG = 0x01

_FIELDS = {name: tuple(field.name for field in fields(kind)) for name, kind in MESSAGES.items()}
"""The fields that we use of each message; looked up once, as a fleet sends thousands of messages a second."""


@dataclass(frozen=True, slots=True)
class ReceivedFrame:
    """A frame whose checksum is right. ``message`` is ``None`` if it is one that we have no use for."""

    system_id: int
    component_id: int
    sequence: int
    message: Message | None
    raw: bytes


class Decoder:
    """Takes frames out of datagrams; whatever is not a frame is counted and skipped.

    A datagram holds whole frames (https://mavlink.io/en/guide/routing.html), so nothing is kept from one to
    the next, and garbage from one sender cannot swallow the frames of another.
    """

    def __init__(self) -> None:
        self.bad_bytes = 0
        self._mavlink = dialect.MAVLink(None)

    def frames(self, datagram: bytes) -> Iterator[ReceivedFrame]:
        """Yield the good frames of a datagram, in order."""
        start, in_step = 0, True
        while start < len(datagram):
            raw = _candidate(datagram, start)
            frame = self._decode(raw) if raw is not None and (in_step or _is_known(raw)) else None
            in_step = frame is not None
            if raw is None or frame is None:
                self.bad_bytes += 1
                start += 1
            else:
                yield frame
                start += len(raw)

    def _decode(self, raw: bytes) -> ReceivedFrame | None:
        if _is_unused(raw):
            return ReceivedFrame(raw[5], raw[6], raw[4], None, raw)
        try:
            decoded = self._mavlink.decode(bytearray(raw))
        except dialect.MAVError:
            return None
        return ReceivedFrame(raw[5], raw[6], raw[4], _typed(decoded), raw)


class Encoder:
    """Makes frames from messages, with one source address and its own sequence numbers."""

    def __init__(self, system_id: int, component_id: int) -> None:
        self._mavlink = dialect.MAVLink(None, srcSystem=system_id, srcComponent=component_id)

    def encode(self, message: Message) -> bytes:
        """Return the frame of a message."""
        values = {name: _wire(getattr(message, name)) for name in _FIELDS[message.NAME]}
        kind = getattr(dialect, f"MAVLink_{message.NAME.lower()}_message")
        raw: bytes = kind(**_with_unused_fields(kind, values)).pack(self._mavlink)
        self._mavlink.seq = (self._mavlink.seq + 1) % 256
        return raw


def _candidate(datagram: bytes, start: int) -> bytes | None:
    """Return the stretch that looks like a frame at this place, or ``None``."""
    if datagram[start] != START_V2 or start + HEADER_LENGTH > len(datagram):
        return None
    incompatible = datagram[start + 2]
    if incompatible & ~SIGNED_FLAG:
        return None
    signature = SIGNATURE_LENGTH if incompatible & SIGNED_FLAG else 0
    end = start + HEADER_LENGTH + datagram[start + 1] + CHECKSUM_LENGTH + signature
    return datagram[start:end] if end <= len(datagram) else None


def _is_known(raw: bytes) -> bool:
    """Say whether the checksum can be judged: each message has its own seed for it.

    While the start of a frame is searched for, a message of unknown seed is not believed: its length may be
    made of anything, and would swallow the good frame behind it.
    """
    return _message_id(raw) in dialect.mavlink_map


def _message_id(raw: bytes) -> int:
    return int.from_bytes(raw[7:10], "little")


def _is_unused(raw: bytes) -> bool:
    """Say whether this is a good frame of a message that we do not read: its fields need no decoding."""
    kind = dialect.mavlink_map.get(_message_id(raw))
    if kind is None or kind.msgname in MESSAGES:
        return False
    checksum_at = HEADER_LENGTH + raw[1]
    checksum = dialect.x25crc(raw[1:checksum_at] + bytes([kind.crc_extra]))
    return bool(checksum.crc == int.from_bytes(raw[checksum_at : checksum_at + CHECKSUM_LENGTH], "little"))


def _typed(decoded: Any) -> Message | None:
    kind = MESSAGES.get(decoded.get_type())
    if kind is None:
        return None
    return kind(**{name: _own(getattr(decoded, name)) for name in _FIELDS[kind.NAME]})


def _own(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _wire(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("ascii", errors="replace")
    return list(value) if isinstance(value, tuple) else value


def _with_unused_fields(kind: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Add zeros for the fields of the message that our value leaves out."""
    lengths = dict(zip(kind.ordered_fieldnames, kind.array_lengths, strict=True))
    zeros = {name: [0] * lengths[name] if lengths[name] else 0 for name in kind.fieldnames}
    return zeros | values
