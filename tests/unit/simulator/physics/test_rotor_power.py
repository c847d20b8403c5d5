"""Momentum theory against its closed forms, and against measured descents."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.airframes import COPTER
from simulator.physics.induced import wake
from simulator.physics.rotor_power import RotorPower

DENSITY = np.array([1.225])
WEIGHT_N = np.array([88.26])
STILL = np.zeros(1)


def _watts(v_up: float = 0.0, speed_m_s: float = 0.0, scale: float = 1.0) -> float:
    lift = WEIGHT_N * scale
    rotors = RotorPower([COPTER.rotors])
    shaft_w = rotors.watts(lift, lift, np.array([speed_m_s**2]), np.array([v_up]), DENSITY)
    return float((shaft_w * rotors.per_watt)[0])


def _glauert(speed: float, climb: float) -> float:
    """Return the induced velocity for v_h = 1: the positive root of v² (V² + (V_c + v)²) = 1."""
    roots = np.roots([1.0, 2.0 * climb, speed**2 + climb**2, 0.0, -1.0])
    return float(next(root.real for root in roots if abs(root.imag) < 1e-9 and root.real > 0.0))


def test_hover_needs_the_ideal_power_over_the_figure_of_merit() -> None:
    disc_m2 = 6.0 * np.pi * 0.254**2
    ideal_w = 88.26 * (88.26 / (2.0 * 1.225 * disc_m2)) ** 0.5
    figure_of_merit = 1.0 / (1.15 + 0.70)

    assert _watts() == pytest.approx(ideal_w / figure_of_merit / 0.82, rel=1e-6)


@pytest.mark.parametrize("scale", [0.5, 1.5, 2.0])
def test_hover_power_grows_with_the_thrust_to_the_power_of_three_halves(scale: float) -> None:
    assert _watts(scale=scale) == pytest.approx(_watts() * scale**1.5, rel=1e-6)


@given(climb=st.floats(0.0, 3.0))
def test_the_wake_of_a_vertical_climb_is_the_closed_form(climb: float) -> None:
    found, _ = wake(np.ones(1), STILL, np.array([climb]))

    assert found[0] == pytest.approx(np.sqrt(1.0 + climb**2 / 4.0) - climb / 2.0, rel=1e-6)


@given(speed=st.floats(0.0, 10.0))
def test_the_wake_of_level_flight_is_the_closed_form(speed: float) -> None:
    found, _ = wake(np.ones(1), np.array([speed**2]), STILL)

    assert found[0] == pytest.approx(np.sqrt(np.sqrt(speed**4 / 4.0 + 1.0) - speed**2 / 2.0), rel=1e-5)


@given(speed=st.floats(0.0, 8.0), climb=st.floats(0.0, 0.5))
def test_the_wake_of_a_climb_in_forward_flight_solves_glauerts_equation(speed: float, climb: float) -> None:
    found, _ = wake(np.ones(1), np.array([speed**2]), np.array([climb]))

    assert found[0] + climb == pytest.approx(_glauert(speed, climb) + climb, rel=0.01)


@pytest.mark.parametrize("sink", [0.2, 0.3, 0.5, 0.8, 1.0])
def test_a_vertical_descent_saves_what_was_measured(sink: float) -> None:
    # Leishman, chapter 2: v / v_h over x = V_c / v_h, fitted to measurements in -2 < x < 0.
    measured = 1.0 + 1.125 * sink - 1.372 * sink**2 + 1.718 * sink**3 - 0.655 * sink**4 - sink

    found = 1.0 - sink * wake(np.ones(1), STILL, STILL)[1][0]

    assert found == pytest.approx(measured, abs=0.04)


def test_a_climb_of_2_5_m_s_costs_the_work_less_what_the_wake_gets_weaker() -> None:
    hover_m_s = (88.26 / (2.0 * 1.225 * 6.0 * np.pi * 0.254**2)) ** 0.5
    wake_m_s = np.sqrt(hover_m_s**2 + 1.25**2) - 1.25
    extra_w = 88.26 * (2.5 - 1.15 * (hover_m_s - wake_m_s)) / 0.82

    assert _watts(v_up=2.5) - _watts() == pytest.approx(extra_w, rel=1e-6)


def test_a_descent_of_1_5_m_s_saves_little() -> None:
    assert 0.94 * _watts() < _watts(v_up=-1.5) < _watts()


@pytest.mark.parametrize("speed_m_s", [3.0, 10.0, 20.0])
def test_forward_flight_needs_less_induced_and_more_blade_power(speed_m_s: float) -> None:
    hover_m_s = (88.26 / (2.0 * 1.225 * 6.0 * np.pi * 0.254**2)) ** 0.5
    advance = speed_m_s / (hover_m_s * (2.0 / 0.012) ** 0.5)
    induced_w = 1.15 * 88.26 * hover_m_s * _glauert(speed_m_s / hover_m_s, 0.0) / 0.82
    blades_w = 0.70 * 88.26 * hover_m_s * (1.0 + 4.65 * advance**2) / 0.82

    assert _watts(speed_m_s=speed_m_s) == pytest.approx(induced_w + blades_w, rel=1e-6)


def test_rotors_that_stand_still_need_nothing() -> None:
    rotors = RotorPower([COPTER.rotors])

    found = rotors.watts(STILL, STILL, np.array([625.0]), np.array([3.0]), DENSITY)

    assert found[0] == pytest.approx(0.0, abs=1e-6)
