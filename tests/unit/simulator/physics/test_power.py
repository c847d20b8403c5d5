"""The power of flight: closed forms of the wing, phases, and independence."""

import math
from dataclasses import replace

import numpy as np
import pytest

from simulator.airframes import COPTER, QUADPLANE
from simulator.physics.command import Motion
from simulator.physics.power import PowerModel
from simulator.physics.state import State
from simulator.physics.wing_power import turn_radius_m
from tests.unit.simulator.physics.flying import steady, watts

WEIGHT_N = 13.0 * 9.80665


def _polar_w(airspeed_m_s: float, load: float = 1.0, climb_m_s: float = 0.0) -> float:
    """Return the cruise power by hand, from C_D = C_D0 + k C_L²."""
    dynamic_pa = 0.5 * 1.225 * airspeed_m_s**2
    lift = WEIGHT_N * load
    drag = dynamic_pa * 0.0263 + 0.039 * lift**2 / dynamic_pa
    return (drag * airspeed_m_s + lift * climb_m_s) / 0.70 + 10.0


@pytest.mark.parametrize(
    ("airspeed_m_s", "bank_deg", "climb_m_s"),
    [(25.0, 0.0, 0.0), (18.0, 0.0, 0.0), (25.0, 45.0, 0.0), (25.0, 0.0, 3.0), (30.0, 30.0, 2.0)],
)
def test_flight_on_the_wing_follows_the_drag_polar(
    airspeed_m_s: float, bank_deg: float, climb_m_s: float
) -> None:
    load = 1.0 / math.cos(math.radians(bank_deg))

    found = watts(QUADPLANE, Motion.WING, steady(airspeed_m_s, climb_m_s), load=load)

    assert found == pytest.approx(_polar_w(airspeed_m_s, load, climb_m_s), rel=1e-3)


def test_the_speed_of_least_drag_is_where_lift_and_no_lift_drag_are_equal() -> None:
    best_m_s = math.sqrt(2.0 * WEIGHT_N / 1.225 * math.sqrt(0.039 / 0.0263))
    best = (watts(QUADPLANE, Motion.WING, steady(best_m_s)) - 10.0) / best_m_s

    others = [(watts(QUADPLANE, Motion.WING, steady(v)) - 10.0) / v for v in (best_m_s - 1.0, best_m_s + 1.0)]

    assert best == pytest.approx(2.0 * WEIGHT_N * math.sqrt(0.039 * 0.0263) / 0.70, rel=1e-3)
    assert best < min(others)


def test_a_steep_glide_needs_only_the_avionics() -> None:
    assert watts(QUADPLANE, Motion.WING, steady(25.0, -4.0)) == pytest.approx(10.0, abs=0.1)


def test_the_stall_speed_follows_from_the_largest_lift() -> None:
    model = PowerModel([QUADPLANE, COPTER], [0.0, 0.0])
    mass_kg, density = np.array([13.0, 9.0]), np.full(2, 1.225)

    level = model.wings.stall_speed_m_s(mass_kg, density, np.ones(2))
    turning = model.wings.stall_speed_m_s(mass_kg, density, np.full(2, 2.0))

    assert level == pytest.approx([math.sqrt(2.0 * WEIGHT_N / (1.225 * 1.0 * 1.5)), 0.0])
    assert turning[0] == pytest.approx(level[0] * math.sqrt(2.0))
    assert model.stall_m_s[0] == pytest.approx(level[0] * math.sqrt(15.5 / 13.0))


def test_a_turn_has_the_radius_of_the_bank() -> None:
    radius_m = turn_radius_m(np.array([25.0]), np.radians([45.0]))

    assert radius_m[0] == pytest.approx(25.0**2 / 9.80665)


@pytest.mark.parametrize("motion", [Motion.WING, Motion.TRANSITION])
def test_the_rotors_carry_what_the_wing_does_not(motion: Motion) -> None:
    hovering = watts(QUADPLANE, Motion.ROTORS, steady())

    powers = [watts(QUADPLANE, motion, steady(speed)) for speed in (0.0, 4.0, 8.0, 12.0)]

    assert powers == sorted(powers, reverse=True)
    assert powers[0] == pytest.approx(hovering + (900.0 if motion is Motion.TRANSITION else 0.0))
    assert powers[-1] < 0.5 * hovering or motion is Motion.TRANSITION


def test_a_copter_leans_into_its_drag_and_does_the_work_of_it() -> None:
    slick = replace(COPTER, rotors=replace(COPTER.rotors, drag_area_m2=0.0))
    drag_n = 0.5 * 1.225 * COPTER.rotors.drag_area_m2 * 15.0**2

    extra_w = watts(COPTER, Motion.ROTORS, steady(15.0)) - watts(slick, Motion.ROTORS, steady(15.0))

    assert extra_w > drag_n * 15.0 / 0.82
    assert extra_w < 1.35 * drag_n * 15.0 / 0.82


def test_thin_air_costs_the_root_of_its_density_in_hover() -> None:
    low, high = (
        watts(COPTER, Motion.ROTORS, steady(), altitude_amsl_m=height) - 8.0 for height in (0.0, 3000.0)
    )

    assert high / low == pytest.approx(math.sqrt(1.225 / 0.90912), rel=1e-4)


def test_the_density_follows_the_climb() -> None:
    model, state = PowerModel([COPTER], [0.0]), steady()
    arguments = np.array([float(Motion.ROTORS)]), state, np.array([9.0]), np.ones(1)
    low = model.watts(*arguments)[0]
    state.up[:] = 1000.0

    for _ in range(10):
        high = model.watts(*arguments)[0]

    assert high / low == pytest.approx(math.sqrt(1.225 / 1.11164), rel=2e-3)


def test_on_the_ground_and_disarmed_it_draws_its_two_small_powers() -> None:
    parked = State.parked(np.zeros(1))

    assert watts(COPTER, Motion.ROTORS, parked) == COPTER.ground_w
    assert watts(COPTER, Motion.OFF, parked) == COPTER.idle_w
    assert watts(COPTER, Motion.OFF, steady(10.0, -20.0)) == COPTER.idle_w


def test_the_power_of_an_aircraft_does_not_depend_on_the_others() -> None:
    airframes = [COPTER, QUADPLANE] * 9
    random = np.random.default_rng(3)
    count = len(airframes)
    state = State.parked(np.zeros(count))
    state.on_ground[:] = random.random(count) < 0.2
    state.airspeed[:], state.v_up[:] = random.uniform(0.0, 30.0, count), random.uniform(-3.0, 4.0, count)
    motion = random.integers(0, 4, count).astype(float)
    mass_kg, load = random.uniform(9.0, 15.0, count), random.uniform(1.0, 1.5, count)

    together = PowerModel(airframes, [5.0] * count).watts(motion, state, mass_kg, load)

    for row, airframe in enumerate(airframes):
        lone = State.parked(np.zeros(1))
        lone.on_ground[:] = state.on_ground[row]
        lone.airspeed[:], lone.v_up[:] = state.airspeed[row], state.v_up[row]
        only = slice(row, row + 1)
        alone = PowerModel([airframe], [5.0]).watts(motion[only], lone, mass_kg[only], load[only])
        assert alone[0] == together[row]
