import pytest

from dispatch.policy import DemoPolicy
from dispatch.states import RequestState, SortieState
from flight.commands import Adopt, FlightCommand, Launch, ReturnHome
from flight.events import (
    AdoptionFailed,
    FlightAdopted,
    FlightPhase,
    LaunchFailed,
    LaunchStarted,
    LinkChanged,
    PhaseChanged,
    PlanVerified,
)
from flight.link_state import LinkState
from flight.situations import Action
from tests.unit.dispatch.world import World


def restart(world: World) -> list[FlightCommand]:
    """Start again as the service does, and return what is sent at once."""
    world.restart()
    world.dispatcher.recover(world.now)
    world.hear_all()
    return world.relay()


def kinds(commands: list[FlightCommand]) -> list[tuple[str, int]]:
    return [(type(command).__name__, command.attempt) for command in commands]


def test_a_crash_between_commit_and_relay_loses_nothing(world: World) -> None:
    world.hear_all()
    world.submit()
    world.tick()
    world.dispatcher.confirm_loaded("R-0001", "operator", world.now)
    world.dispatcher.approve_sortie("S-0001", "operator", world.now)

    sent = restart(world)

    assert kinds(sent) == [("Launch", 1)]


def test_a_crash_between_sending_and_marking_sends_the_same_command_again(world: World) -> None:
    world.hear_all()
    world.submit()
    world.tick()
    world.dispatcher.confirm_loaded("R-0001", "operator", world.now)
    world.dispatcher.approve_sortie("S-0001", "operator", world.now)
    received: list[FlightCommand] = []

    def die_after_sending(command: FlightCommand) -> None:
        received.append(command)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        world.dispatcher.relay(die_after_sending, world.now)

    assert restart(world) == received


def test_a_launch_left_unsent_is_void_once_the_drone_has_moved_on(world: World) -> None:
    world.hear_all()
    world.submit()
    world.tick()
    world.dispatcher.confirm_loaded("R-0001", "operator", world.now)
    world.dispatcher.approve_sortie("S-0001", "operator", world.now)
    world.report(LaunchStarted)

    sent = restart(world)

    assert kinds(sent) == [("Adopt", 1)]


def test_a_flight_over_the_sea_is_adopted_and_ends_exactly_once(world: World) -> None:
    world.plan_and_launch()
    world.take_off()
    world.report(PhaseChanged, phase=FlightPhase.ENROUTE)

    (adopt,) = restart(world)
    world.report(FlightAdopted, plan_hash=world.dispatcher.sortie("S-0001").plan_hash)
    world.deliver()
    world.land()
    world.tick()

    assert isinstance(adopt, Adopt)
    assert adopt.plan.hash == world.dispatcher.sortie("S-0001").plan_hash
    assert world.request().state is RequestState.DELIVERED
    assert world.event_types().count("request.delivered") == 1
    assert world.event_types().count("sortie.closed") == 1
    assert world.event_types().count("sortie.launched") == 1


def test_a_flight_that_landed_while_nobody_watched_ends_exactly_once(world: World) -> None:
    world.plan_and_launch()
    world.take_off()
    restart(world)

    world.report(FlightAdopted, plan_hash=world.dispatcher.sortie("S-0001").plan_hash)
    world.land(released=True)

    assert world.request().state is RequestState.DELIVERED
    assert world.dispatcher.sortie("S-0001").state is SortieState.CLOSED


def test_a_flight_whose_launch_was_not_recorded_is_adopted(world: World) -> None:
    world.plan_and_launch()
    world.report(LaunchStarted)
    restart(world)

    world.report(FlightAdopted, plan_hash=world.dispatcher.sortie("S-0001").plan_hash)

    sortie = world.dispatcher.sortie("S-0001")
    assert sortie.state is SortieState.LAUNCHED
    assert sortie.verified_hash == sortie.plan_hash
    assert world.request().state is RequestState.IN_FLIGHT


@pytest.mark.parametrize("last", ["sent", "uploading", "verified"])
def test_a_launch_that_a_restart_cut_short_is_tried_again(world: World, last: str) -> None:
    world.plan_and_launch()
    if last != "sent":
        world.report(LaunchStarted)
    if last == "verified":
        world.report(PlanVerified, plan_hash=world.dispatcher.sortie("S-0001").plan_hash)

    adopting = restart(world)
    world.report(LaunchFailed, stage="adoption", reason="vehicle on ground, not started")
    world.tick()
    again = world.relay()
    world.take_off()

    assert kinds(adopting) == [("Adopt", 1)]
    assert kinds(again) == [("Launch", 2)]
    assert world.dispatcher.sortie("S-0001").state is SortieState.LAUNCHED
    assert world.dispatcher.sortie("S-0001").approved_by == "operator"


def test_the_second_attempt_needs_a_proof_that_still_holds(world: World) -> None:
    world.plan_and_launch()
    world.report(LaunchStarted)
    restart(world)
    world.planner.airspace_version = "v2"

    world.report(LaunchFailed, stage="adoption", reason="not started")
    world.tick()

    assert world.relay() == []
    assert world.dispatcher.sortie("S-0001").state is SortieState.ABORTED


def test_a_launch_is_not_tried_for_ever(world: World) -> None:
    world.plan_and_launch()
    for _ in range(3):
        world.report(LaunchStarted)
        restart(world)
        world.report(LaunchFailed, stage="adoption", reason="not started")
        world.tick()
        world.relay()

    assert world.dispatcher.sortie("S-0001").state is SortieState.ABORTED
    assert world.request().state is RequestState.FAILED


def test_a_launch_that_an_operator_stopped_is_not_tried_again(world: World) -> None:
    world.plan_and_launch()
    world.report(LaunchStarted)
    world.dispatcher.abort_sortie("S-0001", "operator", world.now, "people on the pad")
    restart(world)

    world.report(LaunchFailed, stage="adoption", reason="not started")

    assert world.dispatcher.sortie("S-0001").state is SortieState.ABORTED


def test_a_drone_that_came_home_unseen_brings_the_request_back(world: World) -> None:
    world.plan_and_launch()
    world.take_off()
    restart(world)

    world.report(LaunchFailed, stage="adoption", reason="vehicle on ground, not started")

    assert world.request().state is RequestState.RETURNED
    assert world.dispatcher.sortie("S-0001").state is SortieState.CLOSED


def test_a_drone_that_came_home_unseen_after_the_release_has_delivered(world: World) -> None:
    world.plan_and_launch()
    world.take_off()
    world.deliver()
    restart(world)

    world.report(LaunchFailed, stage="adoption", reason="vehicle on ground, not started")

    assert world.request().state is RequestState.DELIVERED
    assert world.dispatcher.sortie("S-0001").state is SortieState.CLOSED


def test_a_flight_that_is_not_recognised_is_held_for_an_operator(world: World) -> None:
    world.plan_and_launch()
    world.take_off()
    restart(world)

    world.report(AdoptionFailed, reason="the plan on board is not ours")
    held = world.dispatcher.sortie("S-0001")
    world.dispatcher.close_sortie("S-0001", "operator", world.now, "seen at the clinic", delivered=True)

    assert held.state is SortieState.HELD
    assert held.held_from is SortieState.LAUNCHED
    assert held.reason is not None
    assert "an operator must look" in held.reason.en
    assert world.dispatcher.sortie("S-0001").state is SortieState.CLOSED
    assert world.request().state is RequestState.DELIVERED


def test_a_held_flight_that_is_recognised_after_all_goes_on_where_it_was(world: World) -> None:
    world.plan_and_launch()
    world.take_off()
    world.deliver()
    world.report(AdoptionFailed, reason="silent")
    held = restart(world)

    world.report(FlightAdopted, plan_hash=world.dispatcher.sortie("S-0001").plan_hash)
    on_track = world.dispatcher.sortie("S-0001")
    world.land()

    assert kinds(held) == [("Adopt", 1)]
    assert on_track.state is SortieState.RETURNING
    assert world.dispatcher.sortie("S-0001").state is SortieState.CLOSED


def test_a_foreign_plan_is_not_adopted(world: World) -> None:
    world.plan_and_launch()
    world.take_off()
    restart(world)

    world.report(FlightAdopted, plan_hash="0" * 64)

    assert world.dispatcher.sortie("S-0001").state is SortieState.HELD


def test_every_restart_asks_again(world: World) -> None:
    world.plan_and_launch()
    world.take_off()

    assert kinds(restart(world)) == [("Adopt", 1)]
    assert kinds(restart(world)) == [("Adopt", 1)]


def test_a_flight_is_adopted_before_it_is_told_anything_else(world: World) -> None:
    world.plan_and_launch()
    world.take_off()
    world.dispatcher.order("S-0001", Action.RETURN, "operator", world.now)

    sent = restart(world)

    assert [type(command) for command in sent] == [Adopt, ReturnHome]


def test_what_waits_or_has_ended_is_not_adopted(world: World) -> None:
    world.policy = DemoPolicy()
    world.restart()
    world.hear_all()
    world.submit()
    world.tick()
    world.relay()
    world.take_off()
    world.land()
    world.policy = None
    world.submit()
    world.restart()
    world.hear_all()
    world.tick()

    assert world.dispatcher.sortie("S-0002").state is SortieState.PLANNED
    assert restart(world) == []


def test_no_second_launch_of_one_attempt(world: World) -> None:
    world.plan_and_launch()
    world.take_off()
    for _ in range(3):
        restart(world)
        world.tick()
        world.relay()

    assert len([command for command in world.sent if isinstance(command, Launch)]) == 1


def test_a_flight_that_was_out_of_reach_is_adopted_when_its_drone_is_heard_again(world: World) -> None:
    world.plan_and_launch()
    world.take_off()
    restart(world)
    world.report(AdoptionFailed, reason="identity: no heartbeat in 600 s")
    address = next(
        each.address
        for each in world.dispatcher.drones()
        if each.id == world.dispatcher.sortie("S-0001").drone_id
    )

    heard = LinkChanged(world.now.timestamp(), address, LinkState.FRESH)
    world.dispatcher.handle_flight_event(heard, world.now)

    assert kinds(world.relay()) == [("Adopt", 1)]
    world.report(FlightAdopted, plan_hash=world.dispatcher.sortie("S-0001").plan_hash)
    world.dispatcher.handle_flight_event(heard, world.now)
    assert world.relay() == []
    assert world.dispatcher.sortie("S-0001").state is SortieState.LAUNCHED
