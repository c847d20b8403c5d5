"""A recording played again: the events of the flight, without the flight."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from flight.commands import Adopt
from flight.errors import PlanError
from flight.events import (
    FlightEvent,
    FlightPhase,
    Landed,
    LinkChanged,
    PayloadReleased,
    PhaseChanged,
    SortieEvent,
    TextReceived,
)
from flight.gateway import Gateway
from flight.link_state import LinkState
from flight.plan import FlightPlan, MissionItem, VehicleClass
from flight.protocol.codec import Decoder, Encoder
from flight.protocol.heartbeat import OWN_HEARTBEAT
from flight.protocol.items import wire_from_item
from flight.protocol.messages import Heartbeat, MissionCount, StatusText
from flight.protocol.names import MissionType
from flight.protocol.operation import Target
from flight.records.daily import DailyTlogs, files_of, folder_name
from flight.records.lists import RecordedLists
from flight.records.notices import ArmedSeen, DisarmedSeen, ModeSeen, PlanFound, PlanMissing
from flight.records.reader import Record, read_tlog
from flight.records.recovered_plan import recovered_plan
from flight.records.replay import replay
from tests.unit.flight.fake_vehicle import FakeVehicle
from tests.unit.flight.harness import START, World
from tests.unit.flight.plans import ADDRESS, small_plan


def fly(vehicle: FakeVehicle, folder: Path, *, adopt_at: int | None = None) -> tuple[World, Path]:
    """Fly a delivery and record it, or record it only from an item on, by a gateway that adopts it."""
    world = World(vehicle)
    with DailyTlogs(folder) as logs:
        recording = Gateway(vehicles=[(vehicle.address, vehicle.vehicle_class)], tlog=logs)
        if adopt_at is None:
            world.gateway = recording
        world.launch()
        if adopt_at is not None:
            world.run(300, lambda: vehicle.flying and vehicle.seq >= adopt_at)
            world.events.clear()
            world.gateway = recording
            world.command(Adopt("S1", 1, small_plan(vehicle.vehicle_class)))
        world.run_until(Landed)
    ((_, _, path),) = files_of(folder / folder_name(vehicle.address))
    return world, path


def told(events: list[FlightEvent]) -> list[tuple[str, FlightPhase | None]]:
    """The supervision's events, by their names."""
    return [
        (type(event).__name__, getattr(event, "phase", None))
        for event in events
        if isinstance(event, PhaseChanged | PayloadReleased | Landed)
    ]


def kinds(events: list[FlightEvent], *wanted: type[FlightEvent]) -> list[FlightEvent]:
    return [event for event in events if isinstance(event, wanted)]


@pytest.mark.parametrize("vehicle_class", list(VehicleClass))
def test_a_recorded_delivery_is_told_again_with_the_plan_that_it_flew(
    vehicle_class: VehicleClass, tmp_path: Path
) -> None:
    world, path = fly(FakeVehicle(vehicle_class), tmp_path)

    events = list(replay(read_tlog(path), small_plan(vehicle_class)))

    assert told(events) == told(world.events)
    (landed,) = kinds(events, Landed)
    (seen,) = world.all(Landed)
    assert isinstance(landed, Landed)
    assert (landed.released, landed.latitude_deg, landed.sortie_id) == (True, seen.latitude_deg, "S1")
    assert landed.at == pytest.approx(seen.at, abs=0.5)


@pytest.mark.parametrize("vehicle_class", list(VehicleClass))
def test_without_a_plan_the_mission_that_was_uploaded_in_the_recording_will_do(
    vehicle_class: VehicleClass, tmp_path: Path
) -> None:
    world, path = fly(FakeVehicle(vehicle_class), tmp_path)

    events = list(replay(read_tlog(path)))

    assert told(events) == told(world.events)
    (found,) = kinds(events, PlanFound)
    assert isinstance(found, PlanFound)
    assert (found.items, found.plan_hash) == (10, small_plan(vehicle_class).hash)


def test_a_recording_that_begins_in_flight_takes_the_mission_that_was_read_back(tmp_path: Path) -> None:
    world, path = fly(FakeVehicle(), tmp_path, adopt_at=2)

    events = list(replay(read_tlog(path)))

    assert told(events)[-4:] == told(world.events)[-4:]
    assert len(kinds(events, PlanMissing)) == 1
    assert len(kinds(events, PlanFound)) == 1


def test_mode_arming_texts_and_link_need_no_plan(tmp_path: Path) -> None:
    _, path = fly(FakeVehicle(), tmp_path)
    records = [each for each in read_tlog(path) if "MISSION" not in type(each.frame.message).__name__.upper()]

    events = list(replay(records))

    assert not kinds(events, SortieEvent)
    assert [event.mode for event in events if isinstance(event, ModeSeen)] == ["STABILIZE", "GUIDED", "AUTO"]
    assert len(kinds(events, ArmedSeen)) == 1
    (down,) = kinds(events, DisarmedSeen)
    assert isinstance(down, DisarmedSeen)
    assert down.latitude_deg == pytest.approx(32.7, abs=0.01)
    (missing,) = kinds(events, PlanMissing)
    assert isinstance(missing, PlanMissing)
    assert "no release" in missing.reason


def heartbeats(*times: float, system_id: int = 1, autopilot: int = 3, kind: int = 2) -> Iterator[Record]:
    encoder = Encoder(system_id, 1)
    for at in times:
        (frame,) = Decoder().frames(encoder.encode(Heartbeat(kind, autopilot, 81, 0, 3)))
        yield Record(at, frame)


def test_silence_in_a_recording_is_a_lost_link_at_its_own_time() -> None:
    times = [START + second for second in range(5)]

    events = list(replay(heartbeats(*times, START + 3600.0)))

    states = [(event.link, event.at - START) for event in events if isinstance(event, LinkChanged)]
    assert [state for state, _ in states] == [
        LinkState.FRESH,
        LinkState.STALE,
        LinkState.LOST,
        LinkState.FRESH,
    ]
    assert states[1][1] == pytest.approx(9, abs=1.1)
    assert states[2][1] == pytest.approx(19, abs=1.1)


@pytest.mark.parametrize(
    ("autopilot", "kind"), [(8, 6), (12, 2), (3, 10)], ids=["ground station", "PX4", "rover"]
)
def test_what_is_no_vehicle_of_ours_is_passed_over(autopilot: int, kind: int) -> None:
    assert list(replay(heartbeats(START, START + 1, autopilot=autopilot, kind=kind))) == []


def test_frames_of_a_camera_say_nothing_of_the_vehicle() -> None:
    encoder = Encoder(1, 100)
    (frame,) = Decoder().frames(encoder.encode(OWN_HEARTBEAT))
    camera = [Record(START + 40.0, frame)]

    events = list(replay([*heartbeats(START), *camera]))

    assert [event.link for event in events if isinstance(event, LinkChanged)][-1] is LinkState.LOST


def test_two_vehicles_in_one_recording_are_told_apart() -> None:
    one = heartbeats(START, START + 2)
    other = heartbeats(START + 1, START + 3, system_id=2)
    records = sorted([*one, *other], key=lambda record: record.at)

    events = list(replay(records))

    assert [event.vehicle.system_id for event in events if isinstance(event, LinkChanged)] == [1, 2]


def recorded(mission: tuple[MissionItem, ...], count: int | None = None) -> RecordedLists:
    lists = RecordedLists()
    lists.receive(MissionCount(1, 1, len(mission) if count is None else count, 0))
    for seq, item in enumerate(mission):
        lists.receive(wire_from_item(item, seq, MissionType.MISSION, Target(1)))
    return lists


def test_a_mission_is_taken_when_its_last_item_has_come() -> None:
    mission = small_plan().mission

    assert recorded(mission).mission == mission
    assert recorded(mission, len(mission) + 1).mission == ()


def test_an_empty_list_is_a_list() -> None:
    lists = recorded(small_plan().mission)

    lists.receive(MissionCount(1, 1, 0, 0))

    assert lists.mission == ()


def test_an_item_that_nobody_announced_is_no_part_of_a_list() -> None:
    lists = recorded(small_plan().mission, 2)

    assert lists.mission == small_plan().mission[:2]


@pytest.mark.parametrize(("missing", "words"), [(4, "release"), (7, "return path"), (9, "landing")])
def test_a_mission_that_is_no_delivery_is_no_plan(missing: int, words: str) -> None:
    mission = small_plan().mission
    other = (*mission[:missing], MissionItem(16, 3), *mission[missing + 1 :])

    with pytest.raises(PlanError, match=f"no {words}"):
        recovered_plan(recorded(other), ADDRESS, VehicleClass.COPTER)


def test_a_recovered_plan_knows_stop_return_and_landing_and_a_time() -> None:
    divert = (MissionItem(16, 3, x_e7=1, y_e7=1), MissionItem(21, 3, x_e7=1, y_e7=1))
    plan: FlightPlan = replace(small_plan(), mission=small_plan().mission + divert)

    found = recovered_plan(recorded(plan.mission), ADDRESS, VehicleClass.COPTER)

    assert (found.release_seq, found.return_seq, found.landing_seq) == (4, 7, 9)
    assert found.planned_duration_s == pytest.approx(222, abs=2)


def test_the_texts_of_the_vehicle_are_told_whole() -> None:
    encoder = Encoder(1, 1)
    encoder.encode(OWN_HEARTBEAT)  # takes the number of the heartbeat below
    chunks = [StatusText(4, "x" * 50, 7, 0), StatusText(4, "yz", 7, 1)]
    frames = [Decoder().frames(encoder.encode(chunk))[0] for chunk in chunks]

    events = list(replay([*heartbeats(START), *(Record(START + 1, frame) for frame in frames)]))

    assert [event.text for event in events if isinstance(event, TextReceived)] == ["x" * 50 + "yz"]
