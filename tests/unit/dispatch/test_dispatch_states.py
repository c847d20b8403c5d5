import itertools
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.errors import DispatchError, IllegalTransition
from dispatch.in_flight import ORDERS
from dispatch.states import (
    ENDED,
    MAIN_LINE,
    REQUEST_TRANSITIONS,
    SORTIE_TRANSITIONS,
    RequestState,
    SortieState,
    check_request_step,
    check_sortie_step,
    is_behind,
    sortie_way,
)
from flight.events import (
    ActionRefused,
    ActionTaken,
    AdoptionFailed,
    FlightAdopted,
    FlightPhase,
    Launched,
    LaunchFailed,
    LaunchStarted,
    PayloadReleased,
    PhaseChanged,
    PlanVerified,
    ReturnStarted,
)
from flight.situations import Action
from tests.unit.dispatch.world import World

Act = Callable[[World], object]


def test_every_state_has_its_row() -> None:
    assert set(REQUEST_TRANSITIONS) == set(RequestState)
    assert set(SORTIE_TRANSITIONS) == set(SortieState)


def test_the_request_goes_the_way_that_the_design_shows() -> None:
    way = ["submitted", "accepted", "planned", "loaded", "in_flight", "delivered", "received"]

    for current, wanted in itertools.pairwise(way):
        check_request_step(RequestState(current), RequestState(wanted))


def test_the_sortie_goes_the_way_that_the_design_shows() -> None:
    for current, wanted in itertools.pairwise(MAIN_LINE):
        check_sortie_step(current, wanted)


def test_a_failed_request_may_be_planned_again_or_go_by_ferry() -> None:
    after = REQUEST_TRANSITIONS[RequestState.FAILED]

    assert {RequestState.ACCEPTED, RequestState.HANDED_OVER} <= after


def test_an_illegal_step_names_machine_and_both_states() -> None:
    with pytest.raises(IllegalTransition, match="a request cannot go from delivered to cancelled"):
        check_request_step(RequestState.DELIVERED, RequestState.CANCELLED)
    with pytest.raises(IllegalTransition, match="a sortie cannot go from planned to launched"):
        check_sortie_step(SortieState.PLANNED, SortieState.LAUNCHED)


def test_no_sortie_launches_without_approval_and_verification() -> None:
    assert [state for state, after in SORTIE_TRANSITIONS.items() if SortieState.VERIFIED in after] == [
        SortieState.UPLOADING
    ]
    on_the_ground = {SortieState.PLANNED, SortieState.APPROVED, SortieState.UPLOADING}
    assert all(SortieState.LAUNCHED not in SORTIE_TRANSITIONS[state] for state in on_the_ground)


@given(current=st.sampled_from(SortieState), wanted=st.sampled_from(SortieState))
def test_a_way_is_legal_step_by_step_or_refused(current: SortieState, wanted: SortieState) -> None:
    try:
        way = sortie_way(current, wanted)
    except IllegalTransition:
        return

    for state in way:
        check_sortie_step(current, state)
        current = state
    assert current is wanted


@given(current=st.sampled_from(sorted(ENDED)), wanted=st.sampled_from(SortieState))
def test_news_of_an_ended_sortie_is_old(current: SortieState, wanted: SortieState) -> None:
    assert is_behind(current, wanted)


def _event(kind: type[Any], **details: Any) -> Act:
    return lambda world: world.report(kind, **details)


def _land(*, released: bool, away_m: float) -> Act:
    return lambda world: world.land(released=released, distance_from_home_m=away_m)


def _order(world: World, action: Action) -> None:
    world.dispatcher.order("S-0001", action, "operator", world.now)


PLACE = {"latitude_deg": 32.7, "longitude_deg": 128.6}
ACTS: list[Act] = [
    _event(LaunchStarted),
    _event(PlanVerified, plan_hash="0" * 64),
    lambda world: world.report(PlanVerified, plan_hash=world.dispatcher.sortie("S-0001").plan_hash),
    _event(Launched),
    *[_event(PhaseChanged, phase=phase) for phase in FlightPhase],
    _event(PayloadReleased, **PLACE),
    _event(ReturnStarted, reason="wind"),
    _event(ActionRefused, action=Action.RETURN, by="op", reason="busy"),
    _land(released=True, away_m=1.0),
    _land(released=False, away_m=1.0),
    _land(released=False, away_m=999.0),
    _event(LaunchFailed, stage="arming", reason="no"),
    _event(LaunchFailed, stage="adoption", reason="not started"),
    _event(AdoptionFailed, reason="foreign plan"),
    lambda world: world.report(FlightAdopted, plan_hash=world.dispatcher.sortie("S-0001").plan_hash),
    lambda world: world.dispatcher.approve_sortie("S-0001", "operator", world.now),
    lambda world: world.dispatcher.abort_sortie("S-0001", "operator", world.now, "stop"),
    *[partial(_order, action=action) for action in ORDERS],
    *[_event(ActionTaken, action=action, by="operator", reason="seen", site_id="NRP") for action in Action],
    lambda world: world.dispatcher.request_termination("S-0001", "operator", world.now, "falling"),
    lambda world: world.dispatcher.confirm_termination("S-0001", "another", world.now),
    lambda world: world.dispatcher.answer_pad("R-0001", "clinic", world.now, clear=True),
    lambda world: world.dispatcher.close_sortie("S-0001", "operator", world.now, "found", delivered=True),
    lambda world: world.dispatcher.confirm_loaded("R-0001", "operator", world.now),
    lambda world: world.dispatcher.cancel_request("R-0001", "clinic", world.now, "not needed"),
    lambda world: world.dispatcher.retry_request("R-0001", "operator", world.now),
    lambda world: world.dispatcher.confirm_receipt("R-0001", "clinic", world.now),
    lambda world: world.relay(),
    lambda world: world.tick(),
    lambda world: world.dispatcher.recover(world.now),
]


@settings(max_examples=60, deadline=None)
@given(acts=st.lists(st.sampled_from(ACTS), max_size=14))
def test_whatever_happens_each_step_is_legal_and_nothing_ends_twice(acts: list[Act]) -> None:
    world = World("sqlite://")
    world.hear_all()
    world.submit()
    world.tick()

    for act in acts:
        try:
            act(world)
        except DispatchError:
            continue

    steps = [event for event in world.dispatcher.events() if "to" in event.data]
    for event in steps:
        before, after = str(event.data["from"]), str(event.data["to"])
        if event.type.startswith("request."):
            check_request_step(RequestState(before), RequestState(after))
        else:
            check_sortie_step(SortieState(before), SortieState(after))
    for sortie in world.dispatcher.sorties():
        types = [event.type for event in world.dispatcher.history(sortie.id)]
        assert types.count("sortie.closed") <= 1
        launches = [each for each in steps if each.subject_id == sortie.id and each.type == "sortie.launched"]
        in_flight = {SortieState.LOST, SortieState.HELD}
        assert len([each for each in launches if each.data["from"] not in in_flight]) <= 1
    world.store.close()
