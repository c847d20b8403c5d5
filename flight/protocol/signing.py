"""Signatures of MAVLink 2, one key a vehicle. Sans-IO: ``now`` (Unix seconds) is an argument.

Use, for one vehicle::

    memory = SigningMemory(now)              # or SigningMemory.restored(now, newest, streams) after a restart
    signer, verifier = Signer(key, memory), Verifier(key, memory)

    raw = signer.sign(encoder.encode(message), link_id, now)     # a message that is to go out signed
    if verifier.verify(frame.raw) is not Verdict.ACCEPTED:       # a ReceivedFrame that came in
        ...                                                      # drop it; verifier.counts has counted it

One memory for all links of the vehicle, a link id (0 to 255) of its own for each. Store ``memory.newest`` and
``memory.streams`` at least every 30 s. Source: https://mavlink.io/en/guide/message_signing.html
"""

import hmac
from collections.abc import Mapping
from enum import Enum
from hashlib import sha256
from typing import NamedTuple

from flight.errors import SigningKeyError
from flight.protocol.framing import CHECKSUM_LENGTH, SEEDS, SIGNED_FLAG, is_signed, message_id, sealed

KEY_LENGTH = 32
STAMP_LENGTH = 6
DIGEST_LENGTH = 6

EPOCH_S = 1_420_070_400
"""2015-01-01T00:00:00Z: timestamps count from here."""

TICKS_PER_S = 100_000
"""A timestamp's unit is 10 microseconds."""

NEW_STREAM_MAY_LAG = 60 * TICKS_PER_S
"""A stream not heard before may be this far behind the newest timestamp known (the guide: one minute)."""

RESTART_MARGIN = 60 * TICKS_PER_S
"""What was stored may be half a minute old: begin later by this, as ArduPilot does (``load_signing_key``)."""


class SigningKey:
    """The 32 secret bytes that a vehicle and its ground stations share. Never shows them.

    Raises
    ------
    SigningKeyError
        If there are not 32 bytes.
    """

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_LENGTH:
            raise SigningKeyError(f"a signing key has {KEY_LENGTH} bytes, not {len(secret)}")
        self._secret = bytes(secret)

    @classmethod
    def from_passphrase(cls, passphrase: str) -> "SigningKey":
        """Return the key that MAVProxy and Mission Planner make of a passphrase: its SHA-256."""
        return cls(sha256(passphrase.encode()).digest())

    def signature(self, signed: bytes) -> bytes:
        """Return the six bytes for a frame up to and with its timestamp."""
        return sha256(self._secret + signed).digest()[:DIGEST_LENGTH]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SigningKey) and hmac.compare_digest(self._secret, other._secret)

    def __hash__(self) -> int:
        return hash(self._secret)

    def __repr__(self) -> str:
        return "SigningKey(hidden)"


class Stream(NamedTuple):
    """Whose timestamps have to grow: one sender's on one of its links."""

    system_id: int
    component_id: int
    link_id: int


class SigningMemory:
    """The timestamps of one vehicle's key: what has to survive a restart, so that no frame counts twice.

    ``newest`` is the highest timestamp that either side has used, ``streams`` the highest of each stream.
    It begins at ``now``, so that without anything stored, too, only the last minute's frames can be believed.
    A vehicle whose clock is behind takes ours from the first frame that we sign for it.
    """

    def __init__(self, now: float) -> None:
        self.newest = _timestamp(now)
        self.streams: dict[Stream, int] = {}

    @classmethod
    def restored(cls, now: float, newest: int, streams: Mapping[Stream, int]) -> "SigningMemory":
        """Return the memory after a restart, from what was stored before it."""
        memory = cls(now)
        memory.newest = max(memory.newest, newest + RESTART_MARGIN)
        memory.streams = dict(streams)
        return memory

    def next_timestamp(self, now: float) -> int:
        """Return a timestamp that was never used before, also if the clock stands still or goes back."""
        self.newest = max(self.newest + 1, _timestamp(now))
        return self.newest

    def take(self, stream: Stream, timestamp: int) -> bool:
        """Say whether a timestamp, of a frame that is rightly signed, is new; remember it if it is."""
        if timestamp <= self.streams.get(stream, self.newest - NEW_STREAM_MAY_LAG - 1):
            return False
        self.streams[stream] = timestamp
        self.newest = max(self.newest, timestamp)
        return True


def _timestamp(now: float) -> int:
    return max(0, round((now - EPOCH_S) * TICKS_PER_S))


class Signer:
    """Signs what goes to a vehicle."""

    def __init__(self, key: SigningKey, memory: SigningMemory) -> None:
        self._key = key
        self._memory = memory

    def sign(self, frame: bytes, link_id: int, now: float) -> bytes:
        """Return an unsigned frame of ours with a signature: flag, checksum and length change with it."""
        flagged = bytes((frame[0], frame[1], frame[2] | SIGNED_FLAG)) + frame[3:-CHECKSUM_LENGTH]
        timestamp = self._memory.next_timestamp(now).to_bytes(STAMP_LENGTH, "little")
        signed = sealed(flagged, SEEDS[message_id(frame)]) + bytes((link_id,)) + timestamp
        return signed + self._key.signature(signed)


class Verdict(Enum):
    """What became of a frame."""

    ACCEPTED = "accepted"
    UNSIGNED = "unsigned"
    WRONG = "wrong signature"
    REPLAYED = "replayed"


class Verifier:
    """Says which frames are the vehicle's own and new, and counts all others.

    The signature is looked at before the timestamp, so that a forged frame can move no timestamp.
    """

    def __init__(self, key: SigningKey, memory: SigningMemory) -> None:
        self.counts = dict.fromkeys(Verdict, 0)
        self._key = key
        self._memory = memory

    def verify(self, frame: bytes) -> Verdict:
        """Judge a frame whose checksum is right."""
        verdict = self._verdict(frame)
        self.counts[verdict] += 1
        return verdict

    def _verdict(self, frame: bytes) -> Verdict:
        if not is_signed(frame):
            return Verdict.UNSIGNED
        if not hmac.compare_digest(self._key.signature(frame[:-DIGEST_LENGTH]), frame[-DIGEST_LENGTH:]):
            return Verdict.WRONG
        stamp_at = len(frame) - DIGEST_LENGTH - STAMP_LENGTH
        timestamp = int.from_bytes(frame[stamp_at : stamp_at + STAMP_LENGTH], "little")
        is_new = self._memory.take(Stream(frame[5], frame[6], frame[stamp_at - 1]), timestamp)
        return Verdict.ACCEPTED if is_new else Verdict.REPLAYED
