"""Which items of an upload to send: the one that was asked for, and on a slow link those behind it."""

REST_S = 1.0
"""An item that nobody asked for by name is not sent again within this time."""

PER_ITEM_S = 0.5
"""An item more goes along for each of these in the round trip."""

LARGEST = 8
"""Eight items are 500 bytes: half a second of a slow telemetry radio."""

NEWEST_SHARE = 0.3
"""Weight of the newest round trip in the mean: one lost frame must not look like a slow link."""


class Lookahead:
    """Measures the round trip, and chooses the items to send for a request.

    ArduPilot takes the item that it waits for whenever it comes, and refuses any other with
    ``MISSION_INVALID_SEQUENCE`` without ending the upload (recorded). It gives an upload up 8 s after the
    last item, so over a link with seconds of delay and losses, item by item, an upload would hardly ever
    end. With a round trip under half a second nothing is sent that was not asked for.
    """

    def __init__(self, count: int) -> None:
        self.round_trip_s = 0.0
        self._count = count
        self._first_sent: dict[int, float] = {}
        self._last_sent: dict[int, float] = {}

    def begin_attempt(self) -> None:
        """Forget what was sent, not how long it took."""
        self._first_sent.clear()
        self._last_sent.clear()

    def to_send(self, wanted: int, now: float) -> list[int]:
        """Return the numbers of the items to send now, the wanted one first."""
        self._measure(wanted, now)
        ahead = min(LARGEST, int(self.round_trip_s / PER_ITEM_S))
        behind = range(wanted + 1, min(wanted + 1 + ahead, self._count))
        chosen = [wanted, *(seq for seq in behind if self._is_rested(seq, now))]
        for seq in chosen:
            self._first_sent.setdefault(seq, now)
            self._last_sent[seq] = now
        return chosen

    def _measure(self, wanted: int, now: float) -> None:
        """Take the time from the first sending of an item to the first request for the next."""
        sent = self._first_sent.pop(wanted - 1, None)
        if sent is not None:
            self.round_trip_s += NEWEST_SHARE * (now - sent - self.round_trip_s)

    def _is_rested(self, seq: int, now: float) -> bool:
        return seq not in self._last_sent or now >= self._last_sent[seq] + REST_S
