"""Home: commands, news of it, and item 0; the same steps gave the same answers on ArduCopter 4.7-dev SITL."""

from typing import Any

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.geodesy import LocalFrame
from simulator.testing import GroundStation
from simulator.values import HomePoint

HOME = HomePoint(32.7024, 128.845, 5.09)
LATITUDE_DEG, LONGITUDE_DEG = LocalFrame(HOME.latitude_deg, HOME.longitude_deg).degrees_from_local(50, 20)
PLACE_E7 = round(LATITUDE_DEG * 1e7), round(LONGITUDE_DEG * 1e7)
GLOBAL, RELATIVE, LOCAL = 0, 3, 1


def _set_home(
    station: GroundStation, x: int, y: int, z: float, frame: int = GLOBAL, first: float = 0
) -> int | None:
    message = mavlink.MAVLink_command_int_message(1, 1, frame, 179, 0, 0, first, 0, 0, 0, x, y, z)
    acks = [each for each in station.send(message) if each.get_type() == "COMMAND_ACK"]
    return acks[0].result if acks else None


def _news(station: GroundStation) -> list[Any]:
    return list(station.of("HOME_POSITION"))


@pytest.mark.parametrize(
    ("x", "y", "z", "frame", "first", "result"),
    [
        (*PLACE_E7, 30.0, GLOBAL, 0, 0),
        (*PLACE_E7, 10.0, RELATIVE, 0, 0),
        (0, 0, 10.0, GLOBAL, 0, 0),  # no place: here
        (950_000_000, PLACE_E7[1], 10.0, GLOBAL, 0, 4),
        (*PLACE_E7, 10.0, GLOBAL, 2, 4),
        (*PLACE_E7, 10.0, LOCAL, 0, 2),
        (*PLACE_E7, 1e6, GLOBAL, 0, 2),
    ],
)
def test_a_new_home_is_taken_or_refused_as_by_ardupilot(
    copter: GroundStation, x: int, y: int, z: float, frame: int, first: float, result: int
) -> None:
    assert _set_home(copter, x, y, z, frame, first) == result


def test_a_new_home_is_told_to_everybody_and_is_item_0(copter: GroundStation) -> None:
    before = len(_news(copter))

    _set_home(copter, *PLACE_E7, 30.0)
    copter.run(1.0)

    news = _news(copter)
    assert len(news) == before + 1
    assert (news[-1].latitude, news[-1].longitude, news[-1].altitude) == (*PLACE_E7, 30_000)
    assert copter.download()[0].x == PLACE_E7[0]


def test_arming_moves_home_unless_it_was_set_by_command(copter: GroundStation) -> None:
    _set_home(copter, *PLACE_E7, 30.0)

    copter.set_mode(mavlink.COPTER_MODE_GUIDED)
    copter.arm()
    copter.run(1.0)

    assert _news(copter)[-1].latitude == PLACE_E7[0]


def test_a_home_by_command_long_is_in_degrees_and_above_sea_level(copter: GroundStation) -> None:
    assert copter.command(mavlink.MAV_CMD_DO_SET_HOME, 0, 0, 0, 0, LATITUDE_DEG, LONGITUDE_DEG, 20) == 0
    copter.run(1.0)

    home = _news(copter)[-1]
    assert home.altitude == pytest.approx(20_000, abs=20)
    assert home.latitude == pytest.approx(PLACE_E7[0], abs=50)


def test_home_comes_before_the_acknowledgement_of_the_question(copter: GroundStation) -> None:
    answers = copter.send(
        mavlink.MAVLink_command_long_message(1, 1, mavlink.MAV_CMD_GET_HOME_POSITION, 0, 0, 0, 0, 0, 0, 0, 0)
    )

    assert [each.get_type() for each in answers] == ["HOME_POSITION", "GPS_GLOBAL_ORIGIN", "COMMAND_ACK"]


def test_the_older_message_that_sets_home_has_no_effect(copter: GroundStation) -> None:
    before = len(_news(copter))

    answers = copter.send(
        mavlink.MAVLink_set_home_position_message(1, *PLACE_E7, 5000, 0, 0, 0, [1, 0, 0, 0], 0, 0, 0)
    )
    copter.run(1.0)

    assert answers == []
    assert len(_news(copter)) == before
