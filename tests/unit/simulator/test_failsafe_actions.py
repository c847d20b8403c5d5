"""What failsafes do, action by action: ``BATT_FS_*``, ``FS_GCS_ENABLE``, ``FS_OPTIONS``, ``FS_LONG_ACTN``."""

import pytest
from pymavlink.dialects.v20 import ardupilotmega as mavlink

from simulator.testing import GroundStation

GUIDED, LAND, LOITER = mavlink.COPTER_MODE_GUIDED, mavlink.COPTER_MODE_LAND, mavlink.COPTER_MODE_LOITER


@pytest.fixture
def hovering(copter: GroundStation) -> GroundStation:
    copter.set_mode(GUIDED)
    copter.arm()
    copter.command(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, 20)
    copter.run(22.0)
    return copter


@pytest.mark.parametrize(
    ("action", "mode"),
    [(0, "GUIDED"), (1, "LAND"), (2, "RTL"), (3, "SMART_RTL"), (4, "SMART_RTL"), (6, "RTL"), (7, "BRAKE")],
)
def test_a_low_battery_is_acted_on_as_set(hovering: GroundStation, action: int, mode: str) -> None:
    hovering.set_parameter("BATT_FS_LOW_ACT", action)

    hovering.set_parameter("SIM_BATT_VOLTAGE", 10.2)
    hovering.run(14.0)

    assert "Battery Failsafe" in hovering.texts()
    assert hovering.vehicle.truth.mode == mode


def test_a_low_battery_may_stop_the_motors(hovering: GroundStation) -> None:
    hovering.set_parameter("BATT_FS_LOW_ACT", 5)

    hovering.set_parameter("SIM_BATT_VOLTAGE", 10.2)
    hovering.run(14.0)

    assert not hovering.vehicle.truth.armed


def test_a_weighty_action_is_not_followed_by_a_lighter_one(hovering: GroundStation) -> None:
    for name, value in (("BATT_FS_LOW_ACT", 3), ("BATT_FS_CRT_ACT", 7), ("BATT_CRT_VOLT", 9.5)):
        hovering.set_parameter(name, value)
    hovering.set_parameter("SIM_BATT_VOLTAGE", 10.2)
    hovering.run(14.0)

    hovering.set_parameter("SIM_BATT_VOLTAGE", 9.2)
    hovering.run(12.0)

    assert any("is critical" in text for text in hovering.texts())
    assert hovering.vehicle.truth.mode == "SMART_RTL"


def test_a_low_battery_disarms_what_stands_on_the_ground(copter: GroundStation) -> None:
    copter.set_parameter("DISARM_DELAY", 0)
    copter.set_mode(GUIDED)
    copter.arm()

    copter.set_parameter("SIM_BATT_VOLTAGE", 10.2)
    copter.run(14.0)

    assert "Battery Failsafe - Disarming" in copter.texts()
    assert not copter.vehicle.truth.armed


def test_a_low_battery_refuses_arming_without_having_been_acted_on(copter: GroundStation) -> None:
    copter.set_parameter("SIM_BATT_VOLTAGE", 10.2)
    copter.run(14.0)
    copter.set_mode(GUIDED)

    assert copter.arm() == 4

    assert "Arm: Battery 1 low voltage failsafe" in copter.texts()
    assert "Arm: Battery failsafe" not in copter.texts()


@pytest.mark.parametrize(
    ("enable", "mode"),
    [(1, "RTL"), (3, "SMART_RTL"), (4, "SMART_RTL"), (5, "LAND"), (6, "RTL"), (7, "BRAKE")],
)
def test_the_loss_of_the_station_is_acted_on_as_set(hovering: GroundStation, enable: int, mode: str) -> None:
    hovering.set_parameter("FS_GCS_ENABLE", enable)
    hovering.beating = False

    hovering.run(7.0)

    assert "GCS Failsafe" in hovering.texts()
    assert hovering.vehicle.truth.mode == mode


@pytest.mark.parametrize(
    ("mode", "options", "words"),
    [
        (LAND, 8, "GCS Failsafe - Continuing Landing"),
        (LOITER, 16, "GCS Failsafe - Continuing Pilot Control"),
    ],
)
def test_options_let_a_copter_go_on(hovering: GroundStation, mode: int, options: int, words: str) -> None:
    hovering.set_parameter("FS_GCS_ENABLE", 1)
    hovering.set_parameter("FS_OPTIONS", options)
    hovering.set_mode(mode)
    name = hovering.vehicle.truth.mode
    hovering.beating = False

    hovering.run(6.0)

    assert words in hovering.texts()
    assert hovering.vehicle.truth.mode == name


@pytest.mark.parametrize(("action", "name"), [(0, "GUIDED"), (1, "RTL"), (2, "FLY_BY_WIRE_A")])
def test_a_quadplane_does_what_its_long_failsafe_says(
    quadplane: GroundStation, action: int, name: str
) -> None:
    quadplane.set_parameter("FS_GCS_ENABL", 1)
    quadplane.set_parameter("FS_LONG_ACTN", action)
    quadplane.set_mode(mavlink.PLANE_MODE_GUIDED)
    quadplane.arm()
    quadplane.command(mavlink.MAV_CMD_NAV_TAKEOFF, 0, 0, 0, 0, 0, 0, 30)
    quadplane.run(20.0)
    quadplane.beating = False

    quadplane.run(7.0)

    assert f"GCS Failsafe On: {name}" in quadplane.texts()
