"""``HIGH_LATENCY2``: all that a satellite link carries."""

from dataclasses import replace

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from flight.commands import Launch, ReturnHome
from flight.events import ActionTaken, Launched, LinkChanged
from flight.link_state import LinkState
from flight.protocol.codec import Decoder
from flight.protocol.heartbeat import OWN_HEARTBEAT
from flight.protocol.messages import CommandAck, Heartbeat, HighLatency2, HomePosition, Message
from flight.situations import Action
from flight.telemetry import Telemetry
from simulator.testing import GroundStation
from simulator.values import HomePoint, VehicleConfig
from simulator.values import VehicleClass as SimulatedClass
from simulator.vehicle import Vehicle
from tests.unit.flight.link_world import LTE, SATELLITE, LinkWorld, Road, is_chatter
from tests.unit.flight.plans import small_plan

ARMED_AUTO = HighLatency2(
    timestamp=1000,
    type=2,
    autopilot=3,
    custom_mode=3,
    latitude=327000000,
    longitude=1288000000,
    altitude=60,
    heading=45,
    groundspeed=50,
    windspeed=20,
    wind_heading=90,
    battery=84,
    wp_num=7,
    failure_flags=0,
    custom0=(81 | 128) - 256,
)


def telemetry_of(*messages: Message) -> Telemetry:
    telemetry = Telemetry()
    for message in messages:
        telemetry.receive(message, 100.0)
    return telemetry


def test_one_message_tells_the_whole_state() -> None:
    telemetry = telemetry_of(ARMED_AUTO)

    assert (telemetry.armed, telemetry.mode, telemetry.mission_seq) == (True, 3, 7)
    assert (telemetry.latitude_deg, telemetry.longitude_deg) == (32.7, 128.8)
    assert telemetry.altitude_amsl_m == 60.0
    assert telemetry.heading_deg == 90.0
    assert telemetry.ground_speed_m_s == 10.0
    assert (telemetry.wind_speed_m_s, telemetry.wind_from_deg) == (4.0, 180.0)
    assert telemetry.battery_remaining == 0.84
    assert telemetry.heartbeat_at == 100.0


def test_the_height_above_home_follows_from_a_known_home() -> None:
    home = HomePosition(327000000, 1288000000, 4000, 0, 0, 0, (1.0, 0.0, 0.0, 0.0), 0, 0, 0)

    assert telemetry_of(ARMED_AUTO).altitude_above_home_m is None
    assert telemetry_of(home, ARMED_AUTO).altitude_above_home_m == 56.0


@pytest.mark.parametrize(
    ("flags", "fix", "position_known", "breached"),
    [(0, 3, True, False), (1, 1, True, False), (4096, 3, False, False), (2048, 3, True, True)],
    ids=["nothing", "GPS", "estimator", "fence"],
)
def test_what_failed_is_told_by_flags(flags: int, fix: int, position_known: bool, breached: bool) -> None:
    telemetry = telemetry_of(replace(ARMED_AUTO, failure_flags=flags))

    assert (telemetry.gps_fix, telemetry.position_known) == (fix, position_known)
    assert (telemetry.fence_breached, telemetry.fence_breached_at) == (breached, 100.0)


def test_a_failure_that_is_over_is_taken_back() -> None:
    failed = replace(ARMED_AUTO, failure_flags=1 | 2048 | 4096 | 2)

    telemetry = telemetry_of(failed, ARMED_AUTO)

    assert (telemetry.gps_fix, telemetry.position_known, telemetry.fence_breached) == (3, True, False)


def test_a_vehicle_that_leaves_its_base_mode_out_stays_armed_as_it_was() -> None:
    silent = replace(ARMED_AUTO, custom0=0, custom_mode=6)

    assert telemetry_of(silent).heartbeat is None
    armed = telemetry_of(Heartbeat(2, 3, 209, 3, 4), silent)
    assert (armed.armed, armed.mode) == (True, 6)


@pytest.mark.parametrize("kind", list(SimulatedClass))
@pytest.mark.parametrize("armed", [False, True])
def test_the_built_in_vehicle_says_by_it_what_its_other_messages_say(
    kind: SimulatedClass, armed: bool
) -> None:
    station = GroundStation(Vehicle(VehicleConfig("test", kind, HomePoint(32.7024, 128.845, 5.0))))
    station.run(60.0)
    copter = kind is SimulatedClass.COPTER
    station.set_mode(mavlink.COPTER_MODE_GUIDED if copter else mavlink.PLANE_MODE_FLY_BY_WIRE_A)
    if armed:
        station.arm()

    station.command(mavlink.MAV_CMD_REQUEST_MESSAGE, mavlink.MAVLINK_MSG_ID_HIGH_LATENCY2)
    station.run(1.2)

    (frame,) = Decoder().frames(bytes(next(station.of("HIGH_LATENCY2")).get_msgbuf()))
    assert frame.message is not None
    telemetry = telemetry_of(frame.message)
    assert telemetry.armed is armed
    assert telemetry.mode == list(station.of("HEARTBEAT"))[-1].custom_mode
    assert telemetry.latitude_deg == pytest.approx(32.7024, abs=1e-4)
    assert telemetry.altitude_amsl_m == pytest.approx(5.0, abs=1.0)


def satellite_world() -> LinkWorld:
    """A world whose second link carries one message in five seconds, and nothing else but answers."""
    world = LinkWorld()
    told: list[float] = []

    def says(road: Road, messages: list[Message]) -> list[Message]:
        if road.name == LTE:
            return messages
        answers: list[Message] = [message for message in messages if isinstance(message, CommandAck)]
        if told and world.now - told[-1] < 5.0:
            return answers
        told.append(world.now)
        vehicle = world.vehicle
        base_mode = 81 + 128 * vehicle.armed
        mode = base_mode - 256 if vehicle.armed else base_mode
        latitude, longitude = vehicle.position_e7
        state = replace(ARMED_AUTO, custom_mode=vehicle.mode, wp_num=vehicle.seq, custom0=mode)
        return [*answers, replace(state, latitude=latitude, longitude=longitude)]

    world.says = says
    return world


def test_a_satellite_link_takes_over_only_when_the_other_is_lost() -> None:
    world = satellite_world()
    world.run(60)
    before = world.quality.best.link

    world.roads[0].works = False
    world.run(60)

    assert before == LTE
    assert world.quality.best.link == SATELLITE
    assert world.quality.best.high_latency
    assert [event.link for event in world.all(LinkChanged)] == [LinkState.FRESH]


def test_a_satellite_link_loses_nothing_and_is_yet_worse_than_a_bad_one_that_carries_everything() -> None:
    world = satellite_world()
    world.roads[0].loss = 0.4

    world.run(120)

    assert world.switches == []


def test_nothing_chatty_is_sent_over_a_satellite_link() -> None:
    world = satellite_world()
    world.roads[0].works = False

    world.run(300)

    sent = world.roads[1].messages()
    assert not [each for each in sent if is_chatter(each)]
    assert 5 <= sent.count(OWN_HEARTBEAT) <= 12
    assert len(sent) == sent.count(OWN_HEARTBEAT)


def test_a_link_that_carries_everything_again_is_greeted_once_a_second_again() -> None:
    world = satellite_world()
    world.roads[0].works = False
    world.run(100)
    world.roads[1].sent.clear()

    world.says = lambda road, messages: messages
    world.run(10)

    assert world.roads[1].messages().count(OWN_HEARTBEAT) >= 8


def test_what_a_person_commands_goes_out_over_a_satellite_link_as_well() -> None:
    world = satellite_world()
    world.command(Launch("S1", 1, small_plan()))
    world.run(300, lambda: bool(world.all(Launched)))
    world.roads[0].works = False
    world.run(12)
    assert world.quality.best.link == SATELLITE

    world.command(ReturnHome("S1", 1, "operator"))
    world.run(60, lambda: bool(world.all(ActionTaken)))

    (taken,) = world.all(ActionTaken)
    assert (taken.action, taken.by) == (Action.RETURN, "operator")
