"""The sticks, and a ground station that moves them."""

from collections.abc import Callable

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.autopilot.receiver import UNTOUCHED, Receiver
from simulator.testing import GroundStation
from simulator.values import VehicleClass


@pytest.mark.parametrize(
    ("channel", "pulse_us", "expected_us"),
    [
        pytest.param(1, 1010, 1010, id="a pulse"),
        pytest.param(3, 55, 55, id="an impossible pulse is taken as it is"),
        pytest.param(1, 0, 1500, id="0 gives an early channel back"),
        pytest.param(1, 65535, 1200, id="65535 leaves an early channel alone"),
        pytest.param(9, 65535, 1200, id="65535 leaves a late channel alone"),
        pytest.param(9, 0, 1200, id="0 leaves a late channel alone"),
        pytest.param(9, 65534, 0, id="65534 gives a late channel back"),
    ],
)
def test_an_override_follows_mavlink(channel: int, pulse_us: int, expected_us: int) -> None:
    receiver = Receiver()
    receiver.override(channel, 1200, now=10.0)

    receiver.override(channel, pulse_us, now=10.0)

    assert receiver.pulse_us(channel, 10.5, override_time_s=3.0) == expected_us


@pytest.mark.parametrize(
    ("override_time_s", "age_s", "expected_us"),
    [(3.0, 2.9, 1900), (3.0, 3.0, 1000), (-1.0, 9000.0, 1900), (0.0, 0.0, 1000)],
)
def test_an_override_holds_for_its_time(override_time_s: float, age_s: float, expected_us: int) -> None:
    receiver = Receiver()

    receiver.override(3, 1900, now=10.0)

    assert receiver.pulse_us(3, 10.0 + age_s, override_time_s) == expected_us


def _override(station: GroundStation, throttle_us: int) -> None:
    pulses = [65535, 65535, throttle_us, *[65535] * 15]
    station.send(mavlink.MAVLink_rc_channels_override_message(1, 1, *pulses))


def _channels(station: GroundStation) -> list[int]:
    station.ask_for(mavlink.MAVLINK_MSG_ID_RC_CHANNELS, 4.0)
    station.run(1.0)
    message = list(station.of("RC_CHANNELS"))[-1]
    return [getattr(message, f"chan{channel}_raw") for channel in range(1, 19)]


def test_the_channels_show_the_sticks_and_what_overrides_them(copter: GroundStation) -> None:
    _override(copter, 1600)

    expected = [pulse for _, pulse in sorted({**UNTOUCHED, 3: 1600}.items())]
    assert _channels(copter) == [*expected, *[0] * 10]


def test_another_system_does_not_move_the_sticks(copter: GroundStation) -> None:
    copter.set_parameter("SYSID_MYGCS", 7)

    _override(copter, 1600)

    assert _channels(copter)[2] == UNTOUCHED[3]


def test_an_override_is_a_sign_of_life_of_the_station(
    make_station: Callable[[VehicleClass], GroundStation],
) -> None:
    station = make_station(VehicleClass.COPTER)
    station.run(42.0)
    station.set_parameter("FS_GCS_ENABLE", 1)
    station.set_parameter("DISARM_DELAY", 0)
    station.set_mode(mavlink.COPTER_MODE_GUIDED)
    station.arm()
    station.beating = False

    for _ in range(12):
        _override(station, 1500)
        station.run(1.0)

    assert not any("GCS Failsafe" in text for text in station.texts())


@pytest.mark.parametrize(("throttle_us", "climb_m_s"), [(55, -2.5), (1000, -2.5), (1500, 0.0), (2200, 2.5)])
def test_a_stick_has_an_end(copter: GroundStation, throttle_us: int, climb_m_s: float) -> None:
    copter.set_mode(mavlink.COPTER_MODE_GUIDED)
    copter.arm()
    copter.command(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, 40)
    copter.run(25.0)

    copter.set_mode(mavlink.COPTER_MODE_LOITER)
    for _ in range(6):
        _override(copter, throttle_us)
        copter.run(1.0)

    assert copter.vehicle.truth.climb_m_s == pytest.approx(climb_m_s, abs=0.2)
