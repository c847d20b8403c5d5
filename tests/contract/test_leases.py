"""Leases on both databases: nobody shares what he has, and what runs out is another's."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispatch.store.leases import Lease
from dispatch.store.store import Store
from flight.commands import Adopt, Hold, Launch
from flight.situations import Action
from tests.unit.dispatch.world import C1, Q1, World

NOW = datetime(2026, 6, 1, 3, 4, 5, 678901, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = Store(url)
    yield store
    store.close()


def acquire(store: Store, holder: str, now: datetime, length: timedelta = MINUTE) -> Lease:
    with store.writing() as uow:
        return uow.leases.acquire("gateway:x", holder, now + length, now)


def test_a_lease_is_one_holders_until_it_runs_out(store: Store) -> None:
    first = acquire(store, "a", NOW)
    refused = acquire(store, "b", NOW + MINUTE - timedelta(microseconds=1))
    later = acquire(store, "b", NOW + MINUTE)

    assert first == refused == Lease("gateway:x", "a", NOW + MINUTE)
    assert later.holder == "b"


def test_a_holder_renews_and_never_shortens_its_own(store: Store) -> None:
    acquire(store, "a", NOW, 3 * MINUTE)

    shorter = acquire(store, "a", NOW + MINUTE)
    longer = acquire(store, "a", NOW + MINUTE, 5 * MINUTE)

    assert (shorter.until, longer.until) == (NOW + 3 * MINUTE, NOW + 6 * MINUTE)


def test_only_the_holder_gives_a_lease_back(store: Store) -> None:
    acquire(store, "a", NOW)
    with store.writing() as uow:
        uow.leases.release("gateway:x", "b")
        kept = uow.leases.of("gateway:x", NOW)
        uow.leases.release("gateway:x", "a")

    with store.reading() as uow:
        assert kept is not None
        assert uow.leases.of("gateway:x", NOW) is None


def test_of_many_at_once_one_gets_the_lease(store: Store) -> None:
    seen: list[str] = []

    def take(name: str) -> None:
        seen.append(acquire(store, name, NOW).holder)

    threads = [threading.Thread(target=take, args=(f"service {number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(seen) == 6
    assert len(set(seen)) == 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.sampled_from("abc"), st.integers(0, 90), st.integers(1, 120), st.booleans()), max_size=12
    )
)
def test_nobody_loses_a_lease_before_its_time_but_by_giving_it_back(
    store: Store, steps: list[tuple[str, int, int, bool]]
) -> None:
    now = NOW
    promised: dict[str, datetime] = {}
    with store.writing() as uow:
        uow.leases.release("gateway:x")

    for holder, pause_s, length_s, gives_back in steps:
        now += timedelta(seconds=pause_s)
        owners = [name for name, until in promised.items() if until > now]
        lease = acquire(store, holder, now, timedelta(seconds=length_s))
        assert lease.holder == (owners[0] if owners else holder)
        promised = {lease.holder: lease.until}
        if gives_back and lease.holder == holder:
            with store.writing() as uow:
                uow.leases.release("gateway:x", holder)
            promised = {}


@pytest.fixture
def world(url: str) -> Iterator[World]:
    world = World(url)
    yield world
    world.store.close()


def hold(world: World, holder: str, *, known: bool = True) -> bool:
    """Have a service hold its vehicles for a minute; say whether it has Q1."""
    ours = {Q1.address}
    before = ours if known else set()
    return bool(world.dispatcher.hold_vehicles(holder, world.now + MINUTE, world.now, ours, before))


def relay(world: World, holder: str) -> list[type]:
    sent: list[type] = []
    world.dispatcher.relay(lambda command: sent.append(type(command)), world.now, holder)
    return sent


def test_of_two_services_on_one_database_only_one_commands_a_vehicle(world: World) -> None:
    first, second = hold(world, "a", known=False), hold(world, "b", known=False)
    world.hear_all()
    world.submit()
    world.tick()
    world.dispatcher.confirm_loaded("R-0001", "operator", world.now)
    world.dispatcher.approve_sortie("S-0001", "operator", world.now)

    assert (first, second) == (True, False)
    assert relay(world, "b") == []
    assert relay(world, "a") == [Launch]
    assert relay(world, "a") == []


def test_the_other_service_takes_vehicle_and_flight_over_when_the_lease_runs_out(world: World) -> None:
    hold(world, "a", known=False)
    world.fly_out()
    world.now += MINUTE
    world.dispatcher.order("S-0001", Action.HOLD, "operator", world.now)

    taken_over = hold(world, "b", known=False)

    assert taken_over
    assert not hold(world, "a")
    assert relay(world, "a") == []
    assert relay(world, "b") == [Adopt, Hold]


def test_a_vehicle_that_the_gateway_does_not_know_is_left_to_others(world: World) -> None:
    held = world.dispatcher.hold_vehicles("a", world.now + MINUTE, world.now, {C1.address}, ())

    assert held == {C1.address}
    assert hold(world, "b", known=False)


def test_nothing_goes_out_from_a_service_whose_lease_has_run_out(world: World) -> None:
    hold(world, "a", known=False)
    world.fly_out()
    world.now += MINUTE

    world.dispatcher.order("S-0001", Action.HOLD, "operator", world.now)

    assert relay(world, "a") == []


def test_a_service_that_stops_in_good_order_leaves_its_vehicles_free(world: World) -> None:
    hold(world, "a", known=False)

    world.dispatcher.release_vehicles("b")
    kept = hold(world, "b")
    world.dispatcher.release_vehicles("a")

    assert not kept
    assert hold(world, "b")
