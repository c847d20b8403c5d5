from datetime import timedelta

import pytest

from dispatch.errors import NotFound
from dispatch.flight_events import HANDLERS
from dispatch.policy import DemoPolicy
from dispatch.states import RequestState, SortieState
from dispatch.values import Urgency
from flight.commands import CancelLaunch, Launch
from flight.events import (
    FlightPhase,
    Landed,
    Launched,
    LaunchFailed,
    LaunchStarted,
    LinkChanged,
    PayloadReleased,
    PhaseChanged,
    PlanVerified,
    ReturnStarted,
    SortieEvent,
    UnknownFlightSeen,
)
from flight.link_state import LinkState
from tests.unit.dispatch.world import C1, Q1, World


def test_a_delivery_goes_through_every_state_in_order(world: World) -> None:
    world.plan_and_launch()
    world.take_off()
    world.deliver()
    world.land()
    world.dispatcher.confirm_receipt("R-0001", "clinic", world.now)

    assert [each.type for each in world.dispatcher.history("R-0001")] == [
        "request.submitted",
        "request.accepted",
        "request.planned",
        "request.loaded",
        "request.in_flight",
        "request.delivered",
        "request.received",
    ]
    assert [each.type for each in world.dispatcher.history("S-0001")] == [
        "sortie.planned",
        "sortie.approved",
        "sortie.launch_ordered",
        "sortie.uploading",
        "sortie.verified",
        "sortie.launched",
        "sortie.enroute",
        "sortie.delivering",
        "sortie.returning",
        "sortie.landed",
        "sortie.closed",
    ]


def test_every_event_has_time_and_actor(world: World) -> None:
    world.plan_and_launch()

    actors = {event.type: event.actor for event in world.dispatcher.events()}

    assert all(event.at.tzinfo is not None for event in world.dispatcher.events())
    assert actors["request.submitted"] == "clinic"
    assert actors["sortie.approved"] == "operator"
    assert world.dispatcher.sortie("S-0001").approved_by == "operator"


def test_nothing_is_sent_before_the_approval(world: World) -> None:
    world.hear_all()
    world.submit()
    world.tick()
    world.dispatcher.confirm_loaded("R-0001", "operator", world.now)
    world.tick()

    assert world.relay() == []


def test_nothing_is_sent_before_the_goods_are_on_board(world: World) -> None:
    world.hear_all()
    world.submit()
    world.tick()
    world.dispatcher.approve_sortie("S-0001", "operator", world.now)

    reason = world.dispatcher.sortie("S-0001").reason

    assert world.relay() == []
    assert reason is not None
    assert "loaded" in reason.en


@pytest.mark.parametrize("first", ["approve", "load"])
def test_the_launch_goes_out_when_approval_and_loading_are_there_in_any_order(
    world: World, first: str
) -> None:
    world.hear_all()
    world.submit()
    world.tick()
    if first == "load":
        world.dispatcher.confirm_loaded("R-0001", "operator", world.now)
    world.dispatcher.approve_sortie("S-0001", "operator", world.now)
    if first == "approve":
        world.dispatcher.confirm_loaded("R-0001", "operator", world.now)

    sent = world.relay()

    assert [type(command) for command in sent] == [Launch]


def test_the_plan_that_is_sent_is_the_plan_that_was_proved(world: World) -> None:
    world.plan_and_launch()

    (launch,) = world.sent

    assert isinstance(launch, Launch)
    assert launch.plan == world.dispatcher.plan("S-0001").flight_plan
    assert launch.plan.hash == world.dispatcher.sortie("S-0001").plan_hash
    assert launch.plan.vehicle == Q1.address


def test_a_command_is_relayed_once(world: World) -> None:
    world.plan_and_launch()
    world.tick()

    assert world.relay() == []


def test_the_demo_policy_needs_nobody(world: World) -> None:
    world.policy = DemoPolicy()
    world.restart()
    world.hear_all()
    world.submit()
    world.tick()

    assert [type(command) for command in world.relay()] == [Launch]
    assert world.dispatcher.sortie("S-0001").approved_by == "policy:demo"


def test_times_are_those_of_the_events_and_not_of_their_arrival(world: World) -> None:
    world.plan_and_launch()
    world.take_off()
    released_at = world.now + timedelta(minutes=20)

    world.report(PayloadReleased, at=released_at.timestamp(), latitude_deg=32.7, longitude_deg=128.6)

    assert world.request().delivered_at == released_at


def test_events_that_come_twice_change_nothing(world: World) -> None:
    world.plan_and_launch()
    for _ in range(2):
        world.take_off()
    for _ in range(2):
        world.deliver()
    for _ in range(2):
        world.land()
    world.deliver()
    world.take_off()

    types = world.event_types()

    assert types.count("request.delivered") == 1
    assert types.count("sortie.closed") == 1
    assert len(world.dispatcher.history("S-0001")) == 11
    assert world.request().state is RequestState.DELIVERED


def test_a_flight_whose_middle_nobody_saw_is_recorded_step_by_step(world: World) -> None:
    world.plan_and_launch()
    world.take_off()

    world.land(released=True)

    types = [each.type for each in world.dispatcher.history("S-0001")]
    assert types[-5:] == [
        "sortie.enroute",
        "sortie.delivering",
        "sortie.returning",
        "sortie.landed",
        "sortie.closed",
    ]
    assert world.request().state is RequestState.DELIVERED
    assert world.dispatcher.sortie("S-0001").energy_used_wh == 480.0


def test_a_flight_that_was_never_seen_to_launch_is_concluded_from_its_landing(world: World) -> None:
    world.plan_and_launch()

    world.land(released=True)

    assert world.request().state is RequestState.DELIVERED
    assert world.request().launched_at is not None
    assert world.dispatcher.sortie("S-0001").state is SortieState.CLOSED


def test_a_drone_that_turns_back_brings_the_request_back(world: World) -> None:
    world.plan_and_launch()
    world.take_off()
    world.report(PhaseChanged, phase=FlightPhase.ENROUTE)
    world.report(ReturnStarted, reason="Battery failsafe")
    turned = world.dispatcher.sortie("S-0001")

    world.land(released=False)

    assert turned.state is SortieState.RETURNING
    assert turned.reason is not None
    assert "Battery failsafe" in turned.reason.en
    assert world.request().state is RequestState.RETURNED
    assert "sortie.delivering" not in world.event_types()
    assert world.dispatcher.sortie("S-0001").state is SortieState.CLOSED


def test_a_request_that_came_back_may_fly_again(world: World) -> None:
    world.plan_and_launch()
    world.take_off()
    world.land(released=False)

    world.dispatcher.retry_request("R-0001", "operator", world.now)
    world.tick()

    assert world.request().state is RequestState.PLANNED
    assert world.request().sortie_id == "S-0002"


def test_a_failed_launch_fails_the_request_with_the_vehicles_words(world: World) -> None:
    world.plan_and_launch()
    world.report(LaunchStarted)

    world.report(LaunchFailed, stage="arming", reason="Arm: Compass not calibrated")

    request = world.request()
    assert world.dispatcher.sortie("S-0001").state is SortieState.ABORTED
    assert request.state is RequestState.FAILED
    assert request.reason is not None
    assert "Compass not calibrated" in request.reason.en
    assert "Compass not calibrated" in request.reason.ja


def test_a_failed_request_may_be_planned_again_or_handed_to_the_ferry(world: World) -> None:
    world.plan_and_launch()
    world.report(LaunchFailed, stage="arming", reason="no")

    world.dispatcher.retry_request("R-0001", "operator", world.now)
    world.tick()
    world.dispatcher.abort_sortie("S-0002", "operator", world.now, "wind")
    handed = world.dispatcher.hand_over_request("R-0001", "operator", world.now, "ferry at 15:00")

    assert handed.state is RequestState.HANDED_OVER


def test_a_plan_that_is_not_the_approved_one_stops_the_launch(world: World) -> None:
    world.plan_and_launch()
    world.report(LaunchStarted)

    world.report(PlanVerified, plan_hash="f" * 64)

    assert world.dispatcher.sortie("S-0001").state is SortieState.HELD
    assert [type(command) for command in world.relay()] == [CancelLaunch]


def test_every_report_on_a_sortie_has_its_handler() -> None:
    assert set(HANDLERS) == set(SortieEvent.__subclasses__())


def test_a_report_on_an_unknown_sortie_is_an_error_that_names_it(world: World) -> None:
    stray = Launched(world.now.timestamp(), Q1.address, "S-0404", 1)

    with pytest.raises(NotFound, match="there is no sortie 'S-0404'"):
        world.dispatcher.handle_flight_event(stray, world.now)


def test_events_of_an_older_attempt_are_void(world: World) -> None:
    world.plan_and_launch()

    world.report(Launched, attempt=0)

    assert world.dispatcher.sortie("S-0001").state is SortieState.APPROVED


def test_events_of_another_vehicle_are_void(world: World) -> None:
    world.plan_and_launch()

    world.report(Launched, vehicle=C1.address)

    assert world.dispatcher.sortie("S-0001").state is SortieState.APPROVED


def test_a_lost_link_is_recorded_and_the_flight_goes_on(world: World) -> None:
    world.plan_and_launch()
    world.take_off()

    lost = LinkChanged(world.now.timestamp(), Q1.address, LinkState.LOST)
    world.dispatcher.handle_flight_event(lost, world.now)

    assert "drone.link_lost" in world.event_types()
    assert world.dispatcher.sortie("S-0001").state is SortieState.LAUNCHED


def test_a_drone_that_flies_something_unknown_is_recorded_and_nothing_else_happens(world: World) -> None:
    seen = UnknownFlightSeen(world.now.timestamp(), Q1.address, 12, "abc", "armed, in AUTO")
    world.dispatcher.handle_flight_event(seen, world.now)

    (event,) = (each for each in world.dispatcher.events() if each.type == "drone.unknown_flight")
    assert (event.subject_id, event.data) == ("Q1", {"items": 12, "plan_hash": "abc"})
    assert world.relay() == []


def test_telemetry_is_not_written_to_the_database(world: World) -> None:
    before = len(world.dispatcher.events())

    world.hear_all()

    assert len(world.dispatcher.events()) == before
    assert len(world.dispatcher.fleet.snapshots()) == 3


def test_a_landing_reported_again_after_the_closing_changes_nothing(world: World) -> None:
    world.plan_and_launch()
    world.take_off()
    world.deliver()
    world.land()
    events = len(world.dispatcher.events())

    world.report(
        Landed,
        latitude_deg=0.0,
        longitude_deg=0.0,
        distance_from_home_m=9000.0,
        released=False,
        energy_used_wh=None,
    )

    assert len(world.dispatcher.events()) == events


def test_urgency_orders_the_queue_before_deadline_and_time(world: World) -> None:
    late = world.now + timedelta(hours=8)
    world.submit(urgency=Urgency.ROUTINE)
    world.submit(urgency=Urgency.URGENT, deadline=late)
    world.submit(urgency=Urgency.URGENT)
    world.submit(urgency=Urgency.EMERGENCY, deadline=late)

    order = [request.id for request in world.dispatcher.requests()]

    assert order == ["R-0004", "R-0003", "R-0002", "R-0001"]
