"""Texts and message rates under any interleaving of messages, losses and time."""

from collections import Counter

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from flight.protocol.messages import CommandLong, Message, RequestDataStream, StatusText
from flight.protocol.operation import Target
from flight.protocol.rates import CHECK_S, RateKeeper
from flight.protocol.statustext import CHUNK_LENGTH, KEEP_S, TextAssembler
from flight.protocol.wanted import FLIGHT, PHASES
from tests.unit.flight.scripted.machine import case_of
from tests.unit.flight.scripted.streams import StreamEnd

TEXTS = ("short", "a" * 49, "b" * 50, "c" * 51, "d" * 120, "e" * 149)
SHARED_ID = 0
STEP_S = 0.5


def chunks_of(text: str, number: int) -> list[StatusText]:
    """Cut a text as ArduPilot does; one that fills its last chunk gets an empty one behind it."""
    if len(text) < CHUNK_LENGTH:
        return [StatusText(4, text, SHARED_ID, 0)]
    starts = range(0, len(text) + 1, CHUNK_LENGTH)
    return [StatusText(4, text[at : at + CHUNK_LENGTH], number, index) for index, at in enumerate(starts)]


class TextMachine(RuleBasedStateMachine):
    """Chunks of several texts, in any order, some lost and some doubled, all within `KEEP_S`."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.assembler = TextAssembler()
        self.waiting: list[tuple[float, StatusText]] = []
        self.sent: Counter[str] = Counter()
        self.lost: set[int] = set()
        self.heard: list[str] = []
        self._number = 0

    @rule(text=st.sampled_from(TEXTS))
    def say(self, text: str) -> None:
        self._number += 1
        text = f"{self._number:03d}{text}"
        self.sent[text] += 1
        self.waiting += [(self.now, chunk) for chunk in chunks_of(text, self._number)]

    @precondition(lambda self: self.waiting)
    @rule(index=st.integers(0, 9), copies=st.sampled_from((1, 1, 1, 0)))
    def carry(self, index: int, copies: int) -> None:
        _, chunk = self.waiting.pop(index % len(self.waiting))
        self.lost |= {chunk.id} if copies == 0 else set()
        for _ in range(copies):
            self._hear(chunk)

    @precondition(lambda self: any(chunk.id for _, chunk in self.waiting))
    @rule(index=st.integers(0, 9))
    def double(self, index: int) -> None:
        long_ones = [chunk for _, chunk in self.waiting if chunk.id != SHARED_ID]
        self._hear(long_ones[index % len(long_ones)])

    @rule(duration_s=st.sampled_from((0.1, 1.0, 6.0)))
    def wait(self, duration_s: float) -> None:
        self.now += duration_s
        for at, chunk in list(self.waiting):
            if self.now - at > KEEP_S:
                self.waiting.remove((at, chunk))
                self.lost.add(chunk.id)
        self.heard += [text for _, text in self.assembler.expire(self.now)]

    @invariant()
    def whole_texts_come_once(self) -> None:
        for text, count in Counter(self.heard).items():
            assert count == 1 or text not in self.sent

    @invariant()
    def nothing_is_made_up(self) -> None:
        for heard in self.heard:
            assert heard in self.sent or self.lost

    def teardown(self) -> None:
        """What came whole is given out whole, and nothing is kept for ever."""
        self.now += 2 * KEEP_S
        self.heard += [text for _, text in self.assembler.expire(self.now)]
        assert not self.assembler.is_waiting

    def _hear(self, chunk: StatusText) -> None:
        self.heard += [text for _, text in self.assembler.receive(chunk, self.now)]


class RateMachine(RuleBasedStateMachine):
    """A vehicle that sends what it was asked for, forgets it at a reboot, and hears only some requests."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.phase = FLIGHT
        self.keeper = RateKeeper(Target(1))
        self.vehicle = StreamEnd()
        self.asked: list[Message] = []

    @rule(duration_s=st.sampled_from((1.0, 5.0, 20.0)), loss=st.sampled_from((0.0, 0.5, 1.0)))
    def fly(self, duration_s: float, loss: float) -> None:
        self._run(duration_s, loss)

    @rule(phase=st.sampled_from(tuple(PHASES)))
    def change_phase(self, phase: str) -> None:
        self.phase = phase
        self.keeper.set_phase(phase)

    @rule()
    def reboot(self) -> None:
        self.vehicle.forget()

    @rule(interval_s=st.sampled_from((STEP_S, 1.0)))
    def another_station_asks_for_more(self, interval_s: float) -> None:
        for wanted in PHASES[FLIGHT]:
            self.vehicle.intervals[wanted.message_id] = interval_s

    @invariant()
    def only_rates_are_asked_for(self) -> None:
        kinds = {type(message) for message in self.asked}
        assert kinds <= {CommandLong, RequestDataStream}

    @invariant()
    def there_is_always_a_next_look(self) -> None:
        assert self.keeper.next_timer() <= self.now + CHECK_S

    def teardown(self) -> None:
        """After three minutes on a good link the vehicle sends what this phase wants, and nothing else."""
        self._run(180.0, 0.0)
        wanted = {each.message_id: each.interval_s for each in PHASES[self.phase]}
        assert self.vehicle.intervals.keys() == wanted.keys()
        assert all(
            0.4 * wanted[each] <= at <= 4.0 * wanted[each] for each, at in self.vehicle.intervals.items()
        )
        self.asked.clear()
        self._run(60.0, 0.0)
        assert self.asked == []

    def _run(self, duration_s: float, loss: float) -> None:
        end = self.now + duration_s
        while self.now < end:
            self.now += STEP_S
            for message in self.vehicle.due(self.now, loss):
                self.keeper.receive(message, self.now)
            for request in self.keeper.requests(self.now):
                self.asked.append(request)
                self.vehicle.receive(request, loss)


TestTexts = case_of(TextMachine)
TestRates = case_of(RateMachine, examples=25)
