"""What leaves and enters a vehicle: framing, peers, texts.

The peers of one address are one link, as ArduPilot's UDP port is one channel. A peer that has not said
anything gets the heartbeat and nothing else (trace ``boot_and_prearm``). Answers go to who asked; telemetry
goes to everybody heard.
"""

import struct
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.comms.signing import Keyring, parser
from simulator.comms.wire import frame, hold

COMPONENT_ID = mavlink.MAV_COMP_ID_AUTOPILOT1
PEER_FORGOTTEN_S = 300.0
"""A peer that has been silent for so long gets nothing more (one that left without a word)."""

_TEXT_LENGTH = 50
_NOT_PASSED_ON = frozenset({"RADIO", "RADIO_STATUS"})
"""They tell of one link only."""


@dataclass(frozen=True, slots=True)
class LinkedPeer:
    """A peer on a further link of a vehicle (1 or more); any other hashable is a peer on link 0."""

    peer: Hashable
    link: int


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent a message: the peer it came from, and its MAVLink address."""

    peer: Hashable
    system: int
    component: int

    def same_station(self, other: "Sender") -> bool:
        """Say whether both are the same MAVLink component, on whatever socket."""
        return (self.system, self.component) == (other.system, other.component)


@dataclass(slots=True)
class _Peer:
    link: int = 0
    came_at: float | None = None
    heard_at: float | None = None
    sequence: int = 0
    parser: mavlink.MAVLink = field(default_factory=parser)


class Radio:
    """Packs what the vehicle says and unpacks what it hears.

    ``keys`` is the signing of its links. ``only_from`` is the one system that is obeyed where
    ``SYSID_ENFORCE`` is set.
    """

    def __init__(self, system_id: int) -> None:
        self._framer = mavlink.MAVLink(None, srcSystem=system_id, srcComponent=COMPONENT_ID)
        self._system_id = system_id
        self._peers: dict[Hashable, _Peer] = {}
        self._outgoing: list[tuple[bytes, Hashable]] = []
        self._later: list[tuple[Sender, Any]] = []
        self._texts: list[tuple[int, str]] = []
        self._text_id = 0
        self.keys = Keyring()
        self.only_from: int | None = None

    def connect(self, peer: Hashable) -> None:
        """Make a peer known before it speaks (a TCP connection)."""
        if peer not in self._peers:
            link = peer.link if isinstance(peer, LinkedPeer) else 0
            self._peers[peer] = known = _Peer(link)
            known.parser.signing = self.keys.of(link)

    def disconnect(self, peer: Hashable) -> None:
        """Forget a peer."""
        self._peers.pop(peer, None)

    def restart(self) -> None:
        """Begin anew: what was to be sent is lost, and peers get telemetry again once they have spoken."""
        self._outgoing, self._later, self._texts = [], [], []
        for known in self._peers.values():
            known.heard_at = None

    def hear(self, data: bytes, peer: Hashable, now: float) -> Iterable[tuple[Any, Sender]]:
        """Yield the messages for this vehicle, with their senders."""
        if peer not in self._peers:
            self.connect(peer)
            self._peers[peer].came_at = now
        known = self._peers[peer]
        for message in known.parser.parse_buffer(data) or ():
            if message.get_type() == "BAD_DATA":
                continue
            if self.only_from not in (None, message.get_srcSystem()):
                continue
            known.heard_at = now
            if not getattr(message, "target_system", 0) and message.get_type() not in _NOT_PASSED_ON:
                self._pass_on(bytes(message.get_msgbuf()), known.link)
            if getattr(message, "target_system", 0) in (0, self._system_id):
                yield message, Sender(peer, message.get_srcSystem(), message.get_srcComponent())

    def _pass_on(self, data: bytes, link: int) -> None:
        """Send what is for everybody to the other links, as it came (``MAVLink_routing``)."""
        for peer, known in self._peers.items():
            if known.link != link and known.heard_at is not None:
                self._outgoing.append((data, peer))

    def expire(self, now: float) -> None:
        """Forget peers that have been silent for long, or never said anything that can be read."""
        for peer, known in list(self._peers.items()):
            last = known.came_at if known.heard_at is None else known.heard_at
            if last is not None and now - last > PEER_FORGOTTEN_S:
                del self._peers[peer]

    @property
    def has_listener(self) -> bool:
        """Say whether anybody who has spoken would hear."""
        return any(known.heard_at is not None for known in self._peers.values())

    @property
    def listeners(self) -> int:
        """How many peers have spoken and hear the telemetry."""
        return sum(known.heard_at is not None for known in self._peers.values())

    def reply(self, sender: Sender, message: Any) -> None:
        """Send to one peer."""
        known = self._peers.get(sender.peer)
        if known is not None:
            self._pack(message, sender.peer, known)

    def reply_later(self, sender: Sender, message: Any) -> None:
        """Send to one peer, but after the acknowledgement that is still to come."""
        self._later.append((sender, message))

    def flush_replies(self) -> None:
        """Send what was kept back for after the acknowledgement."""
        later, self._later = self._later, []
        for sender, message in later:
            self.reply(sender, message)

    def broadcast(self, message: Any, to_silent: bool = False) -> None:
        """Send to all who have been heard, and with ``to_silent`` to the others too."""
        for peer, known in self._peers.items():
            if to_silent or known.heard_at is not None:
                self._pack(message, peer, known)

    def say(self, severity: int, text: str) -> None:
        """Queue a STATUSTEXT; texts leave after the messages of the same instant, as recorded."""
        self._texts.append((severity, text))

    def take(self) -> list[tuple[bytes, Hashable]]:
        """Return all that is to be sent, and forget it."""
        self.flush_texts()
        outgoing, self._outgoing = self._outgoing, []
        return outgoing

    def flush_texts(self) -> None:
        """Put queued texts behind what was sent so far."""
        texts, self._texts = self._texts, []
        for severity, text in texts:
            self._send_text(severity, text)

    def _send_text(self, severity: int, text: str) -> None:
        raw = text.encode()
        pieces = [raw[start : start + _TEXT_LENGTH] for start in range(0, len(raw), _TEXT_LENGTH)]
        number = 0
        if len(pieces) > 1:
            self._text_id = number = self._text_id % 65535 + 1
        for index, piece in enumerate(pieces):
            self.broadcast(mavlink.MAVLink_statustext_message(severity, piece, number, index))

    def _pack(self, message: Any, peer: Hashable, known: _Peer) -> None:
        sequence = known.sequence
        known.sequence = sequence + 1 & 0xFF
        try:
            data = self._framed(message, sequence, known.link)
        except (struct.error, OverflowError):
            hold(message)
            data = self._framed(message, sequence, known.link)
        self._outgoing.append((data, peer))

    def _framed(self, message: Any, sequence: int, link: int) -> bytes:
        if not self.keys.sign:
            return frame(message, sequence, self._system_id)
        self._framer.seq = sequence
        self._framer.signing = self.keys.of(link)
        return bytes(message.pack(self._framer))
