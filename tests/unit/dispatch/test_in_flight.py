"""Orders of operators to a flight under way, and who may give them."""

from datetime import timedelta

import pytest

from dispatch.control import CONTROL_S
from dispatch.errors import Conflict, ControlHeld, IllegalTransition, InvalidInput
from dispatch.flight_record import Outcome
from dispatch.relay import STALE_AFTER_S
from dispatch.states import SortieState
from flight.commands import (
    Adopt,
    ConfirmTermination,
    Divert,
    Hold,
    LandNow,
    RequestTermination,
    Resume,
    ReturnHome,
)
from flight.events import ActionRefused, FlightAdopted
from flight.situations import Action
from tests.unit.dispatch.world import World

COMMANDS = {
    Action.HOLD: Hold,
    Action.RESUME: Resume,
    Action.RETURN: ReturnHome,
    Action.DIVERT: Divert,
    Action.LAND: LandNow,
}


@pytest.mark.parametrize("action", COMMANDS)
def test_an_order_goes_out_once_with_the_name_of_who_gave_it(world: World, action: Action) -> None:
    world.fly_out()

    sent = world.order(action, "Sato")

    assert sent == [COMMANDS[action]("S-0001", 1, "Sato")]
    assert world.relay() == []


def test_an_order_is_on_record_and_changes_no_state_before_the_drone_obeys(world: World) -> None:
    world.fly_out()

    world.dispatcher.order("S-0001", Action.HOLD, "Sato", world.now, "boat in the lane")

    action = world.record().last_action
    assert action is not None
    assert (action.action, action.outcome, action.by) == ("hold", Outcome.ORDERED, "Sato")
    assert action.words is not None
    assert action.words.ja == "boat in the lane"
    assert world.dispatcher.sortie("S-0001").state is SortieState.ENROUTE


@pytest.mark.parametrize("action", COMMANDS)
def test_a_drone_on_the_ground_takes_no_order(world: World, action: Action) -> None:
    world.plan_and_launch()

    with pytest.raises(Conflict):
        world.order(action)

    assert world.relay() == []


def test_a_refused_order_says_in_which_states_it_is_possible(world: World) -> None:
    world.plan_and_launch()

    with pytest.raises(Conflict, match="approved: it cannot be told to hold; possible while it is"):
        world.order(Action.HOLD)
    with pytest.raises(IllegalTransition, match="approved to returning"):
        world.order(Action.RETURN)


def test_of_two_contrary_orders_the_later_goes_out_last(world: World) -> None:
    world.fly_out()

    for action in (Action.HOLD, Action.RESUME, Action.HOLD):
        world.dispatcher.order("S-0001", action, "operator", world.now)

    assert [type(command) for command in world.relay()] == [Hold, Resume, Hold]


def test_an_order_given_while_another_is_on_its_way_is_not_lost(world: World) -> None:
    world.fly_out()
    world.dispatcher.order("S-0001", Action.HOLD, "operator", world.now)
    sent = []

    def hold_again_meanwhile(command: object) -> None:
        sent.append(command)
        if len(sent) == 1:
            world.dispatcher.order("S-0001", Action.HOLD, "operator", world.now, "again")
            world.dispatcher.order("S-0001", Action.RESUME, "operator", world.now)

    world.dispatcher.relay(hold_again_meanwhile, world.now)

    assert [type(command) for command in world.relay()] == [Hold, Resume]


def test_another_operators_order_is_refused_with_the_name_of_who_has_control(world: World) -> None:
    world.fly_out()
    world.order(Action.HOLD, "Sato")

    with pytest.raises(
        ControlHeld, match=r"Sato controls Q1 until \d\d:\d\d:\d\d JST; take control over"
    ) as refused:
        world.order(Action.RESUME, "Tanaka")

    assert refused.value.until == world.now + timedelta(seconds=CONTROL_S)
    assert world.relay() == []


def test_control_is_renewed_by_use_and_runs_out_without(world: World) -> None:
    world.fly_out()
    world.order(Action.HOLD, "Sato")
    world.now += timedelta(seconds=CONTROL_S - 1)
    world.order(Action.RESUME, "Sato")
    world.now += timedelta(seconds=CONTROL_S - 1)

    with pytest.raises(ControlHeld):
        world.order(Action.HOLD, "Tanaka")
    world.now += timedelta(seconds=1)

    assert world.order(Action.HOLD, "Tanaka") == [Hold("S-0001", 1, "Tanaka")]


def test_control_is_taken_over_with_a_reason_that_is_kept(world: World) -> None:
    world.fly_out()
    world.order(Action.HOLD, "Sato")

    with pytest.raises(ControlHeld):
        world.dispatcher.take_control("S-0001", "Tanaka", world.now, take=False)
    with pytest.raises(InvalidInput, match="reason: is empty"):
        world.dispatcher.take_control("S-0001", "Tanaka", world.now, take=True)
    world.dispatcher.take_control("S-0001", "Tanaka", world.now, take=True, reason="end of shift")

    taken = [event for event in world.dispatcher.history("S-0001") if event.type == "sortie.control_taken"][
        -1
    ]
    assert (taken.actor, taken.data["taken_from"]) == ("Tanaka", "Sato")
    assert taken.reason is not None
    assert taken.reason.en == "end of shift"
    assert world.order(Action.RESUME, "Tanaka") == [Resume("S-0001", 1, "Tanaka")]


def test_control_that_was_given_back_is_free(world: World) -> None:
    world.fly_out()
    world.order(Action.HOLD, "Sato")

    world.dispatcher.release_control("S-0001", "Tanaka", world.now)
    with pytest.raises(ControlHeld):
        world.order(Action.RESUME, "Tanaka")
    world.dispatcher.release_control("S-0001", "Sato", world.now)

    assert world.order(Action.RESUME, "Tanaka") == [Resume("S-0001", 1, "Tanaka")]


def test_control_ends_with_the_sortie(world: World) -> None:
    world.fly_out()
    world.order(Action.RETURN, "Sato")
    world.see(Action.RETURN)
    world.land(released=False)

    with world.store.reading() as uow:
        assert uow.leases.of("control:Q1", world.now) is None


@pytest.mark.parametrize("action", [Action.RETURN, Action.LAND])
def test_nobody_is_kept_from_bringing_a_drone_home_or_down(world: World, action: Action) -> None:
    world.fly_out()
    world.order(Action.HOLD, "Sato")

    sent = world.order(action, "Tanaka")

    taken = [event for event in world.dispatcher.history("S-0001") if event.type == "sortie.control_taken"][
        -1
    ]
    assert sent == [COMMANDS[action]("S-0001", 1, "Tanaka")]
    assert (taken.actor, taken.data["taken_from"]) == ("Tanaka", "Sato")
    with pytest.raises(ControlHeld, match="Tanaka"):
        world.order(Action.RESUME, "Sato")


def test_motors_are_stopped_by_two_persons(world: World) -> None:
    world.fly_out()

    world.dispatcher.request_termination("S-0001", "Sato", world.now, "flies towards the village")
    asked = world.relay()
    with pytest.raises(Conflict, match="another person has to confirm"):
        world.dispatcher.confirm_termination("S-0001", "Sato", world.now)
    world.dispatcher.confirm_termination("S-0001", "Tanaka", world.now)

    assert asked == [RequestTermination("S-0001", 1, "Sato")]
    assert world.relay() == [ConfirmTermination("S-0001", 1, "Tanaka")]


def test_a_request_to_stop_the_motors_runs_out(world: World) -> None:
    world.fly_out()
    world.dispatcher.request_termination("S-0001", "Sato", world.now, "flies towards the village")
    world.relay()

    world.now += timedelta(seconds=31)

    with pytest.raises(Conflict, match="request the termination first"):
        world.dispatcher.confirm_termination("S-0001", "Tanaka", world.now)
    assert world.relay() == []


def test_nothing_is_confirmed_that_nobody_asked_for(world: World) -> None:
    world.fly_out()

    with pytest.raises(Conflict, match="nobody has asked"):
        world.dispatcher.confirm_termination("S-0001", "Tanaka", world.now)


def test_one_person_may_do_both_steps_where_the_installation_says_so(world: World) -> None:
    world.two_persons = False
    world.restart()
    world.fly_out()

    world.dispatcher.request_termination("S-0001", "Sato", world.now, "flies towards the village")
    world.dispatcher.confirm_termination("S-0001", "Sato", world.now)

    assert [type(command) for command in world.relay()] == [RequestTermination, ConfirmTermination]


def test_an_order_that_could_not_go_out_in_time_is_dropped_and_said_so(world: World) -> None:
    world.fly_out()
    world.dispatcher.order("S-0001", Action.HOLD, "Sato", world.now)
    world.dispatcher.order("S-0001", Action.RETURN, "Sato", world.now)

    world.now += timedelta(seconds=STALE_AFTER_S + 1)

    assert [type(command) for command in world.relay()] == [ReturnHome]
    expired = [event for event in world.dispatcher.history("S-0001") if event.type == "sortie.order_expired"]
    assert [event.data["command"] for event in expired] == ["hold"]
    assert world.relay() == []


def test_motors_are_not_stopped_by_a_word_that_went_out_late(world: World) -> None:
    world.fly_out()
    world.dispatcher.request_termination("S-0001", "Sato", world.now, "flies towards the village")
    world.dispatcher.confirm_termination("S-0001", "Tanaka", world.now)

    world.now += timedelta(seconds=31)

    assert world.relay() == []
    expired = [event for event in world.dispatcher.history("S-0001") if event.type == "sortie.order_expired"]
    assert [event.data["command"] for event in expired] == ["request_termination", "confirm_termination"]


def test_an_order_to_a_drone_that_has_landed_meanwhile_is_withdrawn(world: World) -> None:
    world.fly_out()
    world.dispatcher.order("S-0001", Action.HOLD, "Sato", world.now)
    world.land(released=False)

    assert world.relay() == []


def test_after_a_restart_the_flight_is_adopted_before_an_order_goes_out(world: World) -> None:
    world.fly_out()
    world.dispatcher.order("S-0001", Action.HOLD, "Sato", world.now)
    world.store.close()
    world.restart()
    world.dispatcher.recover(world.now)

    assert [type(command) for command in world.relay()] == [Adopt, Hold]


def test_a_drone_that_holds_still_holds_after_a_restart(world: World) -> None:
    world.fly_out()
    world.order(Action.HOLD)
    world.see(Action.HOLD)

    world.report(FlightAdopted, plan_hash=world.dispatcher.sortie("S-0001").plan_hash)

    assert world.dispatcher.sortie("S-0001").state is SortieState.HELD


def test_what_the_drone_refused_is_told_with_its_words(world: World) -> None:
    world.fly_out()
    world.order(Action.DIVERT)

    world.report(ActionRefused, action=Action.DIVERT, by="operator", reason="no divert on this leg")

    action = world.record().last_action
    assert action is not None
    assert action.outcome is Outcome.REFUSED
    reason = world.dispatcher.sortie("S-0001").reason
    assert reason is not None
    assert "no divert on this leg" in reason.ja


def test_what_is_refused_after_the_landing_does_not_hide_how_the_flight_ended(world: World) -> None:
    world.fly_out()
    world.land(released=False, distance_from_home_m=700.0)
    landed = world.dispatcher.sortie("S-0001").reason

    world.report(ActionRefused, action=Action.HOLD, by="operator", reason="the flight is over")

    assert world.dispatcher.sortie("S-0001").reason == landed
    assert world.dispatcher.history("S-0001")[-1].type == "sortie.action_refused"
