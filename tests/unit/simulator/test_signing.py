"""MAVLink 2 signing; the same steps gave the same answers on ArduCopter 4.7-dev SITL."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.comms.radio import LinkedPeer
from simulator.testing import GroundStation
from simulator.values import VehicleClass

KEY = sha256(b"a key").digest()
NOW = 38_000_000_000_000
"""Some time of signing, in units of 10 µs."""

_SIGNED = 1
"""Bit of the incompatibility flags of a frame."""


class Link:
    """A ground station on one link of a vehicle, which signs if it is told to."""

    def __init__(self, station: GroundStation, number: int) -> None:
        self._station = station
        self._peer = LinkedPeer("station", number) if number else "station"
        self.framer = mavlink.MAVLink(None, srcSystem=255, srcComponent=190)
        self._parser = mavlink.MAVLink(None)

    def sign(self, key: bytes, timestamp: int = NOW + 1) -> None:
        self.framer.signing.secret_key = key
        self.framer.signing.timestamp = timestamp
        self.framer.signing.sign_outgoing = True

    def send(self, message: Any) -> list[Any]:
        data = bytes(message.pack(self.framer))
        vehicle = self._station.vehicle
        vehicle.receive(data, self._peer, self._station.now)
        answers = [each for each, peer in vehicle.send() if peer == self._peer]
        return self._parser.parse_buffer(b"".join(answers)) or []

    def ask(self) -> list[Any]:
        """Ask for the capabilities; return the acknowledgements."""
        answers = self.send(mavlink.MAVLink_command_long_message(1, 1, 520, 0, 1, 0, 0, 0, 0, 0, 0))
        return [each for each in answers if each.get_type() == "COMMAND_ACK"]


def _setup(key: bytes = KEY, timestamp: int = NOW) -> mavlink.MAVLink_setup_signing_message:
    return mavlink.MAVLink_setup_signing_message(1, 1, list(key), timestamp)


@pytest.fixture
def first(copter: GroundStation) -> Link:
    return Link(copter, 0)


@pytest.fixture
def second(copter: GroundStation) -> Link:
    return Link(copter, 1)


def test_the_first_link_takes_unsigned_messages_and_the_second_does_not(first: Link, second: Link) -> None:
    first.send(_setup())

    answers = first.ask()

    assert [each.result for each in answers] == [0]
    assert answers[0].get_header().incompat_flags & _SIGNED
    assert second.ask() == []


def test_the_second_link_takes_what_is_signed_with_the_key(first: Link, second: Link) -> None:
    first.send(_setup())
    second.sign(sha256(b"another key").digest())
    wrong = second.ask()

    second.sign(KEY)

    assert wrong == []
    assert [each.result for each in second.ask()] == [0]


def test_a_replayed_frame_is_dropped_on_the_second_link(copter: GroundStation, second: Link) -> None:
    Link(copter, 0).send(_setup())
    second.sign(KEY, NOW + 100)
    taken = second.ask()

    second.sign(KEY, NOW + 100)

    assert len(taken) == 1
    assert second.ask() == []


def test_the_state_of_a_radio_needs_no_signature(copter: GroundStation, first: Link, second: Link) -> None:
    first.send(_setup())
    vehicle = copter.vehicle
    listeners = vehicle.peers

    second.send(mavlink.MAVLink_radio_status_message(1, 1, 1, 1, 1, 1, 1))

    assert vehicle.peers == listeners + 1


def test_a_key_and_a_timestamp_of_zeros_switch_signing_off(first: Link, second: Link) -> None:
    first.send(_setup())

    first.send(_setup(bytes(32), 0))

    assert not first.ask()[0].get_header().incompat_flags & _SIGNED
    assert [each.result for each in second.ask()] == [0]


def test_no_key_is_taken_while_armed(copter: GroundStation, first: Link) -> None:
    copter.set_mode(mavlink.COPTER_MODE_GUIDED)
    copter.arm()

    answers = first.send(_setup())

    assert [each.text for each in answers if each.get_type() == "STATUSTEXT"] == [
        "ERROR: Won't setup signing when armed"
    ]
    assert not first.ask()[0].get_header().incompat_flags & _SIGNED


def test_only_the_own_station_is_heard_where_that_is_enforced(
    make_station: Callable[..., GroundStation],
) -> None:
    station = make_station(VehicleClass.COPTER)
    other = GroundStation(station.vehicle, station.now, system_id=200)

    station.set_parameter("SYSID_ENFORCE", 1)

    assert other.send(mavlink.MAVLink_command_long_message(1, 1, 520, 0, 1, 0, 0, 0, 0, 0, 0)) == []
    assert station.command(520, 1) == 0
