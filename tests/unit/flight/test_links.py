"""Several links to one vehicle: which is used, what is dropped, what goes on when one fails."""

import pytest

from flight.commands import Launch
from flight.errors import AddressInUse
from flight.events import Launched, LaunchFailed, LinkChanged, TextReceived
from flight.gateway import Gateway
from flight.link_state import LinkState
from flight.plan import VehicleAddress, VehicleClass
from flight.protocol.codec import Decoder, Encoder
from flight.protocol.messages import CommandAck, Heartbeat, Message, MissionItemInt, TimeSync
from tests.unit.flight.harness import START, STEP_S
from tests.unit.flight.link_world import ADDRESS, LTE, SATELLITE, LinkWorld, Road
from tests.unit.flight.plans import small_plan


def test_an_upload_goes_on_over_the_other_link_when_its_link_fails() -> None:
    world = LinkWorld()
    world.command(Launch("S1", 1, small_plan()))
    world.run(120, lambda: sum(isinstance(each, MissionItemInt) for each in world.roads[0].messages()) >= 5)
    begun = [each.seq for each in world.roads[0].messages() if isinstance(each, MissionItemInt)]

    world.roads[0].works = False
    world.run(400, lambda: bool(world.all(Launched) or world.all(LaunchFailed)))

    plan = small_plan()
    assert begun
    assert world.switches == [SATELLITE]
    assert len(world.all(Launched)) == 1
    assert world.vehicle.lists.stored == {0: plan.mission, 1: plan.fence, 2: plan.rally}


def test_a_link_that_comes_back_is_used_again_when_it_has_worked_for_ten_seconds() -> None:
    world = LinkWorld()
    world.run(5)
    world.roads[0].works = False
    world.run(10)
    world.roads[0].works = True

    world.run(8)
    soon = world.switches
    world.run(5)

    assert soon == [SATELLITE]
    assert world.switches == [SATELLITE, LTE]


def test_of_two_fresh_links_the_one_that_loses_less_is_used() -> None:
    world = LinkWorld()
    world.roads[0].loss = 0.4

    world.run(60)

    assert world.quality.best.link == SATELLITE
    assert world.quality.others[0].loss == pytest.approx(0.4, abs=0.15)
    assert world.quality.best.loss == pytest.approx(0.0, abs=0.01)


def test_two_equally_good_links_do_not_take_turns() -> None:
    world = LinkWorld()
    for road in world.roads:
        road.loss = 0.2

    world.run(300)

    assert len(world.switches) <= 2


def test_a_link_at_the_limit_is_left_once_and_not_again_and_again() -> None:
    world = LinkWorld()
    world.roads[0].loss = 0.15

    world.run(600)

    assert world.switches == [SATELLITE]


def test_the_vehicle_is_fresh_as_long_as_one_link_is() -> None:
    world = LinkWorld()
    world.run(5)

    world.roads[0].works = False
    world.run(30)
    with_one = [event.link for event in world.all(LinkChanged)]
    world.roads[1].works = False
    world.run(30)

    assert with_one == [LinkState.FRESH]
    assert [event.link for event in world.all(LinkChanged)][1:] == [LinkState.STALE, LinkState.LOST]


def test_a_frame_that_comes_over_both_links_counts_once() -> None:
    world = LinkWorld(one_stream=True)
    world.vehicle.prearm_problem = "Battery failsafe"

    world.run(3.05)

    said = len(world.all(TextReceived))
    assert said == 3
    assert world.gateway.counters.doubled_frames > 20
    links = (world.quality.best, *world.quality.others)
    assert [each.freshness for each in links] == [LinkState.FRESH, LinkState.FRESH]


def test_a_slow_link_does_not_take_the_vehicle_back_in_time() -> None:
    world = LinkWorld()
    world.roads[1].delay_s = 4.5
    world.run(10)
    levels = []

    for percent in range(99, 80, -1):
        world.vehicle.battery = percent
        for _ in range(10):
            world.run(STEP_S)
            levels.append(world.gateway.snapshots()[ADDRESS].battery_remaining or 0.0)

    assert levels == sorted(levels, reverse=True)
    assert levels[-1] == 0.81


def test_each_link_has_our_sequence_numbers_without_gaps() -> None:
    world = LinkWorld()

    world.run(30)

    for road in world.roads:
        numbers = [frame.sequence for data in road.sent for frame in Decoder().frames(data)]
        assert numbers == [number % 256 for number in range(len(numbers))]
        assert len(numbers) > 25


def test_every_frame_carries_the_system_id_that_was_set() -> None:
    world = LinkWorld(gateway={"system_id": 251, "component_id": 7})
    world.run(10)

    sources = {
        (frame.system_id, frame.component_id)
        for road in world.roads
        for data in road.sent
        for frame in Decoder().frames(data)
    }
    assert sources == {(251, 7)}


@pytest.mark.parametrize(("system_id", "component_id"), [(254, 190), (255, 191)])
def test_an_answer_to_another_station_is_not_ours(system_id: int, component_id: int) -> None:
    world = LinkWorld()

    def only_to_others(road: Road, messages: list[Message]) -> list[Message]:
        return [
            CommandAck(each.command, 0, 0, 0, system_id, component_id)
            if isinstance(each, CommandAck)
            else each
            for each in messages
        ]

    world.says = only_to_others
    world.command(Launch("S1", 1, small_plan()))
    world.run(120, lambda: bool(world.all(LaunchFailed)))

    (failed,) = world.all(LaunchFailed)
    assert "no acknowledgement" in failed.reason


def test_the_autopilot_may_have_another_component_id() -> None:
    address = VehicleAddress(LTE, 1, 42)
    gateway = Gateway(vehicles=[(address, VehicleClass.COPTER)])
    heartbeat = Heartbeat(2, 3, 81, 0, 3)

    gateway.receive(Encoder(1, 1).encode(heartbeat), LTE, START)
    of_another = gateway.snapshots()[address].link
    gateway.receive(Encoder(1, 42).encode(heartbeat), LTE, START)

    assert of_another is LinkState.UNKNOWN
    assert gateway.snapshots()[address].link is LinkState.FRESH


def test_a_link_that_two_vehicles_of_one_system_id_share_is_refused() -> None:
    gateway = Gateway(vehicles=[(ADDRESS, VehicleClass.COPTER)])

    with pytest.raises(AddressInUse, match="give each its own link or system id"):
        gateway.add_vehicle(VehicleAddress(SATELLITE, 1), VehicleClass.COPTER, backup_links=[LTE])


def test_the_quality_of_a_link_is_told_in_figures() -> None:
    world = LinkWorld()

    world.run(30)

    best = world.quality.best
    assert best.link == LTE
    assert best.heard_at == pytest.approx(world.now, abs=1.1)
    assert best.rates_hz["GLOBAL_POSITION_INT"] == pytest.approx(1.0, abs=0.15)
    assert best.rates_hz["HEARTBEAT"] == pytest.approx(1.0, abs=0.15)


def test_questions_for_the_time_are_answered_over_the_link_that_they_came_over() -> None:
    world = LinkWorld()
    world.run(2)
    question = world.roads[1].encoder.encode(TimeSync(0, 1234))

    world.gateway.receive(question, SATELLITE, world.now)
    world.run(0.1)

    answers = [each for each in world.roads[1].messages() if isinstance(each, TimeSync)]
    assert [each.ts1 for each in answers] == [1234]
    assert answers[0].tc1 == pytest.approx(world.now * 1e9, rel=1e-9)
