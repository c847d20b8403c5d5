"""A vehicle with its peers, and the ground it stands on, without sockets."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.errors import ConfigurationError
from simulator.shell.station import DATAGRAM_BYTES, Station, joined
from simulator.surfaces import surface
from simulator.values import HomePoint, VehicleClass, VehicleConfig
from simulator.vehicle import Vehicle

START = 1_800_000_000.0
FUKUE_PORT = VehicleConfig("C1", VehicleClass.COPTER, HomePoint(32.69676, 128.85228, 4.0))
AT_SEA = VehicleConfig("C2", VehicleClass.COPTER, HomePoint(32.75, 128.95, 0.0))


class _World:
    """One station, its time, and what a peer hears."""

    def __init__(self) -> None:
        self.now = START
        self.heard: list[str] = []
        self.station = Station(Vehicle(FUKUE_PORT), lambda: self.now, None)
        self._parser = mavlink.MAVLink(None)
        self._framer = mavlink.MAVLink(None, srcSystem=255, srcComponent=190)

    def hear(self, data: bytes) -> None:
        self.heard += [message.get_type() for message in self._parser.parse_buffer(data) or ()]

    def speak(self, message: mavlink.MAVLink_message) -> None:
        self.station.hear(message.pack(self._framer), "peer", self.hear)

    def run(self, seconds: int) -> None:
        for _ in range(seconds):
            self.now += 1.0
            self.station.vehicle.advance(self.now)
            self.station.flush()
            self.station.look()


@pytest.fixture
def world() -> _World:
    """Return a vehicle that was just switched on."""
    return _World()


def test_an_open_connection_gets_heartbeats_before_it_speaks_and_nothing_else(world: _World) -> None:
    world.station.connect("peer", world.hear)

    world.run(60)

    assert set(world.heard) <= {"HEARTBEAT", "TIMESYNC"}
    assert world.heard.count("HEARTBEAT") > 50


def test_a_connection_that_is_silent_for_long_still_gets_heartbeats(world: _World) -> None:
    world.station.connect("peer", world.hear)
    world.speak(mavlink.MAVLink_heartbeat_message(6, 8, 0, 0, 4, 3))
    world.run(400)
    world.heard.clear()

    world.run(10)

    assert "HEARTBEAT" in world.heard


def test_one_that_was_closed_gets_nothing_more(world: _World) -> None:
    world.station.connect("peer", world.hear)
    world.run(5)
    world.station.disconnect("peer")
    world.heard.clear()

    world.run(5)

    assert world.heard == []


def test_the_goto_islands_are_land_in_the_sea() -> None:
    goto = surface("goto", [FUKUE_PORT])

    wet = goto.under(np.array([32.69676, 32.75]), np.array([128.85228, 128.95]))

    assert wet.tolist() == [False, True]


def test_a_vehicle_that_stands_in_the_sea_is_named() -> None:
    with pytest.raises(ConfigurationError, match="C2 stands in the sea of goto"):
        surface("goto", [FUKUE_PORT, AT_SEA])


def test_flat_ground_has_no_sea() -> None:
    assert not surface("flat", [AT_SEA]).under(np.array([32.75]), np.array([128.95])).any()


@given(st.lists(st.integers(12, 280), max_size=60))
def test_frames_are_put_together_in_order_and_no_datagram_is_too_long(sizes: list[int]) -> None:
    frames = [bytes([number % 256]) * size for number, size in enumerate(sizes)]

    datagrams = list(joined(frames))

    assert b"".join(datagrams) == b"".join(frames)
    assert all(0 < len(datagram) <= DATAGRAM_BYTES for datagram in datagrams)
    assert len(datagrams) <= 1 + 2 * sum(sizes) // DATAGRAM_BYTES
