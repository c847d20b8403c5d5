"""A flight that is lost although an order would have saved it is found by flying its world again."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import pytest

import api.soak.run
from api.soak.flight_end import FlightEnd, end_of
from api.soak.hindsight import avoidable_losses
from api.soak.run import Run, finish, prepare
from api.soak.watching import Person
from flight.contingencies.policy import Policy
from flight.contingencies.table import TABLE, Row, everywhere
from flight.situations import Action, Situation
from simulator.values import VehicleConfig
from tests.simulation.towns import LIMIT_S, scene

SMALL_WH = 255.0
"""Enough to come home with a sixth of it: short of energy on the way out."""


@pytest.fixture(autouse=True)
def _small_battery(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api.soak.run, "VehicleConfig", partial(VehicleConfig, battery_wh=SMALL_WH))


def world(people: tuple[Person, ...] = (), policy: Policy | None = None) -> Run:
    run = prepare(1, scene(), people=people, policy=policy)
    return replace(run, limit_s=LIMIT_S)


def table(row: Row) -> Mapping[Situation, Row]:
    return {**TABLE, Situation.ENERGY_SHORT: row}


def test_a_table_that_comes_down_on_the_sea_is_found_with_hindsight(monkeypatch: pytest.MonkeyPatch) -> None:
    row = everywhere((Action.LAND,), "planted: over the sea")
    monkeypatch.setattr("flight.contingencies.table.TABLE", table(row))
    run = world()
    finish(run)

    found = list(avoidable_losses(run, world))

    assert end_of(run.world, run.world.ledger.flights[0]) is FlightEnd.LOST
    assert len(found) == 1
    assert "ReturnHome at the first alert (energy_short" in found[0]


def test_what_the_table_does_saves_the_same_flight() -> None:
    run = world()
    finish(run)

    found = list(avoidable_losses(run, world))

    assert end_of(run.world, run.world.ledger.flights[0]) is FlightEnd.RETURNED
    assert found == []
