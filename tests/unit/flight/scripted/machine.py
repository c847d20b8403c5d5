"""A state machine for one conversation: any interleaving of messages, losses, copies, delays and timers.

What goes either way lies in a bag, out of which Hypothesis delivers, loses or doubles one message after the
other, lets time pass, and throws in messages that belong to something else.
"""

from typing import Any, Protocol

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from flight.errors import FlightError
from flight.protocol.conversation import Conversation
from flight.protocol.messages import (
    CommandAck,
    Heartbeat,
    Message,
    MissionAck,
    MissionCount,
    MissionCurrent,
    MissionItemInt,
    MissionRequest,
    ParamValue,
    StatusText,
)

STEPS = 60

LIST_STRAYS: tuple[Message, ...] = (
    MissionAck(255, 190, 0, 2),
    MissionAck(255, 190, 4, 2),
    MissionCount(255, 190, 7, 2),
    MissionRequest(255, 190, 0, 2),
    MissionRequest(255, 190, 60000, 0),
    MissionItemInt(255, 190, 0, 3, 16, 0, 1, 0.0, 0.0, 0.0, 0.0, 1, 2, 3.0, 2),
)
"""Messages of another list than those that the machines talk about."""

OTHER_STRAYS: tuple[Message, ...] = (
    Heartbeat(2, 3, 81, 0, 3),
    CommandAck(511, 0),
    CommandAck(511, 4),
    MissionCurrent(65535),
    ParamValue("STAT_RUNTIME", 7.0, 6, 9, 65535),
    ParamValue("STAT_RUNTIME", 7.0, 6, 60000, 50000),
    StatusText(4, "Mission upload timeout"),
    StatusText(6, "x" * 50, 9, 0),
)
"""Messages of other commands and parameters, and of none."""

INDEX = st.integers(0, 20)

MOST_CALLS = 5000
"""Timers until the end: the longest of the operations has one a second for ten minutes."""


class VehicleEnd(Protocol):
    """The other end of the conversation."""

    def receive(self, message: Message, now: float) -> list[Message]: ...

    def tick(self, now: float) -> list[Message]: ...


class ConversationMachine(RuleBasedStateMachine):
    """Subclasses make the two ends, and say what a claimed success and an error have to go with."""

    strays: tuple[Message, ...] = (*LIST_STRAYS, *OTHER_STRAYS)

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.up: list[Message] = []
        self.down: list[Message] = []
        self.vehicle = self.make_vehicle()
        self.operation = self.make_operation()
        self.operation.start(self.now)
        self._collect()

    def make_vehicle(self) -> VehicleEnd:
        raise NotImplementedError

    def make_operation(self) -> Conversation[Any]:
        raise NotImplementedError

    def check_success(self, value: Any) -> None:
        raise NotImplementedError

    def check_error(self, error: FlightError) -> None:
        """Any error of ours may come: the link may have lost everything."""

    @precondition(lambda self: self.up)
    @rule(index=INDEX, copies=st.sampled_from((1, 1, 1, 2, 0)))
    def carry_up(self, index: int, copies: int) -> None:
        message = self.up.pop(index % len(self.up))
        for _ in range(copies):
            self.down += self.vehicle.receive(message, self.now)

    @precondition(lambda self: self.down)
    @rule(index=INDEX, copies=st.sampled_from((1, 1, 1, 2, 0)))
    def carry_down(self, index: int, copies: int) -> None:
        message = self.down.pop(index % len(self.down))
        for _ in range(copies):
            self._hear(message)

    @precondition(lambda self: self.up or self.down)
    @rule()
    def carry_all(self) -> None:
        """One round on a good link, without which a long conversation would hardly ever end."""
        up, self.up = self.up, []
        for message in up:
            self.down += self.vehicle.receive(message, self.now)
        down, self.down = self.down, []
        for message in down:
            self._hear(message)

    @rule(index=INDEX)
    def keep_a_copy_for_later(self, index: int) -> None:
        for bag in (self.up, self.down):
            if bag:
                bag.append(bag[index % len(bag)])

    @rule(index=INDEX)
    def hear_something_else(self, index: int) -> None:
        self._hear(self.strays[index % len(self.strays)])

    @rule(duration_s=st.sampled_from((0.01, 0.3, 1.0, 3.0, 10.0)))
    def wait(self, duration_s: float) -> None:
        self.now += duration_s
        self._pass_time()

    @rule()
    def wait_for_the_timer(self) -> None:
        timer = self.operation.next_timer()
        self.now = self.now if timer is None else max(self.now, timer)
        self._pass_time()

    @invariant()
    def an_outcome_is_legal(self) -> None:
        if not self.operation.done:
            timer = self.operation.next_timer()
            assert timer is not None, "nobody would ever call it again"
            assert self.now <= self.operation.longest_s
            return
        assert self.operation.take_messages() == [], "it goes on talking"
        try:
            value = self.operation.result()
        except FlightError as error:
            self.check_error(error)
        else:
            self.check_success(value)

    def teardown(self) -> None:
        """Without another word it ends, in its stated time, and without spinning."""
        calls = 0
        while (timer := self.operation.next_timer()) is not None:
            assert timer <= self.operation.longest_s
            self.now = max(self.now, timer)
            self.operation.handle_timer(self.now)
            self._collect()
            calls += 1
            assert calls < MOST_CALLS
        self.an_outcome_is_legal()

    def _hear(self, message: Message) -> None:
        self.operation.receive(message, self.now)
        self._collect()

    def _pass_time(self) -> None:
        self.down += self.vehicle.tick(self.now)
        self.operation.handle_timer(self.now)
        self._collect()

    def _collect(self) -> None:
        self.up += self.operation.take_messages()


def case_of(machine: type[RuleBasedStateMachine], examples: int = 60) -> Any:
    """Return the test case of a machine."""
    case = machine.TestCase
    case.settings = settings(max_examples=examples, stateful_step_count=STEPS, deadline=None)
    return case
