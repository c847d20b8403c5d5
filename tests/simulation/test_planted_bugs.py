"""A bug of the kind that each invariant is for is planted, and the soak finds it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

import api.soak.run
from api.soak.crash import Crash
from api.soak.hindsight import HANDS_OFF
from api.soak.invariants.airspace import InsideCertifiedAirspace
from api.soak.invariants.drones import AccountedFor
from api.soak.invariants.ending import Ends
from api.soak.invariants.energy import LandsWithReserve
from api.soak.invariants.launches import LaunchedOnce
from api.soak.invariants.requests import DeliveredOnce
from api.soak.invariants.restart import RestartKeepsState
from api.soak.invariants.separation import Separated
from api.soak.invariants.transitions import LegalSteps
from api.soak.invariants.verified import LaunchedVerified
from api.soak.invariants.whole import ComesDownWhole
from api.soak.run import Run
from api.soak.station import PlainStation
from dispatch.flight_events import HANDLERS
from dispatch.services import Services
from dispatch.sortie_events import landed
from dispatch.store.unit_of_work import UnitOfWork
from dispatch.values import Sortie
from flight.duty import Duty
from flight.events import Landed, PayloadReleased
from flight.launching.transfer import transfer_plan
from flight.plan import FlightPlan
from flight.procedure import Procedure
from flight.protocol.names import Frame
from flight.vehicle import Vehicle
from flight.vehicles.compile import compile_plan
from flight.vehicles.task import Task
from simulator.values import VehicleConfig
from tests.simulation.towns import broken_rules, run_of, scene

Patch = pytest.MonkeyPatch

HALF_A_KILOMETRE_E7 = 45_000
"""Of latitude."""

QLAND = 20.0
FORCE = 21196.0
"""Disarm whatever the vehicle does (``MAV_CMD_COMPONENT_ARM_DISARM``)."""


def command(run: Run, number: int, *params: float) -> None:
    """Have a stranger command the only drone."""
    seven = [*params, *[0.0] * (7 - len(params))]
    station = PlainStation(run.world.nodes["Q1"].vehicle, run.world.now)
    station.ask(mavlink.MAVLink_command_long_message(1, 1, number, 0, *seven), "COMMAND_ACK")


def has_delivered(run: Run) -> bool:
    return any(isinstance(event, PayloadReleased) for event in run.world.events)


def test_nothing_is_broken_where_nothing_is_planted() -> None:
    assert broken_rules(run_of(scene())) == set()


def test_a_plan_that_was_moved_after_its_proof_leaves_the_certified_airspace(monkeypatch: Patch) -> None:

    def moved(task: Task) -> FlightPlan:
        plan = compile_plan(task)
        mission = tuple(
            replace(item, x_e7=item.x_e7 + HALF_A_KILOMETRE_E7) if item.command == 16 and number > 2 else item
            for number, item in enumerate(plan.mission)
        )
        return replace(plan, mission=mission)

    monkeypatch.setattr("dispatch.planning.compile_plan", moved)

    assert InsideCertifiedAirspace.name in broken_rules(run_of(scene()))


def test_a_dispatcher_that_does_not_look_who_flies_brings_drones_together(monkeypatch: Patch) -> None:
    monkeypatch.setattr("dispatch.launching.in_the_way_of", lambda *_: None)
    monkeypatch.setattr("dispatch.stopping.in_the_way_of", lambda *_: None)
    monkeypatch.setattr("dispatch.stopping.shares_corridor_with", lambda *_: None)

    assert Separated.name in broken_rules(run_of(scene(drones=2)))


def test_a_gateway_that_uploads_another_plan_and_does_not_read_it_back_is_caught(monkeypatch: Patch) -> None:
    def upload(plan: FlightPlan, vehicle: Vehicle) -> Procedure[None]:
        higher = tuple(
            replace(item, z_m=item.z_m + 5.0) if item.frame == Frame.GLOBAL_RELATIVE_ALT else item
            for item in plan.mission
        )
        yield from transfer_plan(replace(plan, mission=higher), vehicle)

    def read_nothing(plan: FlightPlan, vehicle: Vehicle) -> Procedure[None]:
        yield from ()

    monkeypatch.setattr("flight.launching.launch.transfer_plan", upload)
    monkeypatch.setattr("flight.launching.launch.read_back", read_nothing)

    assert LaunchedVerified.name in broken_rules(run_of(scene()))


def test_a_gateway_that_forgets_what_it_launched_launches_twice(monkeypatch: Patch) -> None:
    command = Duty.command

    def forgetful(duty: Duty, *arguments: Any) -> None:
        if not duty.busy:
            duty._seen.clear()
        command(duty, *arguments)

    monkeypatch.setattr(Duty, "command", forgetful)
    monkeypatch.setattr("dispatch.relay.mark_sent", lambda *_: None)
    monkeypatch.setattr("dispatch.relay._is_void", lambda *_: False)
    run = run_of(scene())
    run.world.run_for(1800.0)

    assert LaunchedOnce.name in broken_rules(run)


def test_a_dispatcher_that_loses_the_news_of_a_delivery_is_caught(monkeypatch: Patch) -> None:
    monkeypatch.setattr("dispatch.sortie_events._delivered", lambda uow, sortie, at: sortie)

    assert DeliveredOnce.name in broken_rules(run_of(scene()))


def test_a_battery_that_dispatch_takes_for_a_bigger_one_is_caught(monkeypatch: Patch) -> None:
    smaller: Callable[..., VehicleConfig] = partial(VehicleConfig, battery_wh=270.0)
    monkeypatch.setattr(api.soak.run, "VehicleConfig", smaller)

    # In the air the gateway would notice, and turn back in time.
    assert LandsWithReserve.name in broken_rules(run_of(scene(), HANDS_OFF))


def test_a_dispatcher_that_takes_every_landing_for_one_at_home_loses_sight_of_a_drone(
    monkeypatch: Patch,
) -> None:
    def at_home(sites: Any, uow: UnitOfWork, sortie: Sortie, event: Landed, at: datetime) -> None:
        landed(sites, uow, sortie, replace(event, site_id=None, distance_from_home_m=0.0), at)

    monkeypatch.setattr("dispatch.flight_events.HANDLERS", {**HANDLERS, Landed: at_home})
    run = run_of(scene())
    assert run.world.run_until(lambda: has_delivered(run), 1500.0)
    command(run, mavlink.MAV_CMD_DO_SET_MODE, 1.0, QLAND)

    assert AccountedFor.name in broken_rules(run)


def test_a_drone_that_is_lost_without_a_fault_is_told() -> None:
    run = run_of(scene())
    assert run.world.run_until(lambda: has_delivered(run), 1500.0)
    command(run, mavlink.MAV_CMD_COMPONENT_ARM_DISARM, 0.0, FORCE)

    assert ComesDownWhole.name in broken_rules(run)


def test_a_state_machine_that_allows_everything_is_caught(monkeypatch: Patch) -> None:
    monkeypatch.setattr("dispatch.lifecycle.check_request_step", lambda *_: None)

    assert LegalSteps.name in broken_rules(run_of(scene()))


def test_a_start_that_takes_up_no_flight_is_caught(monkeypatch: Patch) -> None:
    monkeypatch.setattr("dispatch.recovery.recover", lambda *_: None)
    crash = Crash(after_s=60.0, upon="Launched")

    assert RestartKeepsState.name in broken_rules(run_of(scene(crashes=(crash,))))


def test_a_start_that_changes_what_is_stored_is_caught(monkeypatch: Patch) -> None:
    def forget(services: Services, now: datetime) -> None:
        with services.store.writing() as uow:
            for sortie in uow.sorties.active():
                uow.sorties.save(replace(sortie, approved_by=None))

    monkeypatch.setattr("dispatch.recovery.recover", forget)
    crash = Crash(after_s=60.0, upon="Launched")

    assert RestartKeepsState.name in broken_rules(run_of(scene(crashes=(crash,))))


def test_a_flight_whose_landing_nobody_takes_in_never_ends(monkeypatch: Patch) -> None:
    deaf = {kind: handler for kind, handler in HANDLERS.items() if kind is not Landed}
    monkeypatch.setattr("dispatch.flight_events.HANDLERS", {**deaf, Landed: lambda *_: None})
    monkeypatch.setattr("dispatch.reconcile.give_up_overdue", lambda *_: None)

    assert Ends.name in broken_rules(run_of(scene()))
