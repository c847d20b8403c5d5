"""Kinds of fence, their actions and refusals; as ArduCopter 4.7-dev SITL did, where it could be asked."""

from collections.abc import Callable

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.fence import CEILING, CIRCLE, FLOOR, POLYGON, fence_names
from simulator.testing import GroundStation, MissionBuilder
from simulator.values import VehicleClass

GUIDED = mavlink.COPTER_MODE_GUIDED


def _climb(station: GroundStation, height_m: float) -> None:
    station.set_mode(GUIDED)
    assert station.arm() == 0
    station.command(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, height_m)
    station.run(25.0)


def _status(station: GroundStation) -> list[int]:
    last = list(station.of("FENCE_STATUS"))[-1]
    return [last.breach_status, last.breach_count, last.breach_type]


@pytest.fixture
def fenced(copter: GroundStation) -> GroundStation:
    """Return a copter with a ceiling of 25 m, which reports its fence."""
    copter.ask_for(mavlink.MAVLINK_MSG_ID_FENCE_STATUS, 5.0)
    for name, value in (("FENCE_TYPE", CEILING), ("FENCE_ALT_MAX", 25), ("FENCE_ENABLE", 1)):
        copter.set_parameter(name, value)
    return copter


@pytest.mark.parametrize(
    ("action", "mode"),
    [(0, "GUIDED"), (1, "RTL"), (2, "LAND"), (3, "SMART_RTL"), (4, "BRAKE"), (5, "SMART_RTL")],
)
def test_the_action_of_the_fence_is_a_parameter(fenced: GroundStation, action: int, mode: str) -> None:
    _climb(fenced, 20)

    fenced.set_parameter("FENCE_ACTION", action)
    fenced.set_parameter("FENCE_ALT_MAX", 15)
    fenced.run(1.0)

    assert "Max Alt fence breached" in fenced.texts()
    assert fenced.vehicle.truth.mode == mode
    assert _status(fenced) == [1, 1, mavlink.FENCE_BREACH_MAXALT]


def test_a_copter_far_outside_its_fence_lands(copter: GroundStation) -> None:
    copter.set_parameter("FENCE_TYPE", CIRCLE)
    copter.set_parameter("FENCE_RADIUS", 300)
    copter.set_parameter("FENCE_ENABLE", 1)
    _climb(copter, 20)
    target = mavlink.MAVLink_set_position_target_local_ned_message(
        0, 1, 1, 1, 0b110111111000, 150, 0, -20, 0, 0, 0, 0, 0, 0, 0, 0
    )
    copter.send(target)
    copter.run(30.0)

    copter.set_parameter("FENCE_RADIUS", 30)
    copter.run(1.0)

    assert copter.vehicle.truth.mode == "LAND"


def test_a_pilot_is_stopped_below_the_ceiling(fenced: GroundStation) -> None:
    _climb(fenced, 15)
    fenced.set_mode(mavlink.COPTER_MODE_LOITER)

    for _ in range(40):
        fenced.send(mavlink.MAVLink_rc_channels_override_message(1, 1, 0, 0, 1900, 0, 0, 0, 0, 0))
        fenced.run(0.4)

    assert fenced.vehicle.truth.mode == "LOITER"
    assert fenced.vehicle.truth.altitude_amsl_m == pytest.approx(5.09 + 23, abs=1.0)


def test_a_floor_switches_itself_on_above_it_and_off_for_landing(copter: GroundStation) -> None:
    for name, value in (("FENCE_TYPE", FLOOR), ("FENCE_ALT_MIN", 8), ("FENCE_ENABLE", 1)):
        copter.set_parameter(name, value)

    _climb(copter, 15)
    copter.set_mode(mavlink.COPTER_MODE_LAND)
    copter.run_until_text("Disarming motors", 60.0)

    assert "Min Alt fence enabled (auto enable)" in copter.texts()
    assert "Min Alt fence auto-disabled" in copter.texts()
    assert not any("breached" in text for text in copter.texts())


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"FENCE_TYPE": 0}, "Fences enabled, but none selected"),
        ({"FENCE_MARGIN": 60}, "FENCE_MARGIN too big"),
        ({"FENCE_ALT_MIN": 120, "FENCE_ALT_MAX": 100}, "FENCE_ALT_MAX < FENCE_ALT_MIN"),
        ({"FENCE_RADIUS": -1}, "Invalid Circle FENCE_RADIUS value"),
        ({"FENCE_RADIUS": 1}, "Circle FENCE_MARGIN is greater than FENCE_RADIUS"),
    ],
)
def test_a_fence_without_sense_is_not_armed_with(
    copter: GroundStation, settings: dict[str, float], words: str
) -> None:
    copter.set_parameter("FENCE_ENABLE", 1)
    for name, value in settings.items():
        copter.set_parameter(name, value)
    copter.set_mode(GUIDED)

    assert copter.arm() == 4

    # A text longer than 50 characters comes in pieces.
    assert f"Arm: {words}"[:50] in copter.texts()


@pytest.mark.parametrize(
    ("params", "result", "kinds"),
    [((1, 0), 0, 7), ((1, 4), 4, 0), ((1, 8), 4, 0), ((0, 0), 0, 0), ((2, 0), 0, 0), ((3, 0), 4, 0)],
)
def test_the_fence_is_switched_by_kinds(
    copter: GroundStation, params: tuple[float, float], result: int, kinds: int
) -> None:
    assert copter.command(mavlink.MAV_CMD_DO_FENCE_ENABLE, *params) == result

    copter.ask_for(mavlink.MAVLINK_MSG_ID_FENCE_STATUS, 5.0)
    copter.run(1.0)
    assert bool(list(copter.of("FENCE_STATUS"))) == bool(kinds)


def test_arming_switches_the_fence_on_and_disarming_off(copter: GroundStation) -> None:
    copter.set_parameter("FENCE_AUTOENABLE", 3)
    copter.set_mode(GUIDED)

    copter.arm()
    copter.command(mavlink.MAV_CMD_COMPONENT_ARM_DISARM, 0)

    assert "Max Alt, Circle and Polygon fences auto-enabled" in copter.texts()
    assert "Max Alt, Circle and Polygon fences auto-disabled" in copter.texts()


def test_a_target_outside_the_fence_is_refused(fenced: GroundStation, plan: MissionBuilder) -> None:
    _climb(fenced, 15)
    place = plan.waypoint(20, 0, 40).items[-1]

    answers = fenced.send(
        mavlink.MAVLink_command_int_message(1, 1, 3, 192, 0, 0, -1, 0, 0, 0, place.x, place.y, 40)
    )

    assert next(each.result for each in answers if each.get_type() == "COMMAND_ACK") == 4


@pytest.mark.parametrize(
    ("kinds", "words"),
    [(CIRCLE, "Circle fence"), (CEILING | POLYGON, "Max Alt and Polygon fences")],
)
def test_kinds_are_named_as_in_ardupilot(kinds: int, words: str) -> None:
    assert fence_names(kinds) == words


def test_a_polygon_is_switched_on_by_command_only_once_the_origin_is_known(
    make_station: Callable[..., GroundStation],
) -> None:
    station = make_station(VehicleClass.COPTER)
    station.set_parameter("FENCE_TYPE", POLYGON)
    home = station.vehicle.config.home
    square = MissionBuilder(home, mission_type=1)
    for north_m, east_m in ((-50, -50), (50, -50), (50, 50), (-50, 50)):
        square.place(mavlink.MAV_CMD_NAV_FENCE_POLYGON_VERTEX_INCLUSION, north_m, east_m, 0, 4, frame=0)
    assert station.upload(square.items, mission_type=1) == mavlink.MAV_MISSION_ACCEPTED

    early = station.command(mavlink.MAV_CMD_DO_FENCE_ENABLE, 1)
    station.run(45.0)
    late = station.command(mavlink.MAV_CMD_DO_FENCE_ENABLE, 1)

    assert (early, late) == (mavlink.MAV_RESULT_FAILED, mavlink.MAV_RESULT_ACCEPTED)
