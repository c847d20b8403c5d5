"""With a key set, nothing that an attacker sends changes anything: the same run with and without it."""

from collections.abc import Callable, Iterator
from hashlib import sha256

import numpy as np
import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from flight.commands import Launch
from flight.events import FlightEvent, Landed, Launched, LaunchFailed, VehicleSnapshot
from flight.gateway import Gateway
from flight.link_state import LinkState
from flight.plan import VehicleClass
from flight.protocol.codec import Decoder, Encoder
from flight.protocol.framing import SEEDS, message_id, sealed
from flight.protocol.messages import (
    CommandAck,
    CommandLong,
    ExtendedSysState,
    GlobalPositionInt,
    Heartbeat,
    HighLatency2,
    Message,
    MissionAck,
    MissionClearAll,
    MissionCurrent,
    MissionRequestInt,
    MissionSetCurrent,
    ParamSet,
    ParamValue,
    ServoOutputRaw,
    StatusText,
    SysStatus,
)
from flight.protocol.signing import Signer, SigningKey, SigningMemory, Verdict, Verifier
from simulator.comms.radio import LinkedPeer
from simulator.values import HomePoint, VehicleConfig
from simulator.values import VehicleClass as SimulatedClass
from simulator.vehicle import Vehicle as SimulatedVehicle
from tests.unit.flight.fake_vehicle import FakeVehicle
from tests.unit.flight.harness import START, STEP_S
from tests.unit.flight.plans import ADDRESS, HOME_E7, small_plan

SECRET = sha256(b"the key of the vehicle").digest()
OTHER_SECRET = sha256(b"the attacker's").digest()
ELSEWHERE = "udp:10.6.6.6:6666"

LIES: tuple[Message, ...] = (
    Heartbeat(2, 3, 81, 9, 3),
    Heartbeat(2, 3, 209, 3, 4),
    HighLatency2(0, 2, 3, 6, 100, 100, 9000, 0, 0, 250, 0, 1, 9, 0, -47),
    GlobalPositionInt(0, 350000000, 1390000000, 9000000, 9000000, 0, 0, 0, 0),
    ExtendedSysState(3, 1),
    SysStatus(0, 0, 0, 0, 9000, 0, 1),
    MissionCurrent(9),
    ServoOutputRaw(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1900),
    CommandAck(176, 4),
    CommandAck(400, 0),
    CommandAck(300, 0),
    MissionAck(255, 190, 0, 0),
    MissionAck(255, 190, 3, 1),
    MissionRequestInt(255, 190, 2, 0),
    ParamValue("FENCE_ENABLE", 0.0, 2, 1000, 65535),
    StatusText(2, "Arm: not today"),
)
"""Everything that a launch and a flight are judged by, each the opposite of what is so."""

COMMANDS: tuple[Message, ...] = (
    CommandLong(1, 1, 400, 0, 0.0, 21196.0),
    CommandLong(1, 1, 176, 0, 1.0, 9.0),
    MissionClearAll(1, 1, 0),
    ParamSet(1, 1, "FENCE_ENABLE", 0.0, 9),
    MissionSetCurrent(1, 1, 9),
)
"""What would end a flight: motors off, land, no plan, no fence, another item."""

ATTACKED_STEPS = 7
"""The attacker is faster than the vehicle, which speaks once a second, and never in step with it."""

Attack = Callable[["Attacked"], Iterator[tuple[bytes, str]]]


class Attacked:
    """A run of one scripted vehicle that signs, with an attacker beside it; the vehicle never hears him."""

    def __init__(self, attack: Attack) -> None:
        self.now = START
        self.heard: list[bytes] = []
        self.liar = Encoder(1, 1)
        self._attack = attack
        self._vehicle = FakeVehicle(parameters={"FORMAT_VERSION": 120.0})
        self._encoder = Encoder(1, 1)
        memory = SigningMemory(START)
        self._signer = Signer(SigningKey(SECRET), memory)
        self._verifier = Verifier(SigningKey(SECRET), memory)
        self._steps = 0
        self.gateway = Gateway()
        self.gateway.add_vehicle(ADDRESS, VehicleClass.COPTER, key=SigningKey(SECRET), may_move=True)
        self.events: list[FlightEvent] = []

    def fly(self) -> tuple[list[FlightEvent], VehicleSnapshot]:
        self.gateway.command(Launch("S1", 1, small_plan()), self.now)
        while self.now < START + 600 and not self._over:
            self.now += STEP_S
            self._step()
        return self.events, self.gateway.snapshots()[ADDRESS]

    @property
    def _over(self) -> bool:
        return any(isinstance(event, Landed | LaunchFailed) for event in self.events)

    def _step(self) -> None:
        self._steps += 1
        for frame, link in self._attack(self) if self._steps % ATTACKED_STEPS == 0 else ():
            self.gateway.receive(frame, link, self.now)
        for message in self._vehicle.advance(self.now):
            frame = self._signer.sign(self._encoder.encode(message), 0, self.now)
            self.heard.append(frame)
            self.gateway.receive(frame, ADDRESS.link, self.now)
        for data, _ in self.gateway.send(self.now):
            for received in Decoder().frames(data):
                if received.message is not None and self._verifier.verify(data) is Verdict.ACCEPTED:
                    self._vehicle.receive(received.message, self.now)
        while (event := self.gateway.next_event()) is not None:
            self.events.append(event)


def nobody(run: Attacked) -> Iterator[tuple[bytes, str]]:
    yield from ()


def unsigned(run: Attacked) -> Iterator[tuple[bytes, str]]:
    for lie in LIES:
        yield run.liar.encode(lie), ADDRESS.link


def wrong_key(run: Attacked) -> Iterator[tuple[bytes, str]]:
    signer = Signer(SigningKey(OTHER_SECRET), SigningMemory(run.now + 100))
    for lie in LIES:
        yield signer.sign(run.liar.encode(lie), 0, run.now + 100), ADDRESS.link


def damaged(run: Attacked) -> Iterator[tuple[bytes, str]]:
    """A frame of the vehicle's whose content is another, under the signature that it had."""
    random = np.random.default_rng(len(run.heard))
    for lie, frame in zip(LIES, run.heard[-len(LIES) :], strict=False):
        forged = bytearray(run.liar.encode(lie))
        forged[2] |= 1
        stamp = bytearray(frame[-13:])
        stamp[random.integers(13)] ^= 1
        whole = sealed(bytes(forged[:-2]), SEEDS[message_id(bytes(forged))])
        yield whole + bytes(stamp), ADDRESS.link


def replayed(run: Attacked) -> Iterator[tuple[bytes, str]]:
    for frame in [*run.heard[:30], *run.heard[-30:]]:
        yield frame, ADDRESS.link


def from_elsewhere(run: Attacked) -> Iterator[tuple[bytes, str]]:
    for attack in (unsigned, wrong_key, replayed):
        for frame, _ in attack(run):
            yield frame, ELSEWHERE


@pytest.fixture(scope="module")
def undisturbed() -> tuple[list[FlightEvent], VehicleSnapshot]:
    return Attacked(nobody).fly()


def test_the_undisturbed_run_flies(undisturbed: tuple[list[FlightEvent], VehicleSnapshot]) -> None:
    events, _ = undisturbed

    assert any(isinstance(event, Landed) and event.released for event in events)


@pytest.mark.parametrize(
    ("attack", "reason"),
    [
        (unsigned, "unsigned"),
        (wrong_key, "wrong signature"),
        (damaged, "wrong signature"),
        (replayed, "replayed"),
        (from_elsewhere, None),
    ],
)
def test_an_attack_changes_neither_an_event_nor_the_state_and_is_counted(
    attack: Attack, reason: str | None, undisturbed: tuple[list[FlightEvent], VehicleSnapshot]
) -> None:
    run = Attacked(attack)

    found = run.fly()

    counters = run.gateway.counters
    assert found == undisturbed
    if reason is None:
        assert counters.unknown_frames > 1000
        assert counters.moves == 0
    else:
        assert counters.rejected_frames[reason] == sum(counters.rejected_frames.values()) > 1000


def test_frames_that_an_attacker_repeats_on_another_link_do_not_make_that_link_look_well() -> None:
    backup = "udp:127.0.0.1:14551"
    gateway = Gateway()
    gateway.add_vehicle(ADDRESS, VehicleClass.COPTER, key=SigningKey(SECRET), backup_links=[backup])
    encoder, signer = Encoder(1, 1), Signer(SigningKey(SECRET), SigningMemory(START))

    for second in range(20):
        now = START + second
        frame = signer.sign(encoder.encode(LIES[0]), 0, now)
        gateway.receive(frame, ADDRESS.link, now)
        gateway.receive(frame, backup, now + 0.1)

    quality = gateway.link_qualities()[ADDRESS]
    assert quality.best.link == ADDRESS.link
    assert quality.others[0].freshness is LinkState.UNKNOWN


def test_without_a_key_the_same_lies_are_believed() -> None:
    gateway = Gateway(vehicles=[(ADDRESS, VehicleClass.COPTER)])

    gateway.receive(Encoder(1, 1).encode(LIES[1]), ADDRESS.link, START)

    assert gateway.snapshots()[ADDRESS].armed


def test_what_the_gateway_sends_to_a_vehicle_with_a_key_is_signed() -> None:
    gateway = Gateway()
    gateway.add_vehicle(ADDRESS, VehicleClass.COPTER, key=SigningKey(SECRET))
    parser = mavlink.MAVLink(None)
    parser.signing.secret_key = SECRET

    frames = [data for moment in range(10) for data, _ in gateway.send(START + moment)]

    kinds = [message.get_type() for frame in frames for message in parser.parse_buffer(frame)]
    assert kinds == ["HEARTBEAT"] * 10
    assert all(frame[2] & 1 for frame in frames)


class SimulatedRun:
    """The built-in vehicle, whose second link takes signed messages only, and a gateway with the key."""

    PEER = LinkedPeer("gateway", 1)

    def __init__(self, *, attacked: bool) -> None:
        self.now = START
        home = HomePoint(HOME_E7[0] / 1e7, HOME_E7[1] / 1e7, 4.0)
        self.vehicle = SimulatedVehicle(VehicleConfig("test", SimulatedClass.COPTER, home, boot_at=START))
        self.gateway = Gateway()
        self.gateway.add_vehicle(ADDRESS, VehicleClass.COPTER, key=SigningKey(SECRET))
        self.events: list[FlightEvent] = []
        self._attacked = attacked
        self._liar = Encoder(255, 190)
        self._false_vehicle = Encoder(1, 1)
        self._heard: list[bytes] = []
        self._give_key()

    def run(self, duration_s: float) -> None:
        end = self.now + duration_s
        while self.now < end:
            self.now += 0.2
            self._step()

    def _give_key(self) -> None:
        ticks = round((START - 1_420_070_400) * 100_000)
        self.vehicle.advance(START + 1)
        setup = mavlink.MAVLink_setup_signing_message(1, 1, list(SECRET), ticks)
        self.vehicle.receive(bytes(setup.pack(mavlink.MAVLink(None, 255, 190))), "first link", START + 1)
        self.now = START + 1

    def _step(self) -> None:
        if self._attacked:
            self._attack()
        self.vehicle.advance(self.now)
        for data, peer in self.vehicle.send():
            if peer == self.PEER:
                self._heard.append(data)
                self.gateway.receive(data, ADDRESS.link, self.now)
        for data, _ in self.gateway.send(self.now):
            self.vehicle.receive(data, self.PEER, self.now)
        while (event := self.gateway.next_event()) is not None:
            self.events.append(event)

    def _attack(self) -> None:
        """Lie to the gateway, and command the vehicle, unsigned and with another key."""
        signer = Signer(SigningKey(OTHER_SECRET), SigningMemory(self.now))
        for lie in LIES:
            frame = self._false_vehicle.encode(lie)
            self.gateway.receive(frame, ADDRESS.link, self.now)
            self.gateway.receive(signer.sign(frame, 1, self.now), ADDRESS.link, self.now)
        for old in self._heard[-20:]:
            self.gateway.receive(old, ADDRESS.link, self.now)
            self.gateway.receive(old, ELSEWHERE, self.now)
        for command in COMMANDS:
            frame = self._liar.encode(command)
            self.vehicle.receive(frame, self.PEER, self.now)
            self.vehicle.receive(signer.sign(frame, 1, self.now), self.PEER, self.now)


def test_an_attacker_changes_nothing_between_the_gateway_and_the_built_in_vehicle() -> None:
    runs = [SimulatedRun(attacked=attacked) for attacked in (False, True)]

    for run in runs:
        run.run(60.0)
        run.gateway.command(Launch("S1", 1, small_plan()), run.now)
        run.run(90.0)

    quiet, attacked = runs
    assert any(isinstance(event, Launched) for event in quiet.events)
    assert attacked.events == quiet.events
    assert attacked.gateway.snapshots() == quiet.gateway.snapshots()
