"""Collects the lines of a trace."""

import math
from collections import defaultdict
from typing import Any

from tests.fidelity.thinning import Thinner
from tests.fidelity.trace import Record

_SHORTEST_WINDOW_S = 5.0


def clean(value: Any) -> Any:
    """Turn the value of a MAVLink field into plain JSON data."""
    if isinstance(value, float):
        return float(f"{value:.9g}") if math.isfinite(value) else None
    if isinstance(value, bytes | bytearray):
        return list(value)
    if isinstance(value, list | tuple):
        return [clean(each) for each in value]
    return value


def message_fields(message: Any) -> dict[str, Any]:
    """Return the fields of a message as plain JSON data, without the zeros at the end of long data."""
    body = {name: clean(getattr(message, name)) for name in message.get_fieldnames()}
    data = body.get("data")
    while isinstance(data, list) and len(data) > 8 and data[-1] == 0:
        data.pop()
    return body


class Recorder:
    """Keeps what is worth keeping, and counts everything."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.counts: dict[str, int] = defaultdict(int)
        self.muted: set[str] = set()
        self.params: dict[str, tuple[float, int]] = {}
        self._thinner = Thinner()
        self._rates_from_s: float | None = None

    def message(self, time_s: float, direction: str, message: Any) -> None:
        """Record a message, unless it is muted or thinned out."""
        kind = message.get_type()
        if direction == "in":
            self.counts[kind] += 1
        if kind in self.muted:
            return
        keep, sample = self._thinner.judge(time_s, direction, message)
        if not keep:
            return
        body = message_fields(message)
        source = [message.get_srcSystem(), message.get_srcComponent()]
        if direction == "in" and source != [1, 1]:
            body["_src"] = source
        self.records.append(Record(time_s, direction, kind, body, sample))

    def note(self, time_s: float, kind: str, fields: dict[str, Any]) -> None:
        """Record a remark of the probe itself."""
        self.records.append(
            Record(time_s, "note", kind, {name: clean(value) for name, value in fields.items()})
        )

    def shift(self, seconds: float) -> None:
        """Correct all times so far: the vehicle's clock has become known."""
        for record in self.records:
            record.time_s = max(0.0, record.time_s + seconds)
        self._thinner.shift(seconds)

    def start_rates(self, time_s: float) -> None:
        """Begin the window over which the rates of messages are counted."""
        self.counts.clear()
        self._rates_from_s = time_s

    def finish_rates(self, time_s: float) -> dict[str, float]:
        """Return the rates of messages in that window, in Hz."""
        if self._rates_from_s is None or time_s - self._rates_from_s < _SHORTEST_WINDOW_S:
            return {}
        span_s = time_s - self._rates_from_s
        return {kind: round(count / span_s, 3) for kind, count in sorted(self.counts.items())}
