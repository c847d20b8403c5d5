"""One direction of a bad link: real frames, lost, late, doubled, overtaken and damaged, by a seed."""

import heapq
from dataclasses import dataclass

import numpy as np
from pymavlink.dialects.v20 import ardupilotmega as dialect

MOST_FLIPS = 24
HEADER = 10
CHECKSUM = 2


@dataclass(frozen=True, slots=True)
class Quality:
    """How bad a link is, the same in both directions.

    A datagram takes ``delay_s`` and up to ``jitter_s`` more; ``slip`` of the damaged frames get a checksum
    that is right again. A 16-bit checksum lets 1.5e-5 of them pass; here it is more, to be seen at all.
    """

    loss: float
    delay_s: float
    jitter_s: float
    doubled: float
    damaged: float
    slip: float = 0.002

    @classmethod
    def drawn(cls, random: np.random.Generator) -> "Quality":
        """Draw one: loss 0 to 40 %, 0 to 3 s in all, a fifth doubled, a fifth damaged at most."""
        loss, longest_s, steady, doubled, damaged = map(float, random.random(5) * (0.4, 3.0, 1.0, 0.2, 0.2))
        return cls(loss, steady * longest_s, (1.0 - steady) * longest_s, doubled, damaged)


class BadLink:
    """Takes frames at one end and gives them out at the other."""

    def __init__(self, quality: Quality, random: np.random.Generator) -> None:
        self.slipped = 0
        self._quality = quality
        self._random = random
        self._queue: list[tuple[float, int, bytes]] = []
        self._count = 0

    def put(self, frame: bytes, now: float) -> None:
        lost, doubled, damaged = self._random.random(3)
        if lost < self._quality.loss:
            return
        for _ in range(2 if doubled < self._quality.doubled else 1):
            self._count += 1
            at = now + self._quality.delay_s + float(self._random.random()) * self._quality.jitter_s
            sent = self._damage(frame) if damaged < self._quality.damaged else frame
            heapq.heappush(self._queue, (at, self._count, sent))

    def due(self, now: float) -> list[bytes]:
        out = []
        while self._queue and self._queue[0][0] <= now:
            out.append(heapq.heappop(self._queue)[2])
        return out

    def next_timer(self) -> float | None:
        return self._queue[0][0] if self._queue else None

    def _damage(self, frame: bytes) -> bytes:
        damaged = bytearray(frame)
        slips = self._random.random() < self._quality.slip
        begin, end = (HEADER, len(frame) - CHECKSUM) if slips else (0, len(frame))
        for bit in self._random.integers(8 * begin, 8 * end, self._random.integers(1, MOST_FLIPS + 1)):
            damaged[bit // 8] ^= 1 << bit % 8
        if slips:
            self.slipped += 1
            damaged[-CHECKSUM:] = _checksum(bytes(damaged[:-CHECKSUM]))
        return bytes(damaged)


def _checksum(frame: bytes) -> bytes:
    kind = dialect.mavlink_map[int.from_bytes(frame[7:10], "little")]
    crc: int = dialect.x25crc(frame[1:] + bytes([kind.crc_extra])).crc
    return crc.to_bytes(CHECKSUM, "little")
