from datetime import timedelta

import pytest

from dispatch.errors import Conflict, IllegalTransition
from dispatch.policy import DemoPolicy
from dispatch.states import RequestState, SortieState
from dispatch.values import TemperatureClass, Urgency
from flight.commands import Launch
from flight.events import LaunchFailed, LaunchStarted
from flight.link_state import LinkState
from geofences.certificate import START_WINDOW_S
from tests.unit.dispatch.world import C1, NOW, Q1, World


def reason_of(world: World, request_id: str = "R-0001") -> str:
    reason = world.request(request_id).reason
    return "" if reason is None else reason.en


def test_a_request_waits_with_its_reason_until_a_drone_is_heard(world: World) -> None:
    world.submit()
    world.tick()
    waiting, why = world.request(), reason_of(world)

    world.hear(Q1)
    world.tick()

    assert waiting.state is RequestState.ACCEPTED
    assert "Q1: it has not been heard yet" in why
    assert world.request().state is RequestState.PLANNED
    assert world.request().reason is None


def test_the_same_reason_is_recorded_once(world: World) -> None:
    world.submit()
    for _ in range(5):
        world.tick()

    assert world.event_types().count("request.waiting") == 1


def test_no_route_is_looked_for_while_no_drone_can_fly(world: World) -> None:
    world.submit()
    world.tick()

    assert world.planner.proposals == 0


def test_a_closed_way_fails_the_request_and_names_the_zones(world: World) -> None:
    world.planner.blocked_by = ("RJFE-1", "PORT-2")
    world.hear_all()
    world.submit()
    world.tick()

    assert world.request().state is RequestState.FAILED
    assert "blocked by RJFE-1, PORT-2" in reason_of(world)
    assert world.dispatcher.sorties() == []


def test_what_no_drone_of_the_fleet_can_carry_fails_with_a_reason_for_each(world: World) -> None:
    world.planner.energy_wh["copter"] = 2218.0
    world.hear_all()
    world.submit(temperature=TemperatureClass.FROZEN)
    world.tick()

    assert world.request().state is RequestState.FAILED
    assert "Q1: it has no box for frozen goods" in reason_of(world)
    assert "C1: the flight needs 2218 Wh" in reason_of(world)


def test_a_plan_that_cannot_be_proved_is_not_flown(world: World) -> None:
    world.planner.disproof = "the corridor touches land"
    world.hear_all()
    world.submit()
    world.tick()

    assert world.request().state is RequestState.FAILED
    assert "the corridor touches land" in reason_of(world)
    assert world.relay() == []


def test_one_request_that_fails_does_not_stop_the_next(world: World) -> None:
    world.planner.energy_wh["copter"] = 2218.0
    world.hear_all()
    world.submit(temperature=TemperatureClass.FROZEN)
    world.submit()
    world.tick()

    assert world.request("R-0002").state is RequestState.PLANNED


def test_the_event_of_a_plan_says_why_the_other_drones_were_not_chosen(world: World) -> None:
    world.hear_all()
    world.submit()
    world.tick()

    (planned,) = [event for event in world.dispatcher.events() if event.type == "sortie.planned"]
    assert planned.reason is not None
    assert "C1: it would arrive" in planned.reason.en
    assert planned.data["drone_id"] == "Q1"
    assert planned.data["late_s"] == 0.0


def test_a_plan_that_comes_too_late_says_by_how_much(world: World) -> None:
    world.hear_all()
    world.submit(deadline=NOW + timedelta(seconds=1000))
    world.tick()

    (planned,) = [event for event in world.dispatcher.events() if event.type == "sortie.planned"]
    assert planned.data["late_s"] == 501.0


def test_a_second_request_gets_another_drone(world: World) -> None:
    world.hear_all()
    world.submit()
    world.submit()
    world.tick()

    assert [sortie.drone_id for sortie in world.dispatcher.sorties()] == ["Q1", "C1"]


def test_a_more_urgent_request_takes_the_drone_of_one_that_nobody_has_approved(world: World) -> None:
    world.hear(Q1)
    world.submit(urgency=Urgency.ROUTINE)
    world.tick()
    world.submit(urgency=Urgency.EMERGENCY)
    world.tick()

    assert world.request("R-0002").state is RequestState.PLANNED
    assert world.request("R-0001").state is RequestState.ACCEPTED
    assert world.dispatcher.sortie("S-0001").state is SortieState.ABORTED
    assert "sortie.aborted" in world.event_types()


def test_an_approved_sortie_gives_way_to_nobody(world: World) -> None:
    world.hear(Q1)
    world.submit(urgency=Urgency.ROUTINE)
    world.tick()
    world.dispatcher.approve_sortie("S-0001", "operator", world.now)
    world.submit(urgency=Urgency.EMERGENCY)
    world.tick()

    assert world.request("R-0001").state is RequestState.PLANNED
    assert "busy with sortie S-0001" in reason_of(world, "R-0002")


def fly_two(world: World) -> None:
    world.policy = DemoPolicy()
    world.restart()
    world.hear_all()
    world.submit()
    world.submit()
    world.tick()


def test_two_sorties_do_not_share_a_corridor(world: World) -> None:
    fly_two(world)

    sent = world.relay()
    waiting = world.dispatcher.sortie("S-0002")

    assert [command.sortie_id for command in sent] == ["S-0001"]
    assert waiting.reason is not None
    assert "until sortie S-0001 has left the shared corridor" in waiting.reason.en


def test_the_next_sortie_goes_when_the_first_has_ended(world: World) -> None:
    fly_two(world)
    world.relay()
    world.take_off()
    world.land()
    world.tick()

    assert [command.sortie_id for command in world.relay()] == ["S-0002"]


def test_sorties_in_different_corridors_fly_together(world: World) -> None:
    world.planner.corridors_meet = False
    fly_two(world)

    assert [command.sortie_id for command in world.relay()] == ["S-0001", "S-0002"]


def test_a_launch_waits_for_a_lost_link(world: World) -> None:
    world.hear_all()
    world.submit()
    world.tick()
    world.dispatcher.confirm_loaded("R-0001", "operator", world.now)
    world.hear(Q1, LinkState.LOST)
    world.dispatcher.approve_sortie("S-0001", "operator", world.now)
    silent = world.relay()

    world.hear(Q1)
    world.tick()

    assert silent == []
    assert [type(command) for command in world.relay()] == [Launch]


def test_a_launch_waits_for_a_charged_battery(world: World) -> None:
    world.hear_all()
    world.submit()
    world.tick()
    world.dispatcher.confirm_loaded("R-0001", "operator", world.now)
    world.hear(Q1, battery=0.5)
    world.dispatcher.approve_sortie("S-0001", "operator", world.now)

    reason = world.dispatcher.sortie("S-0001").reason
    assert world.relay() == []
    assert reason is not None
    assert "only 315 Wh of 450 Wh" in reason.en


@pytest.mark.parametrize("approved", [False, True])
def test_a_plan_from_another_airspace_is_made_anew(world: World, approved: bool) -> None:
    world.hear_all()
    world.submit()
    world.tick()
    if approved:
        world.dispatcher.approve_sortie("S-0001", "operator", world.now)
    world.planner.airspace_version = "v2"

    world.tick()
    world.tick()

    assert world.dispatcher.sortie("S-0001").state is SortieState.ABORTED
    assert world.request().sortie_id == "S-0002"
    assert world.dispatcher.sortie("S-0002").approved_by is None
    assert world.relay() == []


def test_a_plan_that_was_not_started_in_time_is_made_anew(world: World) -> None:
    world.hear_all()
    world.submit()
    world.tick()

    world.tick(START_WINDOW_S + 1.0)

    assert world.request().sortie_id == "S-0002"


def test_a_proof_that_does_not_hold_at_launch_ends_the_sortie(world: World) -> None:
    world.hear_all()
    world.submit()
    world.tick()
    world.dispatcher.confirm_loaded("R-0001", "operator", world.now)
    world.planner.disproof = "a waypoint was moved"

    world.dispatcher.approve_sortie("S-0001", "operator", world.now)

    assert world.relay() == []
    assert world.dispatcher.sortie("S-0001").state is SortieState.ABORTED
    assert "a waypoint was moved" in reason_of(world)


def test_a_request_is_cancelled_with_its_sortie(world: World) -> None:
    world.hear_all()
    world.submit()
    world.tick()

    world.dispatcher.cancel_request("R-0001", "clinic", world.now, "patient moved")

    assert world.request().state is RequestState.CANCELLED
    assert world.dispatcher.sortie("S-0001").state is SortieState.ABORTED
    assert reason_of(world) == "patient moved"


def test_a_launch_that_has_not_gone_out_is_withdrawn_by_a_cancellation(world: World) -> None:
    world.hear_all()
    world.submit()
    world.tick()
    world.dispatcher.confirm_loaded("R-0001", "operator", world.now)
    world.dispatcher.approve_sortie("S-0001", "operator", world.now)

    world.dispatcher.cancel_request("R-0001", "clinic", world.now, "not needed")

    assert world.relay() == []


def test_a_request_whose_drone_is_being_started_is_not_cancelled(world: World) -> None:
    world.plan_and_launch()

    with pytest.raises(Conflict, match="ask the operator to stop the launch"):
        world.dispatcher.cancel_request("R-0001", "clinic", world.now, "not needed")

    assert world.request().state is RequestState.LOADED


def test_a_request_in_flight_is_not_cancelled(world: World) -> None:
    world.plan_and_launch()
    world.take_off()

    with pytest.raises(IllegalTransition, match="in_flight to cancelled"):
        world.dispatcher.cancel_request("R-0001", "clinic", world.now, "not needed")


def test_a_request_that_failed_may_still_be_cancelled(world: World) -> None:
    world.plan_and_launch()
    world.report(LaunchStarted)
    world.report(LaunchFailed, stage="arming", reason="no")

    assert (
        world.dispatcher.cancel_request("R-0001", "clinic", world.now, "by car").state
        is RequestState.CANCELLED
    )


def test_an_operator_may_reject_a_request(world: World) -> None:
    world.submit()

    rejected = world.dispatcher.reject_request("R-0001", "operator", world.now, "not a medicine")

    assert rejected.state is RequestState.REJECTED
    assert rejected.ended_at == world.now


def test_the_first_acceptance_counts_however_often_a_request_is_planned(world: World) -> None:
    world.plan_and_launch()
    accepted_at = world.request().accepted_at
    world.report(LaunchFailed, stage="arming", reason="no")

    world.dispatcher.retry_request("R-0001", "operator", world.now)

    assert world.request().accepted_at == accepted_at
    assert world.request().loaded_at is None


def test_a_drone_without_a_type_that_fits_is_left_alone(world: World) -> None:
    world.hear(C1)
    world.planner.energy_wh["copter"] = 2218.0
    world.submit()
    world.tick()

    assert world.request().state is RequestState.ACCEPTED
    assert "Q1: it has not been heard yet" in reason_of(world)


def test_while_all_fly_and_nobody_waits_a_tick_begins_no_transaction(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.plan_and_launch()
    world.take_off()
    begun: list[str] = []
    monkeypatch.setattr(world.store, "writing", lambda: begun.append("transaction"))

    world.tick()
    world.relay()

    assert begun == []
