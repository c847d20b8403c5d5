import threading
from collections.abc import Iterator

import pytest

from dispatch.errors import IllegalTransition
from dispatch.states import RequestState, SortieState
from flight.commands import Adopt, Launch
from flight.events import FlightAdopted
from tests.unit.dispatch.world import World


@pytest.fixture
def world(url: str) -> Iterator[World]:
    world = World(url)
    yield world
    world.store.close()


def test_a_delivery_survives_a_restart_in_flight(world: World) -> None:
    world.plan_and_launch()
    world.take_off()
    world.store.close()
    world.restart()
    world.dispatcher.recover(world.now)
    world.relay()
    world.report(FlightAdopted, plan_hash=world.dispatcher.sortie("S-0001").plan_hash)
    world.deliver()
    world.land()

    assert [type(command) for command in world.sent] == [Launch, Adopt]
    assert world.request().state is RequestState.DELIVERED
    assert world.dispatcher.sortie("S-0001").state is SortieState.CLOSED


def test_of_two_operators_who_approve_at_once_one_is_told_so(world: World) -> None:
    world.hear_all()
    world.submit()
    world.tick()
    refused: list[IllegalTransition] = []

    def approve() -> None:
        try:
            world.dispatcher.approve_sortie("S-0001", "operator", world.now)
        except IllegalTransition as error:
            refused.append(error)

    threads = [threading.Thread(target=approve) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert world.event_types().count("sortie.approved") == 1
