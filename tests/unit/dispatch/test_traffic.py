"""Which air sorties hold: whole corridors, unless they are known to keep to their plan."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dispatch.policy import DemoPolicy
from dispatch.reservations import LAUNCH_WINDOW_S, back_share
from dispatch.states import RequestState, SortieState
from dispatch.stopping import PATIENCE_S
from flight.commands import CancelLaunch, Launch
from flight.events import (
    AdoptionFailed,
    FlightAdopted,
    FlightPhase,
    LaunchFailed,
    LaunchStarted,
    PhaseChanged,
    TelemetryUpdated,
)
from flight.link_state import LinkState
from flight.situations import Action
from geofences.values import Position
from tests.unit.dispatch.world import C1, C2, NOW, Q1, World, position_on_plan, snapshot_of

OUT_S = 450.0
"""Into the flight the first drone is so far out that another may follow it."""


def first_flies(world: World) -> None:
    """Have the first sortie take off for a near place, and a slower one for a far place wait behind it."""
    world.policy, world.shares_air = DemoPolicy(), True
    world.restart()
    world.hear_all()
    world.submit(to_site_id="NRP")
    world.tick()
    world.relay()
    world.take_off()
    world.report(PhaseChanged, phase=FlightPhase.ENROUTE)
    world.submit()


def pass_time(world: World, seconds: float = OUT_S) -> None:
    """Let time pass with both drones heard, the flying one where its plan says, and tick."""
    world.now += timedelta(seconds=seconds - 1.0)
    hear_where_planned(world)
    world.hear(C1)
    world.hear(C2)
    world.tick()


def hear_where_planned(world: World, **changes: Any) -> None:
    sortie = world.dispatcher.sortie("S-0001")
    assert sortie.launched_at is not None
    plan = world.dispatcher.plan("S-0001")
    flown_s = (world.now - sortie.launched_at).total_seconds()
    position = position_on_plan(plan, flown_s)
    snapshot = replace(
        snapshot_of(Q1, LinkState.FRESH, 0.9, world.now),
        latitude_deg=position.latitude_deg,
        longitude_deg=position.longitude_deg,
        altitude_amsl_m=60.0,
    )
    snapshot = replace(snapshot, **changes)
    world.dispatcher.handle_flight_event(TelemetryUpdated(world.now.timestamp(), Q1.address, snapshot), NOW)


def sent_sorties(world: World) -> list[str]:
    return [command.sortie_id for command in world.relay() if isinstance(command, Launch)]


def why(world: World, sortie_id: str = "S-0002") -> str:
    reason = world.dispatcher.sortie(sortie_id).reason
    return "" if reason is None else reason.en


def test_a_second_drone_follows_one_that_keeps_to_its_plan(world: World) -> None:
    first_flies(world)

    pass_time(world)

    assert sent_sorties(world) == ["S-0002"]


def test_a_second_drone_does_not_start_right_behind_the_first(world: World) -> None:
    first_flies(world)

    pass_time(world, 60.0)
    planned = [event for event in world.dispatcher.events() if event.type == "request.planned"]

    assert sent_sorties(world) == []
    assert "waits for sortie S-0001" in why(world)
    assert planned[-1].reason is not None
    assert "As planned it would meet S-0001" in planned[-1].reason.en
    assert "S-0001 と重なります" in planned[-1].reason.ja


def test_nobody_starts_while_an_early_return_could_meet_the_take_off(world: World) -> None:
    first_flies(world)

    pass_time(world, 300.0)

    assert sent_sorties(world) == []
    assert "could not come home into the take-off" in why(world)
    assert 300.0 * back_share(25.0) < LAUNCH_WINDOW_S


def test_the_wait_is_part_of_the_expected_arrival(world: World) -> None:
    first_flies(world)

    pass_time(world, 60.0)

    sortie, plan = world.dispatcher.sortie("S-0002"), world.dispatcher.plan("S-0002")
    assert sortie.arrives_at > world.now + timedelta(seconds=plan.way_out.duration_s)


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"link": LinkState.LOST}, id="not heard"),
        pytest.param({"link": LinkState.STALE}, id="not heard lately"),
        pytest.param({"latitude_deg": None}, id="without a position"),
        pytest.param({"altitude_amsl_m": 85.0}, id="in the other band"),
        pytest.param({"latitude_deg": 32.75}, id="beside its corridor"),
        pytest.param({"longitude_deg": 128.8}, id="late: still at the hub"),
    ],
)
def test_a_drone_that_is_not_known_to_be_on_its_plan_holds_the_whole_corridor(
    world: World, changes: dict[str, Any]
) -> None:
    first_flies(world)
    pass_time(world, 1.0)
    world.now += timedelta(seconds=OUT_S)
    hear_where_planned(world, **changes)

    world.tick(0.0)

    assert sent_sorties(world) == []
    assert "until sortie S-0001 has left the shared corridor" in why(world)


@pytest.mark.parametrize("action", [Action.RETURN, Action.HOLD, Action.DIVERT, Action.LAND])
def test_a_drone_that_was_told_to_leave_its_plan_holds_the_whole_corridor(
    world: World, action: Action
) -> None:
    first_flies(world)
    world.dispatcher.order("S-0001", action, "operator", world.now)

    pass_time(world)

    assert sent_sorties(world) == []


def test_an_operator_who_calls_one_of_two_back_is_told_of_the_other(world: World) -> None:
    first_flies(world)
    alone = world.dispatcher.order("S-0001", Action.RETURN, "operator", world.now).reason
    together = World(world.url + ".second")
    second_launches(together)

    warned = together.dispatcher.order("S-0001", Action.RETURN, "operator", together.now).reason

    together.store.close()
    assert alone is None
    assert warned is not None
    assert "sortie S-0002 is in the air" in warned.en


def test_a_drone_that_turned_back_by_itself_holds_the_whole_corridor(world: World) -> None:
    first_flies(world)
    world.report(PhaseChanged, phase=FlightPhase.RETURNING)

    pass_time(world)

    assert sent_sorties(world) == []


def test_a_held_flight_holds_the_whole_corridor(world: World) -> None:
    first_flies(world)
    world.report(AdoptionFailed, reason="not ours")

    pass_time(world)

    assert sent_sorties(world) == []


def test_the_corridor_is_free_when_the_first_has_ended(world: World) -> None:
    first_flies(world)
    world.report(PhaseChanged, phase=FlightPhase.RETURNING)
    pass_time(world)
    world.land(released=False)

    world.tick()

    assert sent_sorties(world) == ["S-0002"]


def test_after_a_restart_the_same_air_is_held_once_the_drone_is_heard(world: World) -> None:
    first_flies(world)
    pass_time(world, 60.0)
    world.restart()
    world.dispatcher.recover(world.now)
    world.relay()
    world.now += timedelta(seconds=OUT_S)
    world.hear(C1)
    world.hear(C2)
    world.tick()
    silent = sent_sorties(world)

    world.report(FlightAdopted, plan_hash=world.dispatcher.sortie("S-0001").plan_hash)
    hear_where_planned(world)
    world.tick(0.0)

    assert silent == []
    assert sent_sorties(world) == ["S-0002"]


def test_a_flight_whose_take_off_nobody_saw_holds_the_whole_corridor(world: World) -> None:
    world.policy, world.shares_air = DemoPolicy(), True
    world.restart()
    world.hear_all()
    world.submit()
    world.tick()
    world.relay()
    world.report(LaunchStarted)
    world.restart()
    world.dispatcher.recover(world.now)
    world.report(FlightAdopted, plan_hash=world.dispatcher.sortie("S-0001").plan_hash)
    world.submit()

    pass_time(world)

    assert world.dispatcher.sortie("S-0001").state is SortieState.LAUNCHED
    assert [event.type for event in world.dispatcher.history("R-0002")][-1] == "request.waiting"


def second_launches(world: World) -> None:
    """Have the second launch under way behind the first."""
    first_flies(world)
    pass_time(world)
    assert sent_sorties(world) == ["S-0002"]
    world.report(LaunchStarted, "S-0002")


def cancelled(world: World) -> list[str]:
    return [command.sortie_id for command in world.relay() if isinstance(command, CancelLaunch)]


def test_a_launch_that_takes_too_long_beside_another_flight_is_stopped_and_planned_again(
    world: World,
) -> None:
    second_launches(world)
    pass_time(world, 60.0)
    in_time = cancelled(world)

    pass_time(world, PATIENCE_S)
    late = cancelled(world)
    world.report(LaunchFailed, "S-0002", stage="cancelled", reason="the launch was cancelled")

    assert in_time == []
    assert late == ["S-0002"]
    assert world.dispatcher.sortie("S-0002").state is SortieState.ABORTED
    assert world.request("R-0002").state is RequestState.ACCEPTED
    assert "the launch was stopped: sortie S-0001" in why(world)


def test_a_launch_is_stopped_when_another_leaves_its_plan(world: World) -> None:
    second_launches(world)
    world.report(PhaseChanged, phase=FlightPhase.RETURNING)

    pass_time(world, 10.0)

    assert cancelled(world) == ["S-0002"]


def test_a_launch_that_a_person_stopped_is_not_planned_again(world: World) -> None:
    second_launches(world)
    world.dispatcher.abort_sortie("S-0002", "operator", world.now, "people on the pad")

    world.report(LaunchFailed, "S-0002", stage="cancelled", reason="the launch was cancelled")

    assert world.request("R-0002").state is RequestState.FAILED


def test_a_launch_with_the_air_to_itself_takes_its_time(world: World) -> None:
    world.plan_and_launch()
    world.report(LaunchStarted)

    world.tick(10 * PATIENCE_S)

    assert cancelled(world) == []


def test_a_strong_wind_shortens_the_way_back_of_a_slow_drone() -> None:
    assert back_share(25.0) == pytest.approx(17 / 33)
    assert back_share(8.0) == 0.0


def test_the_fake_way_is_flown_where_the_plan_says(world: World) -> None:
    first_flies(world)

    assert position_on_plan(world.dispatcher.plan("S-0001"), 0.0) == Position(32.7, 128.8)
