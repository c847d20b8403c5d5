"""Frames from and to each link: decoders for streams, and our own sequence numbers per link."""

from flight.protocol.codec import Decoder, Encoder, ReceivedFrame, StreamDecoder
from flight.protocol.messages import Message
from flight.station import Station

STREAM = "tcp:"
"""A link that is a stream of bytes and not of datagrams."""


class Wires:
    """Decoder and encoder of each link."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self._datagrams = Decoder()
        self._streams: dict[str, StreamDecoder] = {}
        self._encoders: dict[str, Encoder] = {}

    @property
    def bad_bytes(self) -> int:
        """How many bytes came that were no part of a good frame."""
        return self._datagrams.bad_bytes + sum(each.bad_bytes for each in self._streams.values())

    def frames(self, data: bytes, link: str) -> list[ReceivedFrame]:
        """Return the good frames that came over a link."""
        if not link.startswith(STREAM):
            return self._datagrams.frames(data)
        return self._streams.setdefault(link, StreamDecoder()).frames(data)

    def encode(self, message: Message, link: str) -> bytes:
        """Return the frame of a message, with the link's next number."""
        encoder = self._encoders.get(link)
        if encoder is None:
            encoder = self._encoders[link] = Encoder(self._station.system_id, self._station.component_id)
        return encoder.encode(message)

    def rename(self, old: str, new: str) -> None:
        """Go on with the numbers at the new address of a link, if nobody else has that address."""
        if new not in self._encoders and old in self._encoders:
            self._encoders[new] = self._encoders.pop(old)
