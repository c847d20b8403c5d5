"""A drone that is silent and should have landed long ago is given up, and taken back when it is heard."""

import pytest

from dispatch.overdue import OVERDUE_S
from dispatch.states import RequestState, SortieState
from flight.events import FlightPhase, PhaseChanged
from flight.link_state import LinkState
from tests.unit.dispatch.world import Q1, World

LATE_S = 3000.0 + OVERDUE_S
"""Both ways of the fake planner, and the patience."""


@pytest.fixture
def silent(world: World) -> World:
    """A world in which the only flight is on its way, and not heard any more."""
    world.plan_and_launch()
    world.take_off()
    world.report(PhaseChanged, phase=FlightPhase.ENROUTE)
    world.hear(Q1, LinkState.LOST)
    return world


def test_a_silent_drone_that_is_long_overdue_is_lost_and_its_request_says_so(silent: World) -> None:
    silent.tick(LATE_S + 300.0)

    sortie, request = silent.dispatcher.sortie("S-0001"), silent.request()
    assert sortie.state is SortieState.LOST
    assert request.state is RequestState.IN_FLIGHT
    assert sortie.reason == request.reason
    assert sortie.reason is not None
    assert "must be looked for" in sortie.reason.en


def test_a_silent_drone_is_not_given_up_before_its_time(silent: World) -> None:
    silent.tick(LATE_S - 600.0)

    assert silent.dispatcher.sortie("S-0001").state is SortieState.ENROUTE


def test_a_drone_that_is_late_and_heard_is_held_once_and_goes_on_when_it_lands(silent: World) -> None:
    silent.hear(Q1)

    silent.tick(LATE_S + 300.0)
    held = silent.dispatcher.sortie("S-0001")
    silent.deliver()
    silent.tick()
    flying = silent.dispatcher.sortie("S-0001")
    silent.land()

    assert held.state is SortieState.HELD
    assert held.reason is not None
    assert "an operator must look" in held.reason.en
    assert flying.state is SortieState.RETURNING
    assert silent.dispatcher.sortie("S-0001").state is SortieState.CLOSED


def test_a_lost_drone_keeps_its_sortie_and_is_not_sent_again(silent: World) -> None:
    silent.tick(LATE_S + 300.0)
    silent.hear_all()
    silent.submit()

    silent.tick()

    assert silent.dispatcher.sortie("S-0002").drone_id != Q1.id


def test_a_lost_drone_that_is_heard_again_goes_on_where_it_is_found(silent: World) -> None:
    silent.tick(LATE_S + 300.0)

    silent.deliver()
    silent.land()

    steps = [event.type for event in silent.dispatcher.history("S-0001")]
    assert silent.dispatcher.sortie("S-0001").state is SortieState.CLOSED
    assert silent.request().state is RequestState.DELIVERED
    assert steps[steps.index("sortie.lost") + 1] == "sortie.held"


def test_an_operator_who_found_the_parcel_ends_a_lost_sortie_as_delivered(silent: World) -> None:
    silent.tick(LATE_S + 300.0)

    silent.dispatcher.close_sortie("S-0001", "operator", silent.now, "found on the beach", delivered=True)

    assert silent.request().state is RequestState.DELIVERED
    assert silent.dispatcher.sortie("S-0001").state is SortieState.CLOSED
