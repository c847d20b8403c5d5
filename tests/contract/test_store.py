import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError

from dispatch.errors import NotFound
from dispatch.states import RequestState, SortieState
from dispatch.store.engine import open_engine
from dispatch.store.migrate import upgrade
from dispatch.store.outbox import CommandKind
from dispatch.store.settings import ApiKey
from dispatch.store.store import Store
from dispatch.store.tables import Table
from dispatch.values import Drone, Request, Sortie, TemperatureClass, Urgency, Words
from flight.plan import VehicleAddress
from tests.unit.dispatch.world import ERRAND, TYPES, FakePlanner

NOW = datetime(2026, 6, 1, 3, 4, 5, 678901, tzinfo=UTC)
JST = timezone(timedelta(hours=9))

REQUEST = Request(
    id="R-0001",
    items="インスリン「A」10本 – 要冷蔵 🧊",
    mass_kg=0.1 + 0.2,
    temperature=TemperatureClass.COLD,
    urgency=Urgency.URGENT,
    deadline=NOW + timedelta(hours=2),
    from_site_id="GCH",
    to_site_id="SGC",
    requested_by="嵯峨島診療所",
    state=RequestState.ACCEPTED,
    submitted_at=NOW,
    reason=Words("waits", "待っています"),
)
DRONE = Drone("Q1", "quadplane", VehicleAddress("udp:127.0.0.1:14561", 1), "FKP")
SORTIE = Sortie(
    id="S-0001",
    request_id="R-0001",
    drone_id="Q1",
    attempt=1,
    state=SortieState.HELD,
    created_at=NOW,
    plan_hash="ab" * 32,
    planned_duration_s=3147.1162305795015,
    planned_energy_wh=518.0250395141506,
    arrives_at=NOW + timedelta(minutes=25),
    held_from=SortieState.ENROUTE,
    approved_by="operator",
    approved_at=NOW,
)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    store = Store(url)
    yield store
    store.close()


@pytest.fixture
def filled(store: Store) -> Store:
    with store.writing() as uow:
        uow.drones.save(DRONE)
        uow.requests.save(REQUEST)
        uow.sorties.save(SORTIE)
    return store


def test_values_come_back_as_they_were(filled: Store) -> None:
    with filled.reading() as uow:
        assert uow.requests.get("R-0001") == REQUEST
        assert uow.sorties.get("S-0001") == SORTIE
        assert uow.drones.get("Q1") == DRONE


def test_a_drone_comes_back_with_its_board_its_component_and_all_its_links(store: Store) -> None:
    drone = replace(
        DRONE,
        address=VehicleAddress("udp:h:1", 1, 2),
        uid="ab",
        backup_links=("udp:h:2", "tcp:h:3"),
        may_move=True,
    )
    with store.writing() as uow:
        uow.drones.save(drone)

    with store.reading() as uow:
        assert uow.drones.get("Q1") == uow.drones.at(drone.address) == drone


def test_a_second_launch_of_an_attempt_cannot_even_be_written(filled: Store) -> None:
    with filled.writing() as uow:
        uow.outbox.put(SORTIE, CommandKind.LAUNCH, NOW)
        (launch,) = uow.outbox.unsent()
        uow.outbox.mark_sent(launch.id, NOW)

    with pytest.raises(IntegrityError), filled.writing() as uow:
        uow.outbox.put(SORTIE, CommandKind.LAUNCH, NOW)


def test_an_order_keeps_who_gave_it_and_what_it_says(filled: Store) -> None:
    with filled.writing() as uow:
        uow.outbox.put(SORTIE, CommandKind.CLEAR_PAD, NOW, "嵯峨島診療所", {"clear": False})
        uow.outbox.put(SORTIE, CommandKind.CLEAR_PAD, NOW, "嵯峨島診療所", {"clear": True})

    with filled.reading() as uow:
        orders = uow.outbox.unsent()
    assert [(order.by, order.arguments, order.created_at) for order in orders] == [
        ("嵯峨島診療所", {"clear": False}, NOW),
        ("嵯峨島診療所", {"clear": True}, NOW),
    ]


def test_times_are_kept_in_utc_whatever_zone_they_came_in(filled: Store) -> None:
    in_japan = replace(REQUEST, deadline=NOW.astimezone(JST))
    with filled.writing() as uow:
        uow.requests.save(in_japan)

    with filled.reading() as uow:
        deadline = uow.requests.get("R-0001").deadline

    assert deadline == NOW
    assert deadline.utcoffset() == timedelta(0)


def test_a_time_without_a_zone_is_refused(filled: Store) -> None:
    naive = replace(REQUEST, deadline=NOW.replace(tzinfo=None))

    with pytest.raises(Exception, match="without a time zone"), filled.writing() as uow:
        uow.requests.save(naive)


def test_a_change_replaces_the_row(filled: Store) -> None:
    with filled.writing() as uow:
        uow.requests.save(replace(REQUEST, state=RequestState.PLANNED, reason=None))

    with filled.reading() as uow:
        (request,) = uow.requests.all()
    assert request.state is RequestState.PLANNED
    assert request.reason is None


def test_state_event_and_command_are_written_together_or_not_at_all(filled: Store) -> None:
    def die_half_way() -> None:
        with filled.writing() as uow:
            uow.requests.save(replace(REQUEST, state=RequestState.CANCELLED))
            uow.journal.record("request.cancelled", "R-0001", NOW, "clinic")
            uow.outbox.put(SORTIE, CommandKind.LAUNCH, NOW)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        die_half_way()

    with filled.reading() as uow:
        assert uow.requests.get("R-0001").state is RequestState.ACCEPTED
        assert uow.journal.after(0, 10) == []
        assert uow.outbox.unsent() == []


def test_what_is_not_there_is_not_found(store: Store) -> None:
    with store.reading() as uow:
        for get in (uow.requests.get, uow.sorties.get, uow.sorties.plan, uow.drones.get):
            with pytest.raises(NotFound):
                get("nowhere")


def test_requests_are_found_by_state_in_the_order_of_the_queue(filled: Store) -> None:
    later = replace(REQUEST, id="R-0002", deadline=NOW + timedelta(hours=9))
    first = replace(REQUEST, id="R-0003", urgency=Urgency.EMERGENCY)
    done = replace(REQUEST, id="R-0004", state=RequestState.RECEIVED)
    with filled.writing() as uow:
        for request in (later, first, done):
            uow.requests.save(request)

    with filled.reading() as uow:
        accepted = [request.id for request in uow.requests.all([RequestState.ACCEPTED])]
    assert accepted == ["R-0003", "R-0001", "R-0002"]


def test_ended_sorties_are_not_active(filled: Store) -> None:
    with filled.writing() as uow:
        uow.sorties.save(replace(SORTIE, id="S-0002", state=SortieState.CLOSED))
        uow.sorties.save(replace(SORTIE, id="S-0003", state=SortieState.ABORTED))

    with filled.reading() as uow:
        assert [sortie.id for sortie in uow.sorties.active()] == ["S-0001"]
        assert len(uow.sorties.all()) == 3


def test_a_plan_comes_back_with_the_same_hash(filled: Store) -> None:
    planner = FakePlanner()
    trip = planner.propose(TYPES["quadplane"], ERRAND, NOW)
    plan = planner.prepare("S-0001", DRONE, TYPES["quadplane"], trip, 900.0, ERRAND.mass_kg)
    with filled.writing() as uow:
        uow.sorties.add_plan("S-0001", plan)

    with filled.reading() as uow:
        stored = uow.sorties.plan("S-0001")
    assert stored == plan
    assert stored.flight_plan.hash == plan.flight_plan.hash


def test_two_drones_cannot_have_one_address(filled: Store) -> None:
    with pytest.raises(IntegrityError), filled.writing() as uow:
        uow.drones.save(replace(DRONE, id="Q2"))


def test_a_sortie_needs_its_request(filled: Store) -> None:
    with pytest.raises(IntegrityError), filled.writing() as uow:
        uow.sorties.save(replace(SORTIE, id="S-0002", request_id="R-9999"))


def test_events_come_in_order_and_from_where_the_reader_left_off(store: Store) -> None:
    with store.writing() as uow:
        for number in range(5):
            uow.journal.record(
                "request.waiting", f"R-{number}", NOW, "dispatch", None, {"n": number, "x": None}
            )

    with store.reading() as uow:
        events = uow.journal.after(0, 3)
        rest = uow.journal.after(events[-1].id, 10)
        about = uow.journal.of("R-4")
    assert [event.data["n"] for event in events] == [0, 1, 2]
    assert [event.data["n"] for event in rest] == [3, 4]
    assert about == rest[-1:]
    assert rest[0].at == NOW


def test_the_outbox_keeps_a_command_once_while_it_waits_and_sends_it_again_on_demand(filled: Store) -> None:
    with filled.writing() as uow:
        uow.outbox.put(SORTIE, CommandKind.LAUNCH, NOW)
        uow.outbox.put(SORTIE, CommandKind.ADOPT, NOW)
        uow.outbox.put(SORTIE, CommandKind.ADOPT, NOW)
    with filled.writing() as uow:
        adopt, launch = uow.outbox.unsent()
        uow.outbox.mark_sent(adopt.id, NOW)
        uow.outbox.withdraw(SORTIE, CommandKind.LAUNCH, NOW)

    with filled.writing() as uow:
        assert (adopt.kind, launch.kind) == (CommandKind.ADOPT, CommandKind.LAUNCH)
        assert uow.outbox.unsent() == []
        assert uow.outbox.has_sent(SORTIE, CommandKind.ADOPT)
        assert not uow.outbox.holds(SORTIE, CommandKind.LAUNCH)
        uow.outbox.put(SORTIE, CommandKind.ADOPT, NOW)
        assert [(entry.kind, entry.id > adopt.id) for entry in uow.outbox.unsent()] == [(adopt.kind, True)]


def test_numbers_are_given_out_once_even_to_many_at_a_time(store: Store) -> None:
    numbers: list[int] = []

    def take() -> None:
        for _ in range(10):
            with store.writing() as uow:
                numbers.append(uow.settings.next_number("R"))

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(numbers) == list(range(1, 41))


def test_settings_and_keys_are_kept(url: str, store: Store) -> None:
    key = ApiKey("k1", "clinic SGC", "clinic", "$argon2id$…", NOW)
    with store.writing() as uow:
        uow.settings.save("a", "1")
        uow.settings.save("a", "2")
        uow.api_keys.save(key)

    again = Store(url)
    with again.reading() as uow:
        assert uow.settings.get("a") == "2"
        assert uow.settings.get("b") is None
        assert uow.api_keys.all() == [key]
    again.close()


def test_the_migrations_make_the_tables_that_the_models_describe(url: str) -> None:
    engine = open_engine(url)
    upgrade(engine)

    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Table.metadata) == []
    engine.dispose()


def test_upgrading_twice_changes_nothing(url: str) -> None:
    engine = open_engine(url)
    upgrade(engine)
    tables = set(inspect(engine).get_table_names())
    upgrade(engine)

    assert set(inspect(engine).get_table_names()) == tables
    engine.dispose()
