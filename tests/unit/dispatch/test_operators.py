import pytest

from dispatch.errors import Conflict, IllegalTransition
from dispatch.states import RequestState, SortieState
from flight.commands import CancelLaunch, ReturnHome
from flight.events import (
    ActionRefused,
    LaunchFailed,
    LaunchStarted,
)
from flight.situations import Action
from tests.unit.dispatch.world import World


def test_an_operator_may_call_a_drone_back(world: World) -> None:
    world.plan_and_launch()
    world.take_off()

    world.dispatcher.order("S-0001", Action.RETURN, "operator", world.now)
    sent = world.relay()
    world.report(ActionRefused, action=Action.RETURN, by="op", reason="mode change failed")

    reason = world.dispatcher.sortie("S-0001").reason
    assert sent == [ReturnHome("S-0001", 1, "operator")]
    assert reason is not None
    assert "mode change failed" in reason.en


def test_a_drone_on_the_ground_cannot_be_called_back(world: World) -> None:
    world.plan_and_launch()

    with pytest.raises(IllegalTransition, match="approved to returning"):
        world.dispatcher.order("S-0001", Action.RETURN, "operator", world.now)


def test_an_operator_stops_a_launch_and_the_gateway_ends_it(world: World) -> None:
    world.plan_and_launch()
    world.report(LaunchStarted)

    world.dispatcher.abort_sortie("S-0001", "operator", world.now, "people on the pad")
    sent = world.relay()
    world.report(LaunchFailed, stage="cancelled", reason="stopped by the operator")

    assert sent == [CancelLaunch("S-0001", 1)]
    assert world.dispatcher.sortie("S-0001").state is SortieState.ABORTED
    assert world.request().state is RequestState.FAILED


def test_a_flight_cannot_be_aborted(world: World) -> None:
    world.plan_and_launch()
    world.take_off()

    with pytest.raises(IllegalTransition, match="launched to aborted"):
        world.dispatcher.abort_sortie("S-0001", "operator", world.now, "too late")


def test_a_landing_elsewhere_keeps_the_drone_until_it_is_fetched(world: World) -> None:
    world.plan_and_launch()
    world.take_off()

    world.land(released=False, distance_from_home_m=900.0)
    landed = world.dispatcher.sortie("S-0001")
    world.dispatcher.close_sortie("S-0001", "operator", world.now, "fetched by boat", delivered=False)

    assert landed.state is SortieState.LANDED
    assert landed.reason is not None
    assert "900 m" in landed.reason.en
    assert "sortie.diverted" in world.event_types()
    assert world.request().state is RequestState.FAILED
    assert world.dispatcher.sortie("S-0001").state is SortieState.CLOSED


def test_a_flight_in_good_order_is_not_closed_by_hand(world: World) -> None:
    world.plan_and_launch()
    world.take_off()

    with pytest.raises(Conflict, match="nothing to close"):
        world.dispatcher.close_sortie("S-0001", "operator", world.now, "impatient", delivered=True)
