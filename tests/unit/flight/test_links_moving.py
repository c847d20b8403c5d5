"""A vehicle that is found at another address: mobile networks change the port."""

from typing import Any

import pytest

from flight.events import LinkMoved
from flight.gateway import Gateway
from flight.plan import VehicleAddress, VehicleClass
from flight.protocol.codec import Encoder
from flight.protocol.messages import GlobalPositionInt, Heartbeat, Message
from flight.protocol.signing import Signer, SigningKey, SigningMemory
from tests.unit.flight.harness import START

HOME = "udp:10.0.0.1:5000"
ELSEWHERE = "udp:10.0.0.1:5001"
ADDRESS = VehicleAddress(HOME, 1)
KEY = SigningKey(bytes(range(32)))
HEARTBEAT = Heartbeat(2, 3, 81, 0, 3)


class Sender:
    """A vehicle that signs, or does not."""

    def __init__(self, key: SigningKey | None = None) -> None:
        self._encoder = Encoder(1, 1)
        self._signer = None if key is None else Signer(key, SigningMemory(START))

    def frame(self, message: Message, now: float) -> bytes:
        raw = self._encoder.encode(message)
        return raw if self._signer is None else self._signer.sign(raw, 0, now)


def moves_of(gateway: Gateway) -> list[tuple[str, str]]:
    events = []
    while (event := gateway.next_event()) is not None:
        events.append(event)
    return [(event.old_link, event.new_link) for event in events if isinstance(event, LinkMoved)]


def targets(gateway: Gateway, now: float) -> set[str]:
    return {link for _, link in gateway.send(now)}


def heard_at_home(**options: Any) -> Gateway:
    gateway = Gateway()
    gateway.add_vehicle(ADDRESS, VehicleClass.COPTER, **options)
    return gateway


def test_a_rightly_signed_frame_from_a_new_address_moves_the_vehicle_at_once() -> None:
    gateway, sender = heard_at_home(key=KEY), Sender(KEY)
    gateway.receive(sender.frame(HEARTBEAT, START), HOME, START)

    gateway.receive(sender.frame(HEARTBEAT, START + 1), ELSEWHERE, START + 1)

    assert moves_of(gateway) == [(HOME, ELSEWHERE)]
    assert targets(gateway, START + 2) == {ELSEWHERE}
    assert list(gateway.snapshots()) == [ADDRESS]
    assert gateway.counters.moves == 1


@pytest.mark.parametrize("key", [None, SigningKey(bytes(32))], ids=["unsigned", "another key"])
def test_a_vehicle_with_a_key_does_not_move_for_anybody_else(key: SigningKey | None) -> None:
    gateway = heard_at_home(key=KEY, may_move=True)

    gateway.receive(Sender(key).frame(HEARTBEAT, START + 60), ELSEWHERE, START + 60)

    assert moves_of(gateway) == []
    assert gateway.counters.unknown_frames == 1


def test_a_frame_that_was_heard_before_does_not_move_the_vehicle() -> None:
    gateway = heard_at_home(key=KEY)
    old = Sender(KEY).frame(HEARTBEAT, START)
    gateway.receive(old, HOME, START)

    gateway.receive(old, ELSEWHERE, START + 1)

    assert moves_of(gateway) == []


def test_without_a_key_a_vehicle_moves_only_when_it_is_not_heard_at_its_own_address_any_more() -> None:
    gateway, sender = heard_at_home(may_move=True), Sender()
    gateway.receive(sender.frame(HEARTBEAT, START), HOME, START)

    gateway.receive(sender.frame(HEARTBEAT, START + 1), ELSEWHERE, START + 1)
    gateway.send(START + 1)
    while_fresh = moves_of(gateway)
    gateway.send(START + 6)
    gateway.receive(sender.frame(HEARTBEAT, START + 6), ELSEWHERE, START + 6)

    assert while_fresh == []
    assert moves_of(gateway) == [(HOME, ELSEWHERE)]


def test_without_a_key_and_without_leave_a_vehicle_does_not_move() -> None:
    gateway = heard_at_home()

    gateway.receive(Sender().frame(HEARTBEAT, START), ELSEWHERE, START)

    assert moves_of(gateway) == []


@pytest.mark.parametrize(
    "message",
    [GlobalPositionInt(0, 1, 1, 0, 0, 0, 0, 0, 0), Heartbeat(6, 8, 0, 0, 4)],
    ids=["other", "station"],
)
def test_without_a_key_only_the_heartbeat_of_an_autopilot_moves_a_vehicle(message: Message) -> None:
    gateway = heard_at_home(may_move=True)

    gateway.receive(Sender().frame(message, START), ELSEWHERE, START)

    assert moves_of(gateway) == []


def test_a_vehicle_that_may_be_one_of_two_does_not_move() -> None:
    gateway = heard_at_home(may_move=True)
    gateway.add_vehicle(VehicleAddress("udp:10.0.0.2:5000", 1), VehicleClass.COPTER, may_move=True)

    gateway.receive(Sender().frame(HEARTBEAT, START), ELSEWHERE, START)

    assert moves_of(gateway) == []


def test_of_several_links_the_one_that_works_least_moves() -> None:
    backup = "udp:10.9.9.9:1"
    gateway, sender = heard_at_home(key=KEY, backup_links=[backup]), Sender(KEY)
    gateway.receive(sender.frame(HEARTBEAT, START), HOME, START)

    gateway.receive(sender.frame(HEARTBEAT, START + 1), ELSEWHERE, START + 1)

    assert moves_of(gateway) == [(backup, ELSEWHERE)]


def test_a_connection_of_ours_does_not_move() -> None:
    gateway = Gateway()
    gateway.add_vehicle(VehicleAddress("tcp:10.0.0.1:5760", 1), VehicleClass.COPTER, may_move=True)

    gateway.receive(Sender().frame(HEARTBEAT, START), ELSEWHERE, START)

    assert moves_of(gateway) == []
