"""Heartbeats and time syncs under any interleaving of messages, losses, copies and time."""

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from flight.link_state import LinkState
from flight.protocol.heartbeat import INTERVAL_S, USUAL, HeartbeatSender, HeartbeatWatch
from flight.protocol.messages import TimeSync
from flight.protocol.timesync import TimeSyncer
from tests.unit.flight.scripted.machine import case_of

START = 1_800_000_000.123
"""Seconds of today's size: sums of them are rounded to a quarter of a microsecond."""

VEHICLE_AHEAD_S = 1234.5


class HeartbeatMachine(RuleBasedStateMachine):
    """A vehicle that is heard now and then, and our own heartbeats."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.heard_at: float | None = None
        self.sent: list[float] = []
        self.watch = HeartbeatWatch()
        self.sender = HeartbeatSender(1.0)
        self._act()

    @rule(duration_s=st.floats(0.01, 20.0))
    def wait(self, duration_s: float) -> None:
        """Let time pass, with every timer served when it comes."""
        end = self.now + duration_s
        calls = 0
        while (timer := min(self._timers())) <= end:
            self.now = max(self.now, timer)
            self._act()
            calls += 1
            assert calls < 100, "it spins"
        self.now = end

    @rule()
    def hear(self) -> None:
        self.watch.heard_at = self.now
        self.heard_at = self.now
        self._act()

    @invariant()
    def the_link_is_as_fresh_as_the_last_message(self) -> None:
        if self.heard_at is None:
            assert self.watch.freshness is LinkState.UNKNOWN
            return
        silence_s = self.now - self.heard_at
        if silence_s < USUAL.stale_after_s - 1e-3:
            assert self.watch.freshness is LinkState.FRESH
        elif USUAL.stale_after_s + 1e-3 < silence_s < USUAL.lost_after_s - 1e-3:
            assert self.watch.freshness is LinkState.STALE
        elif silence_s > USUAL.lost_after_s + 1e-3:
            assert self.watch.freshness is LinkState.LOST

    @invariant()
    def heartbeats_leave_once_a_second(self) -> None:
        gaps = [later - earlier for earlier, later in zip(self.sent, self.sent[1:], strict=False)]
        assert all(abs(gap - INTERVAL_S) < 1e-3 for gap in gaps)

    def _timers(self) -> list[float]:
        timers = (self.watch.next_timer(), self.sender.next)
        return [timer for timer in timers if timer is not None]

    def _act(self) -> None:
        self.watch.update(self.now)
        if self.sender.due(self.now):
            self.sent.append(self.now)


class TimeSyncMachine(RuleBasedStateMachine):
    """Questions and answers that are lost, doubled, late, and somebody else's."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.syncer = TimeSyncer()
        self.up: list[TimeSync] = []
        self.down: list[TimeSync] = []

    @rule(duration_s=st.sampled_from((0.1, 1.0, 12.0)))
    def wait(self, duration_s: float) -> None:
        self.now += duration_s
        question = self.syncer.request(self.now)
        self.up += [] if question is None else [question]
        assert self.syncer.next_timer() > self.now

    @precondition(lambda self: self.up)
    @rule(index=st.integers(0, 9), is_lost=st.booleans())
    def carry_up(self, index: int, is_lost: bool) -> None:
        question = self.up.pop(index % len(self.up))
        vehicle_now = round((self.now + VEHICLE_AHEAD_S) * 1e9)
        self.down += [] if is_lost else [TimeSync(vehicle_now, question.ts1)]

    @precondition(lambda self: self.down)
    @rule(index=st.integers(0, 9), copies=st.sampled_from((0, 1, 2)))
    def carry_down(self, index: int, copies: int) -> None:
        answer = self.down.pop(index % len(self.down))
        for _ in range(copies):
            assert self.syncer.receive(answer, self.now) is None

    @rule(ts1=st.integers(-(2**62), 2**62), tc1=st.integers(1, 2**62))
    def hear_an_answer_that_nobody_asked_for(self, ts1: int, tc1: int) -> None:
        before = self.syncer.best

        assert self.syncer.receive(TimeSync(tc1, ts1), self.now) is None

        assert self.syncer.best == before

    @rule(ts1=st.integers(-(2**62), 2**62))
    def be_asked(self, ts1: int) -> None:
        answer = self.syncer.receive(TimeSync(0, ts1), self.now)

        assert answer == TimeSync(round(self.now * 1e9), ts1)

    @invariant()
    def the_offset_is_right_to_half_a_round_trip(self) -> None:
        best = self.syncer.best
        if best is not None:
            assert best.round_trip_s >= 0.0
            assert abs(best.offset_s - VEHICLE_AHEAD_S) <= best.round_trip_s / 2 + 1e-3


TestHeartbeats = case_of(HeartbeatMachine)
TestTimeSync = case_of(TimeSyncMachine)
