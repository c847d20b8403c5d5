"""Actions: each is done when the vehicle is seen to do it, and refused with the reason otherwise."""

from dataclasses import replace

import pytest

from flight import commands
from flight.actions.hold import HOLD_LIMIT_S
from flight.contingencies.policy import Policy
from flight.events import ActionTaken
from flight.plan import MissionItem, VehicleClass
from flight.situations import Action
from flight.vehicles.modes import AUTO
from tests.unit.flight.helm import BRAKE, ENTER_SEQ, GUIDED, LOITER, SITE, Helm, plan_with_site
from tests.unit.flight.plans import PAD_E7

BOTH = pytest.mark.parametrize("vehicle_class", list(VehicleClass))
COPTER, QUADPLANE = VehicleClass.COPTER, VehicleClass.QUADPLANE
SET_MODE, RETURN_PATH, REPOSITION, SET_CURRENT, ARM, TRANSITION = 176, 188, 192, 224, 400, 3000


def at_stop(helm: Helm, height_m: float = 20.0) -> Helm:
    """Put the vehicle above the pad of the stop."""
    helm.position_e7, helm.height_m = PAD_E7, height_m
    helm.run(1.0)
    return helm


def test_a_copter_is_held_in_brake() -> None:
    helm = Helm(COPTER)

    helm.order(commands.Hold)
    helm.run(2.0)

    assert (helm.mode, helm.taken) == (BRAKE, [(Action.HOLD, "operator")])


def test_a_quadplane_is_held_over_a_point_of_its_way_and_comes_home_if_it_hears_nothing() -> None:
    helm = Helm(QUADPLANE)

    helm.order(commands.Hold)
    helm.run(2.0)

    assert (helm.mode, helm.taken) == (GUIDED, [(Action.HOLD, "operator")])
    assert REPOSITION in helm.commands
    assert helm.parameters["FS_LONG_ACTN"] == 1.0


def test_a_vehicle_that_goes_on_circling_is_not_held() -> None:
    helm = Helm(QUADPLANE)
    helm.speed_m_s = 25.0
    helm.run(1.0)

    helm.order(commands.Hold)
    helm.run(300.0)

    ((action, reason),) = helm.refused
    assert action is Action.HOLD
    assert "acknowledged and did not do it" in reason
    assert (helm.mode, helm.parameters["FS_LONG_ACTN"]) == (GUIDED, 1.0)


def test_a_quadplane_is_not_held_in_its_take_off() -> None:
    helm = Helm(QUADPLANE, seq=1)

    helm.order(commands.Hold)

    assert helm.refused[0][1].startswith("a take-off is not interrupted")
    assert helm.commands == []


def test_a_landing_is_not_held_in_its_last_metres() -> None:
    helm = Helm(COPTER, seq=9)
    helm.height_m = 6.0
    helm.run(1.0)

    helm.order(commands.Hold)

    assert helm.refused == [(Action.HOLD, "the landing is ending, below 10 m")]


@BOTH
def test_a_hold_ends_with_the_word_of_a_person(vehicle_class: VehicleClass) -> None:
    helm = Helm(vehicle_class)
    helm.order(commands.Hold)
    helm.run(2.0)

    helm.order(commands.Resume)
    helm.run(2.0)

    assert (helm.mode, helm.taken[-1]) == (AUTO[vehicle_class], (Action.RESUME, "operator"))
    assert helm.parameters["FS_LONG_ACTN"] == 0.0


@BOTH
def test_a_hold_that_nobody_ends_ends_at_home(vehicle_class: VehicleClass) -> None:
    helm = Helm(vehicle_class)
    helm.order(commands.Hold)

    helm.run(HOLD_LIMIT_S + 5.0)

    assert helm.taken[-1] == (Action.RETURN, "limit of the hold")
    assert helm.seq == helm.plan.return_seq + 1


def test_a_hold_on_the_way_home_ends_by_going_on() -> None:
    helm = Helm(COPTER, seq=8)
    helm.order(commands.Hold)

    helm.run(HOLD_LIMIT_S + 5.0)

    assert helm.taken[-1] == (Action.RESUME, "limit of the hold")


def test_a_hold_that_was_found_at_the_adoption_is_timed_as_well() -> None:
    helm = Helm(COPTER)
    helm.mode = BRAKE

    helm.run(HOLD_LIMIT_S + 5.0)

    assert helm.taken == [(Action.RETURN, "limit of the hold")]


def test_a_flight_that_is_not_held_is_not_resumed() -> None:
    helm = Helm(COPTER)

    helm.order(commands.Resume)

    assert helm.refused == [(Action.RESUME, "the flight is not held: it is in AUTO")]


def test_a_resume_that_comes_twice_is_done_once() -> None:
    helm = Helm(COPTER)
    helm.order(commands.Hold)
    helm.run(2.0)
    helm.order(commands.Resume)
    helm.run(2.0)

    helm.order(commands.Resume)

    assert [action for action, _ in helm.taken] == [Action.HOLD, Action.RESUME]
    assert helm.refused == []


def test_a_quadplane_held_at_the_stop_begins_the_stop_anew_on_its_rotors() -> None:
    plan = plan_with_site(QUADPLANE)
    rotors, wing = MissionItem(TRANSITION, 0, 3.0), MissionItem(TRANSITION, 0, 4.0)
    mission = (*plan.mission[:2], rotors, *plan.mission[3:6], wing, *plan.mission[7:])
    helm = at_stop(Helm(QUADPLANE, seq=3, plan=replace(plan, mission=mission)))
    helm.order(commands.Hold)
    helm.run(2.0)

    helm.order(commands.Resume)
    helm.run(2.0)

    assert helm.commands == [SET_MODE, SET_CURRENT, SET_MODE]
    assert helm.seq == 2


@BOTH
def test_a_return_is_seen_on_the_return_path(vehicle_class: VehicleClass) -> None:
    helm = Helm(vehicle_class)

    helm.order(commands.ReturnHome)
    helm.run(2.0)

    assert helm.taken == [(Action.RETURN, "operator")]
    assert helm.commands == [RETURN_PATH]


def test_a_return_that_only_was_acknowledged_is_refused_in_the_end() -> None:
    helm = Helm(COPTER)
    helm.plan = replace(helm.plan, return_seq=0)

    helm.order(commands.ReturnHome)
    helm.run(60.0)

    ((action, reason),) = helm.refused
    assert action is Action.RETURN
    assert "acknowledged and did not do it: it is in AUTO_RTL, at item 1" in reason


def test_a_return_from_low_above_the_pad_begins_with_the_climb_of_the_mission() -> None:
    helm = at_stop(Helm(COPTER, seq=3))

    helm.order(commands.ReturnHome)
    helm.run(2.0)

    assert (helm.seq, helm.commands) == (6, [SET_CURRENT])
    assert helm.taken == [(Action.RETURN, "operator")]


def test_a_return_from_high_above_the_pad_takes_the_return_path_at_once() -> None:
    helm = at_stop(Helm(COPTER, seq=3), height_m=80.0)

    helm.order(commands.ReturnHome)

    assert helm.commands == [RETURN_PATH]


@BOTH
def test_a_divert_makes_the_way_to_the_site_current(vehicle_class: VehicleClass) -> None:
    helm = Helm(vehicle_class)

    helm.order(commands.Divert)
    helm.run(2.0)

    assert (helm.seq, helm.taken) == (ENTER_SEQ, [(Action.DIVERT, "operator")])
    assert helm.all(ActionTaken)[0].site_id == SITE


@BOTH
def test_a_held_flight_diverts_too(vehicle_class: VehicleClass) -> None:
    helm = Helm(vehicle_class)
    helm.order(commands.Hold)
    helm.run(2.0)

    helm.order(commands.Divert)
    helm.run(2.0)

    assert (helm.seq, helm.mode) == (ENTER_SEQ, AUTO[vehicle_class])
    assert helm.parameters["FS_LONG_ACTN"] == 0.0


def test_an_item_without_a_site_is_not_diverted() -> None:
    helm = Helm(COPTER, seq=8)

    helm.order(commands.Divert)

    assert helm.refused == [(Action.DIVERT, "the plan has no divert site for item 8; a return leads home")]


def test_a_flight_on_its_way_to_a_site_does_not_turn_home() -> None:
    helm = Helm(COPTER, seq=ENTER_SEQ)

    helm.order(commands.ReturnHome)

    assert helm.refused[0][1].startswith("the flight is on its way to ISLET")


@BOTH
def test_a_landing_is_seen_by_its_mode(vehicle_class: VehicleClass) -> None:
    helm = Helm(vehicle_class)

    helm.order(commands.LandNow)
    helm.run(2.0)

    assert helm.taken == [(Action.LAND, "operator")]
    assert helm.mode == (9 if vehicle_class is COPTER else 20)


def test_a_stronger_action_replaces_one_that_is_under_way() -> None:
    helm = Helm(COPTER)
    helm.deaf.add(RETURN_PATH)
    helm.order(commands.ReturnHome)

    helm.order(commands.LandNow, by="other")
    helm.run(2.0)

    assert helm.refused == [(Action.RETURN, "replaced by land at the word of other")]
    assert helm.taken == [(Action.LAND, "other")]


def test_a_weaker_action_waits_for_nobody() -> None:
    helm = Helm(COPTER)
    helm.deaf.add(RETURN_PATH)
    helm.order(commands.ReturnHome)

    helm.order(commands.Hold)

    assert helm.refused == [(Action.HOLD, "return at the word of operator is under way")]


def test_a_command_that_comes_twice_is_carried_out_once() -> None:
    helm = Helm(COPTER)

    helm.order(commands.ReturnHome)
    helm.order(commands.ReturnHome)
    helm.run(5.0)
    helm.order(commands.ReturnHome)

    assert helm.commands == [RETURN_PATH]
    assert helm.taken == [(Action.RETURN, "operator")]


def test_an_action_that_the_vehicle_refuses_is_tried_once_more_and_then_refused_with_its_words() -> None:
    helm = Helm(COPTER)
    helm.unwilling.add(SET_MODE)

    helm.order(commands.Hold)
    helm.run(10.0)

    assert helm.commands == [SET_MODE, SET_MODE]
    assert helm.refused[0][1].startswith("hold: DO_SET_MODE answered with FAILED")


def test_motors_are_stopped_by_two_persons() -> None:
    helm = Helm(COPTER)

    helm.order(commands.RequestTermination, by="one")
    assert helm.commands == []
    helm.order(commands.ConfirmTermination, by="two")
    helm.run(2.0)

    assert helm.taken == [(Action.TERMINATE, "two")]
    assert not helm.armed


def test_one_person_does_not_stop_motors_alone() -> None:
    helm = Helm(COPTER)
    helm.order(commands.RequestTermination, by="one")

    helm.order(commands.ConfirmTermination, by="one")

    assert helm.armed
    assert "another person" in helm.refused[0][1]


def test_one_person_is_enough_where_the_policy_says_so() -> None:
    helm = Helm(COPTER, policy=Policy(two_persons=False))
    helm.order(commands.RequestTermination, by="one")

    helm.order(commands.ConfirmTermination, by="one")

    assert not helm.armed


@pytest.mark.parametrize("wait_s", [None, 31.0])
def test_a_termination_that_nobody_requested_in_time_is_refused(wait_s: float | None) -> None:
    helm = Helm(COPTER)
    if wait_s is not None:
        helm.order(commands.RequestTermination, by="one")
        helm.run(wait_s)

    helm.order(commands.ConfirmTermination, by="two")

    assert helm.armed
    assert helm.refused[0][1] == "no termination was requested in the last 30 s"


def test_a_request_is_confirmed_once() -> None:
    helm = Helm(COPTER)
    helm.order(commands.RequestTermination, by="one")
    helm.order(commands.ConfirmTermination, by="two")
    helm.armed = True
    helm.run(1.0)

    helm.order(commands.ConfirmTermination, by="two")

    assert helm.armed


def test_a_mode_that_we_asked_for_is_no_surprise() -> None:
    helm = Helm(COPTER)

    helm.order(commands.Hold)
    helm.run(10.0)

    assert helm.supervision.active_alerts == {}


def test_a_mode_that_we_asked_for_is_no_surprise_while_the_vehicle_still_brakes() -> None:
    helm = Helm(COPTER)
    helm.speed_m_s = 12.0
    helm.run(1.0)

    helm.order(commands.Hold)
    helm.run(10.0)

    assert not helm.control.idle
    assert helm.supervision.active_alerts == {}


def test_the_same_command_again_does_not_begin_anew_while_it_is_under_way() -> None:
    helm = Helm(COPTER)
    helm.deaf.add(RETURN_PATH)
    helm.order(commands.ReturnHome)

    helm.order(commands.ReturnHome)

    assert helm.commands == [RETURN_PATH]
    assert helm.refused == []


def test_a_clear_pad_is_kept_until_the_vehicle_waits_above_it() -> None:
    plan = replace(plan_with_site(COPTER), hold_seq=3, descend_seq=4)
    helm = Helm(COPTER, plan=plan)
    helm.order(commands.ClearPad, clear=True)
    assert helm.commands == []

    helm.seq = 3
    helm.run(2.0)

    assert (helm.seq, helm.taken) == (4, [(Action.RESUME, "operator")])


def test_a_pad_that_is_not_clear_sends_home_what_is_there() -> None:
    plan = replace(plan_with_site(COPTER), hold_seq=3, descend_seq=4)
    helm = at_stop(Helm(COPTER, seq=3, plan=plan))

    helm.order(commands.ClearPad, clear=False)
    helm.run(2.0)

    assert helm.taken == [(Action.RETURN, "operator")]


def test_a_pad_that_was_said_not_to_be_clear_sends_home_what_arrives() -> None:
    plan = replace(plan_with_site(COPTER), hold_seq=3, descend_seq=4)
    helm = Helm(COPTER, plan=plan)
    helm.order(commands.ClearPad, clear=False)

    helm.seq = 3
    helm.run(2.0)

    assert helm.taken == [(Action.RETURN, "operator")]


def test_a_plan_that_does_not_wait_says_so() -> None:
    helm = Helm(COPTER)

    helm.order(commands.ClearPad, clear=True)

    assert helm.refused == [(Action.RESUME, "this plan does not wait for the receiver")]


def test_a_quadplane_in_the_hands_of_another_can_be_called_back() -> None:
    helm = Helm(QUADPLANE)
    helm.mode = LOITER
    helm.run(5.0)

    helm.order(commands.ReturnHome)
    helm.run(2.0)

    assert helm.taken == [(Action.RETURN, "operator")]


def test_a_vehicle_on_the_ground_has_nothing_to_terminate() -> None:
    helm = Helm(COPTER)
    helm.armed = False
    helm.run(1.0)
    helm.order(commands.RequestTermination, by="one")

    helm.order(commands.ConfirmTermination, by="two")

    assert helm.refused == [(Action.TERMINATE, "the motors are not running")]
    assert ARM not in helm.commands
