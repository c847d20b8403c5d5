"""Kills of the service: where they are due, and what they leave behind."""

from contextlib import suppress

import pytest

from api.soak.crash import Crash, CrashGate, CrashingStore, Killed, Place, published
from dispatch.store.store import Store
from flight.events import Launched
from flight.plan import VehicleAddress

LAUNCHED = Launched(3.0, VehicleAddress("udp:127.0.0.1:14561", 1), "S-0001", 1)


def numbers_given(store: Store, gate: CrashGate) -> int:
    """Take a number in a transaction in which the service may die; return how many were really given."""
    with suppress(Killed), gate.opened(), CrashingStore(store, gate).writing() as uow:
        uow.settings.next_number("R")
    with store.writing() as uow:
        return uow.settings.next_number("R") - 1


@pytest.mark.parametrize(
    ("place", "given"), [(Place.BEGINNING, 0), (Place.COMMITTING, 0), (Place.COMMITTED, 1)]
)
def test_what_was_committed_before_a_kill_stays_and_nothing_else(place: Place, given: int) -> None:
    store = Store("sqlite://")

    assert numbers_given(store, CrashGate([Crash(0.0, place=place)])) == given
    store.close()


def test_a_kill_waits_for_its_time_and_passes_the_points_that_it_skips() -> None:
    gate = CrashGate([Crash(after_s=10.0, skip=2)], start=100.0)

    with gate.opened():
        gate.now = 109.0
        gate.reach(Place.RECEIVING)
        gate.now = 110.0
        gate.reach(Place.RECEIVING)
        gate.reach(Place.SENDING)
        with pytest.raises(Killed):
            gate.reach(Place.HANDLING)

    assert gate.kills == [(110.0, Place.HANDLING)]


def test_a_kill_upon_an_event_counts_from_it() -> None:
    gate = CrashGate([Crash(after_s=5.0, upon="Launched")])

    with gate.opened():
        gate.now = 100.0
        gate.reach(Place.BETWEEN_STEPS)
        gate.note(LAUNCHED)
        gate.now = 105.0
        with pytest.raises(Killed):
            gate.reach(Place.BETWEEN_STEPS)


def test_nothing_is_killed_while_a_judge_asks() -> None:
    gate = CrashGate([Crash(0.0)])

    gate.reach(Place.READING)

    assert gate.kills == []


def test_a_command_may_be_published_and_not_marked() -> None:
    gate, sent = CrashGate([Crash(0.0, place=Place.PUBLISHED)]), list[str]()

    with gate.opened(), pytest.raises(Killed):
        published(sent.append, gate)("launch")

    assert sent == ["launch"]
