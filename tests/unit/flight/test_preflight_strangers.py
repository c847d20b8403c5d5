"""A vehicle that flies something unknown: watched, shown, named, and never written to."""

from dataclasses import dataclass, field, replace

import pytest

from flight.commands import Adopt
from flight.events import AdoptionFailed, Landed, TelemetryUpdated, UnknownFlightSeen
from flight.gateway import Gateway
from flight.plan import MissionItem, VehicleAddress, VehicleClass
from flight.protocol.codec import Decoder
from flight.protocol.messages import (
    CommandLong,
    Heartbeat,
    Message,
    MissionAck,
    MissionRequestInt,
    MissionRequestList,
    RequestDataStream,
    TimeSync,
)
from tests.unit.flight.fake_vehicle import FakeVehicle
from tests.unit.flight.harness import World
from tests.unit.flight.plans import ADDRESS, small_plan

HARMLESS = (Heartbeat, MissionRequestList, MissionRequestInt, MissionAck, RequestDataStream, TimeSync)
"""Heartbeats, requests to read and their last word, rates, time."""

SET_MESSAGE_INTERVAL = 511
STATION = 255


@dataclass
class Sent:
    """Keeps what the gateway sends."""

    messages: list[Message] = field(default_factory=list)

    def write(self, address: VehicleAddress, frame: bytes, now: float) -> None:
        for found in Decoder().frames(frame):
            if found.system_id == STATION and found.message is not None:
                self.messages.append(found.message)

    @property
    def writes(self) -> list[Message]:
        return [
            message
            for message in self.messages
            if not isinstance(message, HARMLESS)
            and not (isinstance(message, CommandLong) and message.command == SET_MESSAGE_INTERVAL)
        ]


SHORT = small_plan().mission
LONG = SHORT[:2] + (SHORT[2],) * 40 + SHORT[2:]
"""Five minutes and more of waypoints."""


def stranger_in_flight(mission: tuple[MissionItem, ...] = LONG) -> tuple[World, Sent]:
    vehicle = FakeVehicle(armed=True, mode=3, seq=2)
    vehicle.lists.stored = {0: mission, 1: small_plan().fence, 2: ()}
    world, sent = World(vehicle), Sent()
    world.gateway = Gateway(vehicles=[(ADDRESS, VehicleClass.COPTER)], tlog=sent)
    return world, sent


def test_a_vehicle_in_flight_without_an_order_is_named_once_and_shown() -> None:
    world, _ = stranger_in_flight()

    world.run(45)

    seen = world.one(UnknownFlightSeen)
    assert (seen.items, seen.plan_hash) == (50, replace(small_plan(), mission=LONG).hash)
    assert seen.reason == "armed, in AUTO, without an order of ours"
    newest = world.all(TelemetryUpdated)[-1].snapshot
    assert (newest.armed, newest.mode, newest.sortie_id) == (True, "AUTO", None)
    assert newest.latitude_deg is not None


def test_nothing_but_heartbeats_reads_and_rates_goes_to_a_stranger() -> None:
    world, sent = stranger_in_flight()

    world.run(45)

    assert sent.writes == []
    assert {Heartbeat, MissionRequestList} <= {type(message) for message in sent.messages}


def test_an_adoption_that_finds_another_plan_writes_nothing_either() -> None:
    world, sent = stranger_in_flight()

    world.command(Adopt("S1", 1, small_plan()))
    world.run_until(AdoptionFailed)
    world.run(40)

    assert sent.writes == []
    assert world.one(UnknownFlightSeen).items == 50


def test_a_flight_that_is_adopted_in_time_is_no_stranger() -> None:
    world, sent = stranger_in_flight(SHORT)
    world.run(10)

    world.command(Adopt("S1", 1, small_plan()))
    world.run_until(Landed)

    assert not world.all(UnknownFlightSeen)
    assert sent.writes == []


def test_a_stranger_whose_plan_cannot_be_read_is_told_all_the_same() -> None:
    world, _ = stranger_in_flight()

    world.vehicles[0].lists._verbs.clear()
    seen = world.run_until(UnknownFlightSeen)

    assert (seen.items, seen.plan_hash) == (None, None)
    assert "mission" in seen.reason


def test_the_next_flight_of_a_stranger_is_told_again() -> None:
    world, _ = stranger_in_flight()
    world.run(50)

    world.vehicles[0].armed = False
    world.run(5)
    world.vehicles[0].armed = True
    world.run(45)

    assert len(world.all(UnknownFlightSeen)) == 2


def test_a_flight_of_ours_is_no_stranger() -> None:
    world = World(FakeVehicle())

    world.launch()
    world.run_until(Landed)

    assert not world.all(UnknownFlightSeen)


@pytest.mark.parametrize("granted", [False, True])
def test_a_gateway_that_only_listens_does_not_ask_a_stranger_either(granted: bool) -> None:
    world, _ = stranger_in_flight()
    sent = Sent()
    vehicles = [(ADDRESS, VehicleClass.COPTER)]
    world.gateway = Gateway(vehicles=vehicles, tlog=sent, commands_need_grant=True)
    if granted:
        world.gateway.grant(ADDRESS, world.now + 600, world.now)

    world.run(45)

    assert len(world.all(UnknownFlightSeen)) == granted
    assert granted or {type(message) for message in sent.messages} == {Heartbeat}
