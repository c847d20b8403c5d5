"""Contingencies: the table is applied once for each alert, and never against a person's word."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flight import commands
from flight.actions.strength import WEAKEST_FIRST
from flight.contingencies.policy import Policy
from flight.contingencies.reach import nearest_first
from flight.contingencies.table import GO_ON, HOME, NEAREST, TABLE, row_of
from flight.events import ActionRefused, ActionTaken, FlightPhase
from flight.plan import VehicleClass
from flight.situations import Action, Situation
from flight.supervision.figures import FlightFigures
from flight.supervision.traffic import Neighbour
from tests.unit.flight.helm import AUTO_RTL, BRAKE, ENTER_SEQ, SITE_SEQ, Helm, plan_with_site
from tests.unit.flight.plans import OTHER

COPTER, QUADPLANE = VehicleClass.COPTER, VehicleClass.QUADPLANE
SET_MODE, RETURN_PATH, SET_CURRENT = 176, 188, 224
LAND_MODE = 9


def at_stop(*, awaits: bool, released: bool) -> Helm:
    """Return a copter at its stop, whose divert site is the pad there; it may have to await the receiver."""
    plan = plan_with_site(COPTER)
    pad = replace(plan.mission[SITE_SEQ], x_e7=plan.mission[3].x_e7)
    mission = (*plan.mission[:SITE_SEQ], pad)
    divert = replace(plan.diverts[0], from_seq=2, to_seq=plan.return_seq)
    plan = replace(plan, mission=mission, diverts=(divert,))
    helm = Helm(COPTER, seq=3, plan=replace(plan, hold_seq=3, descend_seq=4) if awaits else plan)
    helm.supervision._stages.released = released
    helm.run(1.0)
    return helm


def held_by_a_person() -> Helm:
    helm = Helm(COPTER)
    helm.order(commands.Hold)
    helm.run(2.0)
    return helm


def test_strong_wind_on_the_way_out_sends_the_flight_home() -> None:
    helm = Helm(COPTER)

    helm.alert(Situation.WIND_TOO_STRONG)
    helm.run(2.0)

    assert helm.taken == [(Action.RETURN, "contingency:wind_too_strong")]
    assert helm.all(ActionTaken)[0].reason == "it is so"


def test_a_flight_on_its_way_home_goes_on_whatever_the_wind() -> None:
    helm = Helm(COPTER, seq=8)

    helm.alert(Situation.WIND_TOO_STRONG)

    assert helm.taken == [(Action.CONTINUE, "contingency:wind_too_strong")]
    assert helm.commands == []


def test_a_reaction_that_is_switched_off_is_told_and_not_done() -> None:
    helm = Helm(COPTER, policy=Policy(frozenset({Situation.WIND_TOO_STRONG})))

    helm.alert(Situation.WIND_TOO_STRONG)

    assert helm.commands == []
    assert helm.all(ActionTaken)[0].reason.endswith("the reaction to wind_too_strong is switched off")


def test_a_return_that_is_refused_becomes_a_divert() -> None:
    helm = Helm(COPTER)
    helm.unwilling.add(RETURN_PATH)

    helm.alert(Situation.WIND_TOO_STRONG)
    helm.run(10.0)

    assert [action for action, _ in helm.refused] == [Action.RETURN]
    assert helm.taken == [(Action.DIVERT, "contingency:wind_too_strong")]
    assert helm.seq == ENTER_SEQ


def test_a_vehicle_that_refuses_everything_ends_on_the_ground_when_its_energy_ends() -> None:
    helm = Helm(COPTER)
    helm.unwilling |= {RETURN_PATH, SET_CURRENT}

    helm.alert(Situation.ENERGY_CRITICAL)
    helm.run(30.0)

    assert [action for action, _ in helm.refused] == [Action.DIVERT, Action.RETURN]
    assert helm.taken == [(Action.LAND, "contingency:energy_critical")]


def test_an_action_that_makes_no_sense_here_is_left_out_of_a_chain() -> None:
    helm = Helm(COPTER, seq=4)

    helm.alert(Situation.ENERGY_CRITICAL)
    helm.run(2.0)

    assert helm.refused == []
    assert helm.taken == [(Action.RETURN, "contingency:energy_critical")]


@pytest.mark.parametrize("situation", [Situation.WIND_TOO_STRONG, Situation.FENCE_BREACHED])
def test_a_hold_that_a_person_ordered_stays(situation: Situation) -> None:
    helm = held_by_a_person()

    helm.alert(situation)
    helm.run(2.0)

    assert helm.mode == BRAKE
    assert helm.all(ActionTaken)[-1].reason.endswith("a person has ordered to hold")


@pytest.mark.parametrize("situation", [Situation.ENERGY_SHORT, Situation.ENERGY_CRITICAL])
def test_for_want_of_energy_any_hold_ends(situation: Situation) -> None:
    helm = held_by_a_person()

    helm.alert(situation)
    helm.run(2.0)

    assert helm.mode != BRAKE


def test_for_want_of_energy_a_hold_on_the_way_home_ends_too() -> None:
    helm = Helm(COPTER, seq=8)
    helm.order(commands.Hold)
    helm.run(2.0)

    helm.alert(Situation.ENERGY_SHORT)
    helm.run(2.0)

    assert helm.taken[-1] == (Action.RETURN, "contingency:energy_short")


def test_a_landing_that_a_person_ordered_stays() -> None:
    helm = Helm(COPTER)
    helm.order(commands.LandNow)
    helm.run(1.0)

    helm.alert(Situation.ENERGY_CRITICAL)

    assert helm.mode == 9


def test_a_landing_that_a_failsafe_began_ends_in_a_return_once_the_position_is_known() -> None:
    helm = Helm(COPTER)
    helm.mode = LAND_MODE
    helm.run(1.0)

    helm.alert(Situation.FORCED_DOWN)
    helm.run(2.0)

    assert helm.taken[-1] == (Action.RETURN, "contingency:forced_down")
    assert helm.mode == AUTO_RTL


def test_what_is_refused_does_not_make_the_landing_of_a_failsafe_expected() -> None:
    helm = Helm(COPTER)
    helm.mode = LAND_MODE
    helm.run(1.0)
    helm.unwilling = {RETURN_PATH, SET_CURRENT}

    helm.order(commands.ReturnHome)
    during = helm.supervision.expected_modes
    helm.run(30.0)

    assert helm.refused[0][0] is Action.RETURN
    assert LAND_MODE not in during | helm.supervision.expected_modes
    assert Situation.MODE_CHANGED in helm.supervision.active_alerts


def test_a_landing_that_was_ordered_stays_expected_when_a_return_is_refused() -> None:
    helm = Helm(COPTER)
    helm.order(commands.LandNow)
    helm.run(2.0)
    helm.unwilling = {RETURN_PATH, SET_CURRENT}

    helm.order(commands.ReturnHome)
    helm.run(30.0)

    assert LAND_MODE in helm.supervision.expected_modes


@pytest.mark.parametrize(
    ("awaits", "clear", "released", "taken"),
    [
        (False, None, False, Action.DIVERT),
        (True, True, False, Action.DIVERT),
        (True, None, False, Action.RETURN),
        (True, False, False, Action.RETURN),
        (False, None, True, Action.RETURN),
    ],
    ids=["nobody awaited", "clear", "unanswered", "not clear", "parcel is down"],
)
def test_a_vehicle_off_its_height_lands_at_its_stop_only_where_nobody_may_stand(
    awaits: bool, clear: bool | None, released: bool, taken: Action
) -> None:
    helm = at_stop(awaits=awaits, released=released)
    if clear is not None:
        helm.supervision.note_pad(clear=clear)

    helm.alert(Situation.OFF_HEIGHT)
    helm.run(5.0)

    assert helm.taken[-1] == (taken, "contingency:off_height")


def test_an_empty_battery_lands_on_the_pad_of_the_stop_but_where_the_receiver_said_no() -> None:
    helms = [at_stop(awaits=True, released=False) for _ in range(2)]
    helms[1].supervision.note_pad(clear=False)

    for helm in helms:
        helm.alert(Situation.ENERGY_CRITICAL)
        helm.run(5.0)

    assert [helm.taken[-1][0] for helm in helms] == [Action.DIVERT, Action.RETURN]


def test_a_landing_that_a_person_ordered_is_nobody_elses_to_end() -> None:
    helm = Helm(COPTER)
    helm.order(commands.LandNow)
    helm.run(1.0)

    helm.alert(Situation.FORCED_DOWN)

    assert helm.mode == LAND_MODE


def test_a_hold_of_unknown_origin_counts_as_a_persons() -> None:
    helm = Helm(COPTER)
    helm.mode = BRAKE
    helm.run(1.0)

    helm.alert(Situation.WIND_TOO_STRONG)

    assert RETURN_PATH not in helm.commands


def test_a_vehicle_in_the_hands_of_another_is_left_to_him() -> None:
    helm = Helm(COPTER)
    helm.mode = 5
    helm.run(1.0)

    helm.alert(Situation.WIND_TOO_STRONG)

    assert helm.commands == []
    assert helm.all(ActionTaken)[0].reason.endswith("the vehicle is in LOITER: whoever did that flies it")


def test_a_vehicle_that_another_keeps_waiting_comes_home_before_its_battery_is_empty() -> None:
    helm = Helm(COPTER)
    helm.mode = 5
    helm.run(1.0)

    helm.alert(Situation.ENERGY_SHORT)

    assert RETURN_PATH in helm.commands


def test_a_contingency_does_not_replace_one_that_is_as_strong() -> None:
    helm = Helm(COPTER)
    helm.alert(Situation.WIND_TOO_STRONG)
    helm.run(2.0)

    helm.alert(Situation.OFF_TRACK)

    assert helm.commands == [RETURN_PATH]
    assert helm.taken[-1] == (Action.CONTINUE, "contingency:off_track")


def test_a_stronger_contingency_replaces_a_weaker_one_that_is_under_way() -> None:
    helm = Helm(COPTER)
    helm.deaf.add(RETURN_PATH)
    helm.alert(Situation.WIND_TOO_STRONG)

    helm.alert(Situation.ENERGY_CRITICAL)
    helm.run(2.0)

    assert helm.taken == [(Action.DIVERT, "contingency:energy_critical")]


def test_a_persons_word_replaces_a_contingency_of_the_same_strength() -> None:
    helm = Helm(COPTER)
    helm.deaf.add(RETURN_PATH)
    helm.alert(Situation.WIND_TOO_STRONG)
    helm.deaf.clear()

    helm.order(commands.ReturnHome)
    helm.run(20.0)

    assert helm.taken == [(Action.RETURN, "operator")]
    assert helm.refused == [(Action.RETURN, "replaced by return at the word of operator")]


def test_a_replaced_contingency_does_not_go_on_with_its_chain() -> None:
    helm = Helm(COPTER)
    helm.deaf.add(RETURN_PATH)
    helm.alert(Situation.WIND_TOO_STRONG)

    helm.order(commands.LandNow)
    helm.run(60.0)

    assert [action for action, _ in helm.taken] == [Action.LAND]


def test_a_hold_for_other_traffic_ends_when_it_has_gone_by() -> None:
    helm = Helm(COPTER)
    helm.supervision.note_traffic(Neighbour(OTHER, 100.0, 5.0))
    helm.run(1.0)
    helm.alert(Situation.TRAFFIC)
    helm.run(5.0)
    assert helm.mode == BRAKE

    helm.supervision.note_traffic(None)
    helm.run(15.0)

    assert helm.taken[-1] == (Action.RESUME, "contingency:traffic")


def test_another_plan_on_board_stops_a_return_as_well() -> None:
    helm = Helm(COPTER)
    helm.alert(Situation.WIND_TOO_STRONG)
    helm.run(2.0)

    helm.alert(Situation.PLAN_CHANGED)
    helm.run(2.0)

    assert helm.taken[-1] == (Action.HOLD, "contingency:plan_changed")


def test_the_refuge_that_takes_less_energy_comes_first() -> None:
    near_site = FlightFigures(energy_used_wh=100.0, energy_by_return_wh=180.0, energy_to_divert_wh=40.0)
    near_home = replace_figures(near_site, 90.0)

    assert nearest_first(NEAREST, near_site)[0] is Action.DIVERT
    assert nearest_first(NEAREST, near_home)[0] is Action.RETURN
    assert nearest_first(NEAREST, None) == NEAREST
    assert nearest_first(HOME, near_site) == HOME


def replace_figures(figures: FlightFigures, to_divert_wh: float) -> FlightFigures:
    return figures._replace(energy_to_divert_wh=to_divert_wh)


@pytest.mark.parametrize("vehicle_class", list(VehicleClass))
@pytest.mark.parametrize("situation", list(Situation))
def test_every_chain_ends_with_what_cannot_be_refused_or_loudly(
    situation: Situation, vehicle_class: VehicleClass
) -> None:
    row = row_of(situation, vehicle_class)

    cells = [row.chain(phase) for phase in FlightPhase]

    assert all(len(set(cell)) == len(cell) > 0 for cell in cells)
    assert all(Action.TERMINATE not in cell for cell in cells)
    assert row.chain(FlightPhase.ON_GROUND) == GO_ON
    assert set(TABLE) == set(Situation)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(list(Situation)),
            st.sampled_from([commands.Hold, commands.Resume, commands.ReturnHome, commands.Divert]),
            st.just(1.0),
        ),
        max_size=8,
    ),
    st.sampled_from(list(VehicleClass)),
    st.sampled_from([1, 2, 3, 6, 8, 9]),
)
def test_whatever_happens_each_request_is_answered_and_the_vehicle_ends_in_a_mode_of_ours(
    story: list[Situation | type[commands.InFlight] | float], vehicle_class: VehicleClass, seq: int
) -> None:
    helm = Helm(vehicle_class, seq=seq)

    for each in story:
        if isinstance(each, float):
            helm.run(each)
        elif isinstance(each, Situation):
            helm.alert(each)
        else:
            helm.order(each)
    helm.run(400.0)

    alerts = sum(isinstance(each, Situation) for each in story)
    by = [*(each.by for each in helm.all(ActionTaken)), *(each.by for each in helm.all(ActionRefused))]
    assert sum(each.startswith("contingency:") for each in by) >= alerts
    assert helm.control.idle
    assert helm.mode in {3, 27, 9} | {10, 20}
    assert helm.parameters["FS_LONG_ACTN"] == 0.0 or helm.mode == 20


def test_strength_has_a_place_for_every_action() -> None:
    assert set(WEAKEST_FIRST) == set(Action)
