"""Message rates: what a phase wants, what it stops, and what is measured."""

from flight.protocol.messages import CommandLong, FenceStatus, Message, SysStatus, VfrHud, Wind
from flight.protocol.operation import Target
from flight.protocol.rates import CHECK_S, RateKeeper
from flight.protocol.wanted import FLIGHT, GROUND, PHASES, PREFLIGHT, STOP, WantedMessage

STATUS = SysStatus(0, 0, 0, 0, 25000, 0, 100)


def intervals(messages: list[Message]) -> dict[float, float]:
    """Return the intervals in microseconds that were asked for, by message id."""
    return {each.param1: each.param2 for each in messages if isinstance(each, CommandLong)}


def fed(keeper: RateKeeper, message: Message, interval_s: float, until: float) -> None:
    for number in range(int(until / interval_s)):
        keeper.receive(message, number * interval_s)


def test_in_flight_wind_and_fence_are_wanted_and_on_the_ground_little_is() -> None:
    flight = {each.kind for each in PHASES[FLIGHT]}

    assert {Wind, FenceStatus} <= flight
    assert len(PHASES[GROUND]) < len(flight)
    assert sum(1 / each.interval_s for each in PHASES[GROUND]) < 1.0


def test_a_new_phase_is_asked_for_at_once_and_only_as_far_as_it_differs() -> None:
    keeper = RateKeeper(Target(1))
    keeper.requests(0.0)

    keeper.set_phase(PREFLIGHT)
    asked = intervals(keeper.requests(0.1))

    assert asked[33] == 1e6
    assert asked[74] == STOP
    assert 1 not in asked


def test_a_message_that_goes_on_although_it_was_stopped_is_stopped_again() -> None:
    keeper = RateKeeper(Target(1))
    keeper.set_phase(GROUND)
    keeper.requests(0.0)

    keeper.receive(VfrHud(0.0, 0.0, 0, 0, 0.0, 0.0), 1.0)

    assert intervals(keeper.requests(CHECK_S))[74] == STOP


def test_a_message_that_comes_too_often_is_asked_for_at_its_rate() -> None:
    keeper = RateKeeper(Target(1))
    keeper.requests(0.0)

    fed(keeper, STATUS, 0.1, CHECK_S)

    assert intervals(keeper.requests(CHECK_S))[1] == 1e6


def test_a_vehicle_that_keeps_a_rate_of_its_own_is_asked_ever_more_rarely() -> None:
    keeper = RateKeeper(Target(1), {FLIGHT: (WantedMessage(SysStatus, 1, 1.0),)})
    asked = []
    for now in range(300):
        for _ in range(10):
            keeper.receive(STATUS, float(now))
        asked += [now] if keeper.requests(float(now)) else []

    assert asked == [0, 5, 15, 35, 75, 135, 195, 255]


def test_setting_the_phase_that_is_set_asks_for_nothing() -> None:
    keeper = RateKeeper(Target(1))
    keeper.requests(0.0)

    keeper.set_phase(FLIGHT)

    assert keeper.requests(1.0) == []
