"""Message rates by ``SET_MESSAGE_INTERVAL``, per phase of flight.

Source: https://ardupilot.org/dev/docs/mavlink-requesting-data.html
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from flight.protocol.messages import Message, RequestDataStream
from flight.protocol.operation import Target
from flight.protocol.wanted import FLIGHT, PHASES, WantedMessage, interval_request

CHECK_S = 5.0
"""How often the rates are looked at; also the first wait after a request."""

LONGEST_WAIT_S = 60.0
"""A message that the vehicle has nothing to say in (home before the position is known, the fence while it is
off) is asked for this rarely."""

MISSED_INTERVALS = 4
"""With 20 % loss four in a row are missed once in six hundred; asking once too often does no harm."""

TOO_OFTEN = 2.0
"""A message that comes at more than this times the wanted rate (and one more, for those that come less than
once between two looks) is asked for anew: the request for the slower rate of this phase was lost, or the
vehicle has rates of its own. Up to there, and at half the wanted rate, it serves as well."""

UNWANTED_PER_S = 3.0
"""With more messages than this that nobody reads, the default streams are switched off. ArduPlane sends some
thirty a second (recorded), ArduCopter none; texts, answers and `TIMESYNC` stay far below."""


@dataclass
class _State:
    heard: float | None = None
    asked_at: float | None = None
    wait_s: float = CHECK_S

    def note_request(self, now: float, *, too_often: bool) -> None:
        """Wait twice as long for the next one if nothing came of the last: neither silence nor too much."""
        asked_at = self.asked_at
        unheard = asked_at is not None and (self.heard is None or self.heard < asked_at)
        unheeded = too_often and asked_at is not None and now < asked_at + self.wait_s + 2 * CHECK_S
        self.wait_s = min(2 * self.wait_s, LONGEST_WAIT_S) if unheard or unheeded else CHECK_S
        self.asked_at = now


class RateKeeper:
    """Asks for each message that is wanted in this phase and does not come, or comes too often.

    No acknowledgement is read: the message itself is the answer. So neither a lost request nor a vehicle
    that has forgotten its rates needs a case of its own, and the requests take no part in the rule of one
    command of a kind at a time. What a phase does not want any more is stopped, again for as long as it
    comes. Until a phase is set, everything that a flight needs is wanted.
    """

    def __init__(self, target: Target, phases: Mapping[str, tuple[WantedMessage, ...]] = PHASES) -> None:
        self._target = target
        self._phases = phases
        self._known = {each.kind: each for wanted in phases.values() for each in wanted}
        self._phase: str | None = None
        self._states: dict[WantedMessage, _State] = {}
        self._by_kind: dict[type[Message], WantedMessage] = {}
        self._stops: set[type[Message]] = set()
        self._counts: Counter[type[Message]] = Counter()
        self._measured: Counter[type[Message]] = Counter()
        self._measured_s = CHECK_S
        self._looked_at: float | None = None
        self._next = 0.0
        self._unwanted = 0
        self.set_phase(FLIGHT)

    def set_phase(self, phase: str) -> None:
        """Want what this phase wants, from now on: one of the names in the table of phases."""
        if phase == self._phase:
            return
        self._phase, wanted = phase, self._phases[phase]
        asked = {each.kind for each, state in self._states.items() if state.asked_at is not None}
        self._states = {each: self._states.get(each, _State()) for each in wanted}
        self._by_kind = {each.kind: each for each in wanted}
        self._stops = asked - self._by_kind.keys()
        self._next = 0.0

    def receive_unwanted(self) -> None:
        """Note that a message came that nothing here reads."""
        self._unwanted += 1

    def receive(self, message: Message, now: float) -> None:
        """Note that a message came."""
        self._counts[type(message)] += 1
        wanted = self._by_kind.get(type(message))
        if wanted is not None:
            self._states[wanted].heard = now

    def next_timer(self) -> float:
        """Return when to look next."""
        return self._next

    def requests(self, now: float) -> list[Message]:
        """Return the requests to send now."""
        if now < self._next:
            return []
        self._next = now + CHECK_S
        self._measure(now)
        is_noisy, self._unwanted = self._unwanted > UNWANTED_PER_S * CHECK_S, 0
        if is_noisy:
            self._states = {each: _State() for each in self._states}
        requests = [*self._stop_requests(), *self._wanted_requests(now)]
        return [self._silence(), *requests] if is_noisy else requests

    def _measure(self, now: float) -> None:
        """Take the rates since the last look, unless it was only just now, by a change of phase."""
        since = self._looked_at
        if since is not None and now < since + CHECK_S:
            return
        self._looked_at = now
        if since is not None:
            self._measured, self._measured_s = self._counts, now - since
            self._stops |= {
                kind for kind in self._counts if kind in self._known and kind not in self._by_kind
            }
        self._counts = Counter()

    def _stop_requests(self) -> list[Message]:
        stops, self._stops = self._stops, set()
        known = sorted((self._known[kind] for kind in stops), key=lambda each: each.message_id)
        return [interval_request(self._target, each, stop=True) for each in known]

    def _wanted_requests(self, now: float) -> list[Message]:
        wrong = [each for each, state in self._states.items() if self._is_wrong(each, state, now)]
        for each in wrong:
            self._states[each].note_request(now, too_often=self._comes_too_often(each))
        return [interval_request(self._target, each) for each in wrong]

    def _is_wrong(self, wanted: WantedMessage, state: _State, now: float) -> bool:
        if state.asked_at is None:
            return True
        if now < state.asked_at + state.wait_s:
            return False
        silent = state.heard is None or now - state.heard > MISSED_INTERVALS * wanted.interval_s
        return silent or self._comes_too_often(wanted)

    def _comes_too_often(self, wanted: WantedMessage) -> bool:
        return self._measured[wanted.kind] > TOO_OFTEN * self._measured_s / wanted.interval_s + 1.0

    def _silence(self) -> Message:
        """Stop ``MAV_DATA_STREAM_ALL`` (`REQUEST_DATA_STREAM`): what is wanted is asked for anew."""
        return RequestDataStream(self._target.system_id, self._target.component_id, 0, 0, 0)
