"""Heartbeats out, and how fresh those that come in are (https://mavlink.io/en/services/heartbeat.html)."""

from enum import StrEnum

from flight.protocol.messages import Heartbeat

INTERVAL_S = 1.0
"""MAVLink's usual rate, and what ArduPilot's ground-station failsafe is made for (``FS_GCS_TIMEOUT`` 5 s)."""

STALE_AFTER_S = 5.0
"""Five heartbeats; also the time after which ArduPilot would call us lost."""

LOST_AFTER_S = 15.0
"""With 20 % loss and three or more messages a second, such a silence is no chance."""

MAV_TYPE_GCS = 6
MAV_AUTOPILOT_INVALID = 8
MAV_STATE_ACTIVE = 4

OWN_HEARTBEAT = Heartbeat(MAV_TYPE_GCS, MAV_AUTOPILOT_INVALID, 0, 0, MAV_STATE_ACTIVE)
"""A ground station's heartbeat, as in the recordings."""


class Freshness(StrEnum):
    """How long ago the vehicle was heard."""

    UNKNOWN = "unknown"
    FRESH = "fresh"
    STALE = "stale"
    LOST = "lost"


class HeartbeatSender:
    """Says when our next heartbeat is due.

    A drone in AUTO that loses us flies on (the parameters that we set say so), so this stream is no
    lifeline; it makes the vehicle send to us at all, and keeps its ground-station failsafe quiet in the
    other modes.
    """

    def __init__(self) -> None:
        self._next: float | None = None

    def next_timer(self) -> float | None:
        """Return when the next one is due; ``None`` before the first."""
        return self._next

    def due(self, now: float) -> bool:
        """Say whether to send one now, and if so count it as sent."""
        if self._next is not None and now < self._next:
            return False
        self._next = now + INTERVAL_S
        return True


class HeartbeatWatch:
    """Judges the link by what comes in: any message of the vehicle counts."""

    def __init__(self) -> None:
        self._heard: float | None = None
        self.freshness = Freshness.UNKNOWN

    def heard(self, now: float) -> None:
        """Note a message."""
        self._heard = now

    def update(self, now: float) -> bool:
        """Judge again; say whether the judgement changed."""
        before, self.freshness = self.freshness, self._judge(now)
        return before is not self.freshness

    def next_timer(self) -> float | None:
        """Return when the judgement may change by silence alone."""
        limits = {Freshness.FRESH: STALE_AFTER_S, Freshness.STALE: LOST_AFTER_S}
        limit = limits.get(self.freshness)
        return None if limit is None or self._heard is None else self._heard + limit

    def _judge(self, now: float) -> Freshness:
        if self._heard is None:
            return Freshness.UNKNOWN
        silence = now - self._heard
        if silence >= LOST_AFTER_S:
            return Freshness.LOST
        return Freshness.STALE if silence >= STALE_AFTER_S else Freshness.FRESH
