"""Making an item current: what counts as done, and what as refused."""

import pytest

from flight.errors import VehicleRefused, VehicleSilent
from flight.protocol.messages import CommandAck, CommandLong, MissionCurrent, MissionSetCurrent
from flight.protocol.operation import Target
from flight.protocol.set_current import LONGEST_S, SetCurrent


def begun(seq: int = 7, shown: tuple[int, ...] | None = None) -> SetCurrent:
    operation = SetCurrent(Target(1), "divert", seq, shown)
    operation.start(0.0)
    return operation


def test_an_item_is_current_when_the_vehicle_shows_it_and_not_when_it_says_so() -> None:
    operation = begun()

    operation.receive(MissionCurrent(3), 0.1)
    operation.receive(CommandAck(224, 0), 0.2)
    assert not operation.done
    operation.receive(MissionCurrent(7), 0.3)

    operation.result()
    assert operation.take_messages() == [CommandLong(1, 1, 224, 0, 7.0)]


def test_of_an_item_that_is_never_shown_the_next_one_counts() -> None:
    operation = begun(7, (7, 8))

    operation.receive(MissionCurrent(8), 0.1)

    operation.result()


def test_an_item_that_was_shown_before_the_command_says_nothing_until_it_is_acknowledged() -> None:
    operation = SetCurrent(Target(1), "resume", 5, range(5, 9), before=7)
    operation.start(0.0)

    operation.receive(MissionCurrent(7), 0.1)
    assert not operation.done
    operation.handle_timer(1.5)
    operation.receive(CommandAck(224, 0), 1.6)
    operation.receive(MissionCurrent(6), 1.7)

    operation.result()
    assert len(operation.take_messages()) == 2


def test_an_item_beyond_the_end_is_refused() -> None:
    operation = begun(99)

    operation.receive(CommandAck(224, 2), 0.1)

    with pytest.raises(VehicleRefused, match="item 99: DENIED"):
        operation.result()


def test_a_vehicle_that_does_not_know_the_command_gets_the_message() -> None:
    operation = begun()
    operation.take_messages()

    operation.receive(CommandAck(224, 3), 0.1)
    operation.receive(CommandAck(224, 3), 0.2)

    assert operation.take_messages() == [MissionSetCurrent(1, 1, 7)]


def test_a_vehicle_that_stays_where_it_is_is_reported_with_its_item() -> None:
    operation = begun()
    operation.receive(MissionCurrent(3), 0.1)

    operation.handle_timer(LONGEST_S)

    with pytest.raises(VehicleSilent, match="item 7 did not become the current one: it is 3"):
        operation.result()
