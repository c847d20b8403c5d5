"""What is reported beside the usual way of a flight: alerts, actions, preflight, landings elsewhere."""

from typing import Any

import pytest

from dispatch.errors import Conflict
from dispatch.flight_words import CHECKS, acting, alert, check_name
from dispatch.states import RequestState, SortieState
from dispatch.values import Words
from flight.commands import OverridePreflight
from flight.events import (
    AdoptionFailed,
    AlertCleared,
    AlertRaised,
    CheckResult,
    FlightAdopted,
    FlightPhase,
    LaunchFailed,
    LaunchStarted,
    PhaseChanged,
    PlanVerified,
    PreflightReported,
    ReturnStarted,
    Severity,
    UploadFailed,
)
from flight.preflight.checks import CHECKS as DEFAULT_CHECKS
from flight.situations import Action, Situation
from tests.unit.dispatch.world import SITES, World

WIND: dict[str, Any] = {
    "situation": Situation.WIND_TOO_STRONG,
    "phase": FlightPhase.ENROUTE,
    "value": 13.24,
    "limit": 12.0,
    "unit": "m/s",
    "text": "wind 13.2 m/s is above the 12.0 m/s that the flight was planned for",
}
BATTERY_LOW = CheckResult("battery", Severity.SOFT_FAILURE, "62 % is under 70 %")
NO_FENCE = CheckResult("fence", Severity.HARD_FAILURE, "the fence is off")
GPS_FINE = CheckResult("gps", Severity.PASSED, "14 satellites")


@pytest.mark.parametrize(
    ("action", "state"),
    [
        (Action.HOLD, SortieState.HELD),
        (Action.RETURN, SortieState.RETURNING),
        (Action.DIVERT, SortieState.DIVERTED),
        (Action.LAND, SortieState.DIVERTED),
        (Action.TERMINATE, SortieState.LOST),
        (Action.CONTINUE, SortieState.ENROUTE),
    ],
)
def test_the_state_follows_what_the_drone_is_seen_to_do(
    world: World, action: Action, state: SortieState
) -> None:
    world.fly_out()

    world.see(action)

    assert world.dispatcher.sortie("S-0001").state is state


def test_a_hold_ends_where_it_began(world: World) -> None:
    world.fly_out()
    world.see(Action.HOLD)

    world.see(Action.RESUME)

    assert world.dispatcher.sortie("S-0001").state is SortieState.ENROUTE


def test_a_held_drone_may_be_called_home_or_diverted(world: World) -> None:
    world.fly_out()
    world.see(Action.HOLD)
    world.see(Action.DIVERT, site_id="NRP")
    diverted = world.dispatcher.sortie("S-0001").state

    world.see(Action.RETURN)

    assert diverted is SortieState.DIVERTED
    assert world.dispatcher.sortie("S-0001").state is SortieState.RETURNING


def test_those_who_wait_read_why_the_drone_turns_back(world: World) -> None:
    world.fly_out()

    world.see(Action.RETURN, by="contingency:wind_too_strong")

    reason = world.request().reason
    assert reason is not None
    assert reason.ja == "強風のため引き返しています"
    assert reason.en == "turning back because of strong wind"
    assert world.dispatcher.sortie("S-0001").reason == reason


def test_a_plan_that_could_not_be_put_on_board_is_told_and_changes_no_state(world: World) -> None:
    world.plan_and_launch()

    world.report(UploadFailed, stage="fence", reason="the vehicle has no room")

    sortie = world.dispatcher.sortie("S-0001")
    assert sortie.reason is not None
    assert "fence: the vehicle has no room" in sortie.reason.en
    assert sortie.state is SortieState.APPROVED


def test_what_a_person_decided_is_told_with_the_name(world: World) -> None:
    world.fly_out()

    world.see(Action.RETURN, by="Sato {chief}")

    reason = world.request().reason
    assert reason is not None
    assert reason.ja == "Sato {chief}の指示で引き返しています"


def test_a_held_flight_that_cannot_be_taken_up_again_says_so(world: World) -> None:
    world.fly_out()
    world.see(Action.HOLD)

    world.report(AdoptionFailed, reason="another plan is on board")

    reason = world.dispatcher.sortie("S-0001").reason
    assert reason is not None
    assert "another plan is on board" in reason.en


def test_the_vehicles_word_of_the_return_does_not_hide_the_reason(world: World) -> None:
    world.fly_out()
    world.see(Action.RETURN, by="contingency:wind_too_strong")

    world.report(ReturnStarted, reason="Return path")

    reason = world.request().reason
    assert reason is not None
    assert reason.ja == "強風のため引き返しています"


def test_a_parcel_that_nobody_awaited_says_so_on_the_way_home_and_at_home(world: World) -> None:
    world.fly_out()
    world.see(Action.CONTINUE, by="contingency:pad_not_clear")

    world.report(ReturnStarted, reason="the receiver did not say in time that the pad is clear")
    on_the_way = world.request().reason
    world.land(released=False)
    at_home = world.request().reason

    assert on_the_way is not None
    assert on_the_way.ja == "着陸場の確認がとれなかったため引き返しています"
    assert at_home is not None
    assert at_home.ja == "着陸場の確認がとれなかったため荷物を届けられず、基地に戻りました"


def test_a_return_of_its_own_replaces_what_was_said_before(world: World) -> None:
    world.fly_out()
    world.see(Action.HOLD)
    world.see(Action.RESUME)

    world.report(ReturnStarted, reason="Battery failsafe")

    reason = world.request().reason
    assert reason is not None
    assert "Battery failsafe" in reason.en


def test_a_divert_names_its_site_and_ends_there(world: World) -> None:
    world.fly_out()
    world.see(Action.DIVERT, by="contingency:energy_critical", site_id="NRP")
    told = world.request().reason
    world.report(PhaseChanged, phase=FlightPhase.LANDING)
    diverted = world.dispatcher.sortie("S-0001").state

    world.land(released=False, distance_from_home_m=9_000.0, site_id="NRP")

    landed = world.dispatcher.sortie("S-0001")
    assert told is not None
    assert told.ja == "電池の残りがわずかなためNRP港へ向かっています"
    assert diverted is SortieState.DIVERTED
    assert landed.state is SortieState.LANDED
    assert landed.reason is not None
    assert "NRP港に着陸しました" in landed.reason.ja
    assert world.request().state is RequestState.FAILED


def test_a_drone_whose_motors_were_stopped_is_lost_until_it_is_seen_on_the_ground(world: World) -> None:
    world.fly_out()
    world.see(Action.TERMINATE)
    world.report(PhaseChanged, phase=FlightPhase.LANDING)
    fallen = world.dispatcher.sortie("S-0001").state

    world.land(released=False, distance_from_home_m=4_000.0)

    assert fallen is SortieState.LOST
    assert world.dispatcher.sortie("S-0001").state is SortieState.LANDED
    assert world.request().state is RequestState.FAILED


@pytest.mark.parametrize("taken", [Action.TERMINATE, Action.DIVERT, Action.HOLD])
def test_a_late_word_of_the_launch_does_not_put_a_drone_back_on_the_ground(
    world: World, taken: Action
) -> None:
    world.fly_out()
    world.see(taken)
    before = world.dispatcher.sortie("S-0001").state

    world.report(LaunchStarted)
    world.report(PlanVerified, plan_hash=world.dispatcher.sortie("S-0001").plan_hash)

    assert world.dispatcher.sortie("S-0001").state is before


def test_a_late_word_of_an_action_changes_nothing_after_the_landing(world: World) -> None:
    world.fly_out()
    world.land(released=False)

    world.see(Action.HOLD)

    assert world.dispatcher.sortie("S-0001").state is SortieState.CLOSED


def test_an_alert_stands_with_its_figures_until_it_is_cleared(world: World) -> None:
    world.fly_out()

    world.report(AlertRaised, **WIND)
    standing = world.record().alerts
    world.report(AlertCleared, situation=Situation.WIND_TOO_STRONG, value=9.0, unit="m/s")

    assert [(each.situation, each.value, each.limit, each.unit) for each in standing.values()] == [
        ("wind_too_strong", 13.24, 12.0, "m/s")
    ]
    assert standing["wind_too_strong"].words.ja == "風が強すぎます(13.2 m/s、限度 12 m/s)"
    assert world.record().alerts == {}


def test_no_alert_stands_after_the_landing_or_a_restart(world: World) -> None:
    world.fly_out()
    world.report(AlertRaised, **WIND)
    world.report(FlightAdopted, plan_hash=world.dispatcher.sortie("S-0001").plan_hash)
    after_restart = world.record().alerts
    world.report(AlertRaised, **WIND)
    world.land(released=False)

    assert after_restart == {}
    assert world.record().alerts == {}


def test_soft_failures_of_the_preflight_wait_for_an_operator_who_may_override_them(world: World) -> None:
    world.plan_and_launch()
    world.report(LaunchStarted)
    world.report(PreflightReported, checks=(GPS_FINE, BATTERY_LOW))
    told = world.dispatcher.sortie("S-0001").reason

    world.dispatcher.override_preflight("S-0001", "Sato", world.now, "short flight")
    sent = world.relay()
    world.report(
        PreflightReported,
        checks=(GPS_FINE, BATTERY_LOW),
        overridden_by="Sato",
        override_reason="short flight",
    )

    preflight = world.record().preflight
    assert told is not None
    assert "62 % is under 70 %" in told.ja
    assert sent == [OverridePreflight("S-0001", 1, "Sato", "short flight")]
    assert preflight is not None
    assert [(each.name, each.severity, each.text) for each in preflight.checks] == [
        ("gps", "pass", "14 satellites"),
        ("battery", "soft_failure", "62 % is under 70 %"),
    ]
    assert preflight.overridden_by == "Sato"


@pytest.mark.parametrize(
    "checks",
    [
        pytest.param(None, id="nothing reported yet"),
        pytest.param((GPS_FINE,), id="all is well"),
        pytest.param((BATTERY_LOW, NO_FENCE), id="a hard failure"),
    ],
)
def test_what_nobody_was_asked_about_is_not_overridden(
    world: World, checks: tuple[CheckResult, ...] | None
) -> None:
    world.plan_and_launch()
    world.report(LaunchStarted)
    if checks is not None:
        world.report(PreflightReported, checks=checks)

    with pytest.raises(Conflict, match="no soft failures that wait"):
        world.dispatcher.override_preflight("S-0001", "Sato", world.now, "short flight")

    assert world.relay() == []


@pytest.mark.parametrize("situation", Situation)
@pytest.mark.parametrize("action", Action)
def test_each_action_and_its_cause_can_be_said_in_both_languages(
    action: Action, situation: Situation
) -> None:
    words = acting(action, f"contingency:{situation}", SITES["NRP"])

    assert words.en.isascii()
    assert not words.ja.isascii()
    assert "{" not in words.en + words.ja


@pytest.mark.parametrize("situation", Situation)
def test_each_situation_can_be_said_in_both_languages(situation: Situation) -> None:
    words = alert(situation, 1234.5, 2.0, "m")

    assert words.en.isascii()
    assert not words.ja.isascii()
    assert "{" not in words.en + words.ja


@pytest.mark.parametrize(
    ("situation", "value", "limit", "unit", "ja", "en"),
    [
        pytest.param(
            Situation.OFF_TRACK,
            1234.5,
            60.0,
            "m",
            "(1234 m、限度 60 m)",
            "(1234 m, limit 60 m)",
            id="a limit",
        ),
        pytest.param(
            Situation.LINK_LOST, 12.4, 10.0, "s", "(12 秒、限度 10 秒)", "(12 s, limit 10 s)", id="seconds"
        ),
        pytest.param(
            Situation.ENERGY_SHORT,
            -209.0,
            -135.0,
            "Wh",
            "(予備から 209 Wh 使う見込み、限度 135 Wh)",
            "(would use 209 Wh of the reserve, limit 135 Wh)",
            id="of the reserve",
        ),
        pytest.param(
            Situation.ENERGY_CRITICAL, -12.0, 0.0, "Wh", "(12 Wh 不足)", "(12 Wh are missing)", id="missing"
        ),
        pytest.param(Situation.FENCE_BREACHED, -30.0, 0.0, "m", "(30 m 外側)", "(by 30 m)", id="outside"),
        pytest.param(Situation.PLAN_CHANGED, 1.0, 0.0, "items", "ます", "on board", id="no figures"),
    ],
)
def test_the_figures_of_an_alert_say_what_is_wrong(
    situation: Situation, value: float, limit: float, unit: str, ja: str, en: str
) -> None:
    words = alert(situation, value, limit, unit)

    assert words.ja.endswith(ja)
    assert words.en.endswith(en)


def test_every_check_of_the_preflight_has_a_name_in_japanese() -> None:
    assert {each.name for each in DEFAULT_CHECKS} == set(CHECKS)
    assert check_name("sonar") == Words("sonar", "sonar")


def test_those_who_wait_read_which_check_ended_the_launch(world: World) -> None:
    world.plan_and_launch()
    world.report(LaunchStarted)
    world.report(PreflightReported, checks=(GPS_FINE, BATTERY_LOW))

    world.report(LaunchFailed, stage="preflight", reason=BATTERY_LOW.text)

    reason = world.request().reason
    assert reason is not None
    assert reason.ja == "離陸前の点検で中止しました(不合格: 電池)"
    assert "62 % is under 70 %" in reason.en


def test_a_parcel_that_came_back_says_why(world: World) -> None:
    world.fly_out()
    world.see(Action.RETURN, by="contingency:wind_too_strong")

    world.land(released=False)

    reason = world.request().reason
    assert reason is not None
    assert reason.ja == "強風のため荷物を届けられず、基地に戻りました"
    assert reason.en == "the drone came home with the parcel because of strong wind"
