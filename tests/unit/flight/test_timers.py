"""Timers of many, beside a list that is searched."""

from hypothesis import given
from hypothesis import strategies as st

from flight.timers import Timers

WISHES = st.lists(
    st.tuples(st.sampled_from("abcd"), st.one_of(st.none(), st.integers(0, 20)), st.booleans()), max_size=40
)


@given(WISHES)
def test_each_is_called_once_at_its_earliest_wish(wishes: list[tuple[str, int | None, bool]]) -> None:
    timers: Timers[str] = Timers()
    expected: dict[str, int] = {}
    now = 0

    for who, at, look in wishes:
        timers.schedule(who, at)
        if at is not None:
            expected[who] = min(at, expected.get(who, at))
        assert timers.next() == min(expected.values(), default=None)
        if look:
            now += 3
            due = {each for each, time in expected.items() if time <= now}
            assert set(timers.due(now)) == due
            expected = {each: time for each, time in expected.items() if each not in due}


def test_those_whose_time_has_come_are_called_in_the_order_of_their_times() -> None:
    timers: Timers[str] = Timers()
    for who, at in (("late", 3.0), ("early", 1.0), ("also early", 1.0), ("later", 9.0)):
        timers.schedule(who, at)

    assert list(timers.due(5.0)) == ["early", "also early", "late"]


def test_one_that_wishes_again_at_once_is_called_once_more_and_not_for_ever() -> None:
    timers: Timers[str] = Timers()
    timers.schedule("a", 1.0)

    for who in timers.due(5.0):
        timers.schedule(who, 6.0)

    assert timers.next() == 6.0
