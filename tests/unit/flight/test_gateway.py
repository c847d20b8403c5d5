"""The gateway itself, and its small parts."""

import json
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flight.commands import Launch
from flight.errors import AddressInUse
from flight.events import FlightEvent, Landed, LaunchFailed, TextReceived
from flight.gateway import Gateway
from flight.geodesy import degrees_from_e7, distance_m, e7_from_degrees
from flight.launching.compare import differences
from flight.plan import MissionItem, VehicleAddress, VehicleClass
from flight.procedure import Procedure, Runner, WaitUntil, perform
from flight.protocol.codec import Encoder
from flight.protocol.items import item_from_wire, wire_from_item
from flight.protocol.messages import CommandLong, GlobalPositionInt, StatusText
from flight.protocol.names import MissionType
from flight.protocol.operation import Target
from flight.protocol.rates import RateKeeper
from flight.protocol.sequence import SequenceFilter
from flight.protocol.statustext import TextAssembler
from flight.protocol.wanted import FLIGHT, PHASES
from flight.transports.udp import address_of_link, link_of_address
from flight.vehicles.parameters import REQUIRED, required_parameters
from flight.vehicles.qgc import plan_document
from tests.unit.flight.fake_vehicle import FakeVehicle
from tests.unit.flight.harness import START, World
from tests.unit.flight.plans import ADDRESS, OTHER, small_plan


def test_two_drones_with_one_address_are_refused() -> None:
    gateway = Gateway(vehicles=[(ADDRESS, VehicleClass.COPTER)])

    with pytest.raises(AddressInUse, match="14550#1"):
        gateway.add_vehicle(ADDRESS, VehicleClass.QUADPLANE)


def test_two_system_ids_on_one_link_are_two_vehicles() -> None:
    gateway = Gateway(vehicles=[(ADDRESS, VehicleClass.COPTER)])

    gateway.add_vehicle(VehicleAddress(ADDRESS.link, 2), VehicleClass.COPTER)

    assert len(gateway.snapshots()) == 2


def test_a_gateway_greets_every_vehicle_at_once_and_then_twice_a_second_but_not_all_together() -> None:
    addresses = [VehicleAddress(f"udp:127.0.0.1:{port}", 1) for port in range(14550, 14650)]
    gateway = Gateway(vehicles=[(address, VehicleClass.COPTER) for address in addresses])

    sent = [[link for _, link in gateway.send(START + number / 10)] for number in range(101)]

    assert sent[0] == [address.link for address in addresses]
    counts = Counter(link for links in sent[1:] for link in links)
    assert set(counts.values()) <= {19, 20}
    assert max(len(links) for links in sent[30:]) < 40


def test_the_trouble_of_one_session_does_not_reach_another(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(FakeVehicle(), FakeVehicle(address=OTHER))
    broken = world.gateway._sessions[OTHER]
    monkeypatch.setattr(broken, "receive", lambda *_: 1 / 0)

    world.command(Launch("S1", 1, small_plan()))

    assert world.run_until(Landed).vehicle == ADDRESS


def test_a_procedure_that_breaks_ends_with_an_event_and_an_unarmed_vehicle(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("flight.launching.launch.start_mission", lambda *_, **__: 1 / 0)
    world = World()

    world.launch()
    failed = world.run_until(LaunchFailed)

    assert failed.stage == "internal error"
    assert not world.vehicles[0].armed


def test_an_exception_is_raised_in_the_procedure_where_it_waits() -> None:
    def broken(now: float) -> FlightEvent:
        raise ArithmeticError(now)

    def steps() -> Procedure[bool]:
        try:
            yield from perform(WaitUntil(lambda _: True))
            yield broken
        except ArithmeticError:
            return True
        return False

    runner = Runner(steps())

    runner.start(START)

    assert runner.done
    assert runner.value is True


def test_every_frame_in_either_direction_is_recorded_with_its_vehicle() -> None:
    class Kept:
        def __init__(self) -> None:
            self.frames: list[tuple[VehicleAddress, bytes, float]] = []

        def write(self, address: VehicleAddress, frame: bytes, now: float) -> None:
            self.frames.append((address, frame, now))

    log = Kept()
    gateway = Gateway(vehicles=[(ADDRESS, VehicleClass.COPTER)], tlog=log)
    position = Encoder(1, 1).encode(GlobalPositionInt(1, 326967600, 1288522800, 4000, 0, 0, 0, 0, 0))

    ((heartbeat, _),) = gateway.send(START)
    gateway.receive(position, ADDRESS.link, START + 1.5)

    assert log.frames == [(ADDRESS, heartbeat, START), (ADDRESS, position, START + 1.5)]


def test_the_plan_of_qgroundcontrol_holds_every_item_and_the_fence() -> None:
    plan = small_plan(VehicleClass.QUADPLANE)

    document = json.loads(json.dumps(plan_document(plan)))

    items = document["mission"]["items"]
    assert [item["command"] for item in items] == [item.command for item in plan.mission[1:]]
    assert items[1]["params"][4:] == [32.70176, 128.85228, 56.3]
    assert len(document["geoFence"]["polygons"][0]["polygon"]) == 4
    assert document["mission"]["plannedHomePosition"] == [32.69676, 128.85228, 4.0]


def test_the_plan_of_qgroundcontrol_tells_inclusion_from_exclusion_polygons() -> None:
    plan = small_plan()
    exclusion = tuple(replace(each, command=5002, param1=3.0) for each in plan.fence[:3])

    polygons = plan_document(replace(plan, fence=(*plan.fence, *exclusion)))["geoFence"]["polygons"]

    assert [(each["inclusion"], len(each["polygon"])) for each in polygons] == [(True, 4), (False, 3)]


@pytest.mark.parametrize("vehicle_class", list(VehicleClass))
def test_every_required_parameter_has_a_reason_and_the_fence_comes_last(vehicle_class: VehicleClass) -> None:
    assert all(each.reason for each in REQUIRED[vehicle_class])
    assert required_parameters(vehicle_class)[-1] == ("FENCE_ENABLE", 1.0)


@given(st.integers(-1_800_000_000, 1_800_000_000))
def test_degrees_are_rounded_so_that_they_come_back_exactly(value: int) -> None:
    assert e7_from_degrees(degrees_from_e7(value)) == value


def test_a_position_is_rounded_and_not_truncated() -> None:
    assert e7_from_degrees(32.69675999) == 326967600


def test_a_degree_of_latitude_is_111_km() -> None:
    assert distance_m((32.0, 128.0), (33.0, 128.0)) == pytest.approx(111_195, abs=1)


@given(st.integers(-200_00, 200_00))
def test_an_altitude_in_centimetres_survives_the_wire(centimetres: int) -> None:
    item = MissionItem(16, 3, x_e7=1, y_e7=2, z_m=centimetres / 100)
    wire = wire_from_item(item, 1, MissionType.MISSION, Target(1))

    assert item_from_wire(wire) == item


@given(st.integers(1, 9), st.sampled_from(["x_e7", "y_e7", "z_m", "command", "param1", "frame"]))
def test_the_hash_of_a_plan_changes_with_every_field_of_every_item(seq: int, name: str) -> None:
    plan = small_plan()
    items = list(plan.mission)
    fields = {each: getattr(items[seq], each) for each in items[seq].__slots__}
    items[seq] = MissionItem(**{**fields, name: fields[name] + 1})
    other = type(plan)(**{**plan.__dict__, "mission": tuple(items)})

    assert other.hash != plan.hash


def test_the_home_item_takes_no_part_in_hash_and_comparison() -> None:
    plan = small_plan()
    moved = (MissionItem(16, 0, x_e7=1, y_e7=2, z_m=5.0), *plan.mission[1:])

    assert type(plan)(**{**plan.__dict__, "mission": moved}).hash == plan.hash
    assert differences(MissionType.MISSION, plan.mission, moved) == ()


@pytest.mark.parametrize(
    ("planned", "found", "count"),
    [
        ((MissionItem(5001, 0, 3.0, x_e7=10),), (MissionItem(5001, 0, 3.0, x_e7=11),), 0),
        ((MissionItem(5001, 0, 3.0, x_e7=10),), (MissionItem(5001, 0, 3.0, x_e7=12),), 1),
        ((MissionItem(5001, 0, 3.0, z_m=1.0),), (MissionItem(5001, 0, 3.0, z_m=1.01),), 0),
        ((MissionItem(5001, 0, 3.0, z_m=1.0),), (MissionItem(5001, 0, 3.0, z_m=1.02),), 1),
        ((MissionItem(5001, 0, 3.0),), (MissionItem(5002, 0, 4.0),), 2),
        ((MissionItem(5001, 0, 3.0),), (), 1),
        ((), (MissionItem(5001, 0, 3.0),), 1),
        ((MissionItem(5001, 0, 3.0),), (MissionItem(5001, 0, float("nan")),), 1),
    ],
)
def test_differences_are_counted(
    planned: tuple[MissionItem, ...], found: tuple[MissionItem, ...], count: int
) -> None:
    assert len(differences(MissionType.FENCE, planned, found)) == count


def test_a_long_text_is_put_together_whatever_the_order_of_its_chunks() -> None:
    assembler = TextAssembler()
    first, second = StatusText(2, "x" * 50, 7, 0), StatusText(2, "end", 7, 1)

    assert assembler.receive(second, 0.0) == []
    assert assembler.receive(first, 0.1) == [(2, "x" * 50 + "end")]


def test_a_text_whose_chunk_was_lost_is_told_in_part() -> None:
    assembler = TextAssembler()
    assembler.receive(StatusText(2, "x" * 50, 7, 0), 0.0)

    assert assembler.receive(StatusText(6, "later", 0, 0), 10.0) == [(2, "x" * 50), (6, "later")]


def test_texts_of_a_vehicle_are_events() -> None:
    world = World(FakeVehicle(prearm_problem="Battery failsafe"))
    world.run(3)

    assert world.all(TextReceived)[0].text == "PreArm: Battery failsafe"


@pytest.mark.parametrize(
    ("numbers", "new"),
    [
        ([1, 2, 3], [True, True, True]),
        ([1, 1, 3, 2], [True, False, True, False]),
        ([254, 255, 0, 255], [True, True, True, False]),
    ],
)
def test_overtaken_and_doubled_frames_are_not_new(numbers: list[int], new: list[bool]) -> None:
    judge = SequenceFilter()

    assert [judge.is_new(number, 0.0) for number in numbers] == new


def test_after_a_reboot_the_numbers_begin_again() -> None:
    judge = SequenceFilter()
    judge.is_new(100, 0.0)

    assert judge.is_new(0, 10.0)


def asked_for(keeper: RateKeeper, now: float) -> list[float]:
    return [each.param1 for each in keeper.requests(now) if isinstance(each, CommandLong)]


def test_each_message_is_asked_for_until_it_comes_and_again_when_it_stops() -> None:
    keeper = RateKeeper(Target(1))
    ids = [each.message_id for each in PHASES[FLIGHT]]

    assert asked_for(keeper, 0.0) == ids
    assert asked_for(keeper, 1.0) == []
    keeper.receive(GlobalPositionInt(0, 1, 1, 0, 0, 0, 0, 0, 0), 4.9)
    assert 33 not in asked_for(keeper, 5.0)
    assert 33 in asked_for(keeper, 10.0)


def test_a_link_names_the_address_of_its_datagrams() -> None:
    assert address_of_link(link_of_address(("127.0.0.1", 14550))) == ("127.0.0.1", 14550)
