"""The bad link, and bit-for-bit repeatability."""

import hashlib
import itertools

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.comms.link import BadLink, Luck
from simulator.errors import ConfigurationError
from simulator.testing import GroundStation, MissionBuilder
from simulator.values import HomePoint, VehicleClass, VehicleConfig
from simulator.vehicle import Vehicle
from simulator.wind import Wind

HOME = HomePoint(32.7024, 128.845, 5.09)
DATAGRAMS = [number.to_bytes(4, "big") for number in range(5000)]


def _through(link: BadLink[bytes]) -> list[bytes]:
    for number, datagram in enumerate(DATAGRAMS):
        link.put(datagram, number * 0.01)
    return link.due(1e9)


def test_a_good_link_changes_nothing() -> None:
    assert _through(BadLink[bytes](1)) == DATAGRAMS


def test_losses_and_doubles_come_in_the_shares_asked_for() -> None:
    arrived = _through(BadLink(1, Luck(loss=0.2)))
    doubled = _through(BadLink(1, Luck(duplicate=0.1)))

    assert len(arrived) == pytest.approx(4000, abs=100)
    assert len(doubled) == pytest.approx(5500, abs=100)


def test_reordering_loses_nothing() -> None:
    arrived = _through(BadLink(1, Luck(reorder=0.2)))

    assert arrived != DATAGRAMS
    assert sorted(arrived) == DATAGRAMS


def test_delay_holds_every_datagram_back() -> None:
    link: BadLink[bytes] = BadLink(1, Luck(delay_s=0.5))
    link.put(b"x", 10.0)

    assert link.next_due() == 10.5
    assert link.due(10.4) == []
    assert link.due(10.5) == [b"x"]
    assert link.next_due() is None


def test_the_same_seed_has_the_same_luck_and_another_one_has_not() -> None:
    bad = {"loss": 0.2, "duplicate": 0.2, "reorder": 0.2}

    assert _through(BadLink(7, Luck(**bad))) == _through(BadLink(7, Luck(**bad)))
    assert _through(BadLink(7, Luck(**bad))) != _through(BadLink(8, Luck(**bad)))


def test_a_share_above_one_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="loss"):
        BadLink(1, Luck(loss=20))


def _bytes_of_a_flight(seed: int) -> str:
    config = VehicleConfig("q", VehicleClass.QUADPLANE, HOME, wind=Wind(8, 100), seed=seed, boot_at=1e9)
    station = GroundStation(Vehicle(config), now=1e9)
    station.run(26.0)
    plan = MissionBuilder(HOME).action(mavlink.MAV_CMD_NAV_VTOL_TAKEOFF, frame=3).waypoint(800, 0, 60)
    plan.items[1].z = 30
    station.upload(plan.place(mavlink.MAV_CMD_NAV_VTOL_LAND, 200, 300, 0).items)
    station.set_mode(mavlink.PLANE_MODE_AUTO)
    station.arm()
    station.run(200.0)
    digest = hashlib.sha256()
    for _, message in station.received:
        digest.update(message.get_msgbuf())
    return digest.hexdigest()


def test_the_same_seed_gives_the_same_bytes_and_another_one_other_noise() -> None:
    assert _bytes_of_a_flight(7) == _bytes_of_a_flight(7)
    assert _bytes_of_a_flight(7) != _bytes_of_a_flight(8)


def test_how_often_time_is_advanced_does_not_change_the_flight() -> None:
    tracks = []
    for step_s in (0.05, 3.7):
        vehicle = Vehicle(VehicleConfig("c", VehicleClass.COPTER, HOME, boot_at=0.0))
        for now in itertools.takewhile(lambda now: now < 60, itertools.count(0.0, step_s)):
            vehicle.advance(now)
        vehicle.advance(60.0)
        tracks.append(vehicle.track)

    assert tracks[0] == tracks[1]


def test_a_plan_gets_on_board_over_a_bad_link_or_the_upload_ends() -> None:
    vehicle = Vehicle(VehicleConfig("c", VehicleClass.COPTER, HOME, boot_at=0.0))
    luck = Luck(loss=0.2, duplicate=0.2, reorder=0.2, delay_s=0.05)
    up, down = (BadLink[bytes](seed, luck) for seed in (3, 4))
    items = MissionBuilder(HOME).waypoint(100, 0, 30).waypoint(200, 0, 30).items
    framer, parser = mavlink.MAVLink(None, srcSystem=255, srcComponent=190), mavlink.MAVLink(None)
    results: list[int] = []

    now = 45.0
    for turn in range(600):
        now += 0.05
        if turn % 200 == 0 and not results:
            up.put(bytes(mavlink.MAVLink_mission_count_message(1, 1, 3, 0).pack(framer)), now)
        for data in up.due(now):
            vehicle.receive(data, "gcs", now)
        vehicle.advance(now)
        for data, _ in vehicle.send():
            down.put(data, now)
        for data in down.due(now):
            for message in parser.parse_buffer(data) or []:
                if message.get_type() == "MISSION_REQUEST":
                    up.put(bytes(items[message.seq].pack(framer)), now)
                elif message.get_type() == "MISSION_ACK":
                    results.append(message.type)

    assert mavlink.MAV_MISSION_ACCEPTED in results
