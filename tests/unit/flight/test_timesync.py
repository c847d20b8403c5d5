"""Time sync: who asks, who answers, and what follows from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flight.protocol.messages import TimeSync
from flight.protocol.timesync import INTERVAL_S, TimeSyncer

BOOT = 1_799_999_000.0


def asked(syncer: TimeSyncer, now: float) -> TimeSync:
    question = syncer.request(now)
    assert question is not None
    return question


@given(
    there_s=st.floats(0.0, 3.0), back_s=st.floats(0.0, 3.0), now=st.floats(1_800_000_000.0, 1_900_000_000.0)
)
def test_the_offset_is_right_within_half_of_the_round_trip(there_s: float, back_s: float, now: float) -> None:
    syncer = TimeSyncer()
    question = asked(syncer, now)
    vehicle_s = now + there_s - BOOT

    syncer.receive(TimeSync(round(vehicle_s * 1e9), question.ts1), now + there_s + back_s)

    sample = syncer.best
    assert sample is not None
    assert sample.round_trip_s == pytest.approx(there_s + back_s, abs=1e-5)
    assert sample.offset_s == pytest.approx(-BOOT, abs=sample.round_trip_s / 2 + 1e-5)


def test_the_answer_that_was_quickest_counts() -> None:
    syncer = TimeSyncer()
    for number, round_trip_s in enumerate((0.4, 0.1, 0.9)):
        now = 1_800_000_000.0 + number * INTERVAL_S
        question = asked(syncer, now)
        syncer.receive(TimeSync(1, question.ts1), now + round_trip_s)

    assert syncer.best is not None
    assert syncer.best.round_trip_s == pytest.approx(0.1, abs=1e-6)


def test_an_answer_to_another_station_or_a_second_time_is_no_sample() -> None:
    syncer = TimeSyncer()
    question = asked(syncer, 100.0)

    syncer.receive(TimeSync(5, question.ts1 + 1), 101.0)
    nothing = syncer.best
    syncer.receive(TimeSync(5, question.ts1), 101.0)
    syncer.receive(TimeSync(5, question.ts1), 100.5)

    assert nothing is None
    assert syncer.best is not None
    assert syncer.best.round_trip_s == pytest.approx(1.0)


def test_a_question_is_answered_with_our_time_and_asked_once_in_ten_seconds() -> None:
    syncer = TimeSyncer()

    assert syncer.receive(TimeSync(0, 77), 2.0) == TimeSync(2_000_000_000, 77)
    assert syncer.request(5.0) is not None
    assert syncer.request(14.9) is None
    assert syncer.next_timer() == 15.0
