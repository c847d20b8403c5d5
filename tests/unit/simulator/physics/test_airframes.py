"""The airframes against the figures of planning, and the model against published aircraft."""

import pytest

from simulator.airframes import AIRFRAMES, COPTER, HEAVY_COPTER, QUADPLANE, Airframe, airframe_of
from simulator.autopilot.parameters import ParameterTable
from simulator.errors import ConfigurationError
from simulator.physics.command import Motion
from simulator.physics.power import PowerModel
from simulator.values import VehicleClass
from tests.unit.simulator.physics.flying import steady, watts
from tests.unit.simulator.physics.published import PUBLISHED, Published


@pytest.mark.parametrize(
    ("airframe", "motion", "speed_m_s", "planned_w", "remark"),
    [
        (COPTER, Motion.ROTORS, 0.0, 1100.0, "hover"),
        (COPTER, Motion.ROTORS, 12.0, 1100.0, "cruise"),
        (QUADPLANE, Motion.ROTORS, 0.0, 1900.0, "hover"),
        (QUADPLANE, Motion.WING, 25.0, 430.0, "AIRSPEED_CRUISE"),
    ],
)
def test_the_model_comes_out_at_the_figures_of_planning(
    airframe: Airframe, motion: Motion, speed_m_s: float, planned_w: float, remark: str
) -> None:
    assert watts(airframe, motion, steady(speed_m_s)) == pytest.approx(planned_w, rel=0.05), remark


@pytest.mark.parametrize("airframe", AIRFRAMES.values(), ids=AIRFRAMES.keys())
def test_the_planned_hover_power_is_that_of_the_model(airframe: Airframe) -> None:
    assert watts(airframe, Motion.ROTORS, steady()) == pytest.approx(airframe.hover_w, rel=0.05)


def test_a_full_quadplane_stalls_below_its_least_airspeed() -> None:
    params = ParameterTable(VehicleClass.QUADPLANE)

    assert PowerModel([QUADPLANE], [0.0]).stall_m_s[0] < params["AIRSPEED_MIN"]


@pytest.mark.parametrize("published", PUBLISHED, ids=str)
def test_the_model_comes_out_at_the_figures_of_makers(published: Published) -> None:
    found = published.measure(published.flight)

    assert found == pytest.approx(published.figure, rel=published.within)


def test_an_airframe_is_found_by_class_and_by_name() -> None:
    assert airframe_of(VehicleClass.COPTER, None) is COPTER
    assert airframe_of(VehicleClass.QUADPLANE, None) is QUADPLANE
    assert airframe_of(VehicleClass.COPTER, "heavy-copter") is HEAVY_COPTER
    with pytest.raises(ConfigurationError, match="choose quadplane"):
        airframe_of(VehicleClass.QUADPLANE, "heavy-copter")
