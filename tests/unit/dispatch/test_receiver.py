"""The receiver's word on the pad."""

import pytest

from dispatch.errors import Conflict
from flight.commands import ClearPad
from flight.events import FlightPhase, PayloadReleased, PhaseChanged
from flight.situations import Action
from tests.unit.dispatch.world import World


@pytest.fixture
def above_the_pad(world: World) -> World:
    world.planner.hold_seq = 2
    world.fly_out()
    world.report(PhaseChanged, phase=FlightPhase.DELIVERING)
    return world


@pytest.mark.parametrize("clear", [True, False])
def test_the_word_goes_to_the_drone_that_waits(above_the_pad: World, clear: bool) -> None:
    above_the_pad.dispatcher.answer_pad("R-0001", "clinic", above_the_pad.now, clear=clear)

    said = above_the_pad.record().pad
    assert above_the_pad.relay() == [ClearPad("S-0001", 1, "clinic", clear)]
    assert said is not None
    assert (said.clear, said.by) == (clear, "clinic")


def test_the_last_word_counts(above_the_pad: World) -> None:
    for clear in (True, False, True):
        above_the_pad.dispatcher.answer_pad("R-0001", "clinic", above_the_pad.now, clear=clear)

    assert [command.clear for command in above_the_pad.relay() if isinstance(command, ClearPad)] == [
        True,
        False,
        True,
    ]


def test_a_drone_that_holds_above_the_pad_still_waits_for_the_word(above_the_pad: World) -> None:
    above_the_pad.see(Action.HOLD)

    above_the_pad.dispatcher.answer_pad("R-0001", "clinic", above_the_pad.now, clear=True)

    assert len(above_the_pad.relay()) == 1


def test_a_word_given_before_the_drone_is_there_is_refused(world: World) -> None:
    world.planner.hold_seq = 2
    world.fly_out()

    with pytest.raises(Conflict, match="answer when the drone has arrived"):
        world.dispatcher.answer_pad("R-0001", "clinic", world.now, clear=True)


def test_after_the_delivery_nobody_is_asked(above_the_pad: World) -> None:
    above_the_pad.report(PayloadReleased, latitude_deg=32.7, longitude_deg=128.6)

    with pytest.raises(Conflict):
        above_the_pad.dispatcher.answer_pad("R-0001", "clinic", above_the_pad.now, clear=True)


def test_a_drone_that_does_not_ask_takes_no_word(world: World) -> None:
    world.fly_out()
    world.report(PhaseChanged, phase=FlightPhase.DELIVERING)

    with pytest.raises(Conflict):
        world.dispatcher.answer_pad("R-0001", "clinic", world.now, clear=True)
