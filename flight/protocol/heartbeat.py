"""Heartbeats out, and how fresh those that come in are (https://mavlink.io/en/services/heartbeat.html)."""

from dataclasses import dataclass

from flight.link_state import LinkState
from flight.protocol.messages import Heartbeat

INTERVAL_S = 0.5
"""Twice MAVLink's usual rate.

ArduPilot calls us lost after 5 s (``FS_GCS_TIMEOUT``, ``FS_LONG_TIMEOUT``), and a quadplane comes down if
that happens in its take-off. Over a link that loses a fifth, five in a row are lost in one of twenty flights,
and ten in none.
"""

HIGH_LATENCY_INTERVAL_S = 60.0
"""On a link that is paid by the byte: enough to keep a way open through a network."""

STALE_AFTER_S = 5.0
"""Five of its heartbeats; also the time after which ArduPilot would call us lost."""

LOST_AFTER_S = 15.0
"""With 20 % loss and three or more messages a second, such a silence is no chance."""

MAV_TYPE_GCS = 6
MAV_AUTOPILOT_INVALID = 8
MAV_STATE_ACTIVE = 4

OWN_HEARTBEAT = Heartbeat(MAV_TYPE_GCS, MAV_AUTOPILOT_INVALID, 0, 0, MAV_STATE_ACTIVE)
"""A ground station's heartbeat, as in the recordings."""


@dataclass(frozen=True, slots=True)
class Patience:
    """After how much silence a link is stale, and after how much it is lost."""

    stale_after_s: float
    lost_after_s: float


USUAL = Patience(STALE_AFTER_S, LOST_AFTER_S)

HIGH_LATENCY = Patience(20.0, 60.0)
"""ArduPilot sends one message in 5 s over such a link, and satellites take their time."""


class HeartbeatSender:
    """Says when our next heartbeat is due.

    A drone in AUTO that loses us flies on (the parameters that we set say so), so this stream is no
    lifeline; it makes the vehicle send to us at all, and keeps its ground-station failsafe quiet in the
    other modes. ``next`` is when the next one is due.

    Parameters
    ----------
    phase
        The part of an interval, 0 to 1, after which the second one follows the first: so the heartbeats of
        a fleet that was switched on at once do not leave at once for ever.
    """

    def __init__(self, phase: float) -> None:
        self.next = 0.0
        self._phase = phase

    def due(self, now: float, interval_s: float = INTERVAL_S) -> bool:
        """Say whether to send one now, and if so count it as sent."""
        if now < self.next:
            return False
        self.next = now + interval_s * self._phase
        self._phase = 1.0
        return True


class HeartbeatWatch:
    """Judges the link by what comes in: any message of the vehicle counts, and moves ``heard_at``."""

    def __init__(self) -> None:
        self.heard_at: float | None = None
        self.freshness = LinkState.UNKNOWN
        self.patience = USUAL

    def update(self, now: float) -> bool:
        """Judge again; say whether the judgement changed."""
        before, self.freshness = self.freshness, self._judge(now)
        return before is not self.freshness

    def next_timer(self) -> float | None:
        """Return when the judgement may change by silence alone."""
        if self.heard_at is None:
            return None
        if self.freshness is LinkState.FRESH:
            return self.heard_at + self.patience.stale_after_s
        return self.heard_at + self.patience.lost_after_s if self.freshness is LinkState.STALE else None

    def _judge(self, now: float) -> LinkState:
        if self.heard_at is None:
            return LinkState.UNKNOWN
        silence_s = now - self.heard_at
        if silence_s >= self.patience.lost_after_s:
            return LinkState.LOST
        return LinkState.STALE if silence_s >= self.patience.stale_after_s else LinkState.FRESH
