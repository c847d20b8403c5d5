"""What is sent to a vehicle without anybody's command: heartbeats, requests for messages, time syncs."""

from flight.link_state import LinkState
from flight.links.link import VehicleLink
from flight.protocol.heartbeat import OWN_HEARTBEAT
from flight.protocol.messages import Message, TimeSync
from flight.protocol.rates import RateKeeper
from flight.vehicle import Vehicle

Addressed = tuple[Message, VehicleLink]

HEARD = (LinkState.FRESH, LinkState.STALE)
"""To a vehicle that is not heard nothing is said but heartbeats."""


class Outgoing:
    """Heartbeats go out over every link, all else over the best one, if that is no satellite link.

    ``timer`` is when something is due.
    """

    def __init__(self, vehicle: Vehicle) -> None:
        self.timer = 0.0
        self.rates = RateKeeper(vehicle.target)
        self._links = vehicle.links
        self._answers: list[Addressed] = []

    def take(self, now: float, *, may_ask: bool) -> list[Addressed]:
        """Return what is due; without leave to ask heartbeats only."""
        answers, self._answers = self._answers, []
        messages = self._heartbeats(now)
        is_open = may_ask and self._is_open
        if may_ask:
            messages += answers
        if is_open:
            messages += [(message, self._links.best) for message in self._questions(now)]
        self.timer = self._next(is_open)
        return messages

    def take_time(self, message: TimeSync, link: VehicleLink, now: float) -> None:
        """Take a time sync; the answer to a question goes back over the link that it came over."""
        answer = self._links.timesync.receive(message, now)
        if answer is not None:
            self._answers.append((answer, link))

    def _heartbeats(self, now: float) -> list[Addressed]:
        return [
            (OWN_HEARTBEAT, link)
            for link in self._links.links
            if link.heartbeats.due(now, link.heartbeat_interval_s)
        ]

    def _questions(self, now: float) -> list[Message]:
        requests = self.rates.requests(now)
        question = self._links.timesync.request(now)
        return requests if question is None else [*requests, question]

    def _next(self, is_open: bool) -> float:
        timer = min(link.heartbeats.next for link in self._links.links)
        return min(timer, self.rates.next_timer(), self._links.timesync.next_timer()) if is_open else timer

    @property
    def _is_open(self) -> bool:
        best = self._links.best
        return best.freshness in HEARD and not best.high_latency
