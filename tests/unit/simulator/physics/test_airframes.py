"""The airframes against the figures of planning, and the model against published aircraft."""

from dataclasses import replace

import numpy as np
import pytest

from simulator.airframe_parts import Wing
from simulator.airframes import (
    AIRFRAMES,
    COPTER,
    HEAVY_COPTER,
    INCH_M,
    QUADPLANE,
    Airframe,
    airframe_of,
)
from simulator.errors import ConfigurationError
from simulator.parameters import ParameterTable
from simulator.physics.battery import Packs
from simulator.physics.command import Motion
from simulator.physics.power import PowerModel
from simulator.values import VehicleClass
from tests.unit.simulator.physics.flying import steady, watts

MATRICE_600_PRO = replace(
    COPTER, empty_kg=9.5, idle_w=20.0, rotors=replace(COPTER.rotors, radius_m=10.5 * INCH_M)
)
"""DJI's specifications: propellers of 21 inch; an autopilot with three receivers draws more than ours."""

DELTAQUAD_PRO = replace(
    QUADPLANE,
    empty_kg=5.0,
    idle_w=8.0,
    wing=Wing(
        area_m2=0.9,
        drag_area_m2=0.9 * 0.0187,
        induced_drag=1.0 / (np.pi * 0.6 * 2.35**2 / 0.9),
        lift_limit=0.63,
        efficiency=0.55,
        pusher_w=400.0,
    ),
)
"""Area, span, mass from its operations manual; e is 0.6 for a flying wing with booms, the efficiency 0.55
for a small pusher. Its drag without lift is fitted: one number for both published flights."""


def _minutes(
    airframe: Airframe, motion: Motion, speed_m_s: float, payload_kg: float, energy_wh: float
) -> float:
    """Return how long a battery lasts in steady flight, with all that the battery model takes from it."""
    power_w = np.array([watts(airframe, motion, steady(speed_m_s), payload_kg)])
    step_s, seconds = 1.0, 0.0
    packs = Packs([energy_wh], step_s)
    while not packs.empty[0]:
        packs.draw(power_w)
        seconds += step_s
    return seconds / 60.0


@pytest.mark.parametrize(
    ("airframe", "motion", "speed_m_s", "planned_w", "remark"),
    [
        (COPTER, Motion.ROTORS, 0.0, 1100.0, "hover"),
        (COPTER, Motion.ROTORS, 10.0, 1100.0, "WPNAV_SPEED"),
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


@pytest.mark.parametrize(
    ("payload_kg", "energy_wh", "published_min", "within"),
    [
        (0.0, 6 * 99.9, 32.0, 0.04),
        (6.0, 6 * 99.9, 16.0, 0.06),
        (0.5, 6 * 129.96, 38.0, 0.04),  # the larger batteries weigh half a kilogram more
        (6.0, 6 * 129.96, 18.0, 0.11),
    ],
)
def test_a_matrice_600_pro_hovers_as_long_as_its_maker_says(
    payload_kg: float, energy_wh: float, published_min: float, within: float
) -> None:
    found_min = _minutes(MATRICE_600_PRO, Motion.ROTORS, 0.0, payload_kg, energy_wh)

    assert found_min == pytest.approx(published_min, rel=within)


@pytest.mark.parametrize(("payload_kg", "published_min"), [(0.0, 29.0), (30.0, 18.0)])
def test_a_flycart_30_hovers_as_long_as_its_maker_says(payload_kg: float, published_min: float) -> None:
    found_min = _minutes(HEAVY_COPTER, Motion.ROTORS, 0.0, payload_kg, HEAVY_COPTER.battery_wh)

    assert found_min == pytest.approx(published_min, rel=0.06)


@pytest.mark.parametrize(
    ("payload_kg", "published_km", "within"),
    [(0.0, 28.0, 0.05), (30.0, 16.0, 0.14)],  # ours has no drag of the parcel
)
def test_a_flycart_30_flies_as_far_as_its_maker_says(
    payload_kg: float, published_km: float, within: float
) -> None:
    minutes = _minutes(HEAVY_COPTER, Motion.ROTORS, 15.0, payload_kg, HEAVY_COPTER.battery_wh)

    assert minutes * 60.0 * 0.015 == pytest.approx(published_km, rel=within)


@pytest.mark.parametrize(("payload_kg", "published_m_s"), [(0.0, 12.0), (1.2, 13.0)])
def test_a_deltaquad_pro_stalls_where_its_maker_says(payload_kg: float, published_m_s: float) -> None:
    model = PowerModel([DELTAQUAD_PRO], [0.0])

    found_m_s = model.wings.stall_speed_m_s(np.array([5.0 + payload_kg]), model.density, np.ones(1))

    assert found_m_s[0] == pytest.approx(published_m_s, rel=0.03)


@pytest.mark.parametrize(
    ("payload_kg", "speed_m_s", "published_min"), [(0.0, 18.0, 120.0), (1.2, 16.0, 110.0)]
)
def test_a_deltaquad_pro_flies_as_long_as_its_maker_says(
    payload_kg: float, speed_m_s: float, published_min: float
) -> None:
    # Nine tenths of 23 Ah at 14.8 V, less a minute of hover for take-off and landing at some 900 W.
    energy_wh = 0.9 * 23.0 * 14.8 - 15.0

    found_min = _minutes(DELTAQUAD_PRO, Motion.WING, speed_m_s, payload_kg, energy_wh)

    assert found_min == pytest.approx(published_min, rel=0.10)


def test_an_airframe_is_found_by_class_and_by_name() -> None:
    assert airframe_of(VehicleClass.COPTER, None) is COPTER
    assert airframe_of(VehicleClass.QUADPLANE, None) is QUADPLANE
    assert airframe_of(VehicleClass.COPTER, "heavy-copter") is HEAVY_COPTER
    with pytest.raises(ConfigurationError, match="choose quadplane"):
        airframe_of(VehicleClass.QUADPLANE, "heavy-copter")
