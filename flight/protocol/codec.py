"""Bytes to messages and back, of datagrams and of streams.

The framing is our own, as pymavlink drops the whole stretch that a damaged length byte announces, and with it
the good frames inside. Here a bad frame costs one byte, and the search for the next start goes on.
"""

import struct

from flight.protocol.frames import NoFrame, ReceivedFrame, frame_at, start_behind
from flight.protocol.framing import SEEDS, START_V2, sealed
from flight.protocol.lean import LAYOUTS
from flight.protocol.messages import Message, Unsigned

__all__ = ["Decoder", "Encoder", "ReceivedFrame", "StreamDecoder"]

_HEADER = struct.Struct("<BBBBBBBHB")


class _Search:
    """Takes frames out of bytes; whatever is not a frame is counted and skipped."""

    def __init__(self) -> None:
        self.bad_bytes = 0
        self._in_step = False

    def _take(self, data: bytes, more_may_come: bool) -> tuple[list[ReceivedFrame], int]:
        """Return the good frames, in order, and how many bytes are done with."""
        found: list[ReceivedFrame] = []
        start = 0
        while start < len(data):
            frame = frame_at(data, start, self._in_step)
            if type(frame) is ReceivedFrame:
                found.append(frame)
                start += len(frame.raw)
                self._in_step = True
                continue
            if more_may_come and frame is NoFrame.UNFINISHED:
                break
            following = start_behind(data, start)
            self.bad_bytes += following - start
            start, self._in_step = following, False
        return found, start


class Decoder(_Search):
    """Takes frames out of datagrams; ``bad_bytes`` counts what was no part of one.

    A datagram holds whole frames (https://mavlink.io/en/guide/routing.html), so nothing is kept from one to
    the next, and garbage from one sender cannot swallow the frames of another.
    """

    def frames(self, datagram: bytes) -> list[ReceivedFrame]:
        """Return the good frames of a datagram, in order."""
        self._in_step = True
        return self._take(datagram, more_may_come=False)[0]


class StreamDecoder(_Search):
    """Takes frames out of a stream of bytes (TCP, serial), which may be cut anywhere between two reads.

    What it keeps from one read to the next is less than the longest frame. A damaged length byte delays the
    good frames behind it until as many bytes have come, but loses none.
    """

    def __init__(self) -> None:
        super().__init__()
        self._rest = b""

    @property
    def waiting_bytes(self) -> int:
        """How many bytes wait for the rest of their frame."""
        return len(self._rest)

    def frames(self, read: bytes) -> list[ReceivedFrame]:
        """Return the good frames that are whole with what was read now, in order."""
        data = self._rest + read
        found, taken = self._take(data, more_may_come=True)
        self._rest = data[taken:]
        return found


class Encoder:
    """Makes frames from messages, with one source address and its own sequence numbers."""

    def __init__(self, system_id: int, component_id: int) -> None:
        self._source = (system_id, component_id)
        self._sequence = 0

    def encode(self, message: Message) -> bytes:
        """Return the frame of a message, without a signature; raise UnsendableMessage if it cannot be one.

        Zeros at the payload's end are left out, but for its first byte, as MAVLink 2 says.
        """
        if isinstance(message, Unsigned):
            return self.encode(message.message)
        layout = LAYOUTS[message.NAME]
        payload = layout.encode(message).rstrip(b"\0") or b"\0"
        high, low = divmod(layout.message_id, 0x10000)
        head = _HEADER.pack(START_V2, len(payload), 0, 0, self._sequence, *self._source, low, high)
        self._sequence = (self._sequence + 1) % 256
        return sealed(head + payload, SEEDS[layout.message_id])
