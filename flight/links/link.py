"""One link of one vehicle."""

from zlib import crc32

from flight.link_state import LinkState
from flight.links.meter import LinkMeter
from flight.links.quality import LinkStatistics
from flight.protocol.codec import ReceivedFrame
from flight.protocol.heartbeat import (
    HIGH_LATENCY,
    HIGH_LATENCY_INTERVAL_S,
    INTERVAL_S,
    USUAL,
    HeartbeatSender,
    HeartbeatWatch,
)
from flight.protocol.messages import Heartbeat, HighLatency2

ONLY_AFTER_S = 10.0
"""``HIGH_LATENCY2`` without any heartbeat for ten of its intervals: this is all that the link carries."""


class VehicleLink:
    """What we know of one way to a vehicle.

    ``name`` is where the vehicle is found now, for example ``udp:HOST:PORT``; it changes if the vehicle
    moves. ``order`` is its place among the links, and the link id in the signatures of what we send over it.
    """

    def __init__(self, name: str, order: int) -> None:
        self.name = name
        self.order = order
        self.watch = HeartbeatWatch()
        self.heartbeats = HeartbeatSender(crc32(name.encode()) / 2**32)
        self.high_latency = False
        self.fresh_since: float | None = None
        self._meter = LinkMeter()
        self._heartbeat_at: float | None = None

    def receive(self, frame: ReceivedFrame, now: float) -> bool:
        """Take a frame that came over this link; say whether it is newer than all before it."""
        kind = type(frame.message)
        self.watch.heard_at = now
        if kind is Heartbeat:
            self._heartbeat_at = now
            self._judge_latency(is_high=False)
        elif kind is HighLatency2:
            is_usual = self._heartbeat_at is not None and now - self._heartbeat_at < ONLY_AFTER_S
            self._judge_latency(is_high=not is_usual)
        return self._meter.note(frame.message, frame.sequence, now)

    def update(self, now: float) -> bool:
        """Judge the freshness again; say whether it changed."""
        changed = self.watch.update(now)
        if changed:
            self.fresh_since = now if self.freshness is LinkState.FRESH else None
        return changed

    @property
    def freshness(self) -> LinkState:
        """How long ago anything came over this link."""
        return self.watch.freshness

    @property
    def loss(self) -> float | None:
        """The lost share of the frames, 0 to 1, if enough came to tell."""
        return self._meter.loss

    @property
    def heartbeat_interval_s(self) -> float:
        """How often we speak over this link."""
        return HIGH_LATENCY_INTERVAL_S if self.high_latency else INTERVAL_S

    def statistics(self, now: float) -> LinkStatistics:
        """Return the figures."""
        return LinkStatistics(
            self.name,
            self.freshness,
            self.watch.heard_at,
            self.loss,
            self._meter.rates_hz(now),
            self.high_latency,
        )

    def _judge_latency(self, *, is_high: bool) -> None:
        if is_high is not self.high_latency:
            self.high_latency = is_high
            self.watch.patience = HIGH_LATENCY if is_high else USUAL
            self.heartbeats.next = 0.0
