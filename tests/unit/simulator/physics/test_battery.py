"""The battery against closed forms and an energy balance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.hazards import Hazards
from simulator.physics.battery import CELLS, FULL_VOLTS, Packs
from simulator.physics.cell import capacity_share, open_volts, resistance_ohm_ah

STEP_S = 0.2
CAPACITY_WH = 1000.0
CAPACITY_AH = CAPACITY_WH / (3 * 3.8)
OHM = 3 * 0.040 / CAPACITY_AH
STEPS_PER_HOUR = round(3600 / STEP_S)


def _packs(ambient_c: float = 20.0, age: float = 0.0) -> Packs:
    return Packs([CAPACITY_WH], STEP_S, ambient_c, age)


def _until_empty(packs: Packs, power_w: float) -> float:
    """Return the energy delivered at a constant power."""
    while not packs.empty[0]:
        packs.draw(np.array([power_w]))
    return float(packs.used_wh[0])


def test_a_full_pack_shows_12_6_volts() -> None:
    packs = _packs()

    packs.draw(np.zeros(1))

    assert packs.volts[0] == pytest.approx(FULL_VOLTS) == pytest.approx(12.6)
    assert packs.amperes[0] == 0.0


@pytest.mark.parametrize("power_w", [8.0, 430.0, 1100.0, 2500.0])
def test_voltage_and_current_solve_the_equation_of_the_load(power_w: float) -> None:
    packs = _packs()

    packs.draw(np.array([power_w]))

    volts, amperes = packs.volts[0], packs.amperes[0]
    assert volts * amperes == pytest.approx(power_w)
    assert volts == pytest.approx(FULL_VOLTS - OHM * amperes)


def test_a_constant_current_empties_the_pack_as_amperes_times_hours() -> None:
    packs, amperes = _packs(), 40.0

    for _ in range(STEPS_PER_HOUR // 2):
        resting = CELLS * open_volts(packs.charge)
        packs.draw(amperes * (resting - OHM * amperes))

    assert packs.charge[0] == pytest.approx(1.0 - 40.0 * 0.5 / CAPACITY_AH, rel=2e-3)


@pytest.mark.parametrize(("power_w", "least"), [(430.0, 0.99), (1100.0, 0.99), (2000.0, 0.97)])
def test_an_hour_or_two_deliver_nearly_the_rated_energy(power_w: float, least: float) -> None:
    delivered_wh = _until_empty(_packs(), power_w)

    assert least * CAPACITY_WH < delivered_wh < 1.02 * CAPACITY_WH


def test_chemical_energy_is_delivered_energy_and_heat() -> None:
    packs = _packs()
    mean_volts = CELLS * np.mean(open_volts(np.linspace(0.0, 1.0, 20001)))

    delivered_wh = _until_empty(packs, 1500.0)

    assert delivered_wh + packs.heat_wh[0] == pytest.approx(CAPACITY_AH * mean_volts, rel=1e-3)
    assert packs.heat_wh[0] == pytest.approx(0.0155 * delivered_wh, rel=0.1)


def test_the_heat_is_that_of_the_resistance() -> None:
    packs = _packs()

    for _ in range(601):
        packs.draw(np.array([1500.0]))

    assert packs.heat_wh[0] == pytest.approx(packs.amperes[0] ** 2 * OHM * 120.0 / 3600.0, rel=0.03)


def test_a_warm_pack_cools_exponentially() -> None:
    packs = _packs()
    packs.temperature_c[0] = 50.0

    for _ in range(round(600 / STEP_S)):
        packs.draw(np.zeros(1))

    assert packs.temperature_c[0] == pytest.approx(20.0 + 30.0 * np.exp(-0.5), rel=2e-3)


def test_a_load_warms_the_pack_towards_heat_times_time_constant_over_capacity() -> None:
    packs = Packs([1e6], STEP_S)
    power_w = 1.1e6

    for _ in range(round(0.3 * 3600 / STEP_S)):
        packs.draw(np.array([power_w]))

    heating_w = packs.heat_wh[0] / 0.3
    steady_k = heating_w * 1200.0 / (6.25 * 1e6)
    assert packs.temperature_c[0] == pytest.approx(20.0 + steady_k * (1.0 - np.exp(-0.9)), rel=0.02)


def test_cold_and_age_cost_energy_and_voltage() -> None:
    fresh, cold, old = _packs(), _packs(ambient_c=-10.0), _packs(age=1.0)
    for packs in (fresh, cold, old):
        packs.draw(np.array([1100.0]))

    assert cold.volts[0] < fresh.volts[0]
    assert old.volts[0] < fresh.volts[0]
    fresh_wh, cold_wh, old_wh = (_until_empty(packs, 1100.0) for packs in (fresh, cold, old))
    assert 0.70 * fresh_wh < cold_wh < 0.85 * fresh_wh
    assert old_wh == pytest.approx(0.79 * fresh_wh, rel=0.02)


def test_the_cell_doubles_its_resistance_in_25_kelvin_and_at_the_end_of_its_life() -> None:
    temperature_c, age = np.array([20.0, -5.0, 20.0]), np.array([0.0, 0.0, 1.0])

    assert resistance_ohm_ah(temperature_c, age) == pytest.approx([0.040, 0.080, 0.080])
    assert capacity_share(temperature_c, age) == pytest.approx([1.0, 0.81, 0.8])


@given(charge=st.floats(0.0, 0.999))
def test_the_voltage_of_a_cell_grows_with_its_charge(charge: float) -> None:
    lower, higher = open_volts(np.array([charge, charge + 0.001]))

    assert lower < higher


def test_what_would_pull_the_voltage_under_the_cut_off_is_not_delivered() -> None:
    packs, least = _packs(), CELLS * 2.8
    largest_w = least * (FULL_VOLTS - least) / OHM

    packs.draw(np.array([0.99 * largest_w]))
    delivering = not packs.empty[0]
    packs.draw(np.array([1.5 * largest_w]))

    assert delivering
    assert packs.empty[0]
    assert packs.volts[0] == pytest.approx(least)
    assert packs.volts[0] * packs.amperes[0] == pytest.approx(largest_w)


def test_an_empty_pack_gives_nothing() -> None:
    packs = _packs()
    _until_empty(packs, 2000.0)
    used_wh = packs.used_wh.copy()

    for _ in range(20):
        packs.draw(np.array([500.0]))

    assert packs.empty[0]
    assert packs.volts[0] == packs.charge[0] == 0.0
    assert packs.used_wh[0] == pytest.approx(used_wh[0], abs=0.2)


def test_faults_show_at_once() -> None:
    packs = Packs([CAPACITY_WH] * 4, STEP_S)
    packs.harm(1, Hazards(extra_ohm=0.01))
    packs.harm(2, Hazards(dead_cells=1.0))
    packs.harm(3, Hazards(capacity_factor=0.5))

    for _ in range(STEPS_PER_HOUR // 10):
        packs.draw(np.full(4, 500.0))

    healthy, sagging, broken, wrong = packs.volts
    assert healthy - sagging == pytest.approx(0.01 * packs.amperes[1], rel=0.15)
    assert broken == pytest.approx(healthy * 2 / 3, rel=0.02)
    assert 1.0 - packs.charge[3] == pytest.approx(2.0 * (1.0 - packs.charge[0]), rel=0.02)
    assert wrong < healthy


def test_another_pack_is_as_full_as_it_is_said_to_be() -> None:
    packs = Packs([CAPACITY_WH] * 2, STEP_S)
    for _ in range(7):
        packs.draw(np.full(2, 1500.0))
    before = packs.charge[0], packs.volts[0]

    packs.swap(1, 0.6)

    assert packs.charge[1] == 0.6
    assert packs.volts[1] == pytest.approx(CELLS * 3.87)
    assert packs.used_wh[1] == pytest.approx(400.0)
    assert (packs.charge[0], packs.volts[0]) == before


def test_a_pack_does_not_depend_on_the_others() -> None:
    alone, together = Packs([900.0], STEP_S), Packs([1000.0, 900.0, 500.0, *[700.0] * 8], STEP_S)
    random = np.random.default_rng(2)

    for step in range(3000):
        power_w = random.uniform(10.0, 2500.0, 11)
        if step == 1234:
            together.swap(2, 1.0)
            together.harm(0, Hazards(extra_ohm=0.01))
        alone.draw(power_w[1:2].copy())
        together.draw(power_w)

    for name in ("charge", "volts", "amperes", "used_wh", "temperature_c", "heat_wh"):
        assert getattr(alone, name)[0] == getattr(together, name)[1], name
